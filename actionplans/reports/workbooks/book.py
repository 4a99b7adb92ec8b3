"""Workbooks written row by row: a row leaves memory when the next one begins."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

import xlsxwriter

from .cells import DATE_FORMAT, FORMULA_STARTS, clean_text, number_or_text

BASE = {"font_name": "Arial", "font_size": 9, "valign": "vcenter", "text_wrap": True, "align": "left"}
_RICH_START, _RICH_END = "<r>", "</r>"
_NOT_PLAIN = (*FORMULA_STARTS, _RICH_START)


class Style:
    """How cells of one kind look, whatever is in them: as dates, and as texts that look like formulas, too."""

    def __init__(self, book: xlsxwriter.Workbook, **look: Any) -> None:
        look = BASE | look
        self.plain = book.add_format(look)
        self.dated = book.add_format(look | {"num_format": DATE_FORMAT})
        self.quoted = book.add_format(look | {"quote_prefix": True})


LEGAL = 5
"""The number by which workbooks know legal paper."""


class Book:
    """A workbook that names the plan and its entity, and nobody else. Close it by leaving its `with`."""

    def __init__(self, target: Path | IO[bytes], *, title: str, author: str) -> None:
        # No text becomes a formula, a link or a number: every cell is written as what it is.
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._book = xlsxwriter.Workbook(target, options)
        self._book.set_properties({"title": title, "author": author})
        self._styles: dict[frozenset, Style] = {}

    def __enter__(self) -> Book:
        return self

    def __exit__(self, kind, error, trace) -> None:
        self._book.close()

    def style(self, **look: Any) -> Style:
        """The style of that look, made once."""
        key = frozenset(look.items())
        if key not in self._styles:
            self._styles[key] = Style(self._book, **look)
        return self._styles[key]

    def print_below(self, text: str) -> None:
        """The footer of every printed page of the sheets that there are."""
        for worksheet in self._book.worksheets():
            worksheet.set_footer(text)

    def sheet(self, name: str, widths: Sequence[float], *, fits: bool = True, pages_wide: int = 1) -> RowSheet:
        """A sheet for legal paper across; `fits` in the width of `pages_wide`, unless too wide to be read so."""
        worksheet = self._book.add_worksheet(name)
        for column, width in enumerate(widths):
            worksheet.set_column_pixels(column, column, round(width * 7))
        worksheet.set_landscape()
        worksheet.set_paper(LEGAL)
        if fits:
            worksheet.fit_to_pages(pages_wide, 0)
        return RowSheet(worksheet)


class RowSheet:
    """A sheet that is written downwards; `row` is the next one, counted from zero."""

    def __init__(self, worksheet) -> None:
        self.worksheet = worksheet
        self.row = 0

    def link(self, column: int, sheet: str, text: str, style: Style) -> None:
        """In the next row, a cell that leads to another sheet; leave its place None in what `write` is given."""
        address = "internal:'{}'!A1".format(sheet.replace("'", "''"))
        self.worksheet.write_url(self.row, column, address, style.plain, clean_text(text))

    def write(self, cells: Iterable[tuple[Any, Style] | None], *, height: float | None = None) -> None:
        """The next row, from its first column on; no value writes an empty one, None none at all."""
        if height:
            self.worksheet.set_row(self.row, height)
        row, blank = self.row, self.worksheet.write_blank
        for column, cell in enumerate(cells):
            if cell is None:
                continue
            value, style = cell
            if value is None or value == "":
                blank(row, column, None, style.plain)
            else:
                self._put(column, value, style)
        self.row += 1

    def write_sparsely(self, values: Iterable[Any], style: Style, *, height: float | None = None) -> None:
        """The next row with the values that there are; no cell where there is none."""
        if height:
            self.worksheet.set_row(self.row, height)
        for column, value in enumerate(values):
            if value is not None and value != "":
                self._put(column, value, style)
        self.row += 1

    def skip(self) -> None:
        self.row += 1

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """One cell out of several, whose texts and styles `write` gives row by row.

        `merge_range` would write all of its rows at once, and those that are gone cannot be written again.
        """
        self.worksheet.merge.append([top, left, bottom, right])

    def _put(self, column: int, value: Any, style: Style) -> None:
        if isinstance(value, str):
            self._put_text(column, value, style)
        elif isinstance(value, Decimal):
            self._put(column, number_or_text(value), style)
        elif isinstance(value, datetime.date):
            self.worksheet.write_datetime(self.row, column, value, style.dated)
        else:
            self.worksheet.write_number(self.row, column, value, style.plain)

    def _put_text(self, column: int, text: str, style: Style) -> None:
        text, looks = clean_text(text), style.plain
        if text.startswith(_NOT_PLAIN):
            if text.startswith(_RICH_START) and text.endswith(_RICH_END):
                text += " "  # the library would take it for marked-up text and write it as it is
            elif text.startswith(FORMULA_STARTS):
                looks = style.quoted
        self.worksheet.write_string(self.row, column, text, looks)
