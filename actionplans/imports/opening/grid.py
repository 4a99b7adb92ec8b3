"""A sheet as plain values: what is written, how it is filled, what is merged. Knows no file format."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

MAX_MERGED_CELLS = 500_000
"""Cells under merges that are resolved; a real form has some hundreds."""

WIDEST_MERGE = 100
LONGEST_TEXT = 20_000
"""Characters of a cell that are kept; what a plan says in one place is never a book."""

LONGEST_CARRIED = 1_000
"""Characters of the longest text that a merge repeats for each activity that it covers."""


class Cell(NamedTuple):
    """A written or filled cell; `fill` is RRGGBB, None for no fill or white."""

    value: Any = None
    number_format: str = "General"
    fill: str | None = None


class Merge(NamedTuple):
    """A merged range, ends included."""

    top: int
    left: int
    bottom: int
    right: int


EMPTY = Cell()


@dataclass
class Sheet:
    """Rows and columns count from 1.

    `unknown` are the cells whose formula was never calculated, `garbled` those that the file holds malformed,
    `overlong` the characters of those whose text was cut; `replaced` are the cells as the file has them where a
    person typed something else; `row_names` are the rows of which the number alone tells a person nothing.
    """

    name: str
    hidden: bool = False
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    unknown: frozenset[tuple[int, int]] = frozenset()
    garbled: frozenset[tuple[int, int]] = frozenset()
    overlong: dict[tuple[int, int], int] = field(default_factory=dict)
    replaced: dict[tuple[int, int], Cell] = field(default_factory=dict)
    row_names: dict[int, str] = field(default_factory=dict)

    @cached_property
    def last_row(self) -> int:
        """The last row with something written."""
        return max(self._columns_by_row, default=0)

    @cached_property
    def last_column(self) -> int:
        """The last column with something written or filled, or under a written merge that is not absurd."""
        used = max((column for _, column in self.cells), default=0)
        wide = (
            m.right
            for m in self.merges
            if m.right - m.left < WIDEST_MERGE and self.own(m.top, m.left).value is not None
        )
        return max([used, *wide])

    @cached_property
    def _columns_by_row(self) -> dict[int, list[int]]:
        columns: dict[int, list[int]] = {}
        for (row, column), cell in self.cells.items():
            if cell.value is not None:
                if row in columns:
                    columns[row].append(column)
                else:
                    columns[row] = [column]
        for known in columns.values():
            known.sort()
        return columns

    @cached_property
    def _merge_of(self) -> dict[tuple[int, int], Merge]:
        found: dict[tuple[int, int], Merge] = {}
        for merge in self.merges:
            bottom, right = min(merge.bottom, self.last_row), min(merge.right, self.last_column)
            if len(found) + max(0, bottom - merge.top + 1) * max(0, right - merge.left + 1) > MAX_MERGED_CELLS:
                break
            for row in range(merge.top, bottom + 1):
                for column in range(merge.left, right + 1):
                    found[row, column] = merge
        return found

    def written(self, row: int) -> list[int]:
        """The columns of a row with a value of their own, from left to right."""
        return self._columns_by_row.get(row, [])

    def merge(self, row: int, column: int) -> Merge | None:
        return self._merge_of.get((row, column))

    def anchor(self, row: int, column: int) -> tuple[int, int]:
        """Where the content shown at a cell is written: its own place, or the corner of its merge."""
        merge = self._merge_of.get((row, column))
        return (merge.top, merge.left) if merge else (row, column)

    def shown(self, row: int, column: int) -> Cell:
        """The cell that a person sees there, through merges."""
        at = row, column
        merge = self._merge_of.get(at)
        return self.cells.get((merge.top, merge.left) if merge else at, EMPTY)

    def belongs(self, anchor: tuple[int, int], rows: Sequence[int]) -> bool:
        """Whether what is written at a place counts for these rows: a narrative counts only for its own."""
        return rows[0] <= anchor[0] <= rows[-1] or len(str(self.own(*anchor).value)) <= LONGEST_CARRIED

    def own(self, row: int, column: int) -> Cell:
        """The cell written exactly there, without looking through merges."""
        return self.cells.get((row, column), EMPTY)

    def shown_in(self, row: int, columns: Sequence[int]) -> list[Cell]:
        """The cells that a person sees in some columns of a row, through merges."""
        if row not in self._merged_rows:
            found = self.cells.get
            return [found((row, column), EMPTY) for column in columns]
        return [self.shown(row, column) for column in columns]

    @cached_property
    def _merged_rows(self) -> frozenset[int]:
        return frozenset(row for row, _ in self._merge_of)

    def alone(self, row: int, column: int) -> Cell | None:
        """The cell written exactly there; None where it is under a merge."""
        at = row, column
        return None if at in self._merge_of else self.cells.get(at, EMPTY)

    def printed(self, row: int, column: int) -> Cell:
        """The cell that the file itself shows there, whatever a person typed instead."""
        anchor = self.anchor(row, column)
        return self.replaced.get(anchor) or self.cells.get(anchor, EMPTY)

    def place(self, row: int, column: int) -> str:
        """The words by which a person finds the cell."""
        named = self.row_names.get(row)
        return named.format(column=column) if named else address(row, column)

    def texts(self, first: int, last: int) -> Iterator[tuple[int, int, str]]:
        """Row, column and text of the cells with text, in reading order."""
        for row in range(first, last + 1):
            for column in self.written(row):
                value = self.cells[row, column].value
                if isinstance(value, str) and value.strip():
                    yield row, column, value


def address(row: int, column: int) -> str:
    """The name that a person knows a cell by: (14, 4) is D14."""
    return f"{letters(column)}{row}"


@lru_cache(maxsize=1024)
def letters(column: int) -> str:
    """The letters of a column: 28 is AB."""
    name = ""
    while column > 0:
        column, remainder = divmod(column - 1, 26)
        name = chr(65 + remainder) + name
    return name


def position(name: str) -> tuple[int, int] | None:
    """The row and column of a cell's name; None for what is not one."""
    head = name.rstrip("0123456789")
    digits = name[len(head) :]
    if not (digits and 1 <= len(head) <= 3 and head.isascii() and head.isalpha() and len(digits) <= 7):
        return None
    column = 0
    for letter in head.upper():
        column = column * 26 + ord(letter) - 64
    return int(digits), column
