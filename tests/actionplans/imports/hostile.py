"""Files that are not workbooks, or are made to hurt; written when a test asks for them."""

import io
import zipfile

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def plain_book() -> bytes:
    """A small plan that is read without problems."""
    workbook = Workbook()
    workbook.active.title = "PLAN 2025"
    workbook.active.append(["ACTIVIDAD", "RESPONSABLE", "ENE", "FEB"])
    workbook.active.append(["Publicar el informe", "Hacienda", "x", None])
    return saved(workbook)


def saved(workbook: Workbook) -> bytes:
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def with_part(name: str, content: bytes | str) -> bytes:
    """The plain book with one part replaced or added."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain_book())) as source, zipfile.ZipFile(buffer, "w", 8) as target:
        for part in source.namelist():
            if part != name:
                target.writestr(part, source.read(part))
        target.writestr(name, content)
    return buffer.getvalue()


def with_sheet(body: str, before: str = "") -> bytes:
    return with_part(
        "xl/worksheets/sheet1.xml", f'<?xml version="1.0"?>{before}<worksheet {MAIN}>{body}</worksheet>'
    )


def archive(**parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", 8) as target:
        for name, content in parts.items():
            target.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


def ole(stream: str) -> bytes:
    """The beginning of a compound file whose directory names a stream."""
    directory = "Root Entry".encode("utf-16-le").ljust(128, b"\0") + f"{stream}\0".encode("utf-16-le").ljust(
        128, b"\0"
    )
    return OLE.ljust(512, b"\0") + directory


def zip_bomb() -> bytes:
    return with_part("xl/sharedStrings.xml", b" " * (60 * 1024 * 1024))


def many_small_bombs() -> bytes:
    parts = {f"xl__media__image{n}.png": b"\0" * (20 * 1024 * 1024) for n in range(12)}
    return archive(**{"[Content_Types].xml": b"<Types/>"}, **parts)


def billion_laughs() -> bytes:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(10))
    row = '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&l9;</t></is></c></row></sheetData>'
    return with_sheet(row, before=f"<!DOCTYPE w [{laughs}]>")


def external_entity() -> bytes:
    row = '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&x;</t></is></c></row></sheetData>'
    return with_sheet(row, before='<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>')


def dtd_in_utf_16() -> bytes:
    text = f'<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE w [<!ENTITY a "b">]><worksheet {MAIN}/>'
    return with_part("xl/worksheets/sheet1.xml", text.encode("utf-16"))


def far_value() -> bytes:
    return with_sheet('<sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')


def too_many_cells() -> bytes:
    row = "<row>" + "<c/>" * 100 + "</row>"
    return with_sheet("<sheetData>" + row * 6_100 + "</sheetData>")


def too_many_sheets() -> bytes:
    workbook = Workbook()
    for _ in range(199):
        workbook.create_sheet()
    return saved(workbook)


def too_many_merges() -> bytes:
    merge = '<mergeCell ref="A1:OJ20000"/>'
    return with_sheet(f"<sheetData/><mergeCells>{merge * 200}</mergeCells>")


def endless_token() -> bytes:
    return with_sheet(f'<sheetData><row r="1" spans="{"1" * (8 * 1024 * 1024)}"/></sheetData>')


def deep_xml() -> bytes:
    return with_sheet("<a>" * 200_000 + "</a>" * 200_000)


def too_many_parts() -> bytes:
    return archive(**{"[Content_Types].xml": b"<Types/>"}, **{f"xl__p{n}.bin": b"" for n in range(2_100)})


def malformed_sheet() -> bytes:
    return with_sheet('<sheetData><row r="1"><c r="A1">')


def broken_content() -> bytes:
    """A right directory over content whose checksum is wrong."""
    data = bytearray(plain_book())
    at = data.find(b"xl/worksheets/sheet1.xml") + 60
    data[at : at + 20] = b"\0" * 20
    return bytes(data)


KINDS = {
    "empty": (lambda: b"", "está vacío"),
    "truncated": (lambda: plain_book()[:-700], "dañado"),
    "half": (lambda: plain_book()[:1500], "dañado"),
    "broken content": (broken_content, "dañado"),
    "malformed sheet": (malformed_sheet, "dañado"),
    "binary": (lambda: bytes(range(256)) * 20, "no es un libro de Excel"),
    "csv": (lambda: b"ACTIVIDAD;RESPONSABLE\nUna;Otra\n", "CSV"),
    "html": (lambda: b"<html><table><tr><td>ACTIVIDAD</td></tr></table></html>", "HTML"),
    "xml": (lambda: b"<?xml version='1.0'?><Workbook/>", "XML"),
    "pdf": (lambda: b"%PDF-1.7\n%\xe2\xe3", "PDF"),
    "zip": (lambda: archive(leame=b"hola"), "ZIP"),
    "word": (lambda: archive(**{"[Content_Types].xml": b"", "word__document.xml": b""}), "Word"),
    "ods": (
        lambda: archive(mimetype=b"application/vnd.oasis.opendocument.spreadsheet", **{"content.xml": b""}),
        "OpenDocument",
    ),
    "xlsb": (lambda: archive(**{"[Content_Types].xml": b"", "xl__workbook.bin": b""}), ".xlsb"),
    "xls": (lambda: ole("Workbook"), ".xls"),
    "password": (lambda: ole("EncryptedPackage"), "contraseña"),
    "other ole": (lambda: ole("PowerPoint Document"), "formato antiguo"),
    "zip bomb": (zip_bomb, "tamaño excesivo"),
    "many small bombs": (many_small_bombs, "tamaño excesivo"),
    "endless token": (endless_token, "tamaño excesivo"),
    "billion laughs": (billion_laughs, "DTD o entidades"),
    "external entity": (external_entity, "DTD o entidades"),
    "dtd in utf-16": (dtd_in_utf_16, "DTD o entidades"),
    "far value": (far_value, "demasiadas filas o columnas"),
    "too many cells": (too_many_cells, "demasiadas celdas"),
    "too many sheets": (too_many_sheets, "demasiadas hojas"),
    "too many merges": (too_many_merges, "demasiadas celdas combinadas"),
    "too many parts": (too_many_parts, "demasiadas partes"),
    "deep xml": (deep_xml, "dañado"),
}
"""Bytes of each kind of file that is refused, and words that its message must say."""


def as_much_as_is_allowed() -> bytes:
    """A plan with nearly as many texts, styles and cells as the limits let through, all different offices."""
    rows = 3_900
    words = ["Secretaría de Planeación", "Oficina", "Medio Ambiente", "y", "Dirección", "de", ",", "-", "Tránsito"]
    offices = [" ".join(words[(row * 7 + n * n) % 9] for n in range(60)) for row in range(rows)]
    texts = [*["ACTIVIDAD", "RESPONSABLE", "ENERO", "x"], *offices, *["a"] * 190_000]
    shared = f"<sst {MAIN}>" + "".join(f"<si><t>{text}</t></si>" for text in texts) + "</sst>"
    header = "".join(f'<c r="{column}1" t="s"><v>{n}</v></c>' for n, column in enumerate("ABC"))
    names = [get_column_letter(column) for column in range(3, 101)]
    body = "".join(
        f'<row r="{row}"><c r="A{row}" t="s"><v>3</v></c><c r="B{row}" t="s"><v>{row + 2}</v></c>'
        + "".join(f'<c r="{name}{row}" t="s"><v>3</v></c>' for name in names)
        + "</row>"
        for row in range(2, rows)
    )
    formats = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>' * 64_000
    styles = (
        f"<styleSheet {MAIN}><fonts>{'<font/>' * 60_000}</fonts>"
        f"<fills>{'<fill><patternFill/></fill>' * 30_000}</fills><borders><border/></borders>"
        f"<cellStyleXfs><xf/></cellStyleXfs><cellXfs>{formats}</cellXfs></styleSheet>"
    )
    sheet = f'<worksheet {MAIN}><sheetData><row r="1">{header}</row>{body}</sheetData></worksheet>'
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", 8) as target:
        target.writestr("[Content_Types].xml", _TYPES)
        target.writestr("_rels/.rels", _relations(("officeDocument", "xl/workbook.xml")))
        book = f'<sheet name="PLAN 2025" sheetId="1" r:id="r1" xmlns:r="{_OFFICE}"/>'
        target.writestr("xl/workbook.xml", f"<workbook {MAIN}><sheets>{book}</sheets></workbook>")
        parts = (("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml"))
        target.writestr("xl/_rels/workbook.xml.rels", _relations(*parts, ("styles", "styles.xml")))
        target.writestr("xl/worksheets/sheet1.xml", sheet)
        target.writestr("xl/sharedStrings.xml", shared)
        target.writestr("xl/styles.xml", styles)
    return buffer.getvalue()


_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/>'
    f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_KIND}.sharedStrings+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/></Types>'
)


def _relations(*parts: tuple[str, str]) -> str:
    found = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(parts, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{found}</Relationships>'
