"""What the arithmetic of follow-up is told: a cut of the year, what was promised and what was reported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import TextChoices

from actionplans.months import MonthSet

NO_MONTHS = MonthSet()
ORDINALS = ("I", "II", "III", "IV")
PERIOD_NAMES = {4: "trimestre", 3: "cuatrimestre"}


class ProgressState(TextChoices):
    """Whether there is a figure, and if there is none, why: a state is never a zero."""

    MEASURED = "medida", "medida"
    DECLARED = "declarada", "declarado por la dependencia"
    NO_TARGET = "sin-meta", "sin meta definida"
    NO_SCHEDULE = "sin-programacion", "sin programación"
    NOT_SCHEDULED = "no-programada", "no programada"
    NOT_REPORTED = "sin-reporte", "sin reporte"
    UNDEFINED = "indefinida", "indefinida"
    CANCELLED = "cancelada", "cancelada"
    PRIOR = "anterior", "anterior a la aprobación"


@dataclass(frozen=True)
class Cut:
    """The end of period `ordinal` (1…`periods`) of a year of four quarters or three four-month periods."""

    ordinal: int
    month: int
    periods: int = 4

    @classmethod
    def at(cls, ordinal: int, periods: int = 4) -> Cut:
        """The cut whose month follows from its ordinal."""
        return cls(ordinal, ordinal * 12 // periods, periods)

    @property
    def previous(self) -> Cut | None:
        """The cut before; None for the first of the year."""
        return Cut.at(self.ordinal - 1, self.periods) if self.ordinal > 1 else None

    def name_of(self, ordinal: int) -> str:
        """«trimestre I», «cuatrimestre II»."""
        return f"{PERIOD_NAMES.get(self.periods, 'periodo')} {ORDINALS[ordinal - 1]}"

    def title_of(self, ordinal: int) -> str:
        """«Trimestre I»."""
        name = self.name_of(ordinal)
        return f"{name[0].upper()}{name[1:]}"

    @property
    def name(self) -> str:
        return self.name_of(self.ordinal)


@dataclass(frozen=True)
class IndicatorFacts:
    """An indicator as the plan says it: texts may be empty and figures None, as in the model.

    `period_targets` are read as the accumulation says: each by itself where it adds up, else the total so far.
    """

    key: int
    name: str = ""
    kind: str = ""
    accumulation: str = ""
    direction: str = ""
    unit: str = ""
    numerator: str = ""
    denominator: str = ""
    baseline: Decimal | None = None
    target: Decimal | None = None
    period_targets: tuple[Decimal | None, ...] = ()


@dataclass(frozen=True)
class Reading:
    """A figure of one period: `value` (1 or 0 for yes-no), or numerator and denominator of a ratio.

    `source` says in words where it comes from: «Reporte del trimestre I, validado el 08/04/2024».
    """

    ordinal: int
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    value: Decimal | None = None
    source: str = ""


@dataclass(frozen=True)
class ReportFacts:
    """The report of one period. `declared` is the percentage of the year, to date, that the office declares.

    `readings` go by the key of the indicator; those of a report «sin avance» are not looked at.
    """

    ordinal: int
    is_without_progress: bool = False
    declared: Decimal | None = None
    readings: Mapping[int, Reading] = field(default_factory=dict)
    source: str = ""


@dataclass(frozen=True)
class ActivityFacts:
    """An activity as promised and reported; `prior` are its months that were over when it was approved.

    `what_counts` names the reports that are given, to say that one is missing: «reporte validado».
    """

    key: int
    label: str
    months: MonthSet = NO_MONTHS
    prior: MonthSet = NO_MONTHS
    is_cancelled: bool = False
    weight: Decimal | None = None
    indicators: tuple[IndicatorFacts, ...] = ()
    reports: tuple[ReportFacts, ...] = ()
    has_schedule_text: bool = False
    what_counts: str = "reporte"
