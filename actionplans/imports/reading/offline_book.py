"""What came back in the workbook for work without internet: each row by its identity, its open cells as typed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from actionplans.imports.opening.file_kind import Refused
from actionplans.imports.opening.grid import Cell, Sheet, address
from actionplans.imports.reading.cell_texts import cell_problems
from actionplans.imports.reading.parsed import Problem
from actionplans.imports.reading.values import display

from .offline_columns import (
    CHECK,
    CHECKED,
    CLASS,
    CLASSES,
    EVIDENCE,
    FIGURES,
    FIRST_ROW,
    IDENTITY,
    KEY_ROW,
    MARK,
    SHOWN,
    SILENT,
    SOURCE,
    WORDS,
    Column,
    month_key,
)
from .text import normalise

MOST_ROWS = 5_000
NOT_OURS = (
    "El libro no es el que se descarga de esta página, o perdió filas o columnas que lo identifican. "
    "Descárguelo de nuevo y copie en él lo que escribió."
)
_TRUE = {"si", "s", "x", "1", "verdadero", "true"}
_FALSE = {"no", "n", "0", "falso", "false"}
KNOWN = {column.key: column for column in (*FIGURES, SILENT, *WORDS, SOURCE, *EVIDENCE)} | {
    month_key(month): Column(month_key(month), "", 0, MARK) for month in range(1, 13)
}
NEEDED = {column.key for column in (*FIGURES, *WORDS)} | {*SHOWN}


@dataclass(frozen=True)
class Line:
    """One row: its `identity` as it stands there, what was typed by column key, and where each cell is.

    `shown` are the words by which people know it, as they stand beside the identity.
    """

    row: int
    identity: str
    typed: dict[str, str]
    places: dict[str, str]
    shown: dict[str, str]


@dataclass(frozen=True)
class OfflineReading:
    sheet: str
    lines: list[Line]
    problems: list[Problem] = field(default_factory=list)


def read_offline(sheets: Sequence[Sheet]) -> OfflineReading:
    """The rows of the sheet that the portal wrote. Raises Refused where there is none."""
    sheet, columns = _ours(sheets)
    problems = cell_problems(sheet)
    if sheet.last_row > FIRST_ROW + MOST_ROWS:
        raise Refused(f"El libro tiene más de {MOST_ROWS} filas: descárguelo de nuevo.")
    lines = [_line(sheet, row, columns, problems) for row in _rows(sheet, columns)]
    return OfflineReading(sheet.name, lines, problems)


def _ours(sheets) -> tuple[Sheet, dict[str, int]]:
    for sheet in sheets:
        columns: dict[str, int] = {}
        for column in sheet.written(KEY_ROW):
            columns.setdefault(display(sheet.own(KEY_ROW, column).value).strip(), column)
        if IDENTITY in columns and columns.keys() >= NEEDED:
            return sheet, columns
    raise Refused(NOT_OURS)


def _rows(sheet, columns) -> Iterator[int]:
    """Those with something written: an identity, or an answer that would be lost without one."""
    answered = {columns[key] for key in KNOWN if key in columns} | {columns[IDENTITY]}
    return (row for row in range(FIRST_ROW, sheet.last_row + 1) if answered & set(sheet.written(row)))


def _line(sheet, row, columns, problems) -> Line:
    typed, places = {}, {}
    for key, column in KNOWN.items():
        if key not in columns:
            continue
        at = row, columns[key]
        places[key] = address(*at)
        if at in sheet.unknown:
            problems.append(_problem(sheet, at, "La fórmula no está calculada: escriba su resultado."))
            continue
        text, refusal = typed_text(sheet.own(*at), column.kind)
        typed[key] = text
        if refusal:
            problems.append(_problem(sheet, at, refusal))
    identity = display(sheet.own(row, columns[IDENTITY]).value).strip()
    shown = {key: display(sheet.own(row, columns[key]).value) for key in SHOWN}
    return Line(row, identity, typed, places, shown)


def typed_text(cell: Cell, kind: str) -> tuple[str, str]:
    """The answer as the report form would have it typed, and what is wrong with it."""
    text = display(cell.value, cell.number_format).strip()
    if not text or kind not in _CHOICES:
        return text, ""
    answer = _CHOICES[kind](normalise(text), text)
    return ("", not_an_option(text)) if answer is None else (answer, "")


def not_an_option(text: str) -> str:
    return f"«{text[:40]}» no es una de las opciones: elíjala de la lista."


def said_yes(folded: str) -> bool | None:
    """Whether a text says yes or no; None where it says neither."""
    return True if folded in _TRUE else False if folded in _FALSE else None


def _checked(folded, text) -> str | None:
    said = said_yes(folded)
    return None if said is None else CHECKED if said else ""


def _class(folded, text) -> str | None:
    return next((code for words, code in CLASSES.items() if normalise(words) == folded or code == text), None)


_CHOICES = {MARK: _checked, CHECK: _checked, CLASS: _class}


def _problem(sheet, at, message) -> Problem:
    return Problem(severity="error", sheet=sheet.name, cell=address(*at), message=message)
