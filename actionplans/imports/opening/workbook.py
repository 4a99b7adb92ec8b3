"""Open a workbook as neutral sheets. With the modules that it names, the only one that knows openpyxl."""

import warnings
import zipfile
from collections.abc import Iterator
from functools import cached_property

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.xml.constants import SHARED_STRINGS

from actionplans.imports.opening import archive
from actionplans.imports.opening.deadline import Deadline, Watched
from actionplans.imports.opening.file_kind import DAMAGED, Refused, read_bytes, refuse_other_kinds
from actionplans.imports.opening.grid import Cell, Sheet
from actionplans.imports.opening.look import Look
from actionplans.imports.opening.shared_texts import shared_texts
from actionplans.imports.opening.sheet_rows import Rows
from actionplans.imports.opening.sheet_text import reader_of_sheets
from actionplans.imports.opening.xml_scan import SheetScan

__all__ = ["Refused", "open_workbook"]


def open_workbook(source, deadline: Deadline | None = None) -> list[Sheet]:
    """The sheets of an .xlsx or .xlsm file (its bytes, a path or an open binary file), hidden ones marked.

    Formulas give the value stored with them; macros, charts and links to other files are not loaded.
    Raises Refused, with a Spanish message, for anything else, for more than the limits of `archive` or when the
    deadline is over.
    """
    deadline = deadline or Deadline()
    data = source if isinstance(source, bytes) else read_bytes(source)
    refuse_other_kinds(data)
    book = _Book(data, deadline)
    try:
        with warnings.catch_warnings():
            # Extensions that openpyxl drops (validations, conditional formats) are nothing that we read.
            warnings.simplefilter("ignore")
            return book.sheets(archive.check(data, deadline, book.reader))
    except Refused:
        raise
    except Exception:
        # openpyxl lets any kind of error through on a malformed part; none of them is ours to explain.
        raise Refused(DAMAGED) from None


class _Book:
    """The parts of a workbook beside its worksheets, read by openpyxl once the archive is checked."""

    def __init__(self, data: bytes, deadline: Deadline) -> None:
        self._data, self._deadline = data, deadline

    def reader(self, _: zipfile.ZipFile) -> archive.Reader:
        """What reads the worksheets while they are checked."""
        return reader_of_sheets(self._look, self._texts)

    def sheets(self, scans: dict[str, SheetScan]) -> list[Sheet]:
        found = [self._sheet(name, state, path, scans.get(path)) for name, state, path in self._listed()]
        if not found:
            raise Refused(DAMAGED)
        return found

    @cached_property
    def _parts(self) -> ExcelReader:
        """openpyxl's reader with everything done but the texts and the worksheets."""
        parts = ExcelReader(Watched(self._data, self._deadline), read_only=True, data_only=True, keep_links=False)
        parts.read_manifest()
        parts.read_workbook()
        parts.read_theme()
        apply_stylesheet(parts.archive, parts.wb)
        return parts

    @cached_property
    def _look(self) -> Look:
        return Look(self._parts.wb)

    @cached_property
    def _texts(self) -> list[str]:
        part = self._parts.package.find(SHARED_STRINGS)
        return shared_texts(self._parts.archive.read(part.PartName[1:])) if part else []

    def _listed(self) -> Iterator[tuple[str, str, str]]:
        """Name, state and place in the archive of each sheet of cells."""
        for sheet, relation in self._parts.parser.find_sheets():
            if relation.target in self._parts.valid_files and "chartsheet" not in relation.Type:
                yield sheet.name, sheet.state, relation.target

    def _sheet(self, name: str, state: str, path: str, scan: SheetScan | None) -> Sheet:
        sheet = Sheet(name, hidden=state != "visible")
        if scan is None:
            return sheet
        sheet.merges, sheet.unknown = scan.merges, frozenset(scan.unknown)
        if scan.content is None:
            scan.content = dict(self._cells(path, scan))
        sheet.cells, sheet.overlong, sheet.garbled = scan.content, scan.overlong, frozenset(scan.garbled)
        return sheet

    def _cells(self, path: str, scan: SheetScan) -> Iterator[tuple[tuple[int, int], Cell]]:
        """The cells of a sheet that was only counted, as openpyxl reads them."""
        with self._parts.archive.open(path) as source:
            for at, style, value in Rows(source, self._texts, self._parts.wb, scan.garbled):
                self._deadline.check()
                if at[0] > scan.last_row:
                    break
                look = self._look.style(style)
                if isinstance(value, str):
                    value = self._look.text(value, at, scan)
                if at[1] <= scan.last_column and (value is not None or look.fill):
                    yield at, Cell(value, look.number_format if value is not None else "General", look.fill)
