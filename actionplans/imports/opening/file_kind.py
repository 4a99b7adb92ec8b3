"""What a file really is, whatever its name says, and what to tell the person who sent it."""

import os
import zipfile
from io import BytesIO

MAX_FILE_BYTES = 25 * 1024 * 1024

SAVE_AS = "Ábralo en Excel o LibreOffice y guárdelo como libro de Excel (.xlsx)."
SAVE_AS_EITHER = "Ábralo en Excel o Word y guárdelo como libro de Excel (.xlsx) o documento de Word (.docx)."
DAMAGED = (
    "El archivo está dañado o incompleto y no se puede abrir. Ábralo en Excel o Word, guárdelo de nuevo como "
    ".xlsx o .docx y vuelva a cargarlo; si no abre, pida otra copia."
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Refused(Exception):
    """The file cannot be read. The message, in Spanish, says what happened and what to do."""


def read_bytes(source) -> bytes:
    """The content of a path or of an open binary file, within the size limit."""
    if hasattr(source, "read"):
        if hasattr(source, "seek"):
            source.seek(0)
        data = source.read(MAX_FILE_BYTES + 1)
    else:
        data = _read_path(os.fspath(source))
    if not data:
        raise Refused(
            "El archivo está vacío. Cargue el libro de Excel (.xlsx) o el documento de Word (.docx) con el plan."
        )
    if len(data) > MAX_FILE_BYTES:
        limit = MAX_FILE_BYTES // 1024 // 1024
        raise Refused(
            f"El archivo pesa más de {limit} MB. Quite imágenes u hojas que no sean del plan y reintente."
        )
    return data


def _read_path(path: str) -> bytes:
    name = os.path.basename(os.path.normpath(path))
    if os.path.isdir(path):
        raise Refused(f"«{name}» es una carpeta, no un archivo. Indique el libro de Excel (.xlsx).")
    if os.path.exists(path) and not os.path.isfile(path):
        raise Refused(f"«{name}» no es un archivo. Indique el libro de Excel (.xlsx).")
    try:
        with open(path, "rb") as file:
            return file.read(MAX_FILE_BYTES + 1)
    except FileNotFoundError:
        raise Refused(f"No existe el archivo «{name}». Revise el nombre y la carpeta.") from None
    except (OSError, ValueError):
        raise Refused(f"No se puede leer el archivo «{name}». Revise sus permisos.") from None


def is_document(data: bytes) -> bool:
    """Whether the file is a Word document (.docx), by what it holds."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return any(name.startswith("word/") for name in archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False


def refuse_other_kinds(data: bytes) -> None:
    """Refuse what is not a ZIP archive, naming what it is."""
    if data.startswith(_OLE):
        raise Refused(_ole_message(data))
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return
    if zipfile.is_zipfile(BytesIO(data)):
        raise Refused(DAMAGED)
    raise Refused(_plain_message(data))


def _ole_message(data: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data or "EncryptionInfo".encode("utf-16-le") in data:
        return (
            "El archivo está protegido con contraseña. Quite la contraseña en Excel, guárdelo y vuelva a cargarlo."
        )
    if "WordDocument\0".encode("utf-16-le") in data:
        return "El archivo es de Word antiguo (.doc). Ábralo en Word o LibreOffice y guárdelo como .docx."
    if any(f"{name}\0".encode("utf-16-le") in data for name in ("Workbook", "Book")):
        return f"El archivo es de Excel antiguo (.xls), aunque tenga otro nombre. {SAVE_AS}"
    return f"El archivo es de un formato antiguo de Office y no un libro .xlsx. {SAVE_AS}"


def _plain_message(data: bytes) -> str:
    start = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"%pdf"):
        return "El archivo es un PDF. Cargue el libro de Excel (.xlsx) del que se imprimió."
    if start.startswith((b"<!doctype html", b"<html")) or b"<table" in start:
        return f"El archivo es una página web (HTML) con otro nombre. {SAVE_AS}"
    if start.startswith(b"<?xml"):
        return f"El archivo es XML y no un libro .xlsx. {SAVE_AS}"
    if b"\0" not in data[:4096]:
        return f"El archivo es texto (por ejemplo CSV) y no un libro .xlsx ni un documento .docx. {SAVE_AS_EITHER}"
    return f"El archivo no es un libro de Excel (.xlsx). {SAVE_AS}"


def refuse_other_archives(archive: zipfile.ZipFile) -> None:
    """Refuse archives that hold no .xlsx workbook, naming what they hold."""
    names = set(archive.namelist())
    if "mimetype" in names and "content.xml" in names:
        raise Refused(f"El archivo es de LibreOffice u OpenDocument (.ods), aunque tenga otro nombre. {SAVE_AS}")
    if any(name.startswith("ppt/") for name in names):
        raise Refused("El archivo es una presentación. Cargue el plan como libro de Excel (.xlsx).")
    if "xl/workbook.bin" in names:
        raise Refused(f"El archivo es un libro binario de Excel (.xlsb). {SAVE_AS}")
    if "[Content_Types].xml" not in names:
        raise Refused(f"El archivo es un archivo comprimido (ZIP) y no un libro .xlsx. {SAVE_AS}")
