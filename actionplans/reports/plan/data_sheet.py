"""The sheet «Datos» of a workbook: written row by row, or into a workbook that openpyxl holds."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from actionplans.imports.reading.data_sheet import MARK, SHEET

from ..workbooks.book import Book
from ..workbooks.cells import put, row_height
from .data_tables import DataTable, data_tables
from .sheet import PlanSheet

TITLE, HEADING, VALUES = "title", "heading", "values"
HEADING_FILL = "D9E2F3"
WIDTH, LEAST_HEIGHT = 30, 15
COLUMNS_ON_A_PAGE = 8

_BOLD, _PLAIN = Font(name="Arial", size=9, bold=True), Font(name="Arial", size=9)
_WRAPPED = Alignment(horizontal="left", vertical="top", wrap_text=True)


def write_data_sheet(book: Book, sheet: PlanSheet, kinds: Collection[str], *, note: str = "") -> None:
    """The sheet with what columns of `kinds` do not say, as the next one of the book."""
    tables = data_tables(sheet, kinds, note=note)
    page = book.sheet(SHEET, [WIDTH] * _widest(tables), pages_wide=_pages_wide(tables))
    styles = {
        TITLE: book.style(bold=True, text_wrap=False),
        HEADING: book.style(bold=True, valign="top", bg_color=f"#{HEADING_FILL}"),
        VALUES: book.style(valign="top"),
    }
    for kind, values in _rows(tables):
        style = styles.get(kind)
        if style is None:
            page.skip()
        else:
            page.write_sparsely(values, style, height=_height(values) if kind == VALUES else None)


def add_data_sheet(book: Workbook, sheet: PlanSheet, kinds: Collection[str], *, note: str = "") -> None:
    """The same in a workbook of openpyxl; a sheet of that name that was there gives way."""
    if SHEET in book.sheetnames:
        del book[SHEET]
    worksheet = book.create_sheet(SHEET)
    tables = data_tables(sheet, kinds, note=note)
    styles = _openpyxl_styles(worksheet)
    for row, (kind, values) in enumerate(_rows(tables), start=1):
        for column, value in enumerate(values, start=1):
            if value not in (None, ""):
                cell = worksheet.cell(row, column)
                cell._style = styles[kind]
                put(cell, value)
        if kind == VALUES:
            worksheet.row_dimensions[row].height = _height(values)
    for column in range(1, _widest(tables) + 1):
        worksheet.column_dimensions[get_column_letter(column)].width = WIDTH
    worksheet.page_setup.orientation = "landscape"
    worksheet.page_setup.paperSize = worksheet.PAPERSIZE_LEGAL
    worksheet.sheet_properties.pageSetUpPr.fitToPage = True
    worksheet.page_setup.fitToWidth, worksheet.page_setup.fitToHeight = _pages_wide(tables), 0


def _rows(tables: list[DataTable]) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Every row of the sheet with its kind; an empty one after each table."""
    yield TITLE, (MARK,)
    for table in tables:
        yield "", ()
        yield TITLE, (table.title,)
        yield HEADING, table.headings
        for values in table.rows:
            yield VALUES, values


def _widest(tables: list[DataTable]) -> int:
    return max((len(table.headings) for table in tables), default=1)


def _pages_wide(tables: list[DataTable]) -> int:
    """Sheets of paper side by side that the table takes without getting too small to be read."""
    return -(-_widest(tables) // COLUMNS_ON_A_PAGE)


def _height(values: tuple[Any, ...]) -> float:
    return row_height([(value, WIDTH) for value in values if isinstance(value, str)], least=LEAST_HEIGHT)


def _openpyxl_styles(worksheet) -> dict[str, Any]:
    """The style of each kind of row, made once: cells share them."""
    example = worksheet.cell(1, 1)
    styles = {}
    for kind, font, alignment, fill in (
        (TITLE, _BOLD, Alignment(), PatternFill()),
        (HEADING, _BOLD, _WRAPPED, PatternFill("solid", fgColor=HEADING_FILL)),
        (VALUES, _PLAIN, _WRAPPED, PatternFill()),
    ):
        example.font, example.alignment, example.fill = font, alignment, fill
        styles[kind] = example._style
        worksheet._cells.pop((1, 1))
        example = worksheet.cell(1, 1)
    return styles
