"""What a form has no column for, as plain tables: the sheet «Datos» and the annex of the PDF."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from actionplans.imports.reading.data_sheet import (
    ACTIVITIES,
    ACTIVITY,
    CLOSINGS,
    COMPONENT,
    COMPONENTS,
    CUT,
    FACT_HEADINGS,
    FACTS,
    INDICATOR,
    MOST_INDICATORS,
    OBJECTIVE,
    OBJECTIVES,
    PLAN,
    SECTION,
    SECTIONS,
    indicator_heading,
)
from actionplans.progress.numbers import rounded

from .sheet import ActivityLine, ComponentLine, PlanSheet, PlanTotal

LONGEST_CELL = 32_000
"""Characters; a spreadsheet's cell holds 32,767."""

BUILT_IN_KINDS = frozenset(
    ["number", "activity", "task", "months", "deliverable", "formula", "result", "responsible", "followup"]
)
"""The kinds of columns that MESG-AS-F17 has."""

_CARRIED_BY = {
    "tasks": ("task",),
    "months": ("months", "schedule", "start", "end"),
    "schedule_text": ("schedule",),
    "deliverable": ("deliverable",),
    "weight": ("weight",),
    "budget": ("budget",),
}
NOTICE = "Aviso"
TOTALS = "TOTALES DE LOS CIERRES"
TOTAL = {
    "period": "Periodo",
    "closing": "Cierre n.º",
    "closed_on": "Cerrado el",
    "counts": "Es el que cuenta",
    "name": "De qué es",
    "weight": "Peso (%)",
    "programmed": "Programado (%)",
    "executed": "Ejecutado (%)",
    "to_date": "Cumplimiento a la fecha (%)",
    "of_period": "Cumplimiento del periodo (%)",
    "state": "Estado",
    "light": "Semáforo",
    "counted": "Actividades que entran",
    "activities": "Actividades",
    "rule": "Regla",
}
SHARES = ("programmed", "executed", "to_date", "of_period")
SHOWN_DECIMALS = 2
"""As pages, the PDF and the CSV say them."""
_ALWAYS = ("key", "number", "description")
_EMPTY = (None, "")


@dataclass(frozen=True)
class DataTable:
    """Rows are made one by one, when they are asked for: `columns` take each value out of a line.

    Without `columns`, the lines are the rows.
    """

    title: str
    headings: tuple[str, ...]
    lines: Sequence[Any]
    columns: tuple[Callable[[Any], Any], ...] = ()

    @property
    def rows(self) -> Iterator[tuple[Any, ...]]:
        if not self.columns:
            return iter(self.lines)
        return (tuple([column(line) for column in self.columns]) for line in self.lines)


def data_tables(sheet: PlanSheet, kinds: Collection[str], *, note: str = "") -> list[DataTable]:
    """The tables that have rows; `kinds` are those of the form's columns, `note` a remark on the form itself."""
    carried = {name for name, columns in _CARRIED_BY.items() if set(columns) & set(kinds)}
    of_activities = {ACTIVITY[name]: ACTIVITY_COLUMNS[name] for name in ACTIVITY if name not in carried}
    of_components = {COMPONENT[name]: attrgetter(name) for name in COMPONENT}
    tables = [
        DataTable(PLAN, FACT_HEADINGS, tuple(plan_facts(sheet, note))),
        DataTable(OBJECTIVES, tuple(OBJECTIVE.values()), sheet.objectives),
        DataTable(SECTIONS, tuple(SECTION.values()), tuple(_sections(sheet.sections))),
        _table(COMPONENTS, of_components, (COMPONENT["name"],), sheet.components, sheet.period),
        _table(ACTIVITIES, of_activities, [ACTIVITY[name] for name in _ALWAYS], sheet.activities, sheet.period),
        DataTable(TOTALS, tuple(TOTAL.values()), tuple(map(total_row, sheet.totals))),
        DataTable(CLOSINGS, CUT_HEADINGS, tuple(cut_rows(sheet))),
    ]
    return [table for table in tables if table.lines]


def plan_facts(sheet: PlanSheet, note: str = "") -> list[tuple[str, Any]]:
    """Label and value of what is said of the plan as a whole; what is not known is left out."""
    head = sheet.letterhead
    said = {
        "title": sheet.title,
        "year": sheet.year,
        "code": head.code,
        "version": head.version,
        "approval_date": head.approval_date,
        "process": sheet.process,
        "subprocess": sheet.subprocess,
        "objective": sheet.objective,
        "scope": sheet.scope,
        "formulating_office": sheet.formulating_office,
        "date": sheet.plan_date,
        "participants": "\n".join(sheet.participants),
        "note": sheet.note,
        "source": sheet.source,
    }
    told = [
        ("Entidad", sheet.entity),
        (NOTICE, head.notice),
        ("Tipo de plan", sheet.kind),
        ("Política de MIPG", sheet.policy),
        ("Versión del plan", sheet.version),
        ("Estado", sheet.status),
        ("Origen", sheet.origin),
        ("Acto de aprobación", sheet.act),
        ("Fecha del acto", sheet.act_date),
        ("Publicado", sheet.published_on),
        ("Motivo de la modificación", sheet.reason),
        ("Cuenta desde", sheet.effective_from),
        ("Huella SHA-256", sheet.digest),
        ("Seguimiento", "\n".join(sheet.follow_up)),
        ("Sobre este archivo", note),
    ]
    facts = [(FACTS[name], value) for name, value in said.items()] + told
    return [(label, value) for label, value in facts if value not in _EMPTY]


CUT_HEADINGS = (ACTIVITY["key"], ACTIVITY["number"], *CUT.values())


def cut_rows(sheet: PlanSheet) -> Iterator[tuple[Any, ...]]:
    """A row for each activity and closing: its key, its number and the figures."""
    for activity in sheet.activities:
        for cut in activity.cuts:
            yield (activity.key, activity.number, *(getattr(cut, name) for name in CUT))


def total_row(total: PlanTotal) -> tuple[Any, ...]:
    """What a closing says of the plan or of a component, in the order of `TOTAL`."""
    said = {name: getattr(total, name) for name in TOTAL} | {"counts": "Sí" if total.counts else "No"}
    shares = {name: said[name] if said[name] is None else rounded(said[name], SHOWN_DECIMALS) for name in SHARES}
    return tuple((said | shares).values())


def _sections(sections: Sequence[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    """A text longer than a cell goes on in rows without a title."""
    for title, body in sections:
        pieces = [body[at : at + LONGEST_CELL] for at in range(0, len(body), LONGEST_CELL)] or [""]
        yield title, pieces[0]
        yield from (("", piece) for piece in pieces[1:])


def _cancellation(activity: ActivityLine) -> str:
    return " ".join(["Sí.", activity.cancel_reason]).strip() if activity.is_cancelled else ""


ACTIVITY_COLUMNS: dict[str, Callable[[ActivityLine], Any]] = {name: attrgetter(name) for name in ACTIVITY} | {
    "tasks": lambda line: "\n".join(line.tasks),
    "months": lambda line: ", ".join(map(str, line.months)),
    "responsibles": lambda line: "\n".join([" ".join(person.text.split()) for person in line.responsibles]),
    "roles": lambda line: "\n".join([person.role for person in line.responsibles]),
    "offices": lambda line: "\n".join([person.office_slug or "—" for person in line.responsibles]),
    "reports": lambda line: "\n".join(["Sí" if person.reports else "No" for person in line.responsibles]),
    "objectives": lambda line: "\n".join([" ".join(name.split()) for name in line.objectives]),
    "cancelled": _cancellation,
}


def _indicator_column(name: str, place: int) -> Callable[[ActivityLine | ComponentLine], Any]:
    value = attrgetter(name)
    return lambda line: value(line.indicators[place]) if len(line.indicators) > place else None


def _table(
    title: str, columns: dict[str, Callable], always: Collection[str], lines: Sequence[Any], period: str
) -> DataTable:
    """The lines under the headings that some line says something of."""
    most = min(MOST_INDICATORS, max((len(line.indicators) for line in lines), default=0))
    columns = columns | {
        indicator_heading(name, place + 1, period): _indicator_column(name, place)
        for place in range(most)
        for name in INDICATOR
    }
    used = {
        heading: column
        for heading, column in columns.items()
        if heading in always or any(column(line) not in _EMPTY for line in lines)
    }
    return DataTable(title, tuple(used), lines, tuple(used.values()))
