"""Activities: a permanent identity, and what each version of the plan says of it."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from actionplans.enums import PUBLIC_STATUSES, ResponsibilityRole
from actionplans.months.fields import MonthSetField, months_in_range
from planning.enums import Role
from planning.models import Entity, Objective, Office

from .plan import ActionPlan, PlanVersion

PERCENTAGE = [
    MinValueValidator(0, "No puede ser menor que 0 %%."),
    MaxValueValidator(100, "No puede pasar de 100 %%."),
]


class Component(models.Model):
    """A group of activities inside a version."""

    version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="components")
    position = models.PositiveSmallIntegerField("orden")
    name = models.TextField("nombre")
    description = models.TextField("descripción", blank=True)
    weight = models.DecimalField(
        "ponderación (%)", max_digits=5, decimal_places=2, null=True, blank=True, validators=PERCENTAGE
    )

    class Meta:
        verbose_name = "componente"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="component_position_once"),
            models.CheckConstraint(
                condition=Q(weight=None) | Q(weight__gte=0, weight__lte=100),
                name="component_weight_is_percentage",
            ),
        ]

    def __str__(self):
        return self.name


class ActivityQuerySet(models.QuerySet):
    def get_by_natural_key(self, entity, year, slug, key):
        return self.get(plan__entity__slug=entity, plan__year=year, plan__slug=slug, key=key)


class Activity(models.Model):
    """What reports point to: the same activity through all versions; its key is never used again."""

    plan = models.ForeignKey(ActionPlan, models.PROTECT, related_name="activities", verbose_name="plan")
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="+", verbose_name="entidad")
    key = models.PositiveSmallIntegerField("número permanente")

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = "actividad"
        verbose_name_plural = "actividades"
        ordering = ["plan", "key"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "key"], name="activity_key_once"),
            models.CheckConstraint(condition=Q(key__gte=1), name="activity_key_from_one"),
        ]

    def __str__(self):
        return f"Actividad {self.key} de {self.plan}"

    def natural_key(self):
        return (*self.plan.natural_key(), self.key)


class ActivityVersionQuerySet(models.QuerySet):
    def published(self):
        return self.filter(version__in=PlanVersion.objects.published())

    def visible_to(self, user):
        return self.filter(version__in=PlanVersion.objects.visible_to(user))

    def answered_by(self, user):
        """Activities of the versions in force for which the person's own offices answer."""
        return self.published().filter(
            pk__in=Responsibility.objects.filter(office__in=user.office_ids_as(Role.LEADER)).values(
                "activity_version"
            )
        )


def live_count() -> Coalesce:
    """For a query of versions: how many of the activities of each are not cancelled.

    Counted beside each row, so that a page costs the same however many activities there are elsewhere.
    """
    counts = (
        ActivityVersion.objects.filter(version=OuterRef("pk"), is_cancelled=False)
        .order_by()
        .values("version")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return Coalesce(Subquery(counts), 0)


class ActivityVersion(models.Model):
    """An activity as a version of the plan promises it."""

    version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="activities", verbose_name="versión")
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="versions", verbose_name="identidad")
    component = models.ForeignKey(
        Component, models.PROTECT, null=True, blank=True, related_name="activities", verbose_name="componente"
    )
    position = models.PositiveIntegerField("orden")
    revision = models.PositiveIntegerField("escritura", default=1, editable=False)
    printed_number = models.CharField("número impreso", max_length=20, blank=True)
    description = models.TextField("actividad")
    detail = models.TextField("explicación", blank=True)
    deliverable = models.TextField("producto o entregable", blank=True)
    weight = models.DecimalField(
        "ponderación (%)", max_digits=5, decimal_places=2, null=True, blank=True, validators=PERCENTAGE
    )
    months = MonthSetField("meses programados", blank=True)
    schedule_text = models.TextField("plazo como está impreso", blank=True)
    starts = models.DateField("empieza", null=True, blank=True)
    ends = models.DateField("termina", null=True, blank=True)
    budget = models.DecimalField(
        "presupuesto (COP)",
        max_digits=20,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0, "No puede ser negativo.")],
    )
    note = models.TextField("nota", blank=True)
    is_cancelled = models.BooleanField("cancelada", default=False)
    cancel_reason = models.TextField("motivo de la cancelación", blank=True)
    objectives = models.ManyToManyField(
        Objective, blank=True, related_name="activities", verbose_name="objetivos estratégicos"
    )

    objects = ActivityVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "actividad en una versión"
        verbose_name_plural = "actividades en una versión"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="activity_position_once"),
            models.UniqueConstraint(fields=["version", "activity"], name="activity_once_per_version"),
            months_in_range("activity_months_are_twelve_bits"),
            models.CheckConstraint(
                condition=Q(weight=None) | Q(weight__gte=0, weight__lte=100),
                name="activity_weight_is_percentage",
            ),
            models.CheckConstraint(
                condition=Q(budget=None) | Q(budget__gte=0), name="activity_budget_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(starts=None) | Q(ends=None) | Q(ends__gte=F("starts")),
                name="activity_ends_after_it_starts",
            ),
            models.CheckConstraint(condition=~Q(description=""), name="activity_says_something"),
            models.CheckConstraint(
                condition=Q(is_cancelled=True) | Q(cancel_reason=""), name="activity_cancel_reason_when_cancelled"
            ),
        ]

    def __str__(self):
        return f"{self.position}. {self.description}"

    @property
    def entity(self):
        return self.version.entity

    @property
    def is_public(self) -> bool:
        return self.version.status in PUBLIC_STATUSES

    @property
    def reporting_office(self) -> Office | None:
        """The office that reports it; None where the plan names none."""
        return next((row.office for row in self.responsibilities.all() if row.reports), None)

    @property
    def reporting_office_id(self) -> int | None:
        rows = self.responsibilities.all()  # so that what a page has fetched is not fetched again
        return next((row.office_id for row in rows if row.reports), None)


class Task(models.Model):
    """A step that helps to carry out the activity."""

    activity_version = models.ForeignKey(ActivityVersion, models.CASCADE, related_name="tasks")
    position = models.PositiveSmallIntegerField("orden")
    text = models.TextField("tarea")

    class Meta:
        verbose_name = "tarea"
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["activity_version", "position"], name="task_position_once")]

    def __str__(self):
        return self.text


class Responsibility(models.Model):
    """Who answers for an activity; the words as printed stay where no office was recognised."""

    activity_version = models.ForeignKey(
        ActivityVersion, models.CASCADE, related_name="responsibilities", verbose_name="actividad"
    )
    position = models.PositiveSmallIntegerField("orden")
    office = models.ForeignKey(
        Office,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="responsibilities",
        verbose_name="dependencia",
    )
    role = models.CharField(
        "papel", max_length=10, choices=ResponsibilityRole.choices, default=ResponsibilityRole.LEADS
    )
    reports = models.BooleanField("reporta el avance", default=False)
    text = models.TextField("como está impreso", blank=True)

    class Meta:
        verbose_name = "responsable"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["activity_version", "position"], name="responsible_position_once"),
            models.UniqueConstraint(
                fields=["activity_version"], condition=Q(reports=True), name="responsible_one_reports"
            ),
            models.CheckConstraint(
                condition=Q(office__isnull=False) | ~Q(text=""), name="responsible_names_somebody"
            ),
            models.CheckConstraint(
                condition=Q(reports=False) | Q(office__isnull=False),
                name="responsible_who_reports_is_an_office",
            ),
            models.CheckConstraint(condition=Q(role__in=ResponsibilityRole.values), name="responsible_role_known"),
        ]

    def __str__(self):
        return self.name

    @property
    def name(self) -> str:
        return self.office.name if self.office_id else self.text
