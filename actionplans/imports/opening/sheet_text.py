"""Read the XML of a worksheet by patterns, as spreadsheets write it; what is written otherwise is left to others.

Several times as fast as following each element. Nothing is taken for granted: every byte of the rows is matched by
a pattern, in order, and the XML around them goes through the same scanner as any other.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from openpyxl.utils.datetime import from_excel, from_ISO8601
from openpyxl.xml.constants import SHEET_MAIN_NS

from actionplans.imports.opening.grid import Cell, position
from actionplans.imports.opening.look import Look, Style
from actionplans.imports.opening.xml_scan import (
    MAX_CELLS,
    MAX_COLUMN,
    MAX_ROW,
    MAX_TOKEN_BYTES,
    Scanner,
    SheetScan,
    too_many,
)
from actionplans.imports.opening.xml_text import CHARACTERS, OddXml, unescaped

_MOST_PLAIN_STYLES = 300
_ATTRIBUTES = rb'(?: [\w:.-]+="[^"<&\x00-\x1f]*")* ?'
_CELL = (
    rb'<c r="([A-Z]{1,3})([1-9][0-9]{0,6})"(?: s="([0-9]{1,6})")?(?: t="([a-zA-Z]{1,9})")? ?'
    rb"(?:/>|>(<f" + _ATTRIBUTES + rb"(?:/>|>" + CHARACTERS + rb"</f>))?"
    rb"(?:<v>(" + CHARACTERS + rb")</v>|<v ?/>)?"
    rb'(?:<is><t(?: xml:space="preserve")?>(' + CHARACTERS + rb")</t></is>)?</c>)"
)
_ROW = rb'(</row>)?<row r="([1-9][0-9]{0,6})"' + _ATTRIBUTES + rb"(/)?>"
_START, _END = b"<sheetData>", b"</sheetData>"
_LONGEST_HEAD = 1024 * 1024
_NOT_UTF_8 = re.compile(rb"""encoding=(?!["']utf-8["'])""", re.IGNORECASE)
_MALFORMED = (ValueError, OverflowError, TypeError)
# A named tuple made as what it is: its own constructor takes twice as long.
_tuple = tuple.__new__


def reader_of_sheets(look: Look, texts: Sequence[str]) -> Callable[[Iterator[bytes]], SheetScan | None]:
    """A function that reads one worksheet after another, given its XML in pieces; None for what it leaves."""
    pattern = _pattern(look)

    def read(chunks: Iterator[bytes]) -> SheetScan | None:
        try:
            return _SheetText(look, texts, pattern).read(chunks)
        except (OddXml, UnicodeDecodeError):
            return None

    return read


def _pattern(look: Look) -> re.Pattern:
    """Empty cells without a fill are passed over, as many as there are; then comes one cell, or a row."""
    numbers = [n for n in range(min(look.size, _MOST_PLAIN_STYLES)) if look.style(n).fill is None]
    plain = "|".join(map(str, numbers)).encode() or b"0"
    empty = rb'<c r="[A-Z]{1,3}[1-9][0-9]{0,6}"(?: s="(?:' + plain + rb')")?(?: t="n")? ?(?:/>|></c>)'
    return re.compile(rb"(?:" + empty + rb")*+(?:" + _CELL + rb"|" + _ROW + rb"|(</row>)?(" + _END + rb"))")


class _SheetText:
    """Reads one worksheet."""

    def __init__(self, look: Look, texts: Sequence[str], pattern: re.Pattern) -> None:
        self._look, self._texts, self._pattern = look, texts, pattern
        self._styles: dict[bytes | None, Style] = {}
        self._columns: dict[bytes, int] = {}
        self._shades: dict[str, Cell] = {}
        self._scanner = Scanner()
        self._scan = self._scanner.scan
        self._content: dict[tuple[int, int], Cell] = {}
        self._row = b""
        self._counted = 0

    def read(self, chunks: Iterator[bytes]) -> SheetScan:
        rest: bytes | None = self._head(chunks)
        while (rest := self._rows(rest)) is not None:
            rest += self._more(rest, chunks, MAX_TOKEN_BYTES)
        for chunk in chunks:
            self._scanner.feed(chunk)
        self._scanner.close(must_be_xml=True)
        if self._scan.cells:
            raise OddXml
        self._scan.count(self._counted)
        self._scan.content = self._content
        return self._scan

    def _head(self, chunks: Iterator[bytes]) -> bytes:
        """Everything before the rows goes to the scanner; what follows is given back."""
        head = b""
        while (at := head.find(_START)) < 0:
            head += self._more(head, chunks, _LONGEST_HEAD)
        before, after = head[:at], head[at + len(_START) :]
        if SHEET_MAIN_NS.encode() not in before or b"<!" in before or _NOT_UTF_8.search(before):
            raise OddXml
        self._scanner.feed(before + _START + _END)
        return after

    def _more(self, known: bytes, chunks: Iterator[bytes], limit: int) -> bytes:
        chunk = next(chunks, b"")
        if not chunk or len(known) > limit:
            raise OddXml
        return chunk

    def _rows(self, xml: bytes) -> bytes | None:
        """Read as many rows as are there; what is not complete is given back, None once the rows are over."""
        at, match, cell = 0, self._pattern.match, self._cell
        row, number = self._row, int(self._row or 0)
        while found := match(xml, at):
            at = found.end()
            column, own, style, kind, formula, value, text, closed, opened, empty, last, end = found.groups()
            if column:
                if own != row:
                    raise OddXml
                cell(number, column, style, kind, formula, value, text)
            elif bool(row) != bool(closed or last):
                raise OddXml
            elif end:
                self._count(xml, at)
                self._scanner.feed(xml[at:])
                return None
            else:
                row, number = (b"", 0) if empty else (opened, int(opened))
        self._count(xml, at)
        self._row = row
        return xml[at:]

    def _count(self, xml: bytes, end: int) -> None:
        self._counted += xml.count(b"<c ", 0, end)
        if self._counted > MAX_CELLS:
            raise too_many("celdas", MAX_CELLS)

    def _cell(self, row, column, style, kind, formula, value, text) -> None:
        """Keep one cell, as openpyxl would read it."""
        at = row, self._columns.get(column) or self._column(column)
        look = self._styles.get(style) or self._style(style)
        if formula and not value and kind != b"str" and text is None:
            self._scan.unknown.add(at)
        if row > MAX_ROW or at[1] > MAX_COLUMN:
            # An empty cell far away is only a stray format, and is not read; a written one is refused.
            if value or formula or text is not None or kind == b"str":
                raise too_many("filas o columnas", MAX_ROW)
            return
        if value if kind == b"inlineStr" else text is not None:
            raise OddXml
        shown = None
        if kind == b"s" and value and value.isdigit() and int(value) < len(self._texts):
            shown = self._look.text(self._texts[int(value)], at, self._scan)
        elif value or text:
            try:
                shown = self._value(kind, value, text, look, at)
            except UnicodeDecodeError:
                raise
            except _MALFORMED:
                self._scan.garbled.add(at)
                return
        if shown is not None:
            self._content[at] = _tuple(Cell, (shown, look.number_format, look.fill))
        elif look.fill:
            if look.fill not in self._shades:
                self._shades[look.fill] = Cell(fill=look.fill)
            self._content[at] = self._shades[look.fill]

    def _value(self, kind: bytes | None, value: bytes, text: bytes | None, style: Style, at) -> object:
        if kind is None or kind == b"n":
            number = float(value) if b"." in value or b"e" in value or b"E" in value else int(value)
            return self._date(number, style, at) if style.is_date else number
        if kind == b"inlineStr" or kind == b"str" or kind == b"e":
            return self._look.text(unescaped(value or text or b""), at, self._scan)
        if kind == b"b":
            return bool(int(value))
        if kind == b"d":
            return from_ISO8601(unescaped(value))
        raise OddXml

    def _date(self, number: float, style: Style, at: tuple[int, int]) -> object:
        """A number as the date that its format shows; one that no calendar has keeps only its fill."""
        try:
            return from_excel(number, self._look.epoch, timedelta=style.is_duration)
        except (OverflowError, ValueError):
            self._scan.garbled.add(at)
            return None

    def _column(self, letters: bytes) -> int:
        self._columns[letters] = position(f"{letters.decode()}1")[1]
        return self._columns[letters]

    def _style(self, number: bytes | None) -> Style:
        try:
            self._styles[number] = self._look.style(int(number or 0))
        except IndexError:
            raise OddXml from None
        return self._styles[number]
