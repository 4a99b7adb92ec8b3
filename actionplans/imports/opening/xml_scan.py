"""Follow the XML of one part of an archive without keeping it: hostile definitions, depth, how much it holds."""

from dataclasses import dataclass, field
from xml.parsers import expat

from actionplans.imports.opening.file_kind import DAMAGED, Refused
from actionplans.imports.opening.grid import MAX_MERGED_CELLS, Cell, Merge, position

MAX_STYLE_BYTES = 6 * 1024 * 1024
MAX_CELLS = 400_000
MAX_ROW = 20_000
MAX_COLUMN = 400
MAX_DEPTH = 100
MAX_TOKEN_BYTES = 2 * 1024 * 1024
MAX_TEXT_PARTS = 400_000
"""Elements of the shared texts, which are as many as the texts and their pieces of rich text."""

MAX_STYLE_PARTS = 250_000
"""Elements of the styles; Excel itself allows 65,000 formats, most of one element each."""

MAX_DOCUMENT_PARTS = 600_000
"""Elements of a Word document; a plan of three hundred activities in a table has some hundred thousand."""

MOST_PARTS = {"sst": MAX_TEXT_PARTS, "styleSheet": MAX_STYLE_PARTS}
MOST_PARTS |= dict.fromkeys(("document", "hdr", "styles"), MAX_DOCUMENT_PARTS)
UNPACKS_TO_TOO_MUCH = (
    "El archivo se descomprime en un tamaño excesivo y no se abre por seguridad. "
    "Copie solo el plan en un archivo nuevo y cargue ese."
)
_TOO_MANY = (
    "El archivo tiene demasiadas {what} (el límite es {limit}). "
    "Copie solo el plan en un archivo nuevo y cargue ese."
)
_HOSTILE = (
    "El archivo contiene definiciones de XML (DTD o entidades) que Excel y Word no usan; "
    "no se abre por seguridad. Guárdelo de nuevo desde Excel o Word."
)


def too_many(what: str, limit: int) -> Refused:
    return Refused(_TOO_MANY.format(what=what, limit=limit))


@dataclass
class SheetScan:
    """What the XML of one sheet holds: counted, and its content too where it was read on the way.

    `content` is None where the cells are still to be read.
    """

    cells: int = 0
    last_row: int = 0
    last_column: int = 0
    merges: list[Merge] = field(default_factory=list)
    unknown: set[tuple[int, int]] = field(default_factory=set)
    content: dict[tuple[int, int], Cell] | None = None
    garbled: set[tuple[int, int]] = field(default_factory=set)
    overlong: dict[tuple[int, int], int] = field(default_factory=dict)

    def count(self, cells: int) -> None:
        self.cells += cells
        if self.cells > MAX_CELLS:
            raise too_many("celdas", MAX_CELLS)


class Scanner:
    """Follows the XML of one member; stops following, without complaint, where it is not XML."""

    def __init__(self) -> None:
        self.root = ""
        self.scan = SheetScan()
        self._depth = self._fed = self._parts = 0
        self._broken = False
        self._cell: tuple[int, int] | None = None
        self._row = 0
        self._column = 0
        self._has_formula = self._has_value = self._in_value = False
        self._merged = 0
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.StartDoctypeDeclHandler = _refuse_doctype
        self._parser.EntityDeclHandler = _refuse_doctype

    def feed(self, chunk: bytes) -> None:
        if self._broken:
            return
        self._fed += len(chunk)
        try:
            self._parser.Parse(chunk, False)
        except (expat.ExpatError, LookupError, ValueError):
            self._broken = True
        # Older parsers read an unfinished token again with every piece, which makes a huge one cost its square.
        if not self._broken and self._fed - self._parser.CurrentByteIndex > MAX_TOKEN_BYTES:
            raise Refused(UNPACKS_TO_TOO_MUCH)

    def close(self, *, must_be_xml: bool) -> None:
        try:
            if not self._broken:
                self._parser.Parse(b"", True)
        except expat.ExpatError:
            self._broken = True
        if self._broken and (must_be_xml or self.root == "worksheet"):
            raise Refused(DAMAGED)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(" ")[2]
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise Refused(DAMAGED)
        self.root = self.root or name
        if self.root == "worksheet":
            self._in_sheet(name, attributes)
        else:
            self._parts += 1
            if self._parts > MOST_PARTS.get(self.root, self._parts):
                raise Refused(UNPACKS_TO_TOO_MUCH)
            if self.root == "styleSheet" and self._parser.CurrentByteIndex > MAX_STYLE_BYTES:
                raise Refused(UNPACKS_TO_TOO_MUCH)

    def _in_sheet(self, name: str, attributes: dict[str, str]) -> None:
        if name == "row":
            self._row = _number(attributes.get("r")) or self._row + 1
            self._column = 0
        elif name == "c":
            self._start_cell(attributes)
        elif name == "f":
            self._has_formula = True
        elif name == "v":
            self._in_value = True
        elif name == "is":
            self._has_value = True
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._cell = position(attributes.get("r", "")) or (self._row, self._column + 1)
        self._column = self._cell[1]
        # A formula may well give the empty text, which is a value; a number is never empty.
        self._has_formula, self._in_value, self._has_value = False, False, attributes.get("t") == "str"
        self.scan.count(1)

    def _text(self, _text: str) -> None:
        self._has_value = self._has_value or self._in_value

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._in_value = False
        if self._cell and name.rpartition(" ")[2] == "c":
            self._end_cell(*self._cell)
            self._cell = None

    def _end_cell(self, row: int, column: int) -> None:
        """An empty cell far away is only a stray format, and is not read; a written one is refused."""
        written = self._has_value or self._has_formula
        if row > MAX_ROW or column > MAX_COLUMN:
            if written:
                raise too_many("filas o columnas", MAX_ROW)
            return
        if self._has_formula and not self._has_value:
            self.scan.unknown.add((row, column))
        self.scan.last_row = max(self.scan.last_row, row)
        self.scan.last_column = max(self.scan.last_column, column)

    def _merge(self, reference: str) -> None:
        first, _, last = reference.replace("$", "").partition(":")
        corner, opposite = position(first), position(last or first)
        if not corner or not opposite:
            return
        merge = Merge(*corner, min(opposite[0], MAX_ROW), min(opposite[1], MAX_COLUMN))
        self._merged += max(0, merge.bottom - merge.top + 1) * max(0, merge.right - merge.left + 1)
        if len(self.scan.merges) >= MAX_MERGED_CELLS // 10 or self._merged > MAX_MERGED_CELLS * 20:
            raise too_many("celdas combinadas", MAX_MERGED_CELLS)
        self.scan.merges.append(merge)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) <= 7 else 0


def _refuse_doctype(*_) -> None:
    raise Refused(_HOSTILE)
