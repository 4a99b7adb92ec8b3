"""Which fills of a table mean a scheduled month, and which are only its background.

Where some month of a row is bare, every fill in that row is a mark. Where all of them are filled, a colour is
background when it is also that of the description or of most of the cells beside; and, unless other rows mark with
it, when it is that of the header, when it covers most of the months of some row that has other colours too, when
it covers every second row, or when the table marks its months with text. Where months are marked with text, fills
only count if some row without any text marks with them.
"""

from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from actionplans.imports.opening.grid import EMPTY, Sheet
from actionplans.imports.reading.header import Header
from actionplans.imports.reading.text import normalise
from actionplans.imports.reading.values import parse_mark

EXECUTED_MARKS = frozenset({"e", "ejec", "ejecutado"})
BOTH_MARKS = frozenset({"pe", "p e", "e p"})


class _Row(NamedTuple):
    """The month cells of a row: how many bear each colour, whether one is bare, whether text marks one."""

    colours: Counter
    bare: bool
    texts: bool


_BARE = _Row(Counter(), bare=True, texts=False)


class Fills:
    """Knows the rows of one table; answers cell by cell."""

    def __init__(self, header: Header, rows: Sequence[int]) -> None:
        self._sheet: Sheet = header.sheet
        self._header = header
        self._months = [column.index for column in header.all("months")]
        self._beside = [index for index in header.span if index not in set(self._months)]
        self._rows = {row: self._look(row) for row in rows} if self._months else {}
        self._known: dict[int, frozenset[str]] = {}

    def marks(self, row: int, fill: str | None) -> bool:
        """Whether a fill in a month of the row means that the month is scheduled."""
        return fill is not None and self._count and fill not in self._background(row)

    def left_out(self, row: int, fill: str | None) -> bool:
        """Whether a fill is not taken for a mark only because the table marks with text."""
        return fill is not None and not self._count and self._rows[row].bare

    def _look(self, row: int) -> _Row:
        if self._sheet.replaced:
            cells = [self._sheet.printed(row, index) for index in self._months]
        else:
            cells = self._sheet.shown_in(row, self._months)
        if all(cell is EMPTY for cell in cells):
            return _BARE
        colours = Counter([cell.fill for cell in cells if cell.fill])
        texts = any(cell.value is not None and _is_text_mark(cell.value) for cell in cells)
        return _Row(colours, sum(colours.values()) < len(cells), texts)

    @cached_property
    def _texts(self) -> bool:
        return any(look.texts for look in self._rows.values())

    @cached_property
    def _count(self) -> bool:
        return not self._texts or any(k.colours and k.bare and not k.texts for k in self._rows.values())

    @cached_property
    def _mark_colours(self) -> frozenset[str]:
        return frozenset(colour for look in self._rows.values() if look.bare for colour in look.colours)

    @cached_property
    def _grounds(self) -> frozenset[str]:
        """Colours under the marks: of most months of a row that bears others too, or of every second row."""
        full = [look.colours for look in self._rows.values() if not look.bare]
        most = [colours.most_common(1)[0] + (sum(colours.values()),) for colours in full if len(colours) > 1]
        under = {colour for colour, count, total in most if count > total / 2}
        whole = {colour for colours in full if len(colours) == 1 for colour in colours}
        return frozenset(under | {colour for colour in whole if self._alternates(colour)}) - self._mark_colours

    def _alternates(self, colour: str) -> bool:
        looks = list(self._rows.values())
        at = [n for n, look in enumerate(looks) if not look.bare and colour in look.colours]
        everywhere = at == list(range(at[0], len(looks), 2)) if at else False
        return everywhere and at[0] <= 1 and len(at) >= 2

    def _background(self, row: int) -> frozenset[str]:
        if row not in self._known:
            look = self._rows[row]
            self._known[row] = frozenset() if look.bare else frozenset(filter(self._is_ground(row), look.colours))
        return self._known[row]

    def _is_ground(self, row: int):
        beside = Counter(self._sheet.shown(row, index).fill for index in self._beside)
        own = {self._sheet.shown(row, self._header.one("activity").index).fill}
        own |= {fill for fill, count in beside.items() if count > len(self._beside) / 2}
        weak = self._header.month_fills | self._grounds
        return lambda c: c in own or (c not in self._mark_colours and (c in weak or self._texts))


def _is_text_mark(value: object) -> bool:
    return bool(parse_mark(value)) or (isinstance(value, str) and normalise(value) in EXECUTED_MARKS)
