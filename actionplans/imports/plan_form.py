"""Read an action plan from a workbook: the form MESG-AS-F17 or any table that says the same things."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from actionplans.imports.activities import ActivityReader
from actionplans.imports.dates import parse_date
from actionplans.imports.file_kind import Refused
from actionplans.imports.fiscal_year import FIRST, LAST, stated_year
from actionplans.imports.grid import Sheet, address
from actionplans.imports.header import Header, find_header
from actionplans.imports.metadata import Metadata, read_metadata
from actionplans.imports.offices import OfficeName
from actionplans.imports.parsed import FormIdentity, ParsedActivity, ParsedPlan, Problem, Reading
from actionplans.imports.rows import Group, activity_groups
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
    try:
        sheets = open_workbook(path_or_file)
    except Refused as refusal:
        return Reading(problems=(_error(str(refusal)),))
    if sheet is not None and sheet.strip() not in {known.name.strip() for known in sheets}:
        names = ", ".join(f"«{known.name}»" for known in sheets)
        return Reading(problems=(_error(f"El libro no tiene una hoja «{sheet}». Sus hojas son: {names}."),))
    wanted = [known for known in sheets if sheet is None or known.name.strip() == sheet.strip()]
    tables = _tables(wanted)
    if not tables:
        return Reading(sheet=sheet, problems=(_error(NO_PLAN, sheet=sheet),))
    return _read_table(tables[0], year, offices).with_problems(_left_out(tables))


@dataclass(frozen=True)
class _Table:
    """A header with the rows of each activity under it."""

    header: Header
    groups: list[Group]
    misplaced: list[Problem]

    @property
    def name(self) -> str:
        return self.header.sheet.name


def _tables(sheets: list[Sheet]) -> list[_Table]:
    """The tables of plans, best first; of hidden sheets only when no visible one has any."""
    for hidden in (False, True):
        headers = [header for s in sheets if s.hidden is hidden and (header := find_header(s))]
        tables = [_Table(header, *activity_groups(header)) for header in headers]
        if tables:
            return sorted(tables, key=lambda t: (bool(t.groups), round(t.header.score)), reverse=True)
    return []


def _left_out(tables: list[_Table]) -> list[Problem]:
    read, *others = tables
    names = ", ".join(f"«{table.name}»" for table in others if table.groups)
    if not names:
        return []
    message = f"Se leyó la hoja «{read.name}». También parecen planes: {names}; para leer otra, indique la hoja."
    return [Problem(severity="warning", sheet=read.name, message=message)]


def _read_table(table: _Table, year: int | None, offices: Sequence[OfficeName]) -> Reading:
    header = table.header
    metadata = read_metadata(header.sheet, header.top)
    stated = stated_year(header.sheet.name, header, metadata)
    problems = _year_problems(year, stated, metadata, header.sheet)
    year = year or stated
    reader = ActivityReader(header, year, offices)
    plan = _plan(metadata, reader)
    activities = _numbered(_activities(header, reader, table.groups))
    found = [*problems, *table.misplaced, *reader.problems, *reader.schedule.problems, *_whole(header, activities)]
    return Reading(
        sheet=header.sheet.name,
        form=_form(metadata),
        year=year,
        plan=plan,
        activities=activities,
        problems=_listed(found, header.sheet.name),
    )


def _listed(problems: list[Problem], sheet: str) -> tuple[Problem, ...]:
    """All of them, errors first where they are more than a person would read."""
    if len(problems) <= MOST_PROBLEMS:
        return tuple(problems)
    left = len(problems) - MOST_PROBLEMS
    first = sorted(problems, key=lambda problem: problem.severity != "error")[:MOST_PROBLEMS]
    message = f"Hay {left} avisos más de la misma clase. Corrija los primeros y vuelva a cargar el archivo."
    return (*first, Problem(severity="warning", sheet=sheet, message=message))


def _activities(header: Header, reader: ActivityReader, groups: list[Group]) -> list[ParsedActivity]:
    by_component = header.one("component") is not None or any(group.component for group in groups)
    return _scaled([activity for group in groups for activity in reader.read(group, by_component=by_component)])


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


def _plan(metadata: Metadata, reader: ActivityReader) -> ParsedPlan:
    texts = {
        name: metadata.texts.get(name, "") for name in ("process", "subprocess", "objective", "scope", "policy")
    }
    return ParsedPlan(
        **texts,
        title=metadata.title,
        formulating_office=reader.person(metadata.texts.get("formulating_office", "")),
        date=parse_date(metadata.values.get("date")),
        participants=tuple(reader.people(metadata.texts.get("participants", ""))),
    )


def _error(message: str, *, sheet: str | None = None) -> Problem:
    return Problem(severity="error", sheet=sheet, message=message)
