"""Closings: what was known on the day, sealed; reopenings; and the figures that the public reads."""

from django.db import models
from django.db.models import Q

from actionplans.enums import FigureScope
from planning.models import Entity

from .act import ApprovalAct
from .activity import Activity
from .period import ReportingPeriod
from .plan import ActionPlan
from .report import person


class ClosingQuerySet(models.QuerySet):
    def newest(self):
        """The closing that counts of each period."""
        return self.filter(sequence=models.F("period__sequence"))


class Closing(models.Model):
    """A closing of a period, never changed: the snapshot, its SHA-256, and the head of the audit chain that day.

    `snapshot` is what `actionplans.domain.following.closing.snapshot` says of the period; `digest` is over its
    canonical JSON. A reopened period gets a further one, with the next `sequence`.
    """

    period = models.ForeignKey(ReportingPeriod, models.PROTECT, related_name="closings", verbose_name="periodo")
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="+", verbose_name="entidad")
    sequence = models.PositiveSmallIntegerField("cierre n.º")
    snapshot = models.JSONField("lo que se sabía")
    digest = models.CharField("SHA-256", max_length=64)
    chain_sequence = models.PositiveBigIntegerField("último evento de la cadena")
    chain_head = models.CharField("cabeza de la cadena", max_length=64)
    note = models.TextField("constancia", blank=True)
    by = person("cerró")
    at = models.DateTimeField("cuándo")

    objects = ClosingQuerySet.as_manager()

    class Meta:
        verbose_name = "cierre"
        ordering = ["period", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["period", "sequence"], name="closing_once"),
            models.CheckConstraint(condition=Q(sequence__gte=1), name="closing_from_one"),
        ]

    def __str__(self):
        return f"Cierre {self.sequence} de {self.period}"

    def content_topics(self, event: str) -> tuple[str, ...]:
        """The plans that it measured."""
        measured = ActionPlan.objects.filter(pk__in=[row["id"] for row in self.snapshot["plans"]])
        return tuple(plan.topic for plan in measured)


class ClosedFigure(models.Model):
    """One figure of a closing, as the pages read it: a row of the snapshot, never changed.

    `data` is what `actionplans.progress.as_data` wrote, its explanation with it; the columns beside it are what
    lists sort and colour by. `ahead` is the share programmed at each later cut of the year, in order: texts, or
    None where it is not known. `key` tells apart what is neither activity nor plan: the key of a policy or a
    dimension, the slug of an office, the number of an axis.
    """

    closing = models.ForeignKey(Closing, models.PROTECT, related_name="figures", verbose_name="cierre")
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="+", verbose_name="entidad")
    scope = models.CharField("de qué", max_length=12, choices=FigureScope.choices)
    key = models.CharField("identificador", max_length=120)
    label = models.TextField("nombre")
    plan = models.ForeignKey(ActionPlan, models.PROTECT, null=True, blank=True, related_name="figures")
    activity = models.ForeignKey(Activity, models.PROTECT, null=True, blank=True, related_name="figures")
    state = models.CharField("estado", max_length=30)
    executed = models.DecimalField("ejecutado", max_digits=40, decimal_places=4, null=True)
    programmed = models.DecimalField("programado", max_digits=40, decimal_places=4, null=True)
    to_date = models.DecimalField("cumplimiento a la fecha", max_digits=40, decimal_places=4, null=True)
    of_period = models.DecimalField("cumplimiento del periodo", max_digits=40, decimal_places=4, null=True)
    light = models.JSONField("franja", null=True)
    data = models.JSONField("cuenta")
    ahead = models.JSONField("programado en los cortes que faltan", default=list)

    class Meta:
        verbose_name = "cifra de un cierre"
        verbose_name_plural = "cifras de un cierre"
        ordering = ["closing", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["closing", "scope", "key"], name="figure_once"),
            models.CheckConstraint(condition=Q(scope__in=FigureScope.values), name="figure_scope_known"),
        ]
        indexes = [
            models.Index(fields=["activity", "closing"], name="figure_by_activity"),
            models.Index(fields=["plan", "scope"], name="figure_by_plan"),
        ]

    def __str__(self):
        return f"{self.label} · {self.closing}"


class Reopening(models.Model):
    """Why a closed period was opened again, by which act and for which activities. Never changed."""

    closing = models.OneToOneField(Closing, models.PROTECT, related_name="reopening", verbose_name="cierre")
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="+", verbose_name="entidad")
    activities = models.ManyToManyField(Activity, related_name="reopenings", verbose_name="actividades")
    reason = models.TextField("motivo")
    act = models.ForeignKey(ApprovalAct, models.PROTECT, related_name="reopenings", verbose_name="acto")
    until = models.DateField("se reporta hasta")
    by = person("reabrió")
    at = models.DateTimeField("cuándo")

    class Meta:
        verbose_name = "reapertura"
        ordering = ["closing"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="reopening_has_a_reason")]

    def __str__(self):
        return f"Reapertura del {self.closing}"

    def content_topics(self, event: str) -> tuple[str, ...]:
        return self.closing.content_topics(event)
