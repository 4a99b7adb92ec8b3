"""Check an .xlsx or .docx archive before anything interprets it: real sizes, hostile XML, how much it holds.

Everything is streamed, so that a file costs memory in proportion to its own size and never to what it claims.
"""

import zipfile
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO

from actionplans.imports.opening.deadline import NEVER, Deadline
from actionplans.imports.opening.file_kind import DAMAGED, Refused, refuse_other_archives
from actionplans.imports.opening.xml_scan import (
    MAX_CELLS,
    MAX_STYLE_BYTES,
    UNPACKS_TO_TOO_MUCH,
    Scanner,
    SheetScan,
    too_many,
)

MAX_MEMBERS = 2_000
MAX_MEMBER_BYTES = 100 * 1024 * 1024
MAX_TOTAL_BYTES = 160 * 1024 * 1024
MAX_SHARED_TEXT_BYTES = 20 * 1024 * 1024
MAX_SHEETS = 100
_CHUNK = 256 * 1024

Reader = Callable[[Iterator[bytes]], SheetScan | None]
"""Reads the XML of a worksheet on the way, within the same limits; None where it leaves that to others."""


def check(
    data: bytes, deadline: Deadline = NEVER, reader_of: Callable[[zipfile.ZipFile], Reader] | None = None
) -> dict[str, SheetScan]:
    """The scans of the workbook's sheets by member name. Raises Refused for what should not be opened.

    `reader_of` is given the archive once everything but its worksheets is checked.
    """
    return _checked(data, deadline, refuse_other_archives, reader_of)


def check_document(data: bytes, deadline: Deadline = NEVER) -> None:
    """The same of a Word document, which has no sheets."""
    _checked(data, deadline, lambda archive: None, None)


def _checked(
    data: bytes, deadline: Deadline, refuse: Callable, reader_of: Callable | None
) -> dict[str, SheetScan]:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            refuse(archive)
            return _Checker(archive, deadline).check(reader_of)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError):
        raise Refused(DAMAGED) from None


class _Checker:
    """Unpacks the members one after another, worksheets last, and counts what they hold together."""

    def __init__(self, archive: zipfile.ZipFile, deadline: Deadline) -> None:
        self._archive, self._deadline = archive, deadline
        self._left = MAX_TOTAL_BYTES
        self._scans: dict[str, SheetScan] = {}

    def check(self, reader_of: Callable | None) -> dict[str, SheetScan]:
        members = self._archive.infolist()
        if len(members) > MAX_MEMBERS:
            raise too_many("partes internas", MAX_MEMBERS)
        if any(member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for member in members):
            raise Refused(DAMAGED)
        sheets = [member for member in members if _is_sheet(member.filename)]
        for member in members:
            if not _is_sheet(member.filename):
                self._scan(member)
        read = reader_of(self._archive) if reader_of and sheets else None
        for member in sheets:
            left = self._left
            scan = read(self._chunks(member)) if read else None
            if scan is None:
                self._left = left
                self._scan(member)
            else:
                self._keep(member, scan)
        return self._scans

    def _scan(self, member: zipfile.ZipInfo) -> None:
        scanner = Scanner()
        for chunk in self._chunks(member):
            scanner.feed(chunk)
        scanner.close(must_be_xml=member.filename.endswith((".xml", ".rels")))
        if scanner.root == "worksheet":
            self._keep(member, scanner.scan)

    def _keep(self, member: zipfile.ZipInfo, scan: SheetScan) -> None:
        self._scans[member.filename] = scan
        if len(self._scans) > MAX_SHEETS:
            raise too_many("hojas", MAX_SHEETS)
        if sum(known.cells for known in self._scans.values()) > MAX_CELLS:
            raise too_many("celdas", MAX_CELLS)

    def _chunks(self, member: zipfile.ZipInfo) -> Iterator[bytes]:
        """What one member really holds, piece by piece."""
        limit = min(self._left, _limit_of(member.filename))
        size = 0
        with self._archive.open(member) as stream:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                self._left -= len(chunk)
                if size > limit:
                    raise Refused(UNPACKS_TO_TOO_MUCH)
                self._deadline.check()
                yield chunk


def _is_sheet(name: str) -> bool:
    return "/worksheets/" in name and name.endswith(".xml")


def _limit_of(name: str) -> int:
    if name.endswith("sharedStrings.xml"):
        return MAX_SHARED_TEXT_BYTES
    return MAX_MEMBER_BYTES if "/worksheets/" in name or "/media/" in name else MAX_STYLE_BYTES * 4
