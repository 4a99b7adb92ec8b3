"""Reports of progress: one for each activity and period, with every version of what was told."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from actionplans.enums import FOLLOW_UP_READERS, PUBLIC_STATUSES, ReportOrigin, ReportStatus, ReviewOutcome
from actionplans.months.fields import MonthSetField, months_in_range
from planning.enums import Role
from planning.models import Entity, Office

from .activity import PERCENTAGE, Activity, ActivityVersion, Responsibility
from .evidence import Evidence
from .period import ReportingPeriod


def person(label: str) -> models.ForeignKey:
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=label)


def is_a_percentage(field: str, name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{field: None}) | Q(**{f"{field}__gte": 0, f"{field}__lte": 100}), name=name
    )


def activities_answered_by(user):
    """Activities for which one of the person's offices answers in any published version: ids, as a subquery."""
    return Responsibility.objects.filter(
        office__in=user.office_ids_as(Role.LEADER), activity_version__version__status__in=PUBLIC_STATUSES
    ).values("activity_version__activity")


class ReportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those who follow the whole entity, and who answers for the activity. The public reads closings."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(
            Q(entity__in=user.entity_ids_as(*FOLLOW_UP_READERS))
            | Q(entity__in=user.entity_ids_as(Role.LEADER), activity__in=activities_answered_by(user))
        )

    def with_words(self):
        """With what a page shows of each: the current revision, its readings, evidence and reviews."""
        rows = self.select_related("activity", "period", "current__promise__version", "current__by")
        return rows.select_related("current__office").prefetch_related(
            "current__measurements",
            "current__evidence",
            "current__validations__corrections",
            "current__validations__by",
            "contributions__office",
            "contributions__evidence",
        )


class Report(models.Model):
    """What is told of an activity in a period. Its words are in revisions; a draft beside them may change."""

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="reports", verbose_name="actividad")
    period = models.ForeignKey(ReportingPeriod, models.PROTECT, related_name="reports", verbose_name="periodo")
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="+", verbose_name="entidad")
    status = models.CharField("estado", max_length=10, choices=ReportStatus.choices, default=ReportStatus.PENDING)
    current = models.ForeignKey(
        "ReportRevision",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="lo último que se envió",
    )
    updated_at = models.DateTimeField("actualizado", auto_now=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = "reporte"
        ordering = ["period", "activity"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "period"], name="report_once_per_period"),
            models.CheckConstraint(condition=Q(status__in=ReportStatus.values), name="report_status_known"),
            models.CheckConstraint(
                condition=Q(status=ReportStatus.PENDING) | Q(current__isnull=False),
                name="report_sent_says_something",
            ),
        ]
        indexes = [models.Index(fields=["period", "status"], name="report_by_period_and_status")]

    def __str__(self):
        return f"{self.activity} · {self.period}"

    def content_topics(self, event: str) -> tuple[str, ...]:
        """Nothing of a report is public before its period is closed."""
        return ()


class ReportDraft(models.Model):
    """What somebody is writing: the fields as typed, which need not be right yet; `revision` counts the savings.

    `answers` is {name of the form's field: text or list of texts}. `on_behalf` is the office for which
    planning writes. Nobody but who may send the report reads it.
    """

    report = models.OneToOneField(Report, models.CASCADE, related_name="draft", verbose_name="reporte")
    answers = models.JSONField("lo escrito", default=dict)
    evidence = models.ManyToManyField(Evidence, blank=True, related_name="drafts", verbose_name="evidencias")
    origin = models.CharField("origen", max_length=10, choices=ReportOrigin.choices, default=ReportOrigin.PORTAL)
    revision = models.PositiveIntegerField("escritura", default=1)
    by = person("escribió")
    at = models.DateTimeField("cuándo", auto_now=True)

    class Meta:
        verbose_name = "borrador de reporte"
        verbose_name_plural = "borradores de reporte"

    def __str__(self):
        return f"Borrador de {self.report}"


class ReportRevision(models.Model):
    """A version of a report as it was sent. Never changed, never removed.

    `promise` is the activity in the version of the plan that was in force at the cut: what is measured.
    """

    report = models.ForeignKey(Report, models.PROTECT, related_name="revisions", verbose_name="reporte")
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="+", verbose_name="entidad")
    number = models.PositiveSmallIntegerField("versión")
    promise = models.ForeignKey(
        ActivityVersion, models.PROTECT, related_name="report_revisions", verbose_name="lo prometido"
    )
    office = models.ForeignKey(
        Office, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="dependencia que reporta"
    )
    executed_months = MonthSetField("meses en que se hizo", blank=True)
    is_without_progress = models.BooleanField("sin avance", default=False)
    narrative = models.TextField("qué se hizo", blank=True)
    difficulties = models.TextField("dificultades", blank=True)
    declared = models.DecimalField(
        "avance declarado (%)", max_digits=5, decimal_places=2, null=True, blank=True, validators=PERCENTAGE
    )
    evidence = models.ManyToManyField(Evidence, blank=True, related_name="revisions", verbose_name="evidencias")
    is_on_behalf = models.BooleanField("planeación reportó por la dependencia", default=False)
    source = models.TextField("de dónde salió", blank=True)
    is_by_extension = models.BooleanField("con prórroga", default=False)
    origin = models.CharField("origen", max_length=10, choices=ReportOrigin.choices, default=ReportOrigin.PORTAL)
    by = person("envió")
    at = models.DateTimeField("cuándo")

    class Meta:
        verbose_name = "versión de reporte"
        verbose_name_plural = "versiones de reporte"
        ordering = ["report", "number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="report_revision_once"),
            months_in_range("report_months_are_twelve_bits", "executed_months"),
            is_a_percentage("declared", "report_declared_is_percentage"),
            models.CheckConstraint(
                condition=Q(is_on_behalf=False) | ~Q(source=""), name="report_on_behalf_names_its_source"
            ),
            models.CheckConstraint(
                condition=Q(is_without_progress=False) | ~Q(difficulties=""),
                name="report_without_progress_says_why",
            ),
            models.CheckConstraint(
                condition=Q(is_without_progress=True) | ~Q(narrative=""), name="report_says_what_was_done"
            ),
        ]

    def __str__(self):
        return f"{self.report}, versión {self.number}"


class MeasuredValue(models.Model):
    """A reading of an indicator, by the key that it keeps through the versions of the plan.

    A ratio brings numerator and denominator, everything else `value` (1 or 0 for yes and no).
    """

    key = models.PositiveSmallIntegerField("indicador")
    name = models.TextField("nombre del indicador")
    numerator = models.DecimalField("numerador", max_digits=20, decimal_places=4, null=True, blank=True)
    denominator = models.DecimalField("denominador", max_digits=20, decimal_places=4, null=True, blank=True)
    value = models.DecimalField("valor", max_digits=20, decimal_places=4, null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["key"]

    def __str__(self):
        return self.name


class Measurement(MeasuredValue):
    """A reading as the office reported it."""

    revision = models.ForeignKey(ReportRevision, models.PROTECT, related_name="measurements")

    class Meta(MeasuredValue.Meta):
        verbose_name = "medición"
        verbose_name_plural = "mediciones"
        constraints = [models.UniqueConstraint(fields=["revision", "key"], name="measurement_once")]


class Validation(models.Model):
    """What planning answered to a revision. Rows are only added; the latest of the current revision counts."""

    revision = models.ForeignKey(
        ReportRevision, models.PROTECT, related_name="validations", verbose_name="versión de reporte"
    )
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="+", verbose_name="entidad")
    outcome = models.CharField("resultado", max_length=10, choices=ReviewOutcome.choices)
    comment = models.TextField("comentario", blank=True)
    corrected_declared = models.DecimalField(
        "avance corregido (%)", max_digits=5, decimal_places=2, null=True, blank=True, validators=PERCENTAGE
    )
    is_self = models.BooleanField("la misma persona lo envió", default=False)
    by = person("revisó")
    at = models.DateTimeField("cuándo")

    class Meta:
        verbose_name = "validación"
        verbose_name_plural = "validaciones"
        ordering = ["revision", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=ReviewOutcome.values), name="review_outcome_known"),
            models.CheckConstraint(
                condition=Q(outcome=ReviewOutcome.VALIDATED) | ~Q(comment=""), name="return_says_why"
            ),
            models.CheckConstraint(
                condition=Q(corrected_declared=None) | ~Q(comment=""), name="correction_says_why"
            ),
            is_a_percentage("corrected_declared", "corrected_declared_is_percentage"),
        ]

    def __str__(self):
        return f"{self.get_outcome_display()}: {self.revision}"


class Correction(MeasuredValue):
    """A reading as planning corrected it; the reported one stays."""

    validation = models.ForeignKey(Validation, models.PROTECT, related_name="corrections")

    class Meta(MeasuredValue.Meta):
        verbose_name = "corrección"
        verbose_name_plural = "correcciones"
        constraints = [models.UniqueConstraint(fields=["validation", "key"], name="correction_once")]


class Contribution(models.Model):
    """What an office that answers too adds to the report of the one that reports."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="contributions", verbose_name="reporte")
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="+", verbose_name="entidad")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+", verbose_name="dependencia")
    text = models.TextField("qué aportó", blank=True)
    evidence = models.ManyToManyField(
        Evidence, blank=True, related_name="contributions", verbose_name="evidencias"
    )
    revision = models.PositiveIntegerField("escritura", default=1)
    by = person("escribió")
    at = models.DateTimeField("cuándo", auto_now=True)

    class Meta:
        verbose_name = "aporte"
        ordering = ["report", "office"]
        constraints = [models.UniqueConstraint(fields=["report", "office"], name="contribution_once_per_office")]

    def __str__(self):
        return f"{self.office}: {self.report}"


class Verification(models.Model):
    """Control interno's own value and opinion: a dated layer beside the report, also after closing.

    `value` is the progress of the year to the cut, in percentage points: beyond 100 where more was done than
    promised. Rows are only added; the latest counts.
    """

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="verifications", verbose_name="actividad")
    period = models.ForeignKey(
        ReportingPeriod, models.PROTECT, related_name="verifications", verbose_name="periodo"
    )
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="+", verbose_name="entidad")
    value = models.DecimalField(
        "avance verificado (%)",
        max_digits=7,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    opinion = models.TextField("concepto")
    by = person("verificó")
    at = models.DateTimeField("cuándo")

    class Meta:
        verbose_name = "verificación"
        verbose_name_plural = "verificaciones"
        ordering = ["period", "activity", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(opinion=""), name="verification_has_an_opinion"),
            models.CheckConstraint(condition=Q(value=None) | Q(value__gte=0), name="verified_not_negative"),
        ]
        indexes = [models.Index(fields=["period", "activity"], name="verification_by_activity")]

    def __str__(self):
        return f"Control interno: {self.activity} · {self.period}"

    def content_topics(self, event: str) -> tuple[str, ...]:
        return (self.activity.plan.topic,)
