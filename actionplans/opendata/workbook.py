"""All the tables of a year in one workbook, for people: how to read it, a sheet for each table, the dictionary."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.utils import timezone

from actionplans.reports.issued.verification import Mark
from actionplans.reports.issued.verification_sheet import write_verification
from actionplans.reports.workbooks.book import Book, RowSheet
from planning.content import changed_at
from planning.models import Entity

from .about import citation
from .book_values import BookValues
from .columns import address
from .dictionary import KINDS, meaning
from .licences import licence_of
from .table import Field, Row, Table, Value
from .tables import TABLES

READ_ME, DICTIONARY = "Léame", "Diccionario"
WIDTHS = {"integer": 12, "number": 14, "boolean": 12, "date": 13, "datetime": 18, "year": 10, "string": 26}
MOST_ROWS = 1_048_576
"""Of a sheet; what is more goes on in another one."""
HEADING = {"bold": True, "bg_color": "#D9E2F3", "valign": "top"}


def write_book(
    target: Path, entity: Entity, year: int, mark: Mark | None = None, values: BookValues | None = None
) -> None:
    """Written row by row: what is in memory does not grow with the tables. The rows are taken from `values`."""
    values = values or BookValues(entity, year)
    title = f"Datos abiertos de planeación, {entity.name}, vigencia {year}"
    with Book(target, title=title, author=entity.name) as book:
        _read_me(book, entity, year)
        for table in TABLES.values():
            _write_table(book, table, values.rows(table))
        _dictionary(book)
        write_verification(book, mark)


def _read_me(book: Book, entity: Entity, year: int) -> None:
    page = book.sheet(READ_ME, [28, 100])
    page.write([(f"Datos abiertos de planeación: {entity.name}", book.style(bold=True, font_size=13))], height=22)
    bold, plain = book.style(bold=True, valign="top"), book.style(valign="top")
    for label, said in _facts(entity, year):
        page.write([(label, bold), (said, plain)], height=15 * (1 + len(said) // 110))
    page.skip()
    page.write([("Hoja", book.style(**HEADING)), ("Qué trae", book.style(**HEADING))])
    for table in TABLES.values():
        page.link(0, table.name, table.name, plain)
        told = f"{table.title}. {table.description}"
        page.write([None, (told, plain)], height=15 * (1 + len(told) // 110))


def _facts(entity: Entity, year: int) -> Iterator[tuple[str, str]]:
    licence, moment = licence_of(entity), changed_at(entity)
    yield "Vigencia", str(year)
    if moment:
        yield "Actualizados", f"{timezone.localtime(moment):%d/%m/%Y %H:%M}"
    yield "Licencia", f"{licence.title} ({licence.path})"
    yield "Cómo citarlos", citation(entity, year, moment)
    yield "De dónde salen", address("open_data", entity.slug)
    yield "Celdas vacías", "El plan o el reporte no lo dice. Nunca es un cero."
    yield "Porcentajes", "De 0 a 100. «63,33» es 63,33 %."
    if entity.example_notice:
        yield "Aviso", entity.example_notice


def _write_table(book: Book, table: Table, rows: Iterable[Row]) -> None:
    page, number = _new_sheet(book, table, 1), 1
    plain = book.style(valign="top", text_wrap=False)
    for row in rows:
        if page.row == MOST_ROWS:
            number += 1
            page = _new_sheet(book, table, number)
        page.write_sparsely(map(_cell, row), plain)


def _new_sheet(book: Book, table: Table, number: int) -> RowSheet:
    name = table.name if number == 1 else f"{table.name} ({number})"
    page = book.sheet(name, [WIDTHS[field.kind] for field in table.fields], fits=False)
    page.worksheet.freeze_panes(1, 0)
    page.write([(field.title, book.style(**HEADING)) for field in table.fields], height=30)
    return page


def _cell(value: Value):
    """As people read it: yes and no in words, moments by the portal's clock."""
    if isinstance(value, bool):
        return "Sí" if value else "No"
    if isinstance(value, datetime.datetime):
        return timezone.localtime(value).replace(tzinfo=None)
    return value


def _dictionary(book: Book) -> None:
    page = book.sheet(DICTIONARY, [24, 30, 30, 16, 90, 30])
    heading = book.style(**HEADING)
    page.write(
        [(text, heading) for text in ("Hoja", "Columna", "Campo en CSV y JSON", "Tipo", "Qué es", "Ejemplo")]
    )
    page.worksheet.freeze_panes(1, 0)
    plain = book.style(valign="top")
    for table, field in _fields(TABLES.values()):
        said = meaning(field)
        cells = (table.name, field.title, field.name, KINDS[field.kind], said, field.example)
        page.write([(text, plain) for text in cells], height=15 * (1 + len(said) // 90))


def _fields(tables: Iterable[Table]) -> Iterator[tuple[Table, Field]]:
    return ((table, field) for table in tables for field in table.fields)
