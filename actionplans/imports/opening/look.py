"""What a workbook's styles make of its cells: number formats, fills, which numbers are dates."""

from dataclasses import dataclass
from functools import cached_property

from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE

from actionplans.imports.opening.colours import resolve, theme_colours
from actionplans.imports.opening.file_kind import Refused
from actionplans.imports.opening.grid import LONGEST_TEXT
from actionplans.imports.opening.xml_scan import UNPACKS_TO_TOO_MUCH, SheetScan

MAX_TEXT = 30_000_000
"""Characters that all cells show together; one text stored once may be shown by many."""

_PATTERN_GREY = "BFBFBF"
"""Stands for a hatched fill that names no colour of its own."""


@dataclass(frozen=True, slots=True)
class Style:
    """A format of cells."""

    number_format: str = "General"
    fill: str | None = None
    is_date: bool = False
    is_duration: bool = False


class Look:
    """The styles of one workbook, each resolved once; counts the text that its cells show."""

    def __init__(self, book) -> None:
        self._book = book
        self._theme = theme_colours(book.loaded_theme)
        self._styles: dict[int, Style] = {}
        self._fills: dict[int, str | None] = {}
        self._text = 0

    @property
    def epoch(self):
        return self._book.epoch

    @cached_property
    def size(self) -> int:
        """How many styles there are."""
        return len(self._book._cell_styles)

    def style(self, number: int) -> Style:
        """The style of a number. Raises IndexError for one that the workbook does not have."""
        if number not in self._styles:
            self._styles[number] = self._style(number)
        return self._styles[number]

    def text(self, value: str, at: tuple[int, int], scan: SheetScan) -> str | None:
        """The text of a cell as it is kept: nothing of a blank one, the beginning of one that is too long."""
        size = len(value)
        self._text += size
        if self._text > MAX_TEXT:
            raise Refused(UNPACKS_TO_TOO_MUCH)
        if not value or value.isspace():
            return None
        if size > LONGEST_TEXT:
            scan.overlong[at] = size
            return value[:LONGEST_TEXT]
        return value

    def _style(self, number: int) -> Style:
        formatted = self._book._cell_styles[number]
        known = formatted.numFmtId
        if known < BUILTIN_FORMATS_MAX_SIZE:
            number_format = BUILTIN_FORMATS.get(known, "General")
        else:
            number_format = self._book._number_formats[known - BUILTIN_FORMATS_MAX_SIZE]
        # openpyxl takes the first style for none at all, whatever it says.
        fill = self._fill(formatted.fillId) if number else None
        return Style(
            number_format, fill, number in self._book._date_formats, number in self._book._timedelta_formats
        )

    def _fill(self, number: int) -> str | None:
        if number not in self._fills:
            self._fills[number] = self._resolve(self._book._fills[number])
        return self._fills[number]

    def _resolve(self, fill) -> str | None:
        # openpyxl does not publish the palette of the workbook.
        palette = self._book._colors
        if hasattr(fill, "patternType"):
            if fill.patternType in (None, "none"):
                return None
            colour = resolve(fill.fgColor, self._theme, palette)
            return colour if fill.patternType == "solid" else colour or _PATTERN_GREY
        stops = getattr(fill, "stop", None) or []
        return next(filter(None, (resolve(stop.color, self._theme, palette) for stop in stops)), None)
