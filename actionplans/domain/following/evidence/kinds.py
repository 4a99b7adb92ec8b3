"""What an uploaded file really is, told by what it holds and never by its name. Pure."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from .photos import TooManyPoints, is_whole

MOST_MEMBERS = 5_000
LARGEST_UNPACKED = 500 * 1024 * 1024
LARGEST_TYPES = 1024 * 1024
LONGEST_NAME = 120

ACCEPTED = "PDF, fotos e imágenes (JPG, PNG, WebP, HEIC) y archivos de Word, Excel, PowerPoint o LibreOffice"
SAVE_AS_NEW = "Ábralo, guárdelo como .docx, .xlsx, .pptx o PDF, y vuelva a subirlo."
DAMAGED = "El archivo está dañado o incompleto: ábralo, guárdelo de nuevo y vuelva a subirlo."
HAS_MACROS = (
    "El archivo tiene macros (programas), que el portal no guarda. Guárdelo sin macros (.docx, .xlsx o .pptx) "
    "o como PDF."
)


class NotEvidence(Exception):
    """The file is none that the portal keeps; the message, in Spanish, says what it is and what to do."""


@dataclass(frozen=True)
class Kind:
    """A kind of file: its media type, the endings that its name may have (the first is put where none fits)."""

    word: str
    media_type: str
    suffixes: tuple[str, ...]
    opens_in_browser: bool = False


PDF = Kind("PDF", "application/pdf", (".pdf",), opens_in_browser=True)
PNG = Kind("imagen PNG", "image/png", (".png",), opens_in_browser=True)
JPEG = Kind("foto JPG", "image/jpeg", (".jpg", ".jpeg", ".jfif"), opens_in_browser=True)
WEBP = Kind("imagen WebP", "image/webp", (".webp",), opens_in_browser=True)
HEIC = Kind("foto HEIC", "image/heic", (".heic", ".heif"))

_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
OFFICE = {
    f"{_OOXML}{main}.main+xml": Kind(word, f"{_OOXML}{media}", (suffix,))
    for main, word, media, suffix in (
        ("wordprocessingml.document", "documento de Word", "wordprocessingml.document", ".docx"),
        ("spreadsheetml.sheet", "libro de Excel", "spreadsheetml.sheet", ".xlsx"),
        ("presentationml.presentation", "presentación", "presentationml.presentation", ".pptx"),
        ("presentationml.slideshow", "presentación", "presentationml.slideshow", ".ppsx"),
    )
}
OPEN_DOCUMENT = {
    f"{_ODF}{name}": Kind(word, f"{_ODF}{name}", (suffix,))
    for name, word, suffix in (
        ("text", "documento de LibreOffice", ".odt"),
        ("spreadsheet", "hoja de LibreOffice", ".ods"),
        ("presentation", "presentación de LibreOffice", ".odp"),
    )
}
KINDS = (PDF, PNG, JPEG, WEBP, HEIC, *OFFICE.values(), *OPEN_DOCUMENT.values())
BY_MEDIA_TYPE = {kind.media_type: kind for kind in KINDS}
SUFFIXES = tuple(suffix for kind in KINDS for suffix in kind.suffixes)

_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1", b"hevc", b"hevx"}
_ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_VIDEO = "Un video o audio pesa demasiado para el portal: publíquelo en el canal de la entidad y traiga su enlace."
_PROGRAM = "El archivo es un programa, y el portal no guarda programas."
_WEB_PAGE = "El archivo es una página web o un dibujo SVG: traiga su enlace, o guárdelo como PDF o imagen."
_FOREIGN = (
    (
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",),
        f"El archivo es de un Office antiguo o tiene contraseña. {SAVE_AS_NEW}",
    ),
    ((b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"#!"), _PROGRAM),
    ((b"{\\rtf",), f"El archivo es de texto enriquecido (RTF). {SAVE_AS_NEW}"),
    (
        (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh"),
        "El archivo es un comprimido: descomprímalo y suba cada archivo por separado.",
    ),
    ((b"ID3", b"\x1aE\xdf\xa3", b"OggS", b"\x00\x00\x01\xba"), _VIDEO),
    (
        (b"GIF8", b"BM", b"II*\x00", b"MM\x00*"),
        "Esa imagen no la abren todos los equipos: guárdela como JPG o PNG.",
    ),
)


def kind_of(file: IO[bytes]) -> Kind:
    """The kind of an open binary file, which is left at its beginning. Raises NotEvidence."""
    file.seek(0)
    head = file.read(1024)
    try:
        return _kind(file, head)
    finally:
        file.seek(0)


def _kind(file, head: bytes) -> Kind:
    if not head:
        raise NotEvidence("El archivo está vacío.")
    if head.startswith(b"%PDF-"):
        return PDF
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return _picture(file, PNG)
    if head.startswith(b"\xff\xd8\xff"):
        return _picture(file, JPEG)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return _picture(file, WEBP)
    if head[4:8] == b"ftyp":
        return _of_boxes(head)
    if head.startswith(_ZIP_STARTS):
        return _of_archive(file)
    raise NotEvidence(_foreign(head))


def _picture(file, kind: Kind) -> Kind:
    try:
        if is_whole(file):
            return kind
    except TooManyPoints:
        raise NotEvidence("La imagen tiene demasiados puntos: guárdela más pequeña y vuelva a subirla.") from None
    raise NotEvidence("La imagen está dañada o incompleta: cópiela otra vez del teléfono o la cámara.")


def _of_boxes(head: bytes) -> Kind:
    """Photos of some telephones are built as videos are, and told apart by their brand."""
    if head[8:12] in _HEIC_BRANDS:
        return HEIC
    raise NotEvidence(_VIDEO)


def _foreign(head: bytes) -> str:
    for starts, words in _FOREIGN:
        if head.startswith(starts):
            return words
    start = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0").lower()
    if start.startswith((b"<!doctype", b"<html", b"<svg", b"<?xml", b"<script", b"<!--")):
        return _WEB_PAGE
    if head[:4] == b"RIFF":
        return _VIDEO
    return f"El portal no guarda esta clase de archivo, diga lo que diga su nombre. Acepta {ACCEPTED}."


def _of_archive(file) -> Kind:
    try:
        with zipfile.ZipFile(file) as archive:
            return _of_members(archive)
    except (zipfile.BadZipFile, DefusedXmlException, ElementTree.ParseError, NotImplementedError, RuntimeError):
        raise NotEvidence(DAMAGED) from None
    except (OSError, ValueError, EOFError, KeyError):
        raise NotEvidence(DAMAGED) from None


def _of_members(archive: zipfile.ZipFile) -> Kind:
    members = archive.infolist()
    names = {member.filename for member in members}
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > LARGEST_UNPACKED:
        raise NotEvidence("El archivo se expande a un tamaño exagerado y no se guarda. Pida otra copia o un PDF.")
    if any(name.startswith(("/", "\\")) or ".." in PurePath(name).parts for name in names):
        raise NotEvidence(DAMAGED)
    if "[Content_Types].xml" in names:
        return _office(archive, names)
    if "mimetype" in names:
        return _open_document(archive, names)
    raise NotEvidence("El archivo es un comprimido (ZIP): descomprímalo y suba cada archivo por separado.")


def _office(archive, names) -> Kind:
    types = _content_types(archive)
    if any("macroEnabled" in said for said in types) or any(n.lower().endswith("vbaproject.bin") for n in names):
        raise NotEvidence(HAS_MACROS)
    for said, kind in OFFICE.items():
        if said in types:
            return kind
    raise NotEvidence(f"El archivo es de Office, pero de una clase que el portal no guarda. {SAVE_AS_NEW}")


def _content_types(archive) -> set[str]:
    root = ElementTree.fromstring(_member(archive, "[Content_Types].xml"))
    return {row.get("ContentType", "") for row in root}


def _open_document(archive, names) -> Kind:
    if any(name.startswith(("Basic/", "Scripts/")) for name in names):
        raise NotEvidence(HAS_MACROS)
    said = _member(archive, "mimetype").decode("ascii", "replace").strip()
    if said not in OPEN_DOCUMENT or "content.xml" not in names:
        raise NotEvidence(f"El portal no guarda esta clase de archivo. Acepta {ACCEPTED}.")
    return OPEN_DOCUMENT[said]


def _member(archive, name: str) -> bytes:
    """A small member, whatever size it claims."""
    with archive.open(name) as stream:
        content = stream.read(LARGEST_TYPES + 1)
    if len(content) > LARGEST_TYPES:
        raise NotEvidence(DAMAGED)
    return content


def clean_name(name: str, kind: Kind) -> str:
    """The person's name for the file, without path or characters that deceive, and with an ending of its kind."""
    name = name.replace("\\", "/").rsplit("/", 1)[-1]
    name = " ".join("".join(c if c.isprintable() else " " for c in name if c not in '<>:"|?*').split())
    path = PurePath(name.lstrip(".") or "archivo")
    suffix = path.suffix.lower()
    stem, suffix = (path.stem, suffix) if suffix in kind.suffixes else (path.name, kind.suffixes[0])
    return f"{stem[: LONGEST_NAME - len(suffix)].rstrip()}{suffix}"
