"""What stands in the PDF after the form: all that the form has no place for, in words."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from actionplans.imports.reading.data_sheet import CUT, FACTS, INDICATOR, indicator_label
from actionplans.progress import rounded
from planning.words import long_date, short_date

from .data_tables import TOTAL, plan_facts, total_row
from .sheet import ActivityLine, ComponentLine, CutLine, IndicatorLine, PlanSheet

_IN_THE_FORM = frozenset(
    FACTS[name]
    for name in (
        "title", "code", "version", "approval_date", "process", "subprocess", "objective", "scope",
        "formulating_office", "date", "participants",
    )
)  # fmt: skip


Pairs = Iterable[tuple[str, Any]]


def annex(sheet: PlanSheet) -> dict[str, Any]:
    """The context of the annex: facts, objectives, components and activities as pairs of name and text."""
    components = [(line.name, _text(_component(line, sheet.period))) for line in sheet.components]
    activities = [(_name(line), _text(_activity(line, sheet.period))) for line in sheet.activities]
    return {
        "facts": [(label, _shown(value)) for label, value in plan_facts(sheet) if label not in _IN_THE_FORM],
        "objectives": sheet.objectives,
        "components": [(name, text) for name, text in components if text],
        "activities": [(name, text) for name, text in activities if text],
        "total_headings": list(TOTAL.values()),
        "totals": [_written(total_row(total)) for total in sheet.totals],
        "cut_headings": list(CUT.values()),
        "cuts": [(_name(line), [_cut(cut) for cut in line.cuts]) for line in sheet.activities if line.cuts],
    }


def _name(activity: ActivityLine) -> str:
    return f"{activity.number}. {activity.description}"


def _component(component: ComponentLine, period: str) -> Iterable[Pairs]:
    yield [("", component.description)]
    yield [("Ponderación (%)", component.weight)]
    yield from (_indicator(indicator, period, with_name=True) for indicator in component.indicators)


def _activity(activity: ActivityLine, period: str) -> Iterable[Pairs]:
    """What the form has no place for, a line for each matter."""
    several = len(activity.responsibles) > 1
    reporting = "; ".join(person.text for person in activity.responsibles if person.reports)
    yield [("", " ".join(["Cancelada.", activity.cancel_reason]).strip() if activity.is_cancelled else "")]
    yield [("", activity.detail)]
    yield [
        ("Plazo como está impreso", activity.schedule_text),
        ("Empieza", activity.starts),
        ("Termina", activity.ends),
        ("Ponderación (%)", activity.weight),
        ("Presupuesto (COP)", activity.budget),
    ]
    for indicator in activity.indicators:
        yield _indicator(indicator, period, with_name=len(activity.indicators) > 1)
    yield [
        ("Reporta el avance", reporting if several else ""),
        ("Apoyan", "; ".join(person.text for person in activity.responsibles if person.role == "Apoya")),
        ("Objetivos estratégicos", "; ".join(activity.objectives)),
    ]
    yield [("Nota", activity.note)]


def _cut(cut: CutLine) -> list[str]:
    """Figures with two decimals, the rest as it is."""
    return _written(getattr(cut, name) for name in CUT)


def _written(values: Iterable[Any]) -> list[str]:
    return [_in_a_cell(value) for value in values]


def _in_a_cell(value: Any) -> str:
    if isinstance(value, datetime.date):
        return short_date(value)
    return _shown(rounded(value, 2) if isinstance(value, Decimal) else value)


def _indicator(indicator: IndicatorLine, period: str, *, with_name: bool) -> Pairs:
    if with_name:
        yield "Indicador", indicator.name
    for name in INDICATOR:
        if name not in ("name", "result"):
            yield indicator_label(name, period), getattr(indicator, name)


def _text(lines: Iterable[Pairs]) -> str:
    """What is said, line by line: fewer lines are fewer boxes to draw, and fewer pages."""
    return "\n".join(filter(None, map(_line, lines)))


def _line(pairs: Pairs) -> str:
    shown = [(label, _shown(value)) for label, value in pairs]
    return " · ".join(f"{label}: {value}" if label else value for label, value in shown if value)


def _shown(value: Any) -> str:
    """A value as people write it: «29 de octubre de 2024», «1.250,5»."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        plain = f"{value.normalize():,f}"
        return plain.translate(str.maketrans(",.", ".,"))
    return long_date(value) if isinstance(value, datetime.date) else str(value)
