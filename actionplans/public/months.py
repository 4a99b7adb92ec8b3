"""The twelve months of a row, as pages draw them and tell them. Pure."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from actionplans.months import MONTH_NAMES, MonthSet

KEPT = 4096  # sentences: plans repeat a few of the possible ones


@dataclass(frozen=True, kw_only=True)
class MonthCell:
    """`is_missed`: scheduled, over at the published cut and done by no validated report.

    `starts_period`: the first month of a period of the plan's follow-up.
    """

    number: int
    is_scheduled: bool = False
    is_current: bool = False
    is_executed: bool = False
    is_missed: bool = False
    starts_period: bool = False

    @property
    def name(self) -> str:
        return MONTH_NAMES[self.number - 1]

    @property
    def letter(self) -> str:
        return self.name[0].upper()

    @property
    def short(self) -> str:
        return self.name[:3]

    @property
    def words(self) -> str:
        """What the cell says to who does not see it; an empty one says nothing."""
        if self.is_executed:
            return "Programada y ejecutada" if self.is_scheduled else "Ejecutada sin estar programada"
        if self.is_missed:
            return "Programada, sin ejecutar"
        return "Programada" if self.is_scheduled else ""

    @property
    def css(self) -> str:
        """The mark of the cell; empty without one."""
        if self.is_executed:
            return "mark-done" if self.is_scheduled else "mark-extra"
        if self.is_missed:
            return "mark-missed"
        return "mark-on" if self.is_scheduled else ""


def month_cells(
    scheduled: Iterable[int],
    year: int,
    today: datetime.date,
    *,
    executed: Iterable[int] = (),
    missed: Iterable[int] = (),
    period: int = 3,
) -> tuple[MonthCell, ...]:
    """The twelve cells of a row; one is current only in the plan's own year. `period` is in months."""
    current = today.month if today.year == year else None
    return cells_of(MonthSet(scheduled).mask, MonthSet(executed).mask, MonthSet(missed).mask, current, period)


def cells_of(
    scheduled: int, executed: int, missed: int, current: int | None, period: int
) -> tuple[MonthCell, ...]:
    """The twelve cells of masks; `current` is the number of the month that it is, if any."""
    return tuple(
        MonthCell(
            number=number,
            is_scheduled=bool(scheduled & bit),
            is_current=number == current,
            is_executed=bool(executed & bit),
            is_missed=bool(missed & bit),
            starts_period=number % period == 1,
        )
        for number, bit in ((number, 1 << number - 1) for number in range(1, 13))
    )


@lru_cache(KEPT)
def schedule_sentence(months: MonthSet, executed: MonthSet | None = None) -> str:
    """When it is programmed, in words; one run of months takes «de … a …». `executed` adds when it was done."""
    said = f"Programada {when(months)}" if months else "Sin programación"
    return f"{said}; ejecutada {when(executed)}" if executed else said


def when(months: MonthSet) -> str:
    """«de abril a junio», «en abril y junio»."""
    is_one_run = str(months).count(" a ") == 1 and " y " not in str(months)
    return f"{'de' if is_one_run else 'en'} {months}"
