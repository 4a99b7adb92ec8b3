"""What stands in the PDF after the form: all that the form has no place for, in words."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from actionplans.imports.data_sheet import FACTS, INDICATOR

from .data_tables import plan_facts
from .sheet import ActivityLine, ComponentLine, IndicatorLine, PlanSheet
from .words import long_date

_IN_THE_FORM = frozenset(
    FACTS[name]
    for name in (
        "title", "code", "version", "approval_date", "process", "subprocess", "objective", "scope",
        "formulating_office", "date", "participants",
    )
)  # fmt: skip


def annex(sheet: PlanSheet) -> dict[str, Any]:
    """The context of the annex: facts, objectives, components and activities as pairs of name and text."""
    components = [(line.name, _text(_component(line))) for line in sheet.components]
    activities = [(_name(line), _text(_activity(line))) for line in sheet.activities]
    return {
        "facts": [(label, _shown(value)) for label, value in plan_facts(sheet) if label not in _IN_THE_FORM],
        "objectives": sheet.objectives,
        "components": [(name, text) for name, text in components if text],
        "activities": [(name, text) for name, text in activities if text],
    }


def _name(activity: ActivityLine) -> str:
    return f"{activity.number}. {activity.description}"


def _component(component: ComponentLine) -> Iterable[tuple[str, Any]]:
    yield "", component.description
    yield "Ponderación (%)", component.weight
    yield from _indicators(component.indicators, with_names=True)


def _activity(activity: ActivityLine) -> Iterable[tuple[str, Any]]:
    yield "", " ".join(["Cancelada.", activity.cancel_reason]).strip() if activity.is_cancelled else ""
    yield "", activity.detail
    yield "Plazo como está impreso", activity.schedule_text
    yield "Empieza", activity.starts
    yield "Termina", activity.ends
    yield "Ponderación (%)", activity.weight
    yield "Presupuesto (COP)", activity.budget
    yield from _indicators(activity.indicators, with_names=len(activity.indicators) > 1)
    yield "Apoyan", "; ".join(person.text for person in activity.responsibles if person.role == "Apoya")
    yield "Objetivos estratégicos", "; ".join(activity.objectives)
    yield "Nota", activity.note


def _indicators(indicators: Sequence[IndicatorLine], *, with_names: bool) -> Iterable[tuple[str, Any]]:
    for indicator in indicators:
        if with_names:
            yield "Indicador", indicator.name
        for name in INDICATOR:
            if name not in ("name", "result"):
                yield INDICATOR[name], getattr(indicator, name)


def _text(pairs: Iterable[tuple[str, Any]]) -> str:
    shown = [(label, _shown(value)) for label, value in pairs]
    return "\n".join(f"{label}: {value}" if label else value for label, value in shown if value)


def _shown(value: Any) -> str:
    """A value as people write it: «29 de octubre de 2024», «1.250,5»."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        plain = f"{value.normalize():,f}"
        return plain.translate(str.maketrans(",.", ".,"))
    return long_date(value) if isinstance(value, datetime.date) else str(value)
