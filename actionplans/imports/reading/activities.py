"""From the rows of an activity to what it says."""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from actionplans.imports.opening.grid import Cell, address
from actionplans.imports.reading.columns import Column
from actionplans.imports.reading.header import Header
from actionplans.imports.reading.offices import OfficeName
from actionplans.imports.reading.parsed import Followup, ParsedActivity, ParsedResponsible, Problem
from actionplans.imports.reading.people import People
from actionplans.imports.reading.roles import role_column
from actionplans.imports.reading.rows import Group
from actionplans.imports.reading.schedule import ScheduleReader
from actionplans.imports.reading.text import normalise
from actionplans.imports.reading.values import (
    display,
    excerpt,
    has_bullets,
    is_no_data,
    parse_money,
    parse_number,
    parse_percent,
    parse_quantity,
    split_items,
)

_NEVER_CALCULATED = (
    "La fórmula no tiene un resultado guardado; quedó sin valor. "
    "Abra el libro en Excel, guárdelo y vuelva a cargarlo."
)
_SUBCOMPONENT = re.compile(r"sub ?(componente|proceso|programa)")
_NAMES = {"target": "la meta", "baseline": "la línea base", "weight": "la ponderación", "budget": "el presupuesto"}


class ActivityReader:
    """Builds the activities of one table; collects what it could not understand."""

    def __init__(
        self, header: Header, year: int | None, people: People, rows: Sequence[int], questioned: set[str]
    ) -> None:
        """`rows` are all those of the table; `questioned` remembers the offices already asked about."""
        self.problems: list[Problem] = []
        self.named_at: dict[str, list[str]] = {}
        self.schedule = ScheduleReader(header, year, rows)
        self._header, self._sheet, self._people = header, header.sheet, people
        self._activity = header.one("activity")
        self._questioned = questioned
        self._column_of = {column.meaning.kind: column for column in reversed(header.columns)}
        kept = [*header.all("other"), *header.all("progress")]
        self._others = [(column.title, column) for column in kept if column.index != role_column(header)]

    def read(self, group: Group, *, by_component: bool, first: int = 1) -> list[ParsedActivity]:
        """The activity of a group of rows; several where a matrix by component lists them in one cell.

        They are numbered from `first` on.
        """
        rows = group.rows
        anchor = self._sheet.anchor(rows[0], self._activity.index)
        descriptions = self._descriptions(self._sheet.own(*anchor).value, by_component)
        self._warn_unknown(rows)
        said = {
            **self._scheduled(rows),
            **self._measured(rows),
            "component": self._component(rows, group.component),
            "tasks": tuple(self._tasks(rows)),
            "deliverable": self._text("deliverable", rows),
            "responsibles": tuple(self._responsibles(rows)),
            "followups": self._followups(rows),
            "printed_number": self._text("number", rows[:1]) or None,
            "other": self._other(rows),
            "cell": address(*anchor),
            "at": anchor,
            "shares_row": len(descriptions) > 1,
        }
        numbered = enumerate(descriptions, start=first)
        return [ParsedActivity(number=number, description=text, **said) for number, text in numbered]

    def _scheduled(self, rows: Sequence[int]) -> dict[str, Any]:
        schedule = self.schedule.read(rows)
        return {
            "months": schedule.months,
            "executed_months": schedule.executed,
            "schedule_text": schedule.text,
            "start": schedule.start,
            "end": schedule.end,
        }

    def _measured(self, rows: Sequence[int]) -> dict[str, Any]:
        indicator, formula = self._text("indicator", rows), self._text("formula", rows)
        return {
            "indicator": indicator or formula,
            "formula": formula if indicator else "",
            "result": self._text("result", rows) or None,
            "unit": self._text("unit", rows) or None,
            "target": self._number("target", rows, parse_quantity),
            "target_text": self._text("target", rows) or None,
            "baseline": self._number("baseline", rows, parse_quantity),
            "baseline_text": self._text("baseline", rows) or None,
            "weight": self._number("weight", rows, _weight),
            "budget": self._budget(rows),
        }

    def _descriptions(self, value: object, by_component: bool) -> list[str]:
        if not by_component or not has_bullets(value):
            return [display(value)]
        items = split_items(value)
        signs = re.match(r"\s*[·•●▪✓*]", str(value))
        return items if len(items) > 1 or signs else [display(value)]

    def _component(self, rows: Sequence[int], announced: str | None) -> str | None:
        """What the column says; a subcomponent comes after the component announced above it."""
        column = self._header.one("component")
        texts = self._texts(column, rows) if column else []
        own = " / ".join(" ".join(text.split()) for text in texts)
        if own and announced and _SUBCOMPONENT.match(normalise(column.labels[-1])):
            return f"{announced} / {own}"
        return own or announced

    def _tasks(self, rows: Sequence[int]) -> list[str]:
        column = self._header.one("task")
        return [item for text in (self._texts(column, rows) if column else []) for item in split_items(text)]

    def _cells(self, column: Column, rows: Sequence[int]) -> list[tuple[tuple[int, int], Cell]]:
        """The cells of a column over the rows, each merge once, without those that say nothing."""
        if len(rows) == 1 and self._sheet.merge(rows[0], column.index) is None:
            at = rows[0], column.index
            cell = self._sheet.own(*at)
            return [] if cell.value is None else [(at, cell)]
        anchors = dict.fromkeys(self._sheet.anchor(row, column.index) for row in rows)
        cells = [(anchor, self._sheet.own(*anchor)) for anchor in anchors]
        return [(a, cell) for a, cell in cells if cell.value is not None and self._sheet.belongs(a, rows)]

    def _texts(self, column: Column, rows: Sequence[int]) -> list[str]:
        if len(rows) == 1 and (cell := self._sheet.alone(rows[0], column.index)):
            text = "" if cell.value is None else display(cell.value, cell.number_format)
            return [text] if text.strip("-–— ") else []
        cells = self._cells(column, rows)
        if not cells:
            return []
        texts = [display(cell.value, cell.number_format) for _, cell in cells]
        return [text for text in dict.fromkeys(texts) if text and text.strip("-–— ")]

    def _text(self, kind: str, rows: Sequence[int]) -> str:
        column = self._column_of.get(kind)
        return "\n".join(self._texts(column, rows)) if column else ""

    def _number(self, kind: str, rows: Sequence[int], parse: Callable) -> Decimal | None:
        """The first figure of the rows; a cell that holds something else is a warning and no figure."""
        return next(iter(self._numbers(kind, rows, parse)), None)

    def _numbers(self, kind: str, rows: Sequence[int], parse: Callable) -> list[Decimal]:
        column = self._column_of.get(kind)
        found = []
        for (row, index), cell in self._cells(column, rows) if column else []:
            if is_no_data(cell.value):
                continue
            number = parse(cell.value, cell.number_format)
            if number is None or (number < 0 and kind in ("weight", "budget")):
                self._warn(row, index, f"No se entiende {_NAMES[kind]} «{excerpt(cell.value)}»; quedó sin valor.")
            else:
                found.append(number)
        return found

    def _budget(self, rows: Sequence[int]) -> Decimal | None:
        """The rows of an activity add up; a sum merged over several activities counts for the first."""
        column = self._column_of.get("budget")
        if column is None:
            return None
        own = [row for row in rows if self._sheet.anchor(row, column.index)[0] in rows]
        amounts = self._numbers("budget", own, lambda value, _: parse_money(value))
        return sum(amounts) if amounts else None

    def _responsibles(self, rows: Sequence[int]) -> list[ParsedResponsible]:
        found: dict[str, ParsedResponsible] = {}
        for column in self._header.all("responsible"):
            for anchor, cell in self._cells(column, rows):
                if not is_no_data(cell.value):
                    for person in self._people.named_in(display(cell.value)):
                        self._question(person, anchor)
                        found.setdefault(person.text, person)
        return list(found.values())

    def _question(self, person: ParsedResponsible, at: tuple[int, int]) -> None:
        """Each office not certainly known is a warning, once; where else it stands is kept."""
        if person.certain or person.settled:
            return
        self.named_at.setdefault(person.text, []).append(address(*at))
        if person.text not in self._questioned:
            self._questioned.add(person.text)
            self._warn(*at, _unmatched(person.text, person.suggestion, self._people.offices))

    def _followups(self, rows: Sequence[int]) -> dict[str, Followup]:
        texts: dict[str, list[str]] = {}
        progress: dict[str, Decimal] = {}
        for column in self._header.all("followup"):
            quarter = str(column.meaning.ordinal)
            for _, cell in self._cells(column, rows):
                text = display(cell.value, cell.number_format)
                if is_no_data(cell.value) or not text:
                    continue
                known = parse_percent(cell.value, cell.number_format) if _is_percent(column, cell) else None
                if known is not None and quarter not in progress:
                    progress[quarter] = known
                else:
                    texts.setdefault(quarter, []).append(text)
        quarters = sorted({*texts, *progress})
        return {q: Followup(text="\n".join(texts.get(q, [])), progress=progress.get(q)) for q in quarters}

    def _other(self, rows: Sequence[int]) -> dict[str, str]:
        found: dict[str, list[str]] = {}
        for title, column in self._others:
            if texts := self._texts(column, rows):
                found.setdefault(title, []).extend(texts)
        return {title: "\n".join(texts) for title, texts in found.items()}

    def _warn_unknown(self, rows: Sequence[int]) -> None:
        for row in rows if self._sheet.unknown else ():
            for column in self._header.columns:
                if (row, column.index) in self._sheet.unknown:
                    self._warn(row, column.index, _NEVER_CALCULATED)

    def _warn(self, row: int, column: int, message: str) -> None:
        where = address(row, column)
        self.problems.append(Problem(severity="warning", sheet=self._sheet.name, cell=where, message=message))


def _is_percent(column: Column, cell: Cell) -> bool:
    """A figure of progress: in a column of progress, or typed as a percentage."""
    typed = isinstance(cell.value, str) and bool(re.fullmatch(r"\s*[\d.,]+\s*%\s*", cell.value))
    shown = isinstance(cell.value, (int, float)) and "%" in cell.number_format
    return column.meaning.aspect == "progress" or typed or shown


def _weight(value: object, number_format: str) -> Decimal | None:
    """A weight as typed, percentages on 0–100; whether bare fractions are meant is seen with all of them."""
    if isinstance(value, str) and "%" in value:
        return parse_percent(value)
    number = parse_number(value)
    return number * 100 if number is not None and "%" in number_format else number


def _unmatched(name: str, slug: str | None, offices: Sequence[OfficeName]) -> str:
    known = next((office.name for office in offices if office.slug == slug), None)
    if known:
        return f"«{name}» se parece a «{known}», pero no es igual: confirme si es esa dependencia."
    return f"«{name}» no es una dependencia conocida de la entidad; se conserva el texto. Indique cuál responde."
