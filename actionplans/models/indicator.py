"""How a result is measured."""

from django.db import models
from django.db.models import Q

from actionplans.enums import Accumulation, Direction, IndicatorKind, PeriodScheme

from .activity import ActivityVersion, Component

PERIOD_TARGETS = ("target_1", "target_2", "target_3", "target_4")
ORDINALS = ("I", "II", "III", "IV")


def target_label(name: str, scheme: str) -> str:
    """«Meta del cuatrimestre I»: how a plan followed by `scheme` calls one of `PERIOD_TARGETS`."""
    return f"Meta del {PeriodScheme(scheme).value} {ORDINALS[PERIOD_TARGETS.index(name)]}"


def surplus_targets(scheme: str) -> tuple[str, ...]:
    """Of `PERIOD_TARGETS`, those whose period a plan followed by `scheme` does not have."""
    return PERIOD_TARGETS[PeriodScheme(scheme).periods :]


def period_target(ordinal: str) -> models.DecimalField:
    return models.DecimalField(
        f"meta del periodo {ordinal}", max_digits=20, decimal_places=4, null=True, blank=True
    )


class Indicator(models.Model):
    """An indicator of an activity, or of a component where the document gives it to the whole group.

    Kind, target and the like stay empty until somebody says them: many plans print only a name.
    `target_1` to `target_4` are what each period of the year should bring, read as the accumulation says:
    each by itself where it adds up, the total so far where it comes as one. A plan followed by four-month periods
    has no use for the fourth: one that is there all the same is kept, told wherever people look, and not counted.
    """

    activity_version = models.ForeignKey(
        ActivityVersion,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="indicators",
        verbose_name="actividad",
    )
    component = models.ForeignKey(
        Component, models.CASCADE, null=True, blank=True, related_name="indicators", verbose_name="componente"
    )
    position = models.PositiveSmallIntegerField("orden")
    key = models.PositiveSmallIntegerField("número permanente")
    name = models.TextField("nombre, o fórmula si el documento solo trae esa")
    formula = models.TextField("fórmula", blank=True)
    printed_target = models.TextField("meta como está impresa", blank=True)
    printed_baseline = models.TextField("línea base como está impresa", blank=True)
    printed_result = models.TextField("resultado como está impreso", blank=True)
    kind = models.CharField("tipo", max_length=10, choices=IndicatorKind.choices, blank=True)
    accumulation = models.CharField("acumulación", max_length=15, choices=Accumulation.choices, blank=True)
    direction = models.CharField("dirección", max_length=10, choices=Direction.choices, blank=True)
    numerator = models.CharField("numerador", max_length=250, blank=True)
    denominator = models.CharField("denominador", max_length=250, blank=True)
    unit = models.CharField("unidad", max_length=80, blank=True)
    baseline = models.DecimalField("línea base", max_digits=20, decimal_places=4, null=True, blank=True)
    target = models.DecimalField("meta", max_digits=20, decimal_places=4, null=True, blank=True)
    target_1 = period_target("I")
    target_2 = period_target("II")
    target_3 = period_target("III")
    target_4 = period_target("IV")

    class Meta:
        verbose_name = "indicador"
        verbose_name_plural = "indicadores"
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(activity_version=None, component__isnull=False)
                | Q(activity_version__isnull=False, component=None),
                name="indicator_of_an_activity_or_of_a_component",
            ),
            models.UniqueConstraint(fields=["activity_version", "key"], name="indicator_key_once_per_activity"),
            models.UniqueConstraint(fields=["component", "key"], name="indicator_key_once_per_component"),
            models.CheckConstraint(condition=Q(kind__in=["", *IndicatorKind.values]), name="indicator_kind_known"),
            models.CheckConstraint(
                condition=Q(accumulation__in=["", *Accumulation.values]), name="indicator_accumulation_known"
            ),
            models.CheckConstraint(
                condition=Q(direction__in=["", *Direction.values]), name="indicator_direction_known"
            ),
        ]

    def __str__(self):
        return self.name
