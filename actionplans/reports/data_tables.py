"""What a form has no column for, as plain tables: the sheet «Datos» and the annex of the PDF."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from actionplans.imports.data_sheet import (
    ACTIVITIES,
    ACTIVITY,
    COMPONENT,
    COMPONENTS,
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

from .sheet import ActivityLine, IndicatorLine, PlanSheet

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
_ALWAYS = ("key", "number", "description")


@dataclass(frozen=True)
class DataTable:
    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def data_tables(sheet: PlanSheet, kinds: Collection[str], *, note: str = "") -> list[DataTable]:
    """The tables that have rows; `kinds` are those of the form's columns, `note` a remark on the form itself."""
    tables = [
        DataTable(PLAN, FACT_HEADINGS, tuple(plan_facts(sheet, note))),
        DataTable(OBJECTIVES, tuple(OBJECTIVE.values()), sheet.objectives),
        DataTable(SECTIONS, tuple(SECTION.values()), tuple(_sections(sheet.sections))),
        _table(COMPONENTS, COMPONENT, ("name",), [_component_values(line) for line in sheet.components]),
        _table(ACTIVITIES, ACTIVITY, _ALWAYS, [_activity_values(line, kinds) for line in sheet.activities]),
    ]
    return [table for table in tables if table.rows]


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
        ("Sobre este archivo", note),
    ]
    facts = [(FACTS[name], value) for name, value in said.items()] + told
    return [(label, value) for label, value in facts if value not in (None, "")]


def _sections(sections: Sequence[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    """A text longer than a cell goes on in rows without a title."""
    for title, body in sections:
        pieces = [body[at : at + LONGEST_CELL] for at in range(0, len(body), LONGEST_CELL)] or [""]
        yield title, pieces[0]
        yield from (("", piece) for piece in pieces[1:])


def _component_values(component) -> dict[str, Any]:
    said = {name: getattr(component, name) for name in COMPONENT}
    return _headed(COMPONENT, said) | _indicator_values(component.indicators)


def _activity_values(activity: ActivityLine, kinds: Collection[str]) -> dict[str, Any]:
    said = {
        "key": activity.key,
        "number": activity.number,
        "description": activity.description,
        "printed_number": activity.printed_number,
        "component": activity.component,
        "detail": activity.detail,
        "tasks": "\n".join(activity.tasks),
        "months": ", ".join(map(str, activity.months)),
        "schedule_text": activity.schedule_text,
        "starts": activity.starts,
        "ends": activity.ends,
        "deliverable": activity.deliverable,
        "weight": activity.weight,
        "budget": activity.budget,
        "responsibles": "\n".join(" ".join(person.text.split()) for person in activity.responsibles),
        "roles": "\n".join(person.role for person in activity.responsibles),
        "offices": "\n".join(person.office_slug or "—" for person in activity.responsibles),
        "objectives": "\n".join(activity.objectives),
        "note": activity.note,
        "cancelled": " ".join(["Sí.", activity.cancel_reason]).strip() if activity.is_cancelled else "",
    }
    carried = [name for name, columns in _CARRIED_BY.items() if set(columns) & set(kinds)]
    kept = {name: value for name, value in said.items() if name not in carried}
    return _headed(ACTIVITY, kept) | _indicator_values(activity.indicators)


def _indicator_values(indicators: Sequence[IndicatorLine]) -> dict[str, Any]:
    return {
        indicator_heading(name, position): getattr(indicator, name)
        for position, indicator in enumerate(indicators[:MOST_INDICATORS], start=1)
        for name in INDICATOR
    }


def _headed(labels: dict[str, str], said: dict[str, Any]) -> dict[str, Any]:
    return {labels[name]: value for name, value in said.items()}


def _table(title, labels, always, rows: Sequence[dict[str, Any]]) -> DataTable:
    """The rows under the headings that some row says something of."""
    headings = dict.fromkeys(heading for row in rows for heading in row)
    fixed = {labels[name] for name in always}
    used = [h for h in headings if h in fixed or any(row.get(h) not in (None, "") for row in rows)]
    return DataTable(title, tuple(used), tuple(tuple(row.get(heading) for heading in used) for row in rows))
