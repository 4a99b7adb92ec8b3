"""From a table of a sheet, its headings understood, to all that the plan says and all that is wrong with it."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from actionplans.imports.opening.deadline import NEVER, Deadline
from actionplans.imports.opening.grid import Sheet, address, position
from actionplans.imports.reading import data_merge
from actionplans.imports.reading.activities import ActivityReader
from actionplans.imports.reading.cell_texts import cell_problems
from actionplans.imports.reading.column_report import missing_columns, read_columns
from actionplans.imports.reading.corrections import NOTHING, Corrections, offices_by_text
from actionplans.imports.reading.data_sheet import DataSheet
from actionplans.imports.reading.dates import parse_date
from actionplans.imports.reading.fiscal_year import FIRST, LAST
from actionplans.imports.reading.header import Header
from actionplans.imports.reading.layout import layout_of
from actionplans.imports.reading.metadata import Metadata
from actionplans.imports.reading.offices import OfficeName
from actionplans.imports.reading.parsed import FormIdentity, ParsedActivity, ParsedPlan, Problem, Reading
from actionplans.imports.reading.people import People
from actionplans.imports.reading.tables import Table

NO_YEAR = "El archivo no dice la vigencia del plan. Indíquela (por ejemplo, 2025)."
NO_MONTH = (
    "Ningún mes está marcado: el plan queda sin programación. Si el archivo la tiene, marque los meses con X "
    "o con un color."
)
NO_ACTIVITY_COLUMN = "Ninguna columna dice las actividades. Indique cuál es en la correspondencia de columnas."

MOST_PROBLEMS = 500


def read_table(
    table: Table,
    year: int | None,
    offices: Sequence[OfficeName],
    data: DataSheet | None = None,
    deadline: Deadline = NEVER,
    corrections: Corrections = NOTHING,
) -> Reading:
    """The plan of one table. `data` completes what the table has no columns for; `year` wins over the file's."""
    header, metadata = table.header, table.metadata
    if not table.parts:
        problem = _error(NO_ACTIVITY_COLUMN, sheet=header.sheet.name)
        return Reading(sheet=header.sheet.name, problems=(problem,), columns=read_columns(header))
    stated = table.stated_year or (data and data.year)
    problems = _year_problems(year, stated, metadata, header.sheet)
    year = year or stated
    people = People(offices, deadline, offices_by_text(corrections.offices))
    activities, unclear, named_at = _activities(table, year, people, deadline)
    kinds = {column.meaning.kind for block, _ in table.parts for column in block.header.columns}
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
        columns=read_columns(header),
        missing=missing_columns(header.sheet.name, kinds) if data is None else (),
        named_at={text: tuple(cells) for text, cells in named_at.items()},
    )
    if data:
        kinds = {column.meaning.kind for column in header.columns}
        reading = data_merge.complete(reading, data, kinds, people)
    return _placed(reading, header.sheet)


def _placed(reading: Reading, sheet: Sheet) -> Reading:
    """Each problem with its row and column; the places by the names that the source has for them."""
    problems = tuple(replace(p, at=position(p.cell)) if p.cell else p for p in reading.problems)
    reading = replace(reading, problems=problems)
    if not sheet.row_names:
        return reading

    def named(cell: str | None) -> str | None:
        return sheet.place(*position(cell)) if cell else None

    return replace(
        reading,
        problems=tuple(replace(problem, cell=named(problem.cell)) for problem in problems),
        activities=tuple(replace(activity, cell=named(activity.cell)) for activity in reading.activities),
        named_at={text: tuple(map(named, cells)) for text, cells in reading.named_at.items()},
        layout=None,
    )


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
) -> tuple[tuple[ParsedActivity, ...], list[Problem], dict[str, list[str]]]:
    """The activities of all the blocks, each read with its own columns, what was not understood, and the cells
    of each office that is not certain.
    """
    found: list[ParsedActivity] = []
    problems: list[Problem] = []
    questioned: set[str] = set()
    named_at: dict[str, list[str]] = {}
    for block, groups in table.parts:
        by_component = block.header.one("component") is not None or any(group.component for group in groups)
        rows = [row for group in groups for row in group.rows]
        reader = ActivityReader(block.header, year, people, rows, questioned)
        for group in groups:
            deadline.check()
            found.extend(reader.read(group, by_component=by_component, first=len(found) + 1))
        problems += [*reader.problems, *reader.schedule.problems]
        for text, cells in reader.named_at.items():
            named_at.setdefault(text, []).extend(cells)
    return tuple(_scaled(found)), problems, named_at


def _scaled(activities: list[ParsedActivity]) -> list[ParsedActivity]:
    """Weights typed as fractions of one, in the whole plan or in each component, become percentages."""
    weights = [activity.weight for activity in activities if activity.weight is not None]
    if not weights:
        return activities
    groups: dict[str | None, Decimal] = {}
    for activity in activities:
        groups[activity.component] = groups.get(activity.component, Decimal(0)) + (activity.weight or 0)
    fractions = all(0 <= weight <= 1 for weight in weights)
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
    where = address(max(1, header.bottom), column.index) if column else None
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
