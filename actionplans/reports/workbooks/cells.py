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
LINE_HEIGHT, MARGIN, TALLEST = 12, 6, 409
LONGEST_TEXT = 32_767


def put(cell: Cell, value: Any) -> None:
    """Write a value as what it is. Empty texts leave the cell empty."""
    if value in (None, ""):
        cell.value = None
    elif isinstance(value, str):
        put_text(cell, value)
    elif isinstance(value, Decimal):
        put(cell, number_or_text(value))
    else:
        _own_style(cell)  # a date brings its number format
        cell.value = value
        if isinstance(value, datetime.date):
            cell.number_format = DATE_FORMAT


def clean_text(text: str) -> str:
    """Without the characters that no workbook may hold, and no longer than a cell."""
    if not text.isprintable():
        text = ILLEGAL_CHARACTERS_RE.sub("", text)
    return text[:LONGEST_TEXT]


def put_text(cell: Cell, text: str) -> None:
    """Write text that no spreadsheet takes for a formula, also when somebody edits the cell."""
    cell.value = clean_text(text)
    if cell.value:
        cell.data_type = "s"
    if text.startswith(FORMULA_STARTS):
        _own_style(cell)
        cell.quotePrefix = True


def _own_style(cell: Cell) -> None:
    """Cells written from one example share their style: one that differs takes its own."""
    cell._style = copy(cell._style)


def number_or_text(number: Decimal) -> int | float | str:
    """A figure as a spreadsheet keeps it; as text where it has more digits than that."""
    number = number.normalize()
    if len(number.as_tuple().digits) > MOST_DIGITS:
        return f"{number:f}"
    return int(number) if number == number.to_integral_value() else float(number)


def printed_number(text: str) -> int | str:
    """A printed number: as a number where it is a plain one, as forms do."""
    is_plain = text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS and str(int(text)) == text
    return int(text) if is_plain else text


def row_height(texts: Iterable[tuple[str, float]], *, least: float) -> float:
    """Points for the longest of the texts, given with the widths of their columns: no program measures them."""
    most = (least - MARGIN) // LINE_HEIGHT
    for text, width in texts:
        if len(text) < most or not text:
            continue  # not even with a line for each letter
        letters = width * 1.15
        most = max(most, sum([1 + int(len(line) / letters) for line in text.split("\n")]))
    return min(TALLEST, max(least, most * LINE_HEIGHT + MARGIN))
