"""How values are put into cells: text stays text, whatever it looks like."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from copy import copy
from decimal import Decimal
from typing import Any

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell

DATE_FORMAT = "DD/MM/YYYY"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
MOST_DIGITS = 15
"""A spreadsheet keeps no more digits of a number; a longer one is written as text."""
LINE_HEIGHT, TALLEST = 12, 409


def put(cell: Cell, value: Any) -> None:
    """Write a value as what it is. Empty texts leave the cell empty."""
    if value in (None, ""):
        cell.value = None
    elif isinstance(value, str):
        put_text(cell, value)
    elif isinstance(value, Decimal):
        _put_number(cell, value)
    else:
        _own_style(cell)  # a date brings its number format
        cell.value = value
        if isinstance(value, datetime.date):
            cell.number_format = DATE_FORMAT


def put_text(cell: Cell, text: str) -> None:
    """Write text that no spreadsheet takes for a formula, also when somebody edits the cell."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
    if cell.value:
        cell.data_type = "s"
    if text.startswith(FORMULA_STARTS):
        _own_style(cell)
        cell.quotePrefix = True


def _own_style(cell: Cell) -> None:
    """Cells written from one example share their style: one that differs takes its own."""
    cell._style = copy(cell._style)


def _put_number(cell: Cell, number: Decimal) -> None:
    number = number.normalize()
    if len(number.as_tuple().digits) > MOST_DIGITS:
        put_text(cell, f"{number:f}")
    else:
        cell.value = int(number) if number == number.to_integral_value() else float(number)


def put_number_or_text(cell: Cell, text: str) -> None:
    """A printed number: as a number where it is a plain one, as forms do."""
    if text.isascii() and text.isdecimal() and str(int(text)) == text and len(text) <= MOST_DIGITS:
        cell.value = int(text)
    else:
        put(cell, text)


def row_height(texts: Iterable[tuple[str, float]], *, least: float) -> float:
    """Points for the longest of the texts, given with the widths of their columns: no program measures them."""
    lines = max(sum(1 + int(len(line) / (width * 1.15)) for line in text.split("\n")) for text, width in texts)
    return min(TALLEST, max(least, lines * LINE_HEIGHT + 6))
