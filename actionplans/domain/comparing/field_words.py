"""The facts of a version as people read them: labels, and values in words. Pure.

Every key of `sealing.canonical` that a modification may change has its label here, except sections,
objectives, components, activities and indicators, whose rows `comparison.py` pairs itself.
"""

from __future__ import annotations

import datetime
from collections.abc import Hashable, Mapping
from decimal import Decimal

from actionplans.enums import Accumulation, Direction, IndicatorKind, ResponsibilityRole
from actionplans.models.indicator import PERIOD_TARGETS
from actionplans.months import MonthSet
from planning.words import figure, long_date, money

Names = Mapping[Hashable, str]

HEADER_LABELS = {
    "title": "Título",
    "objective": "Objetivo",
    "scope": "Alcance",
    "process": "Proceso",
    "subprocess": "Subproceso",
    "formulating_office": "Dependencia que lo formula",
    "printed_formulating_office": "Quien lo formula, como está impreso",
    "participants": "Participantes, como están impresos",
    "participating_offices": "Dependencias que participan",
    "plan_date": "Fecha del plan",
    "form_code": "Código del formato",
    "form_version": "Versión del formato",
    "form_approval_date": "Fecha del formato",
    "note": "Nota",
    "source": "Documento de origen",
}

ACTIVITY_LABELS = {
    "description": "Actividad",
    "detail": "Explicación",
    "component": "Componente",
    "printed_number": "Número impreso",
    "tasks": "Tareas",
    "months": "Meses programados",
    "schedule_text": "Plazo, como está impreso",
    "starts": "Empieza",
    "ends": "Termina",
    "deliverable": "Entregable",
    "responsibles": "Responsables",
    "weight": "Ponderación",
    "budget": "Presupuesto",
    "objectives": "Objetivos estratégicos",
    "note": "Nota",
}

COMPONENT_LABELS = {"description": "descripción", "weight": "ponderación"}

INDICATOR_LABELS = {  # in the order of the canonical row, after its number
    "name": "Indicador",
    "printed_result": "Resultado, como está impreso",
    "kind": "Tipo de indicador",
    "accumulation": "Acumulación",
    "direction": "Dirección",
    "numerator": "Numerador",
    "denominator": "Denominador",
    "unit": "Unidad",
    "baseline": "Línea base",
    "target": "Meta",
    "formula": "Fórmula",
    "printed_baseline": "Línea base, como está impresa",
    "printed_target": "Meta, como está impresa",
    "target_1": "Meta del periodo I",
    "target_2": "Meta del periodo II",
    "target_3": "Meta del periodo III",
    "target_4": "Meta del periodo IV",
}

FIGURES = ("baseline", "target", *PERIOD_TARGETS)
CHOICES = {"kind": IndicatorKind, "accumulation": Accumulation, "direction": Direction}


def in_words(field: str, value, names: Names) -> str:
    """The value of a field as a page shows it; lists take one line for each item."""
    if value in (None, "", []):
        return ""
    if field == "months":
        return str(MonthSet(value))
    if field == "weight":
        return f"{figure(Decimal(value))} %"
    if field == "budget":
        return money(Decimal(value))
    if field in FIGURES:
        return figure(Decimal(value))
    if field in CHOICES:
        return str(CHOICES[field](value).label)
    if isinstance(value, datetime.date):
        return long_date(value)
    if isinstance(value, list):
        return "\n".join(_item(field, item, names) for item in value)
    return names.get(value, value) if field == "formulating_office" else value


def _item(field, item, names) -> str:
    if field == "responsibles":
        return _responsible(item, names)
    if field == "objectives":
        return names.get(tuple(item), " · ".join(map(str, item)))
    return names.get(item, item) if field == "participating_offices" else item


def _responsible(item, names) -> str:
    """The office, with the printed words where they say something else; its role and whether it reports."""
    text, office, role, reports = item
    name = names.get(office, office) if office else text
    printed = f" (impreso: «{text}»)" if office and text and text != name else ""
    supports = ", apoya" if role == ResponsibilityRole.SUPPORTS else ""
    return f"{name}{printed}{supports}{', reporta' if reports else ''}"
