"""Reporting periods: when what is done is told, and until when."""

from __future__ import annotations

import datetime
from enum import Enum

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from actionplans.enums import PeriodScheme, PeriodStatus
from actionplans.months import MonthSet
from planning.models import Entity
from planning.models.framework import YEAR_RANGE

from .activity import Activity

ROMAN = ("I", "II", "III", "IV")
NOUNS = {PeriodScheme.QUARTER: "trimestre", PeriodScheme.FOUR_MONTH: "cuatrimestre"}


class Moment(Enum):
    """Where a period stands on a day, in the words that pages and files show."""

    TO_COME = "Por abrir"
    TAKING = "Abierto"
    LATE = "Plazo vencido"
    CLOSED = "Cerrado"
    REOPENED = "Reabierto"


class ReportingPeriodQuerySet(models.QuerySet):
    def of_plan(self, plan):
        return self.filter(entity=plan.entity_id, year=plan.year, scheme=plan.scheme)

    def begun(self, on: datetime.date):
        """Periods that take reports on that day or took them before."""
        return self.filter(opens__lte=on)

    def visible_to(self, user):
        """The calendar is no secret for who works in the entity."""
        return self.filter(entity__in=Entity.objects.visible_to(user))


class ReportingPeriod(models.Model):
    """A stretch of an entity's year of which its offices report; `sequence` counts its closings.

    `opens` and `closes` are the first and the last day to report. After `closes` only extensions, planning
    on behalf of an office and validations go on, until the closing. `announced` is the last day as it was first
    made known: the public judges by it, whatever became of it.
    """

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="periods", verbose_name="entidad")
    year = models.PositiveSmallIntegerField("vigencia", validators=YEAR_RANGE)
    scheme = models.CharField("cada", max_length=15, choices=PeriodScheme.choices, default=PeriodScheme.QUARTER)
    ordinal = models.PositiveSmallIntegerField("número")
    starts = models.DateField("empieza")
    ends = models.DateField("termina")
    opens = models.DateField("se reporta desde")
    closes = models.DateField("se reporta hasta")
    announced = models.DateField("se reportaba hasta, al abrir el año")
    status = models.CharField("estado", max_length=10, choices=PeriodStatus.choices, default=PeriodStatus.OPEN)
    sequence = models.PositiveSmallIntegerField("cierres", default=0)

    objects = ReportingPeriodQuerySet.as_manager()

    class Meta:
        verbose_name = "periodo de seguimiento"
        verbose_name_plural = "periodos de seguimiento"
        ordering = ["entity", "-year", "-scheme", "ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["entity", "year", "scheme", "ordinal"], name="period_once"),
            models.CheckConstraint(condition=Q(scheme__in=PeriodScheme.values), name="period_scheme_known"),
            models.CheckConstraint(condition=Q(status__in=PeriodStatus.values), name="period_status_known"),
            models.CheckConstraint(
                condition=Q(scheme=PeriodScheme.QUARTER, ordinal__gte=1, ordinal__lte=4)
                | Q(scheme=PeriodScheme.FOUR_MONTH, ordinal__gte=1, ordinal__lte=3),
                name="period_ordinal_of_its_scheme",
            ),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="period_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(closes__gte=F("opens")), name="period_closes_after_it_opens"),
            models.CheckConstraint(
                condition=Q(status=PeriodStatus.OPEN, sequence=0)
                | (~Q(status=PeriodStatus.OPEN) & Q(sequence__gte=1)),
                name="period_closed_has_a_closing",
            ),
        ]

    def __str__(self):
        return f"{self.label} de {self.year}"

    @property
    def name(self) -> str:
        """«trimestre II», inside a sentence."""
        return f"{self.noun} {ROMAN[self.ordinal - 1]}"

    @property
    def label(self) -> str:
        """«Trimestre II»."""
        return f"{self.noun.capitalize()} {ROMAN[self.ordinal - 1]}"

    @property
    def code(self) -> str:
        """How an address names it: «2024-trimestre-2»."""
        return f"{self.year}-{self.scheme}-{self.ordinal}"

    @property
    def noun(self) -> str:
        return NOUNS[PeriodScheme(self.scheme)]

    @property
    def months(self) -> MonthSet:
        return MonthSet(range(self.starts.month, self.ends.month + 1))

    @property
    def months_to_date(self) -> MonthSet:
        """The months of the year up to the cut."""
        return MonthSet(range(1, self.ends.month + 1))

    @property
    def is_closed(self) -> bool:
        return self.status == PeriodStatus.CLOSED

    def follows(self, plan) -> bool:
        """Whether the period is one of those by which a plan is followed."""
        return (plan.entity_id, plan.year, plan.scheme) == (self.entity_id, self.year, self.scheme)

    def moment(self, on: datetime.date) -> Moment:
        if self.status == PeriodStatus.CLOSED:
            return Moment.CLOSED
        if self.status == PeriodStatus.REOPENED:
            return Moment.REOPENED
        if on < self.opens:
            return Moment.TO_COME
        return Moment.TAKING if on <= self.closes else Moment.LATE


class ExtensionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(entity__in=Entity.objects.visible_to(user))


class Extension(models.Model):
    """More days to report one activity. Rows are only added: the newest counts, and one may take the days back."""

    period = models.ForeignKey(ReportingPeriod, models.PROTECT, related_name="extensions", verbose_name="periodo")
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="extensions", verbose_name="actividad")
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="+", verbose_name="entidad")
    until = models.DateField("hasta")
    reason = models.TextField("motivo")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="concedió")
    at = models.DateTimeField("cuándo", auto_now_add=True)

    objects = ExtensionQuerySet.as_manager()

    class Meta:
        verbose_name = "prórroga"
        ordering = ["period", "-until"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="extension_has_a_reason")]

    def __str__(self):
        return f"{self.activity}: hasta el {self.until:%d/%m/%Y}"
