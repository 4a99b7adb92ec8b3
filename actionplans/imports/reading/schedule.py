"""The months of an activity: marks and fills of month columns, dates, or words."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from actionplans.imports.opening.grid import EMPTY, Cell, address
from actionplans.imports.reading.columns import Column
from actionplans.imports.reading.dates import months_between
from actionplans.imports.reading.fills import BOTH_MARKS, EXECUTED_MARKS, Fills
from actionplans.imports.reading.header import Header
from actionplans.imports.reading.parsed import Problem
from actionplans.imports.reading.periods import Period, parse_period
from actionplans.imports.reading.roles import executed_rows, role_column
from actionplans.imports.reading.text import normalise
from actionplans.imports.reading.values import display, excerpt, is_no_data, parse_mark, parse_number

_ONLY_TEXT_COUNTS = (
    "Los meses de esta tabla se marcan con texto; los que solo tienen color no se tomaron. "
    "Si alguno está programado, escriba una X."
)


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

    def __init__(self, header: Header, year: int | None, rows: Sequence[int]) -> None:
        """`rows` are all those of the table: together they tell which fills are marks."""
        self.problems: list[Problem] = []
        self._header, self._sheet, self._year = header, header.sheet, year
        self._columns = header.all("months")
        self._dated = bool(header.one("start") or header.one("end"))
        self._indexes = [column.index for column in self._columns]
        self._fills = Fills(header, rows)
        self._role = role_column(header)
        self._warned_fills = False

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
        done_rows = executed_rows(self._header, self._role, rows)
        for row in rows:
            for column, cell in zip(self._columns, self._sheet.shown_in(row, self._indexes), strict=True):
                if cell is EMPTY:
                    continue
                done = column.meaning.executed or row in done_rows
                counts_planned, counts_executed = self._mark(cell, row, column, done)
                planned.update(column.meaning.months if counts_planned else ())
                executed.update(column.meaning.months if counts_executed else ())
        return planned, executed

    def _mark(self, cell: Cell, row: int, column: Column, done: bool) -> tuple[bool, bool]:
        """Whether a cell marks its months as planned and as executed; `done` if its place counts the latter."""
        if isinstance(cell.value, str) and not done:
            letters = normalise(cell.value)
            if letters in BOTH_MARKS or letters in EXECUTED_MARKS:
                return letters in BOTH_MARKS, True
        marked = self._is_marked(cell, row, column)
        return marked and not done, marked and done

    def _is_marked(self, cell: Cell, row: int, column: Column) -> bool:
        """What a person typed decides; else the text; where there is none, the fill."""
        typed = bool(self._sheet.replaced) and self._sheet.anchor(row, column.index) in self._sheet.replaced
        filled = not typed and self._fills.marks(row, cell.fill)
        if cell.value is None:
            if not (typed or self._warned_fills) and self._fills.left_out(row, cell.fill):
                self._warned_fills = True
                self._warn(row, column, _ONLY_TEXT_COUNTS)
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
        if not self._dated:
            return None
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
        period = parse_period(cell.value, self._year) or _numbered_month(column, cell.value)
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


def _numbered_month(column: Column, value: object) -> Period | None:
    """A month given by its number, under a heading such as «Mes de inicio»."""
    number = parse_number(value) if normalise(column.labels[-1]).startswith("mes ") else None
    known = number is not None and number == int(number) and 1 <= number <= 12
    return Period((int(number),), None, None) if known else None


def _joined(periods: list[Period]) -> Period | None:
    if not periods:
        return None
    months = tuple(sorted({month for period in periods for month in period.months}))
    start = min((period.start for period in periods if period.start), default=None)
    return Period(months, start, max((period.end for period in periods if period.end), default=None))
