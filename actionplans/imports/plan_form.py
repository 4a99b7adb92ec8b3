"""Read an action plan from a workbook: the form MESG-AS-F17 or any table that says the same things."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from actionplans.imports import data_merge, data_sheet
from actionplans.imports.activities import ActivityReader
from actionplans.imports.cell_texts import cell_problems
from actionplans.imports.data_sheet import DataSheet
from actionplans.imports.dates import parse_date
from actionplans.imports.deadline import NEVER, Deadline
from actionplans.imports.file_kind import Refused, read_bytes
from actionplans.imports.fiscal_year import FIRST, LAST
from actionplans.imports.grid import Sheet, address
from actionplans.imports.header import Header
from actionplans.imports.layout import layout_of
from actionplans.imports.metadata import Metadata
from actionplans.imports.offices import OfficeName
from actionplans.imports.parsed import FormIdentity, ParsedActivity, ParsedPlan, Problem, Reading
from actionplans.imports.people import People
from actionplans.imports.tables import Table, choice_problems, tables_of
from actionplans.imports.workbook import open_workbook

NO_PLAN = (
    "El archivo no parece un plan de acción: en las primeras 40 filas de ninguna hoja se encontraron sus "
    "encabezados. Se espera una fila con ACTIVIDADES y otras columnas como RESPONSABLES, MES (1 a 12), PRODUCTOS, "
    "INDICADOR o PLAZO."
)
NO_YEAR = "El archivo no dice la vigencia del plan. Indíquela (por ejemplo, 2025)."
NO_MONTH = (
    "Ningún mes está marcado: el plan queda sin programación. Si el archivo la tiene, marque los meses con X "
    "o con un color."
)

MOST_PROBLEMS = 500


def read_plan(
    path_or_file, *, year: int | None = None, sheet: str | None = None, offices: Sequence[OfficeName] = ()
) -> Reading:
    """What the workbook says, with all its problems at once; a file that is refused is one error.

    `year` is the vigencia when the file does not say it (it wins over the file's); `sheet` forces a sheet by name;
    `offices` are those of the entity. Nothing is raised for whatever the file may hold.
    """
    deadline = Deadline()
    digest = None
    try:
        data = read_bytes(path_or_file)
        digest = hashlib.sha256(data).hexdigest()
        reading = _read_sheets(open_workbook(data, deadline), year, sheet, offices, deadline)
    except Refused as refusal:
        reading = Reading(problems=(_error(str(refusal)),))
    return replace(reading, file_digest=digest)


def _read_sheets(
    sheets: list[Sheet], year: int | None, sheet: str | None, offices: Sequence[OfficeName], deadline: Deadline
) -> Reading:
    if sheet is not None and sheet.strip() not in {known.name.strip() for known in sheets}:
        names = ", ".join(f"«{known.name}»" for known in sheets)
        return Reading(problems=(_error(f"El libro no tiene una hoja «{sheet}». Sus hojas son: {names}."),))
    sheets, data = data_sheet.set_apart(sheets)
    wanted = [known for known in sheets if sheet is None or known.name.strip() == sheet.strip()]
    tables = tables_of(wanted, year, deadline)
    if not tables:
        return Reading(sheet=sheet, problems=(_error(NO_PLAN, sheet=sheet),))
    reading = _read_table(tables[0], year, offices, data, deadline)
    return reading.with_problems(choice_problems(tables, year))


def _read_table(
    table: Table,
    year: int | None,
    offices: Sequence[OfficeName],
    data: DataSheet | None = None,
    deadline: Deadline = NEVER,
) -> Reading:
    header, metadata = table.header, table.metadata
    stated = table.stated_year or (data and data.year)
    problems = _year_problems(year, stated, metadata, header.sheet)
    year = year or stated
    people = People(offices, deadline)
    activities, unclear = _activities(table, year, people, deadline)
    found = [*problems, *cell_problems(header.sheet), *table.misplaced, *unclear, *_whole(header, activities)]
    # A form whose blocks have different columns is not filled again: one layout would not fit them all.
    layout = layout_of(header, table.groups, activities, metadata) if len(table.parts) == 1 else None
    reading = Reading(
        sheet=header.sheet.name,
        form=_form(metadata),
        year=year,
        plan=_plan(metadata, people),
        activities=activities,
        problems=_listed(found, header.sheet.name),
        layout=layout,
    )
    kinds = {column.meaning.kind for column in header.columns}
    return data_merge.complete(reading, data, kinds, offices) if data else reading


def _listed(problems: list[Problem], sheet: str) -> tuple[Problem, ...]:
    """All of them, errors first where they are more than a person would read."""
    if len(problems) <= MOST_PROBLEMS:
        return tuple(problems)
    left = len(problems) - MOST_PROBLEMS
    first = sorted(problems, key=lambda problem: problem.severity != "error")[:MOST_PROBLEMS]
    message = f"Hay {left} avisos más de la misma clase. Corrija los primeros y vuelva a cargar el archivo."
    return (*first, Problem(severity="warning", sheet=sheet, message=message))


def _activities(
    table: Table, year: int | None, people: People, deadline: Deadline
) -> tuple[tuple[ParsedActivity, ...], list[Problem]]:
    """The activities of all the blocks, each read with its own columns, and what was not understood."""
    found: list[ParsedActivity] = []
    problems: list[Problem] = []
    questioned: set[str] = set()
    for block, groups in table.parts:
        by_component = block.header.one("component") is not None or any(group.component for group in groups)
        rows = [row for group in groups for row in group.rows]
        reader = ActivityReader(block.header, year, people, rows, questioned)
        for group in groups:
            deadline.check()
            found.extend(reader.read(group, by_component=by_component))
        problems += [*reader.problems, *reader.schedule.problems]
    return _numbered(_scaled(found)), problems


def _numbered(activities: list[ParsedActivity]) -> tuple[ParsedActivity, ...]:
    return tuple(replace(activity, number=position) for position, activity in enumerate(activities, start=1))


def _scaled(activities: list[ParsedActivity]) -> list[ParsedActivity]:
    """Weights typed as fractions of one, in the whole plan or in each component, become percentages."""
    weights = [activity.weight for activity in activities if activity.weight is not None]
    groups: dict[str | None, Decimal] = {}
    for activity in activities:
        groups[activity.component] = groups.get(activity.component, Decimal(0)) + (activity.weight or 0)
    fractions = weights and all(0 <= weight <= 1 for weight in weights)
    if not fractions or not (_about_one(sum(weights)) or all(map(_about_one, groups.values()))):
        return activities
    return [a if a.weight is None else replace(a, weight=a.weight * 100) for a in activities]


def _about_one(total: Decimal) -> bool:
    return abs(total - 1) <= Decimal("0.02")


def _year_problems(year: int | None, stated: int | None, metadata: Metadata, sheet: Sheet) -> list[Problem]:
    if year is not None and not FIRST <= year <= LAST:
        return [_error(f"La vigencia {year} no es válida: indique un año entre {FIRST} y {LAST}.")]
    if year is None and stated is None:
        return [_error(NO_YEAR, sheet=sheet.name)]
    if year is not None and stated is not None and year != stated:
        message = f"El archivo dice vigencia {stated} y se indicó {year}: se tomó {year}."
        return [Problem(severity="warning", sheet=sheet.name, cell=metadata.cells.get("year"), message=message)]
    return []


def _whole(header: Header, activities: tuple[ParsedActivity, ...]) -> list[Problem]:
    """What can only be said of the plan as a whole."""
    sheet = header.sheet.name
    if not activities:
        where = address(header.bottom + 1, header.one("activity").index)
        message = "Hay encabezados de plan de acción, pero ninguna actividad debajo. Escriba al menos una."
        return [Problem(severity="error", sheet=sheet, cell=where, message=message)]
    if any(activity.months for activity in activities):
        return []
    column = next(iter(header.all("months")), None)
    where = address(header.bottom, column.index) if column else None
    return [Problem(severity="warning", sheet=sheet, cell=where, message=NO_MONTH)]


def _form(metadata: Metadata) -> FormIdentity:
    return FormIdentity(
        code=metadata.texts.get("code"),
        version=metadata.texts.get("version"),
        approval_date=parse_date(metadata.values.get("approval_date")),
    )


def _plan(metadata: Metadata, people: People) -> ParsedPlan:
    texts = {
        name: metadata.texts.get(name, "") for name in ("process", "subprocess", "objective", "scope", "policy")
    }
    return ParsedPlan(
        **texts,
        title=metadata.title,
        formulating_office=people.person(metadata.texts.get("formulating_office", "")),
        date=parse_date(metadata.values.get("date")),
        participants=tuple(people.named_in(metadata.texts.get("participants", ""))),
    )


def _error(message: str, *, sheet: str | None = None) -> Problem:
    return Problem(severity="error", sheet=sheet, message=message)
