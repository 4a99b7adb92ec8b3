"""The sheet «Datos» of a workbook."""

from __future__ import annotations

from collections.abc import Collection

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from actionplans.imports.data_sheet import MARK, SHEET

from .data_tables import DataTable, data_tables
from .sheet import PlanSheet
from .xlsx_cells import put, row_height

BOLD = Font(name="Arial", size=9, bold=True)
PLAIN = Font(name="Arial", size=9)
HEADING = PatternFill("solid", fgColor="D9E2F3")
WRAPPED = Alignment(horizontal="left", vertical="top", wrap_text=True)
WIDTH, LEAST_HEIGHT = 30, 15


def add_data_sheet(book: Workbook, sheet: PlanSheet, kinds: Collection[str], *, note: str = "") -> None:
    """A sheet with what columns of `kinds` do not say; a sheet of that name that was there gives way."""
    if SHEET in book.sheetnames:
        del book[SHEET]
    worksheet = book.create_sheet(SHEET)
    worksheet.cell(1, 1, MARK).font = BOLD
    row = 3
    widest = 1
    for table in data_tables(sheet, kinds, note=note):
        row = _write(worksheet, row, table) + 1
        widest = max(widest, len(table.headings))
    for column in range(1, widest + 1):
        worksheet.column_dimensions[get_column_letter(column)].width = WIDTH
    worksheet.page_setup.orientation = "landscape"
    worksheet.page_setup.paperSize = worksheet.PAPERSIZE_LEGAL
    worksheet.sheet_properties.pageSetUpPr.fitToPage = True
    worksheet.page_setup.fitToHeight = 0


def _write(worksheet, row: int, table: DataTable) -> int:
    """Title, headings and rows from `row` on; the row after the last one."""
    worksheet.cell(row, 1, table.title).font = BOLD
    for column, heading in enumerate(table.headings, start=1):
        cell = worksheet.cell(row + 1, column, heading)
        cell.font, cell.fill, cell.alignment = BOLD, HEADING, WRAPPED
    style = None
    for offset, values in enumerate(table.rows, start=row + 2):
        for column, value in enumerate(values, start=1):
            if value in (None, ""):
                continue
            cell = worksheet.cell(offset, column)
            if style is None:
                cell.font, cell.alignment = PLAIN, WRAPPED
                style = cell._style
            cell._style = style
            put(cell, value)
        texts = [(str(value), WIDTH) for value in values if value is not None]
        worksheet.row_dimensions[offset].height = row_height(texts, least=LEAST_HEIGHT)
    return row + 2 + len(table.rows)
