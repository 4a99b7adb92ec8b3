"""A plan as CSV and as JSON, for programs and for spreadsheets."""

from __future__ import annotations

import csv
import dataclasses
import datetime
import io
import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from actionplans.months import MONTH_NAMES

from .sheet import QUARTERS, ActivityLine, PlanSheet

BOM = "\ufeff"
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""First characters that make a spreadsheet run a cell (OWASP, CSV Injection), also in their wide forms."""


def csv_bytes(sheet: PlanSheet) -> bytes:
    """A row for each activity, after RFC 4180, with the mark by which Excel knows UTF-8.

    A text that a spreadsheet would run begins with an apostrophe, as OWASP advises; `unescaped` takes it off.
    """
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    rows = [_row(sheet, activity) for activity in sheet.activities]
    writer.writerow(_row(sheet, ActivityLine(key=0, number="", description="")))
    writer.writerows([_safe(value) for value in row.values()] for row in rows)
    return (BOM + file.getvalue()).encode()


def escaped(text: str) -> str:
    """The text with an apostrophe before what a spreadsheet would run."""
    return f"'{text}" if text.lstrip("'").startswith(RISKY) else text


def unescaped(text: str) -> str:
    """What `escaped` was given."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(RISKY) else text


def _row(sheet: PlanSheet, activity: ActivityLine) -> dict[str, Any]:
    return {
        "entidad": sheet.entity_slug,
        "vigencia": sheet.year,
        "plan": sheet.title,
        "version": sheet.version,
        "clave": activity.key,
        "numero": activity.number,
        "componente": activity.component,
        "actividad": activity.description,
        "explicacion": activity.detail,
        "tareas": "\n".join(activity.tasks),
        **{name: "X" if month in activity.months else "" for month, name in enumerate(MONTH_NAMES, start=1)},
        "plazo": activity.schedule_text,
        "empieza": activity.starts,
        "termina": activity.ends,
        "producto": activity.deliverable,
        "indicador": activity.indicator_text,
        "meta": "\n".join(plain_text(i.target) or i.printed_target for i in activity.indicators),
        "linea_base": "\n".join(plain_text(i.baseline) or i.printed_baseline for i in activity.indicators),
        "unidad": "\n".join(plain_text(indicator.unit) for indicator in activity.indicators),
        "resultado": activity.result_text,
        **{
            f"meta_periodo_{n}": _said([getattr(i, f"target_{n}") for i in activity.indicators])
            for n in range(1, 5)
        },
        "responsables": activity.responsible_text,
        "reporta": "; ".join(person.office for person in activity.responsibles if person.reports),
        **dict(zip(("trimestre_1", "trimestre_2", "trimestre_3", "trimestre_4"), activity.followups, strict=True)),
        **_plan_columns(sheet),
        **_cut_columns(activity),
        "ponderacion": activity.weight,
        "presupuesto": activity.budget,
        "objetivos_estrategicos": "\n".join(activity.objectives),
        "nota": activity.note,
        "cancelada": "si" if activity.is_cancelled else "no",
        "motivo_cancelacion": activity.cancel_reason,
    }


CUT_COLUMNS = {
    "cierre": "closing",
    "programado": "programmed",
    "ejecutado": "executed",
    "cumplimiento": "to_date",
    "cumplimiento_periodo": "of_period",
    "estado_avance": "state",
    "semaforo": "light",
    "verificado": "verified",
}
"""Of each closed period, as «programado_1»: which closing, percentages, the state and the light in words."""


PLAN_COLUMNS = {
    "plan_programado": "programmed",
    "plan_ejecutado": "executed",
    "plan_cumplimiento": "to_date",
    "plan_semaforo": "light",
}
"""Of the plan as a whole at the closing of each period that counts, as «plan_ejecutado_1»."""


def _plan_columns(sheet: PlanSheet) -> dict[str, Any]:
    # The plan comes first of what a closing says, before its components.
    totals = {total.ordinal: total for total in reversed(sheet.totals) if total.counts}
    return {
        f"{column}_{ordinal}": getattr(totals.get(ordinal), name, None)
        for ordinal in range(1, len(QUARTERS) + 1)
        for column, name in PLAN_COLUMNS.items()
    }


def _cut_columns(activity: ActivityLine) -> dict[str, Any]:
    cuts = {cut.ordinal: cut for cut in activity.cuts}
    return {
        f"{column}_{ordinal}": getattr(cuts.get(ordinal), name, None)
        for ordinal in range(1, len(QUARTERS) + 1)
        for column, name in CUT_COLUMNS.items()
    }


def plain_text(value: Any) -> str:
    """A value as plain text: figures without the zeros that a column adds."""
    if value is None:
        return ""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def _said(figures: list[Decimal | None]) -> str:
    """A line for each figure; nothing where there is none."""
    return "\n".join(map(plain_text, figures)) if any(figure is not None for figure in figures) else ""


def _safe(value: Any) -> str:
    return escaped(value) if isinstance(value, str) else plain_text(value)


def json_bytes(sheet: PlanSheet) -> bytes:
    """All the values of the sheet by their names: dates as YYYY-MM-DD, figures as numbers."""
    return json.dumps(sheet, ensure_ascii=False, indent=2, default=_plain).encode()


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return vars(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(f"No es un valor de un plan: {value!r}")


def rows_of(content: bytes) -> Iterator[dict[str, str]]:
    """The rows of `csv_bytes` as they were before they were written."""
    for row in csv.DictReader(io.StringIO(content.decode().removeprefix(BOM), newline="")):
        yield {name: unescaped(value) for name, value in row.items()}
