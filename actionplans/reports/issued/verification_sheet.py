"""The last sheet of a workbook: its code, where it is verified, and the QR."""

from __future__ import annotations

from collections.abc import Iterator

from openpyxl import Workbook
from openpyxl.drawing.image import Image
from openpyxl.styles import Alignment, Font

from ..workbooks.book import Book
from ..workbooks.cells import put
from .verification import Mark

SHEET = "Verificación"
WIDTH = 100
PICTURE = "Código QR con la dirección donde se verifica este documento"
_EXPLAINED = (
    "Allí dice qué es este documento, quién lo emitió y cuándo, si los datos cambiaron después y la huella "
    "SHA-256 del archivo tal como salió del portal. Si usted lo guarda de nuevo, la huella de su copia será otra."
)


def write_verification(book: Book, mark: Mark | None) -> None:
    """The sheet, as the next one of the book, and the code below every printed sheet; nothing without a mark."""
    if mark is None:
        return
    page = book.sheet(SHEET, [WIDTH])
    for place, text in enumerate(_lines(mark)):
        page.write([(text, book.style(bold=not place, valign="top"))], height=30 if len(text) > WIDTH else 16)
    page.skip()
    page.worksheet.insert_image(page.row, 0, "qr.png", {"image_data": mark.png(), "description": PICTURE})
    book.print_below(mark.footer)


def add_verification(book: Workbook, mark: Mark | None) -> None:
    """The same in a workbook of openpyxl; a sheet of that name that was there gives way."""
    if mark is None:
        return
    if SHEET in book.sheetnames:
        del book[SHEET]
    worksheet = book.create_sheet(SHEET)
    worksheet.column_dimensions["A"].width = WIDTH
    row = 0
    for row, text in enumerate(_lines(mark), start=1):
        cell = worksheet.cell(row, 1)
        put(cell, text)
        cell.font = Font(name="Arial", size=9, bold=row == 1)
        cell.alignment = Alignment(horizontal="left", vertical="top", wrap_text=True)
    worksheet.add_image(Image(mark.png()), f"A{row + 2}")
    worksheet.sheet_properties.pageSetUpPr.fitToPage = True
    worksheet.page_setup.fitToHeight = 0
    for sheet in book.worksheets:
        _print_below(sheet, mark)


def _print_below(worksheet, mark: Mark) -> None:
    """The code below what the entity's own form prints there; its numbers of pages stay, or are added."""
    kinds = [worksheet.oddFooter]
    kinds += [worksheet.evenFooter] if worksheet.HeaderFooter.differentOddEven else []
    kinds += [worksheet.firstFooter] if worksheet.HeaderFooter.differentFirst else []
    for footer in kinds:
        own = footer.left.text
        said = f"Código de verificación {mark.code}\n{mark.address.replace('&', '&&')}"
        footer.left.text, footer.left.size = "\n".join(filter(None, [own, said])), 8
        if not any((footer.center.text, footer.right.text)):
            footer.right.text, footer.right.size = "Página &P de &N", 8


def _lines(mark: Mark) -> Iterator[str]:
    yield "Verificación de este documento"
    yield f"Código de verificación: {mark.code}"
    yield mark.words
    yield _EXPLAINED
