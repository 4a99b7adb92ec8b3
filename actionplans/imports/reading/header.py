"""Find the header of the table in a sheet: 1 to 3 rows of known labels, somewhere in the first forty."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from actionplans.imports.opening.deadline import NEVER, Deadline
from actionplans.imports.opening.grid import Sheet
from actionplans.imports.reading.columns import Column, resolve
from actionplans.imports.reading.label_time import label_time, numeral, role
from actionplans.imports.reading.labels import OTHER, classify
from actionplans.imports.reading.numbering import numbered
from actionplans.imports.reading.stand_in import named_by_products, names_products
from actionplans.imports.reading.text import clean, normalise

SEARCHED_ROWS = 40
MAX_DEPTH = 3
MAX_CANDIDATES = 6
MAX_COLUMNS = 150
LONGEST_LABEL = 120
_FOLLOWUP_OF_A_PERIOD = re.compile(r"(?i)seguimiento|indicador|cronograma")
WIDE = 0.8
"""A merged title over this share of the table names the table, not a group of its columns."""

_SCHEDULED_OR_MEASURED = frozenset(
    ["responsible", "months", "schedule", "indicator", "formula", "deliverable", "task", "start", "end", "target"]
)


@dataclass(frozen=True)
class Header:
    """The rows of the header and what each column of the table means."""

    sheet: Sheet
    top: int
    bottom: int
    columns: tuple[Column, ...]
    score: float

    def all(self, kind: str) -> list[Column]:
        return self._by_kind.get(kind, [])

    def one(self, kind: str) -> Column | None:
        return next(iter(self.all(kind)), None)

    @cached_property
    def _by_kind(self) -> dict[str, list[Column]]:
        found: dict[str, list[Column]] = {}
        for column in self.columns:
            found.setdefault(column.meaning.kind, []).append(column)
        return found

    @cached_property
    def span(self) -> range:
        """The columns of the table, from the first to the last with a label."""
        return range(self.columns[0].index, self.columns[-1].index + 1)

    @cached_property
    def month_fills(self) -> frozenset[str | None]:
        """The colours of the header over the schedule, which never mean a scheduled month."""
        rows = range(self.top, self.bottom + 1)
        return frozenset(self.sheet.shown(row, column.index).fill for column in self.all("months") for row in rows)

    @cached_property
    def words(self) -> frozenset[str]:
        """All the labels of the table, as they are compared."""
        return frozenset().union(*self.labels_of.values())

    @cached_property
    def labels_of(self) -> dict[int, frozenset[str]]:
        return {column.index: frozenset(map(normalise, column.labels)) for column in self.columns}


def find_header(sheet: Sheet, deadline: Deadline = NEVER, *, stand_in: bool = False) -> Header | None:
    """The best header of the sheet, or None when no rows look like the header of an action plan.

    With `stand_in`, where no column is of activities, one of products or projects may serve as such.
    """
    best: Header | None = None
    rows = (row for row in range(1, min(SEARCHED_ROWS, sheet.last_row) + 1) if _opens(sheet, row, stand_in))
    for row in islice(rows, MAX_CANDIDATES):
        deadline.check()
        candidate = header_at(sheet, row, stand_in=stand_in)
        # A header printed again further down never beats the first one by the words that stand above it.
        if candidate and (best is None or candidate.score > best.score * 1.1):
            best = candidate
    return best


def header_at(sheet: Sheet, row: int, *, stand_in: bool = False, highest: int = 1) -> Header | None:
    """The best header of which a row that names the activities is part; it begins at `highest` or below."""
    blocks = (
        (top, bottom) for top in range(max(highest, row - 2), row + 1) for bottom in range(row, row + MAX_DEPTH)
    )
    found = _headers(sheet, row, [block for block in blocks if block[1] - block[0] < MAX_DEPTH], stand_in)
    return max(found, key=lambda header: (round(header.score, 3), header.top), default=None)


def _opens(sheet: Sheet, row: int, stand_in: bool) -> bool:
    labels = [label for column in sheet.written(row) if (label := label_of(sheet, row, column))]
    if stand_in:
        return names_products(labels)
    return any(meaning.kind == "activity" for label in labels if (meaning := classify([label])))


def _headers(sheet: Sheet, row: int, blocks: Iterable[tuple[int, int]], stand_in: bool) -> list[Header]:
    headers = []
    for top, bottom in blocks:
        if not _top_row_matters(sheet, top, row) or not _sub_rows_are_labels(sheet, top, bottom):
            continue
        found = _columns(sheet, top, bottom)
        columns = resolve(numbered(sheet, named_by_products(found) if stand_in else found, bottom))
        if _is_plan(columns):
            headers.append(Header(sheet, top, bottom, tuple(columns), _score(columns) - 0.01 * (bottom - top)))
    return headers


def _columns(sheet: Sheet, top: int, bottom: int) -> list[Column]:
    indexes = sorted({column for row in range(top, bottom + 1) for column in _covered(sheet, row)})[:MAX_COLUMNS]
    if not indexes:
        return []
    widest = WIDE * (indexes[-1] - indexes[0] + 1)
    columns = []
    for index in indexes:
        labels, anchors = _path(sheet, top, bottom, index, indexes[0], widest)
        if labels:
            columns.append(Column(index, tuple(labels), tuple(anchors), classify(labels)))
    return columns


def _covered(sheet: Sheet, row: int) -> Iterable[int]:
    for column in sheet.written(row):
        merge = sheet.merge(row, column)
        yield from range(column, min(merge.right, sheet.last_column) + 1) if merge else (column,)


def _path(
    sheet: Sheet, top: int, bottom: int, index: int, first: int = 0, widest: float = 0
) -> tuple[list[str], list[tuple[int, int]]]:
    """The labels over a column, top first, and where they are written; not the title over the whole table."""
    labels: list[str] = []
    anchors: list[tuple[int, int]] = []
    for row in range(top, bottom + 1):
        anchor = sheet.anchor(row, index)
        merge = sheet.merge(row, index)
        if anchor in anchors or (merge and merge.left <= first and merge.right - merge.left + 1 > max(3, widest)):
            continue
        label = label_of(sheet, *anchor)
        if label is None and row < bottom and sheet.own(row + 1, index).value is not None:
            anchor, label = _group_to_the_left(sheet, row, index)
        if label:
            labels.append(label)
            anchors.append(anchor)
    return labels, anchors


def _group_to_the_left(sheet: Sheet, row: int, index: int) -> tuple[tuple[int, int], str | None]:
    """A group label typed over its first column only, without merging the others."""
    before = [column for column in sheet.written(row) if column < index]
    below = [column for column in sheet.written(row + 1) if column < index]
    if not before or before[-1] not in below or classify([clean(sheet.own(row + 1, index).value)]):
        return (row, index), None
    return (row, before[-1]), label_of(sheet, row, before[-1])


def label_of(sheet: Sheet, row: int, column: int) -> str | None:
    """The text written in a cell when it may be a label."""
    value = sheet.own(row, column).value
    if value is None or isinstance(value, bool):
        return None
    if hasattr(value, "strftime"):
        # "ene-25" typed over a month column becomes a date of that month.
        value = f"mes {value.month}" if hasattr(value, "month") else ""
    text = clean(int(value) if isinstance(value, float) and value.is_integer() else value)
    name, colon, rest = text.partition(":")
    filled_field = bool(colon and rest.strip()) and not _FOLLOWUP_OF_A_PERIOD.search(name)
    return text if text and len(text) <= LONGEST_LABEL and not filled_field else None


def _is_plan(columns: list[Column]) -> bool:
    kinds = {column.meaning.kind for column in columns} - {OTHER}
    return "activity" in kinds and len(kinds) >= 3 and bool(kinds & _SCHEDULED_OR_MEASURED)


def _top_row_matters(sheet: Sheet, top: int, row: int) -> bool:
    """Whether a row above the one that names the activities changes what a column means, as a group does."""
    return top == row or any(
        classify(_path(sheet, top, row, column)[0]) != classify(_path(sheet, top + 1, row, column)[0])
        for column in sheet.written(row)
    )


def _sub_rows_are_labels(sheet: Sheet, top: int, bottom: int) -> bool:
    """Whether each further row tells columns apart, rather than being the first row of content."""
    for row in range(top + 1, bottom + 1):
        told = same = 0
        for column in sheet.written(row):
            labels, _ = _path(sheet, top, row, column)
            above, anchors = _path(sheet, top, row - 1, column)
            meaning, before = classify(labels), classify(above)
            in_group = bool(anchors) and _is_group(sheet, anchors[-1], row)
            if meaning and labels != above and (meaning != before or (in_group and _is_structural(labels[-1]))):
                told += 1
            elif before and before.kind == "activity":
                return False
            elif not in_group and (above or not labels):
                same += 1
        if told <= same:
            return False
    return True


def _is_group(sheet: Sheet, anchor: tuple[int, int], row: int) -> bool:
    """Whether the label written there stands over several columns of the next row."""
    merge = sheet.merge(*anchor)
    right = merge.right if merge else anchor[1] + 1
    return right > anchor[1] and all(
        sheet.anchor(anchor[0], column) == anchor or sheet.own(anchor[0], column).value is None
        for column in range(anchor[1] + 1, right + 1)
    )


def _is_structural(label: str) -> bool:
    """A label that only divides what is above it: P, E, 1, II, ENERO."""
    label = normalise(label)
    return role(label) is not None or numeral(label) is not None or label_time(label) is not None


def _score(columns: list[Column]) -> float:
    """How much of the table is understood; groups above known columns decide between equals."""
    known = [column for column in columns if column.meaning.kind != OTHER]
    kinds = {column.meaning.kind for column in known}
    groups = sum(bool(classify([label])) for column in columns for label in column.labels[:-1])
    return len(kinds) * 2 + len(known) + 0.2 * (len(columns) - len(known)) + 0.05 * groups
