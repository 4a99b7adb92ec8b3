"""The blocks of a table: its header may be printed again further down, with the same columns or with others."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from actionplans.imports.opening.deadline import NEVER, Deadline
from actionplans.imports.opening.grid import Sheet
from actionplans.imports.reading.columns import Column
from actionplans.imports.reading.header import Header, header_at, label_of
from actionplans.imports.reading.label_time import numeral
from actionplans.imports.reading.labels import OTHER, classify
from actionplans.imports.reading.text import normalise

_FEWEST_KNOWN = 4
_LONGEST_HEADING = 6


@dataclass(frozen=True)
class Block:
    """Rows under one header, ends included. `skipped` are the rows where that same header is printed again."""

    header: Header
    first: int
    last: int
    skipped: frozenset[int] = frozenset()


def blocks_of(header: Header, deadline: Deadline = NEVER) -> list[Block]:
    """The blocks of the table that begins with `header`, in order; each is read with its own columns."""
    sheet = header.sheet
    starts: list[tuple[Header, int, set[int]]] = [(header, header.bottom + 1, set())]
    ends: list[int] = []
    row = header.bottom + 1
    while row <= sheet.last_row:
        deadline.check()
        again = _printed_again(sheet, row, [start for start, _, _ in starts])
        if again is None:
            row += 1
            continue
        top, current = _with_groups_above(again), starts[-1][0]
        if _same_columns(again.columns, current.columns):
            starts[-1][2].update(range(top, again.bottom + 1))
        else:
            ends.append(top - 1)
            starts.append((again, again.bottom + 1, set()))
        row = again.bottom + 1
    ends.append(sheet.last_row)
    return [
        Block(own, first, last, frozenset(skipped))
        for (own, first, skipped), last in zip(starts, ends, strict=True)
    ]


def first_of(header: Header) -> Header:
    """Where the table of a header begins: an earlier block may have fewer columns, and a header less telling."""
    for row in range(1, header.top):
        earlier = _printed_again(header.sheet, row, [header])
        if earlier and earlier.bottom < header.top:
            return earlier
    return header


def _printed_again(sheet: Sheet, row: int, known: Sequence[Header]) -> Header | None:
    """The header of which the row is part: it repeats labels of a known one, or it holds nothing but labels."""
    if _repeats(sheet, row, known) or _is_another(sheet, row):
        return header_at(sheet, row, highest=_highest(sheet, row))
    return None


def _repeats(sheet: Sheet, row: int, known: Sequence[Header]) -> bool:
    """Whether the row repeats labels of a known header, that of the activities among them."""
    columns = sheet.written(row)
    wanted = min(3, len(known[0].columns))
    same: list[str] = []
    for left, column in zip(range(len(columns), 0, -1), columns, strict=True):
        if len(same) + left < wanted:
            return False
        label = label_of(sheet, row, column)
        if label and any(normalise(label) in header.words for header in known):
            same.append(label)
    return len(same) >= wanted and any(map(_names_activity, same))


def _is_another(sheet: Sheet, row: int) -> bool:
    """Whether the row holds nothing but labels."""
    columns = sheet.written(row)
    if not columns or isinstance(sheet.own(row, columns[0]).value, int):
        return False
    labels = [label for column in columns if (label := label_of(sheet, row, column))]
    return _may_be_labels(sheet, row, labels) and _are_labels(labels)


def _highest(sheet: Sheet, row: int) -> int:
    """The first row that may be part of a header: what holds a text of its own over the activities is content."""
    activity = next(c for c in sheet.written(row) if _names_activity(label_of(sheet, row, c) or ""))
    top = row
    while top > 1 and (sheet.own(top - 1, activity).value is None or sheet.merge(top - 1, activity)):
        top -= 1
        if row - top == 2:
            break
    return top


def _may_be_labels(sheet: Sheet, row: int, labels: list[str]) -> bool:
    """A quick look: a header has some short texts, no figures, and does not begin with a number."""
    if len(labels) < _FEWEST_KNOWN or len(labels) != len(sheet.written(row)) or numeral(normalise(labels[0])):
        return False
    headings = all(len(label.split()) <= _LONGEST_HEADING for label in labels)
    return headings and not any(label.isdecimal() and not numeral(label) for label in labels)


def _are_labels(labels: list[str]) -> bool:
    kinds = [meaning.kind for label in labels if (meaning := classify([label]))]
    known = {*kinds} - {OTHER}
    return any(map(_names_activity, labels)) and len(kinds) >= 0.7 * len(labels) and len(known) >= _FEWEST_KNOWN


@lru_cache(maxsize=4096)
def _names_activity(label: str) -> bool:
    meaning = classify([label])
    return meaning is not None and meaning.kind == "activity" and len(label.split()) <= _LONGEST_HEADING


def _with_groups_above(header: Header) -> int:
    """The first row of a header, with the groups over its last columns that say nothing about their meaning."""
    top = header.top
    named = max(column.index for kind in ("activity", "task") if (column := header.one(kind)))
    while top > 1 and header.top - top < 2:
        written = header.sheet.written(top - 1)
        if not written or written[0] <= named:
            break
        if not all(isinstance(header.sheet.own(top - 1, column).value, str) for column in written):
            break
        top -= 1
    return top


def _same_columns(these: Sequence[Column], those: Sequence[Column]) -> bool:
    return [(c.index, c.meaning) for c in these] == [(c.index, c.meaning) for c in those]
