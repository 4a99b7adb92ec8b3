"""The workbook for work without internet: what is asked is locked, what is answered is open and checked as typed.

The sheet is protected without a password: that keeps hands off what identifies each row, not eyes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO

from actionplans.imports.reading.offline_columns import (
    ANSWER,
    CHECK,
    CLASS,
    CLASSES,
    GUIDE_SHEET,
    IDENTITY,
    MARK,
    NO,
    NUMBER,
    PERCENT,
    SHEET,
    TEXT,
    YES,
    Column,
)

from .book import Book
from .cells import row_height
from .offline_guide import GUIDE

LARGEST = 10**15
LONGEST = 8000
TALLEST = 150
HEADING_FILL, TOLD_FILL, CLOSED_FILL, OPEN_FILL = "#D9E2F3", "#F2F4F7", "#D5DAE0", "#FFFFFF"
LINE = {"border": 1, "border_color": "#8A94A0", "valign": "top"}
_FIGURE_HELP = "Escriba solo la cifra, sin texto ni signo de pesos; por ejemplo 1500,5."
_LIST_HELP = "Elija una opción de la lista de la celda."


@dataclass(frozen=True)
class OpenCell:
    """A cell to be filled: `kind` as in the columns, `value` what is known so far."""

    kind: str
    value: str | Decimal = ""
    may_be_negative: bool = False


@dataclass(frozen=True)
class OfflineRow:
    """`told` by column key; `open` has the columns in which this row is answered, the rest is closed."""

    identity: str
    told: Mapping[str, str]
    open: Mapping[str, OpenCell]


@dataclass(frozen=True)
class OfflineSheet:
    title: str
    note: str
    author: str
    columns: Sequence[Column]
    rows: Sequence[OfflineRow]
    guide: Sequence[tuple[str, str]] = GUIDE


def offline_book(sheet: OfflineSheet) -> bytes:
    """The workbook: as many rows as one office has, so that it is made in memory."""
    target = BytesIO()
    with Book(target, title=sheet.title, author=sheet.author) as book:
        _write_rows(book, sheet)
        _write_guide(book, sheet.guide)
    return target.getvalue()


def _write_rows(book: Book, sheet: OfflineSheet) -> None:
    page = book.sheet(SHEET, [0, *(column.width for column in sheet.columns)], fits=False)
    worksheet = page.worksheet
    hidden, plain = book.style(text_wrap=False), book.style(text_wrap=False)
    title = book.style(bold=True, font_size=13, text_wrap=False)
    heading = book.style(bold=True, bg_color=HEADING_FILL, **LINE)
    worksheet.set_column(0, 0, None, None, {"hidden": True})
    worksheet.set_row(0, None, None, {"hidden": True})  # before it is written: it leaves memory then
    page.write([(IDENTITY, hidden), *((column.key, hidden) for column in sheet.columns)])
    page.write([None, (sheet.title, title)], height=24)
    page.write([None, (sheet.note, plain)], height=18)
    page.write([None, *((column.heading, heading) for column in sheet.columns)], height=48)
    worksheet.freeze_panes(page.row, 4)
    worksheet.repeat_rows(page.row - 1)
    for row in sheet.rows:
        _write_row(book, page, sheet.columns, row)
    worksheet.protect(
        "",
        {"format_columns": True, "format_rows": True, "format_cells": True, "select_locked_cells": True},
    )
    worksheet.set_first_sheet()
    worksheet.activate()


def _write_row(book: Book, page, columns: Sequence[Column], row: OfflineRow) -> None:
    told = book.style(bg_color=TOLD_FILL, **LINE)
    closed = book.style(bg_color=CLOSED_FILL, **LINE)
    texts, cells = [], []
    for place, column in enumerate(columns, start=1):
        cell = row.open.get(column.key)
        if cell:
            _check_as_typed(page.worksheet, page.row, place, cell)
            cells.append((cell.value, _open_style(book, cell)))
            words = str(cell.value)
        elif column.is_open:
            cells.append(("", closed))
            words = ""
        else:
            words = row.told.get(column.key, "")
            cells.append((words, told))
        texts.append((words, column.width))
    height = min(row_height(texts, least=30), TALLEST)
    page.write([(row.identity, book.style(text_wrap=False)), *cells], height=height)


def _open_style(book: Book, cell: OpenCell):
    # What is typed as text stays as typed: no date out of «1/2», no formula out of «- ok».
    form = "General" if cell.kind in (NUMBER, PERCENT) else "@"
    return book.style(bg_color=OPEN_FILL, locked=False, num_format=form, **LINE)


def _check_as_typed(worksheet, row: int, column: int, cell: OpenCell) -> None:
    worksheet.data_validation(row, column, row, column, _validation(cell))


def _validation(cell: OpenCell) -> dict:
    if cell.kind == NUMBER:
        least = -LARGEST if cell.may_be_negative else 0
        return _between(least, LARGEST, _FIGURE_HELP)
    if cell.kind == PERCENT:
        return _between(0, 100, "Escriba un porcentaje de 0 a 100, sin el signo.")
    if cell.kind == TEXT:
        help_text = f"El texto va en {LONGEST} letras o menos."
        return {"validate": "length", "criteria": "<=", "value": LONGEST, **_stop("Texto muy largo", help_text)}
    return {"validate": "list", "source": _options(cell.kind), **_stop("No es una opción", _LIST_HELP)}


def _options(kind: str) -> list[str]:
    return {MARK: [YES], CHECK: [YES, NO], ANSWER: [YES, NO], CLASS: list(CLASSES)}[kind]


def _between(least, most, help_text) -> dict:
    return {
        "validate": "decimal",
        "criteria": "between",
        "minimum": least,
        "maximum": most,
        **_stop("No es una cifra", help_text),
    }


def _stop(title: str, message: str) -> dict:
    return {"error_type": "stop", "error_title": title, "error_message": message}


def _write_guide(book: Book, guide: Sequence[tuple[str, str]]) -> None:
    page = book.sheet(GUIDE_SHEET, [34, 100])
    bold, plain = book.style(bold=True, valign="top"), book.style(valign="top")
    page.write([(GUIDE_SHEET, book.style(bold=True, font_size=13, text_wrap=False))], height=24)
    for what, words in guide:
        page.write([(what, bold), (words, plain)], height=row_height([(words, 100)], least=20))
    page.worksheet.protect("", {"format_columns": True, "format_rows": True})
