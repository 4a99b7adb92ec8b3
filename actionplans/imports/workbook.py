"""Open a workbook as neutral sheets. With `sheet_rows`, the only module that knows openpyxl."""

import warnings

from openpyxl import load_workbook

from actionplans.imports import archive
from actionplans.imports.colours import resolve, theme_colours
from actionplans.imports.deadline import Deadline, Watched
from actionplans.imports.file_kind import DAMAGED, Refused, read_bytes, refuse_other_kinds
from actionplans.imports.grid import LONGEST_TEXT, Cell, Sheet
from actionplans.imports.sheet_rows import rows_of

__all__ = ["Refused", "open_workbook"]

MAX_TEXT = 30_000_000
"""Characters that all cells show together; one text stored once may be shown by many."""
_PATTERN_GREY = "BFBFBF"
"""Stands for a hatched fill that names no colour of its own."""


def open_workbook(source, deadline: Deadline | None = None) -> list[Sheet]:
    """The sheets of an .xlsx or .xlsm file (its bytes, a path or an open binary file), hidden ones marked.

    Formulas give the value stored with them; macros, charts and links to other files are not loaded.
    Raises Refused, with a Spanish message, for anything else, for more than the limits of `archive` or when the
    deadline is over.
    """
    deadline = deadline or Deadline()
    data = source if isinstance(source, bytes) else read_bytes(source)
    refuse_other_kinds(data)
    scans = archive.check(data, deadline)
    try:
        with warnings.catch_warnings():
            # Extensions that openpyxl drops (validations, conditional formats) are nothing that we read.
            warnings.simplefilter("ignore")
            book = load_workbook(Watched(data, deadline), read_only=True, data_only=True, keep_links=False)
            try:
                return _sheets(book, scans, deadline)
            finally:
                book.close()
    except Refused:
        raise
    except Exception:
        # openpyxl lets any kind of error through on a malformed part; none of them is ours to explain.
        raise Refused(DAMAGED) from None


def _sheets(book, scans: dict[str, archive.SheetScan], deadline: Deadline) -> list[Sheet]:
    theme = theme_colours(book.loaded_theme)
    look = _Look(theme, book._colors)
    worksheets = [sheet for sheet in book.worksheets if hasattr(sheet, "_worksheet_path")]
    if not worksheets:
        raise Refused(DAMAGED)
    # openpyxl does not publish where a sheet lies in the archive, nor the palette of the workbook.
    return [_sheet(sheet, scans.get(sheet._worksheet_path.lstrip("/")), look, deadline) for sheet in worksheets]


def _sheet(worksheet, scan: archive.SheetScan | None, look: "_Look", deadline: Deadline) -> Sheet:
    sheet = Sheet(worksheet.title, hidden=worksheet.sheet_state != "visible")
    if scan is None or not scan.last_row:
        return sheet
    sheet.merges = scan.merges
    sheet.unknown = frozenset(scan.unknown)
    garbled: set[tuple[int, int]] = set()
    for row, found in rows_of(worksheet, garbled):
        deadline.check()
        if row > scan.last_row:
            break
        for cell in found:
            value, fill = look.value(cell), look.fill(cell)
            if isinstance(value, str) and len(value) > LONGEST_TEXT:
                sheet.overlong[row, cell.column] = len(value)
                value = value[:LONGEST_TEXT]
            if (value is not None or fill) and cell.column <= scan.last_column:
                written = value is not None
                sheet.cells[row, cell.column] = Cell(value, cell.number_format if written else "General", fill)
    sheet.garbled = frozenset(garbled)
    return sheet


class _Look:
    """What cells show. Each fill of the workbook is resolved once, and the text that is shown is counted."""

    def __init__(self, theme, palette) -> None:
        self._theme, self._palette = theme, palette
        self._known: dict[int, str | None] = {}
        self._text = 0

    def value(self, cell) -> object:
        value = cell.value
        if not isinstance(value, str):
            return value
        self._text += len(value)
        if self._text > MAX_TEXT:
            raise Refused(archive.UNPACKS_TO_TOO_MUCH)
        return value if value.strip() else None

    def fill(self, cell) -> str | None:
        if not getattr(cell, "has_style", False):
            return None
        fill = cell.fill
        if id(fill) not in self._known:
            self._known[id(fill)] = self._resolve(fill)
        return self._known[id(fill)]

    def _resolve(self, fill) -> str | None:
        if hasattr(fill, "patternType"):
            if fill.patternType in (None, "none"):
                return None
            colour = resolve(fill.fgColor, self._theme, self._palette)
            return colour if fill.patternType == "solid" else colour or _PATTERN_GREY
        stops = getattr(fill, "stop", None) or []
        return next(filter(None, (resolve(stop.color, self._theme, self._palette) for stop in stops)), None)
