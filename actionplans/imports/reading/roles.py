"""Rows of one activity that tell what was programmed from what was executed: P above E."""

from actionplans.imports.reading.header import Header
from actionplans.imports.reading.label_time import role
from actionplans.imports.reading.text import normalise

_LOOKED_AT = 2_000


def role_column(header: Header) -> int | None:
    """The column beside the months that says P or E, programado or ejecutado, in each row and nothing else."""
    months = {column.index for column in header.all("months")}
    if not months:
        return None
    named = {column.index for column in header.columns if column.meaning.kind != "other"}
    candidates = [index for index in header.span if index not in named]
    return next((index for index in candidates if _says_both(header, index)), None)


def _says_both(header: Header, index: int) -> bool:
    said = set()
    last = min(header.sheet.last_row, header.bottom + _LOOKED_AT)
    for row in range(header.bottom + 1, last + 1):
        value = header.sheet.own(row, index).value
        if value is not None and normalise(value) not in header.labels_of.get(index, ()):
            said.add(role(normalise(value)))
        if None in said:
            return False
    return said == {True, False}


def is_role(text: str) -> bool:
    """Whether a text says that its row counts what was programmed or what was executed."""
    return role(normalise(text)) is not None


def executed_rows(header: Header, index: int | None, rows) -> frozenset[int]:
    """Those of the rows that count what was executed."""
    if index is None:
        return frozenset()
    shown = {row: header.sheet.shown(row, index).value for row in rows}
    return frozenset(row for row, value in shown.items() if value is not None and role(normalise(value)))
