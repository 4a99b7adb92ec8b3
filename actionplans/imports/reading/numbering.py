"""Columns that only their content tells to be of numbers: the "1.1" that stands beside each activity."""

import re
from itertools import pairwise

from actionplans.imports.opening.grid import Sheet
from actionplans.imports.reading.columns import Column
from actionplans.imports.reading.labels import Meaning

_NUMBER = re.compile(r"\d{1,3}(?:[.-]\d{1,3}){0,4}[.)]?")
_LOOKED_AT = 60
_WEAK = Meaning("number", 0)


def numbered(sheet: Sheet, columns: list[Column], bottom: int) -> list[Column]:
    """The columns, where a label over two columns names the number and the activity beside it.

    So does an unlabelled column of numbers just before the activities of a table that has no other number.
    """
    for left, right in pairwise(columns):
        together = left.anchors[-1] == right.anchors[-1] and right.index == left.index + 1
        if together and _is_activity(left) and _holds_numbers(sheet, left.index, bottom):
            return [column.as_kind("number") if column is left else column for column in columns]
    return _with_unlabelled(sheet, columns, bottom)


def _with_unlabelled(sheet: Sheet, columns: list[Column], bottom: int) -> list[Column]:
    known = {column.index for column in columns}
    activity = next((column for column in columns if _is_activity(column)), None)
    if activity is None or any(column.meaning and column.meaning.kind == "number" for column in columns):
        return columns
    index = activity.index - 1
    if index < 1 or index in known or not _holds_numbers(sheet, index, bottom):
        return columns
    added = Column(index, ("N°",), ((bottom, index),), _WEAK)
    return sorted([*columns, added], key=lambda column: column.index)


def _is_activity(column: Column) -> bool:
    return column.meaning is not None and column.meaning.kind == "activity"


def _holds_numbers(sheet: Sheet, index: int, bottom: int) -> bool:
    """Whether what is written under the header is numbers, and what stands beside them is text."""
    last = min(sheet.last_row, bottom + _LOOKED_AT)
    rows = [row for row in range(bottom + 1, last + 1) if sheet.own(row, index).value is not None]
    rows = [row for row in rows if isinstance(sheet.own(row, index + 1).value, str)]
    return bool(rows) and all(_NUMBER.fullmatch(str(sheet.own(row, index).value).strip()) for row in rows)
