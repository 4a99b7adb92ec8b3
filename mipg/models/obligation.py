"""What the law asks of every entity each year, as data: norms change."""

import datetime
from calendar import monthrange

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from mipg.enums import ObligationCheck


class ObligationQuerySet(models.QuerySet):
    def get_by_natural_key(self, key):
        return self.get(key=key)

    def in_force(self, year: int):
        """Those that count for the vigencia `year`."""
        return self.filter(Q(last_year=None) | Q(last_year__gte=year), first_year__lte=year)


class Obligation(models.Model):
    """A duty of every year with its day: `years_after` 0 is a day of the vigencia itself, 1 of the year after.

    `check_by` says how the portal knows whether it was met; follow-up has a day for each period of the entity.
    """

    key = models.SlugField("identificador", unique=True)
    position = models.PositiveSmallIntegerField("orden")
    name = models.CharField("qué se debe hacer", max_length=250)
    norm = models.CharField("norma", max_length=250, blank=True)
    detail = models.TextField("explicación", blank=True)
    check_by = models.CharField("cómo se sabe", max_length=20, choices=ObligationCheck.choices)
    due_month = models.PositiveSmallIntegerField(
        "mes", null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    due_day = models.PositiveSmallIntegerField(
        "día", null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(31)]
    )
    years_after = models.PositiveSmallIntegerField("años después de la vigencia", default=0)
    first_year = models.PositiveSmallIntegerField("primera vigencia")
    last_year = models.PositiveSmallIntegerField("última vigencia", null=True, blank=True)

    objects = ObligationQuerySet.as_manager()

    class Meta:
        verbose_name = "obligación"
        verbose_name_plural = "obligaciones"
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(check_by__in=ObligationCheck.values), name="obligation_check_known"
            ),
            models.CheckConstraint(
                condition=Q(due_month=None, due_day=None) | Q(due_month__isnull=False, due_day__isnull=False),
                name="obligation_day_whole",
            ),
            models.CheckConstraint(
                condition=Q(last_year=None) | Q(last_year__gte=F("first_year")), name="obligation_years_in_order"
            ),
        ]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.key,)

    def due(self, year: int) -> datetime.date | None:
        """Its day for the vigencia `year`; None where the periods of the entity say when.

        A day that the month does not have is its last one.
        """
        if not self.due_month:
            return None
        due_year = year + self.years_after
        return datetime.date(due_year, self.due_month, min(self.due_day, monthrange(due_year, self.due_month)[1]))
