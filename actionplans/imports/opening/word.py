"""Open a Word document as neutral sheets, one for each table. The only module that knows python-docx."""

import posixpath
import zipfile
from collections.abc import Iterator
from io import BytesIO

from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from actionplans.imports.opening import archive
from actionplans.imports.opening.colours import is_white
from actionplans.imports.opening.deadline import Deadline
from actionplans.imports.opening.file_kind import DAMAGED, Refused
from actionplans.imports.opening.grid import Sheet
from actionplans.imports.opening.word_tables import Line, WordCell, WordTable, sheets_of
from actionplans.imports.opening.xml_scan import MAX_COLUMN, MAX_ROW, too_many

MAX_LINES = 20_000
_NO_TABLES = (
    "El documento de Word no tiene tablas. Cargue el documento donde el plan está en una tabla, o el libro de "
    "Excel (.xlsx)."
)
_WRAPPERS = frozenset(map(qn, ("w:sdt", "w:sdtContent", "w:ins", "w:moveTo", "w:customXml", "w:smartTag")))
_BREAKS = frozenset(map(qn, ("w:br", "w:cr")))
_FOR_OLDER = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BULLET = "· "
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


def open_document(data: bytes, deadline: Deadline | None = None) -> list[Sheet]:
    """The tables of a .docx file. Raises Refused, with a Spanish message, as `open_workbook` does.

    The archive is checked before its XML is parsed: no definitions of XML, bounded sizes. Pictures and macros are
    not looked at; deleted text of tracked changes is not read.
    """
    deadline = deadline or Deadline()
    archive.check_document(data, deadline)
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            sheets = sheets_of(_Document(package, deadline).blocks())
    except Refused:
        raise
    except Exception:
        # lxml and python-docx let any kind of error through on a malformed part; none of them is ours to explain.
        raise Refused(DAMAGED) from None
    if not sheets:
        raise Refused(_NO_TABLES)
    return sheets


class _Document:
    """Walks the document in reading order; the page headers come first."""

    def __init__(self, package: zipfile.ZipFile, deadline: Deadline) -> None:
        self._package, self._deadline = package, deadline
        self._main = _main_part(package)
        self._folder = posixpath.dirname(self._main)
        self._list_styles = self._styles_of_lists()

    def blocks(self) -> Iterator[Line | WordTable]:
        for name in sorted(self._package.namelist()):
            if name.startswith(f"{self._folder}/header") and name.endswith(".xml"):
                # The paragraphs of its tables too: a letterhead is read line by line.
                yield from (Line(text) for text in self._lines(self._part(name)))
        body = self._part(self._main).find(qn("w:body"))
        lines = 0
        for block in _children(body):
            self._deadline.check()
            if block.tag == qn("w:p"):
                lines += 1
                if lines > MAX_LINES:
                    return
                yield from (Line(text) for text in self._lines(block))
            elif block.tag == qn("w:tbl"):
                yield self._table(block)

    def _part(self, name: str):
        return parse_xml(self._package.read(name))

    def _styles_of_lists(self) -> frozenset[str]:
        name = f"{self._folder}/styles.xml"
        if name not in self._package.namelist():
            return frozenset()
        numbered = self._part(name).iterfind(f"{qn('w:style')}/{qn('w:pPr')}/{qn('w:numPr')}/../..")
        return frozenset(style.get(qn("w:styleId")) or "" for style in numbered)

    def _table(self, table) -> WordTable:
        rows: list[tuple[int, list[WordCell]]] = []
        for row in _children(table, qn("w:tr")):
            self._deadline.check()
            if len(rows) >= MAX_ROW:
                raise too_many("filas", MAX_ROW)
            before = row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}")
            rows.append((_number(before), [self._cell(cell) for cell in _children(row, qn("w:tc"))]))
        return WordTable(rows)

    def _cell(self, cell) -> WordCell:
        properties = cell.find(qn("w:tcPr"))
        span = merged = fill = None
        if properties is not None:
            span, merged = properties.find(qn("w:gridSpan")), properties.find(qn("w:vMerge"))
            fill = _fill(properties.find(qn("w:shd")))
        continues = merged is not None and merged.get(qn("w:val"), "continue") == "continue"
        return WordCell("\n".join(self._lines(cell)), max(1, _number(span)), continues, fill)

    def _lines(self, container) -> list[str]:
        """The paragraphs of a cell; those of a list keep a bullet, which tells its items apart."""
        paragraphs = [(p, text) for p in _paragraphs(container) if (text := self._text(p).strip())]
        several = len(paragraphs) > 1
        return [_BULLET + text if several and self._is_item(p) else text for p, text in paragraphs]

    def _is_item(self, paragraph) -> bool:
        properties = paragraph.find(qn("w:pPr"))
        if properties is None:
            return False
        style = properties.find(qn("w:pStyle"))
        listed = style is not None and style.get(qn("w:val")) in self._list_styles
        return listed or properties.find(qn("w:numPr")) is not None

    def _text(self, paragraph) -> str:
        pieces: list[str] = []
        for element in _pieces(paragraph):
            if element.tag == qn("w:t"):
                pieces.append(element.text or "")
            elif element.tag == qn("w:tab"):
                pieces.append(" ")
            elif element.tag in _BREAKS:
                pieces.append("\n")
            elif element.tag == qn("w:noBreakHyphen"):
                pieces.append("-")
        return "".join(pieces)


def _main_part(package: zipfile.ZipFile) -> str:
    for relation in parse_xml(package.read("_rels/.rels")).iter(_RELATION):
        if relation.get("Type", "").endswith("/officeDocument"):
            return relation.get("Target", "").lstrip("/")
    raise Refused(DAMAGED)


def _paragraphs(element) -> Iterator:
    """The paragraphs of an element, itself among them, and those of the text boxes in them."""
    if element.tag == qn("w:p"):
        yield element
    for child in _shown(element):
        yield from _paragraphs(child)


def _pieces(paragraph) -> Iterator:
    """What a paragraph is made of, without the paragraphs inside it."""
    for child in _shown(paragraph):
        if child.tag != qn("w:p"):
            yield child
            yield from _pieces(child)


def _shown(element) -> Iterator:
    """The children of an element but what Word keeps for older programs, which is the same once more."""
    return (child for child in element if child.tag != _FOR_OLDER)


def _children(parent, tag: str | None = None) -> Iterator:
    """The children of an element, through content controls and tracked insertions."""
    for child in parent:
        if child.tag in _WRAPPERS:
            yield from _children(child, tag)
        elif tag is None or child.tag == tag:
            yield child


def _number(element) -> int:
    """The value of a property, within the columns that a table may have."""
    text = element.get(qn("w:val")) if element is not None else None
    number = int(text) if text and text.isdecimal() and len(text) <= 7 else 0
    if number > MAX_COLUMN:
        raise too_many("columnas", MAX_COLUMN)
    return number


def _fill(shading) -> str | None:
    colour = (shading.get(qn("w:fill")) or "").upper() if shading is not None else ""
    known = len(colour) == 6 and all(letter in "0123456789ABCDEF" for letter in colour)
    return colour if known and not is_white(colour) else None
