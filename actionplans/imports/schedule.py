"""The months of an activity: marks and fills of month columns, dates, or words."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from actionplans.imports.columns import Column
from actionplans.imports.dates import months_between
from actionplans.imports.grid import Cell, address
from actionplans.imports.header import Header
from actionplans.imports.parsed import Problem
from actionplans.imports.periods import Period, parse_period
from actionplans.imports.text import normalise
from actionplans.imports.values import display, excerpt, is_no_data, parse_mark

_EXECUTED_MARKS = frozenset({"e", "ejec", "ejecutado"})
_BOTH_MARKS = frozenset({"pe", "p e", "e p"})


@dataclass(frozen=True)
class Schedule:
    """When an activity is programmed and was executed."""

    months: tuple[int, ...] = ()
    executed: tuple[int, ...] = ()
    text: str | None = None
    start: datetime.date | None = None
    end: datetime.date | None = None


class ScheduleReader:
    """Reads the schedule of the rows of one table; collects what it could not understand."""

    def __init__(self, header: Header, year: int | None) -> None:
        self.problems: list[Problem] = []
        self._header, self._sheet, self._year = header, header.sheet, year
        self._columns = header.all("months")
        months = {column.index for column in self._columns}
        self._beside = [index for index in header.span if index not in months]

    def read(self, rows: Sequence[int]) -> Schedule:
        """Marks decide; without any, the dates; without dates, the words. What is printed is always kept."""
        planned, executed = self._marked(rows)
        text, worded = self._words(rows)
        dated = self._dates(rows)
        start, end = (dated.start, dated.end) if dated else (None, None)
        if worded and not dated:
            start, end = worded.start, worded.end
        months = planned or (set(dated.months) if dated else set()) or (set(worded.months) if worded else set())
        return Schedule(tuple(sorted(months)), tuple(sorted(executed)), text, start, end)

    def _marked(self, rows: Sequence[int]) -> tuple[set[int], set[int]]:
        planned: set[int] = set()
        executed: set[int] = set()
        for row in rows:
            background = {self._sheet.shown(row, index).fill for index in self._beside} if self._columns else set()
            for column in self._columns:
                counts_planned, counts_executed = self._mark(row, column, background)
                planned.update(column.meaning.months if counts_planned else ())
                executed.update(column.meaning.months if counts_executed else ())
        return planned, executed

    def _mark(self, row: int, column: Column, background: set[str | None]) -> tuple[bool, bool]:
        """Whether a cell marks its months as planned and as executed."""
        cell = self._sheet.shown(row, column.index)
        letters = normalise(cell.value) if isinstance(cell.value, str) else ""
        if letters in _EXECUTED_MARKS | _BOTH_MARKS and not column.meaning.executed:
            return letters in _BOTH_MARKS, True
        marked = self._is_marked(cell, row, column, background)
        return marked and not column.meaning.executed, marked and column.meaning.executed

    def _is_marked(self, cell: Cell, row: int, column: Column, background: set[str | None]) -> bool:
        """Text decides; an empty cell is marked by a fill that is neither the row's nor the header's."""
        filled = (
            cell.fill is not None and cell.fill not in background and cell.fill not in self._header.month_fills
        )
        if cell.value is None:
            return filled
        mark = parse_mark(cell.value)
        if mark is None:
            text = excerpt(cell.value)
            if not filled:
                self._warn(
                    row,
                    column,
                    f"No se entiende «{text}» como marca del mes; quedó sin programar. Use una X.",
                )
            return filled
        return mark

    def _words(self, rows: Sequence[int]) -> tuple[str | None, Period | None]:
        column = self._header.one("schedule")
        if column is None:
            return None, None
        texts: list[str] = []
        periods: list[Period] = []
        for row, cell in self._distinct(rows, column):
            texts.append(display(cell.value, cell.number_format))
            if period := self._period(row, column, cell, "el plazo"):
                periods.append(period)
        return "\n".join(dict.fromkeys(texts)) or None, _joined(periods)

    def _dates(self, rows: Sequence[int]) -> Period | None:
        starts = self._periods_of("start", rows, "la fecha de inicio")
        ends = self._periods_of("end", rows, "la fecha final")
        start = min((p.start for p in starts if p.start), default=None)
        end = max((p.end for p in ends if p.end), default=None)
        if start and end and start > end:
            column = self._header.one("end")
            self._warn(rows[0], column, "La fecha final es anterior a la de inicio; ninguna se tomó. Corríjalas.")
            return None
        if start or end:
            return Period(months_between(start or end, end or start, self._year), start, end)
        months = [month for period in (*starts, *ends) for month in period.months]
        return Period(tuple(range(min(months), max(months) + 1)), None, None) if months else None

    def _periods_of(self, kind: str, rows: Sequence[int], name: str) -> list[Period]:
        column = self._header.one(kind)
        cells = self._distinct(rows, column) if column else []
        return [period for row, cell in cells if (period := self._period(row, column, cell, name))]

    def _distinct(self, rows: Sequence[int], column: Column) -> list[tuple[int, Cell]]:
        """The cells of a column over the rows, each merge once, without those that say nothing."""
        anchors = {self._sheet.anchor(row, column.index): row for row in reversed(rows)}
        own = sorted((anchor, row) for anchor, row in anchors.items() if self._sheet.belongs(anchor, rows))
        cells = [(row, self._sheet.own(*anchor)) for anchor, row in own]
        return [(row, cell) for row, cell in cells if not is_no_data(cell.value)]

    def _period(self, row: int, column: Column, cell: Cell, name: str) -> Period | None:
        period = parse_period(cell.value, self._year)
        if period is None:
            left = "se conserva el texto, sin meses" if column.meaning.kind == "schedule" else "quedó sin fecha"
            self._warn(
                row, column, f"No se entiende {name} «{excerpt(cell.value)}»; {left}. Un ejemplo: 31/03/2025."
            )
        elif self._year and period.start and not period.months and column.meaning.kind == "schedule":
            message = f"«{excerpt(cell.value)}» está fuera de la vigencia {self._year}. Revise el año."
            self._warn(row, column, message)
        return period

    def _warn(self, row: int, column: Column, message: str) -> None:
        where = address(*self._sheet.anchor(row, column.index))
        self.problems.append(Problem(severity="warning", sheet=self._sheet.name, cell=where, message=message))


def _joined(periods: list[Period]) -> Period | None:
    if not periods:
        return None
    months = tuple(sorted({month for period in periods for month in period.months}))
    start = min((period.start for period in periods if period.start), default=None)
    return Period(months, start, max((period.end for period in periods if period.end), default=None))
