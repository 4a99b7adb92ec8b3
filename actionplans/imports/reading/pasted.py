"""Rows that a person copied in a spreadsheet and pasted: tab-separated text, as the clipboard carries it."""

from collections.abc import Sequence
from dataclasses import replace

from actionplans.imports.opening.deadline import Deadline
from actionplans.imports.opening.file_kind import Refused
from actionplans.imports.opening.grid import LONGEST_TEXT, Cell, Sheet
from actionplans.imports.reading.corrections import NOTHING, Corrections
from actionplans.imports.reading.guess import header_under, headings_of_pasted
from actionplans.imports.reading.offices import OfficeName
from actionplans.imports.reading.parsed import Problem, Reading
from actionplans.imports.reading.table_reading import read_table
from actionplans.imports.reading.tables import corrected_table, table_of, tables_of

SHEET = "Pegado"
MAX_CHARACTERS = 2_000_000
MAX_ROWS = 5_000
MAX_COLUMNS = 150

_EMPTY = "No hay nada pegado. Copie las filas en Excel y péguelas aquí."
_TOO_MUCH = "Lo pegado es demasiado largo. Pegue menos filas, o cargue el archivo completo."
_NO_ACTIVITY = (
    "No se reconoce qué columna dice las actividades. Pegue también la fila de encabezados o indique cuál es en "
    "la correspondencia de columnas."
)


def read_pasted(
    text: str, *, year: int | None, offices: Sequence[OfficeName] = (), corrections: Corrections = NOTHING
) -> Reading:
    """What the pasted rows say, with or without a row of headings; nothing is raised for whatever they hold.

    Without headings the columns are proposed by their content. Colours are not on the clipboard as text.
    """
    try:
        return _read(sheet_of(text), year, offices, corrections)
    except Refused as refusal:
        return Reading(sheet=SHEET, problems=(Problem(severity="error", sheet=SHEET, message=str(refusal)),))


def _read(sheet: Sheet, year: int | None, offices: Sequence[OfficeName], corrections: Corrections) -> Reading:
    deadline = Deadline()
    tables = tables_of([sheet], year, deadline)
    table = tables[0] if tables else table_of(header_under(sheet, headings_of_pasted(sheet), offices), deadline)
    reading = read_table(corrected_table(table, corrections, deadline), year, offices, None, deadline, corrections)
    if not reading.activities and not reading.problems:
        reading = reading.with_problems([Problem(severity="error", sheet=SHEET, message=_NO_ACTIVITY)])
    return replace(reading, layout=None)


def sheet_of(text: str) -> Sheet:
    """The pasted text as a sheet. Raises Refused for nothing and for too much."""
    if len(text) > MAX_CHARACTERS:
        raise Refused(_TOO_MUCH)
    rows = split_rows(text)
    if len(rows) > MAX_ROWS or max(map(len, rows), default=0) > MAX_COLUMNS:
        raise Refused(_TOO_MUCH)
    written = {
        (row, column): value.strip()
        for row, values in enumerate(rows, start=1)
        for column, value in enumerate(values, start=1)
        if value.strip()
    }
    if not written:
        raise Refused(_EMPTY)
    return Sheet(
        SHEET,
        cells={at: Cell(value[:LONGEST_TEXT]) for at, value in written.items()},
        overlong={at: len(value) for at, value in written.items() if len(value) > LONGEST_TEXT},
    )


def split_rows(text: str) -> list[list[str]]:
    """The cells of tab-separated text. A cell that holds a tab, a quote or a line break is between quotes.

    A quote that is never closed, or that something follows, is an ordinary character of the text.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    rows: list[list[str]] = [[]]
    at = 0
    while True:
        value, at = _cell(text, at)
        rows[-1].append(value)
        if at >= len(text):
            break
        if text[at] == "\n":
            rows.append([])
        at += 1
    return rows[:-1] if rows[-1] == [""] else rows


def _cell(text: str, at: int) -> tuple[str, int]:
    """The cell that begins at a place of the text, and where the tab or line break after it is."""
    if text[at : at + 1] == '"' and (end := _closing_quote(text, at + 1)):
        return text[at + 1 : end].replace('""', '"'), end + 1
    ends = [found for sign in "\t\n" if (found := text.find(sign, at)) >= 0]
    end = min(ends, default=len(text))
    return text[at:end], end


def _closing_quote(text: str, at: int) -> int | None:
    while (at := text.find('"', at)) >= 0:
        if text[at + 1 : at + 2] != '"':
            return at if text[at + 1 : at + 2] in ("", "\t", "\n") else None
        at += 2
    return None
