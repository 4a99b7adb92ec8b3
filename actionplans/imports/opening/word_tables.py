"""From the blocks of a document to sheets: where tables go on, and what the text above them says."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from actionplans.imports.opening.grid import LONGEST_TEXT, Cell, Merge, Sheet
from actionplans.imports.opening.xml_scan import MAX_CELLS, MAX_COLUMN, too_many
from actionplans.imports.reading.metadata import fields_in, is_title
from actionplans.imports.reading.text import normalise

SHEET = "Tabla {number}"
_FIRST_LINES, _LAST_LINES = 15, 10
"""Lines that stand above the table in its sheet, whose headings are looked for in its first forty rows."""

_SMALL_ROWS, _SMALL_COLUMNS = 12, 6
_MOST_LINES_BETWEEN = 3
_LONGEST_HEADING = 160
_NUMBERING = re.compile(r"^\s*\d{1,2}(?:\.\d{1,2})*[.)]?\s+(?=\S)")
_OF_A_YEAR = re.compile(r"\b(vigencia|plan)\b.*\b20\d\d\b|^20\d\d$")


class Line(NamedTuple):
    """A paragraph outside of tables."""

    text: str


class WordCell(NamedTuple):
    """A cell, the columns that it spans, and whether it only continues the one above it."""

    text: str
    span: int = 1
    continues: bool = False
    fill: str | None = None


@dataclass
class WordTable:
    """Rows, each with the columns that it leaves free at its beginning."""

    rows: list[tuple[int, list[WordCell]]] = field(default_factory=list)

    @property
    def width(self) -> int:
        return max((free + sum(cell.span for cell in cells) for free, cells in self.rows), default=0)

    @property
    def headings(self) -> list[str]:
        return [normalise(cell.text) for cell in self.rows[0][1]] if self.rows else []


def sheets_of(blocks: Iterable[Line | WordTable]) -> list[Sheet]:
    """A sheet for each table, or for several that are one: see `_Joiner.goes_on`."""
    joiner = _Joiner()
    for block in blocks:
        if isinstance(block, Line):
            joiner.add_line(block.text)
        elif any(cell.text for _, cells in block.rows for cell in cells):
            joiner.add_table(block)
    return [builder.sheet() for builder in joiner.builders]


class _Joiner:
    """Takes the blocks in order; remembers the lines since the last table and what stood above all of them."""

    def __init__(self) -> None:
        self.builders: list[_Builder] = []
        self._above: list[list[str]] = []
        self._between: list[str] = []
        self._tables = 0
        self._last: WordTable | None = None

    def add_line(self, text: str) -> None:
        self._between.append(text)

    def add_table(self, table: WordTable) -> None:
        self._tables += 1
        if self._last is not None and self.goes_on(table):
            builder = self.builders[-1]
            for text in self._between:
                builder.add_heading(text, table.width)
        else:
            self._above += _telling(self._between)
            builder = _Builder(SHEET.format(number=self._tables))
            for texts in _first_and_last(self._above):
                builder.add_line(*texts)
            self.builders.append(builder)
            if len(table.rows) <= _SMALL_ROWS and table.width <= _SMALL_COLUMNS:
                self._above += [[cell.text for cell in cells] for _, cells in table.rows]
        builder.add_table(table, self._tables)
        self._between, self._last = [], table

    def goes_on(self, table: WordTable) -> bool:
        """Whether the table is the last one again: on the next page, or for the next component.

        It bears the same headings, with at most a heading line between; or none at all, as wide as the last one.
        """
        if not table.headings or not self._last or len(self._between) > _MOST_LINES_BETWEEN:
            return False
        if any(len(text) > _LONGEST_HEADING for text in self._between):
            return False
        if table.headings == self._last.headings:
            return True
        split = not self._between and table.width == self._last.width > 2
        return split and not any(heading in self._last.headings for heading in table.headings if heading)


class _Builder:
    """Fills one sheet from the top."""

    def __init__(self, name: str) -> None:
        self._sheet = Sheet(name)
        self._row = 0

    def sheet(self) -> Sheet:
        return self._sheet

    def add_line(self, *texts: str) -> None:
        """A line above or between tables, or a row of another table, cell by cell."""
        self._row += 1
        self._sheet.row_names[self._row] = "texto antes de la tabla"
        for column, text in enumerate(texts, start=1):
            self._put(column, text, None)

    def add_heading(self, text: str, width: int) -> None:
        """A line between the parts of a table, over all of its columns."""
        self.add_line(text)
        self._sheet.merges.append(Merge(self._row, 1, self._row, max(1, width)))

    def add_table(self, table: WordTable, number: int) -> None:
        open_merges: dict[int, Merge] = {}
        for position, (free, cells) in enumerate(table.rows, start=1):
            self._row += 1
            self._sheet.row_names[self._row] = f"tabla {number}, fila {position}, columna {{column}}"
            column = free + 1
            for cell in cells:
                self._add_cell(cell, column, open_merges)
                column += cell.span
        self._sheet.merges += [merge for merge in open_merges.values() if _is_wide(merge)]

    def _add_cell(self, cell: WordCell, column: int, open_merges: dict[int, Merge]) -> None:
        above = open_merges.get(column)
        if cell.continues and above and above.bottom == self._row - 1:
            open_merges[column] = above._replace(bottom=self._row)
            return
        if above and _is_wide(above):
            self._sheet.merges.append(above)
        open_merges[column] = Merge(self._row, column, self._row, column + cell.span - 1)
        self._put(column, cell.text, cell.fill)

    def _put(self, column: int, text: str, fill: str | None) -> None:
        text = text.strip()
        if column > MAX_COLUMN:
            raise too_many("columnas", MAX_COLUMN)
        if not text and not fill:
            return
        if len(text) > LONGEST_TEXT:
            self._sheet.overlong[self._row, column] = len(text)
        self._sheet.cells[self._row, column] = Cell(text[:LONGEST_TEXT] or None, "General", fill)
        if len(self._sheet.cells) > MAX_CELLS:
            raise too_many("celdas", MAX_CELLS)


def _is_wide(merge: Merge) -> bool:
    return merge.bottom > merge.top or merge.right > merge.left


def _first_and_last(lines: list[list[str]]) -> list[list[str]]:
    few = len(lines) <= _FIRST_LINES + _LAST_LINES
    return lines if few else lines[:_FIRST_LINES] + lines[-_LAST_LINES:]


def _telling(lines: list[str]) -> list[list[str]]:
    """The lines that name a field, a plan or its year, without their numbering; a label alone, with the next.

    The last one too where it is short: it may name the component whose table follows.
    """
    kept: list[list[str]] = []
    wanted = False
    for position, line in enumerate(lines, start=1):
        text = _NUMBERING.sub("", line)
        fields = list(fields_in(text))
        short = len(text) <= _LONGEST_HEADING
        dated = short and _OF_A_YEAR.search(normalise(text))
        if wanted or fields or dated or is_title(text) or (short and position == len(lines)):
            kept.append([text])
        wanted = bool(fields) and not fields[-1][1]
    return kept
