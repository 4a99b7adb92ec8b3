"""The entity's own workbook filled again: its rows' styles copied down, its own way of marking months."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from io import BytesIO

from openpyxl import load_workbook
from openpyxl.styles import Alignment, Font

from actionplans.imports import read_plan

from ..issued.verification import Mark
from ..issued.verification_sheet import add_verification
from ..workbooks.cells import put
from .data_sheet import add_data_sheet
from .sheet import OwnForm, PlanSheet
from .template_facts import write_facts
from .template_rows import RowsWriter


class CannotCarry(Exception):
    """The layout has no place for what the plan says; the message, in Spanish, says why."""


def render(sheet: PlanSheet, form: OwnForm, mark: Mark | None = None) -> bytes:
    """A filled copy of the sheet that the plan was read from, «Datos», and how it is verified.

    The copy is read again before it is handed over: one that would say another plan raises CannotCarry.
    Other sheets, comments and formulas do not go out; formulas leave the value that they had.
    """
    if form.layout["shares_rows"]:
        raise CannotCarry("En el formato de la entidad varias actividades comparten una celda.")
    try:
        content = _filled(sheet, form, mark)
    except Exception as error:
        # openpyxl lets any kind of error through on the many parts that a stranger's workbook may have.
        raise CannotCarry("El libro de la entidad no se pudo llenar de nuevo.") from error
    difference = next(_differences(sheet, read_plan(BytesIO(content), year=sheet.year)), None)
    if difference:
        raise CannotCarry(f"El formato de la entidad no da para lo que dice el plan ({difference}).")
    return content


def _filled(sheet: PlanSheet, form: OwnForm, mark: Mark | None) -> bytes:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # extensions that openpyxl drops
        book = load_workbook(BytesIO(form.content), data_only=True, rich_text=True, keep_links=False)
    worksheet = book[form.layout["sheet"]]
    for other in [other for other in book.sheetnames if other != worksheet.title]:
        del book[other]
    book.defined_names.clear()
    worksheet.sheet_state = "visible"
    for cell in list(worksheet._cells.values()):
        if cell.has_style or cell.value is not None:
            _drop_remarks(cell)
    write_facts(worksheet, sheet, form.layout["fields"])
    RowsWriter(worksheet, form.layout).write(sheet)
    _write_notice(worksheet, sheet.letterhead.notice)
    kinds = {column["kind"] for column in form.layout["columns"]}
    add_data_sheet(book, sheet, kinds)
    add_verification(book, mark)
    return _saved(book, sheet)


def _write_notice(worksheet, notice: str) -> None:
    """What the reader must know, beside the head of the entity's form and on every sheet of paper."""
    if not notice:
        return
    column = worksheet.max_column + 2
    for number, line in enumerate(notice.splitlines(), start=1):
        cell = worksheet.cell(number, column)
        put(cell, line)
        cell.font, cell.alignment = Font(name="Arial", size=9, bold=True), Alignment(wrap_text=False)
    worksheet.oddHeader.center.text = notice.replace("&", "&&")


def _saved(book, sheet: PlanSheet) -> bytes:
    """The workbook as a file that names the plan and its entity, and nobody else."""
    book.properties.title = f"{sheet.title} {sheet.year}"
    book.properties.creator = book.properties.lastModifiedBy = sheet.entity
    book.properties.language = "es-CO"
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _drop_remarks(cell) -> None:
    if getattr(cell, "comment", None):
        cell.comment = None


def _differences(sheet: PlanSheet, reading) -> Iterator[str]:
    """What the copy would say otherwise, by name."""
    if not reading.ok:
        yield "no se deja leer de nuevo"
    if len(reading.activities) != len(sheet.activities):
        yield "número de actividades"
    for read, activity in zip(reading.activities, sheet.activities, strict=False):
        said = {
            "descripciones": (_words(read.description), _words(activity.description)),
            "componentes": (_words(read.component), _words(activity.component)),
            "meses": (read.months, activity.months),
            "tareas": (_words(" ".join(read.tasks)), _words(" ".join(activity.tasks))),
            "productos": (_words(read.deliverable), _words(activity.deliverable)),
            "ponderación": (read.weight, activity.weight),
            "presupuesto": (read.budget, activity.budget),
        }
        yield from (name for name, (one, other) in said.items() if one != other)


def _words(text: str | None) -> list[str]:
    return (text or "").split()
