"""Read an action plan from a file: the form MESG-AS-F17 or any table that says the same things."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from actionplans.collector import paused_collector
from actionplans.imports.opening.deadline import Deadline
from actionplans.imports.opening.file_kind import Refused, is_document, read_bytes
from actionplans.imports.opening.grid import Sheet
from actionplans.imports.opening.word import open_document
from actionplans.imports.opening.workbook import open_workbook
from actionplans.imports.reading import data_sheet
from actionplans.imports.reading.column_report import read_columns
from actionplans.imports.reading.corrections import NOTHING, Corrections
from actionplans.imports.reading.guess import guess_header
from actionplans.imports.reading.offices import OfficeName
from actionplans.imports.reading.parsed import Problem, Reading
from actionplans.imports.reading.table_reading import read_table
from actionplans.imports.reading.tables import (
    choice_problems,
    corrected_table,
    sheets_with_tables,
    table_of,
    tables_of,
)

NO_PLAN = (
    "El archivo no parece un plan de acción: en las primeras 40 filas de ninguna hoja o tabla se encontraron sus "
    "encabezados. Se espera una fila con ACTIVIDADES y otras columnas como RESPONSABLES, MES (1 a 12), PRODUCTOS, "
    "INDICADOR o PLAZO."
)


def read_plan(
    path_or_file,
    *,
    year: int | None = None,
    sheet: str | None = None,
    offices: Sequence[OfficeName] = (),
    corrections: Corrections = NOTHING,
) -> Reading:
    """What the file says, with all its problems at once; a file that is refused is one error.

    `year` is the vigencia when the file does not say it (it wins over the file's); `sheet` forces a sheet by name;
    `offices` are those of the entity; `corrections` is what a person changes in an earlier reading of the same
    bytes and of the same sheet. Nothing is raised for whatever the file may hold.
    """
    deadline = Deadline()
    digest = None
    try:
        data = read_bytes(path_or_file)
        digest = hashlib.sha256(data).hexdigest()
        with paused_collector():
            sheets = open_document(data, deadline) if is_document(data) else open_workbook(data, deadline)
            reading = read_sheets(sheets, year, sheet, offices, deadline, corrections)
    except Refused as refusal:
        reading = Reading(problems=(_error(str(refusal)),))
    return replace(reading, file_digest=digest)


def read_sheets(
    sheets: list[Sheet],
    year: int | None,
    sheet: str | None,
    offices: Sequence[OfficeName],
    deadline: Deadline,
    corrections: Corrections = NOTHING,
) -> Reading:
    """What the sheet that is a plan says; which one that is, the corrections do not change."""
    if sheet is not None and sheet.strip() not in {known.name.strip() for known in sheets}:
        names = ", ".join(f"«{known.name}»" for known in sheets)
        message = f"El archivo no tiene una hoja «{sheet}». Sus hojas son: {names}."
        return Reading(problems=(_error(message),), sheets=tuple(sheets_with_tables(sheets, deadline)))
    sheets, data = data_sheet.set_apart(sheets)
    wanted = [known for known in sheets if sheet is None or known.name.strip() == sheet.strip()]
    tables = tables_of(wanted, year, deadline)
    if tables:
        table = corrected_table(tables[0], corrections, deadline)
        reading = read_table(table, year, offices, data, deadline, corrections)
        reading = reading.with_problems(choice_problems(tables, year))
    else:
        reading = _read_without_headings(wanted, year, offices, deadline, corrections)
    others = sheets_with_tables([known for known in sheets if known.name != reading.sheet], deadline)
    return replace(reading, sheets=tuple(others))


def _read_without_headings(
    sheets: Sequence[Sheet],
    year: int | None,
    offices: Sequence[OfficeName],
    deadline: Deadline,
    corrections: Corrections,
) -> Reading:
    """A table whose headings say no plan is read once a person has corrected what its columns are taken for."""
    guessed = guess_header(sheets, offices)
    name = sheets[0].name if len(sheets) == 1 else None
    if guessed is None:
        return Reading(sheet=name, problems=(_error(NO_PLAN, sheet=name),))
    if corrections.columns:
        table = corrected_table(table_of(guessed, deadline), corrections, deadline)
        return read_table(table, year, offices, None, deadline, corrections)
    problem = _error(NO_PLAN, sheet=name)
    return Reading(sheet=guessed.sheet.name, problems=(problem,), columns=read_columns(guessed))


def _error(message: str, *, sheet: str | None = None) -> Problem:
    return Problem(severity="error", sheet=sheet, message=message)
