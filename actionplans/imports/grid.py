"""A sheet as plain values: what is written, how it is filled, what is merged. Knows no file format."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
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
    `overlong` the characters of those whose text was cut.
    """

    name: str
    hidden: bool = False
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    unknown: frozenset[tuple[int, int]] = frozenset()
    garbled: frozenset[tuple[int, int]] = frozenset()
    overlong: dict[tuple[int, int], int] = field(default_factory=dict)

    @cached_property
    def last_row(self) -> int:
        """The last row with something written."""
        return max((row for (row, _), cell in self.cells.items() if cell.value is not None), default=0)

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
        for row, column in sorted(self.cells):
            if self.cells[row, column].value is not None:
                columns.setdefault(row, []).append(column)
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
        return self.cells.get(self.anchor(row, column), EMPTY)

    def belongs(self, anchor: tuple[int, int], rows: Sequence[int]) -> bool:
        """Whether what is written at a place counts for these rows: a narrative counts only for its own."""
        return rows[0] <= anchor[0] <= rows[-1] or len(str(self.own(*anchor).value)) <= LONGEST_CARRIED

    def own(self, row: int, column: int) -> Cell:
        """The cell written exactly there, without looking through merges."""
        return self.cells.get((row, column), EMPTY)

    def texts(self, first: int, last: int) -> Iterator[tuple[int, int, str]]:
        """Row, column and text of the cells with text, in reading order."""
        for row in range(first, last + 1):
            for column in self.written(row):
                value = self.cells[row, column].value
                if isinstance(value, str) and value.strip():
                    yield row, column, value


def address(row: int, column: int) -> str:
    """The name that a person knows a cell by: (14, 4) is D14."""
    letters = ""
    while column > 0:
        column, remainder = divmod(column - 1, 26)
        letters = chr(65 + remainder) + letters
    return f"{letters}{row}"


def position(name: str) -> tuple[int, int] | None:
    """The row and column of a cell's name; None for what is not one."""
    letters = name.rstrip("0123456789")
    digits = name[len(letters) :]
    if not (digits and 1 <= len(letters) <= 3 and letters.isascii() and letters.isalpha() and len(digits) <= 7):
        return None
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return int(digits), column
