"""The columns of the sheet in their order, which is that of the form MESG-AS-F17 as far as that goes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from actionplans.enums import Accumulation, Direction, IndicatorKind, PeriodScheme
from actionplans.models.indicator import PERIOD_TARGETS, surplus_targets, target_label
from actionplans.months import MONTH_NAMES


@dataclass(frozen=True, kw_only=True)
class Column:
    """`kind` says how a cell is typed and read; `main` columns are shown before somebody asks for all."""

    name: str
    label: str
    kind: str = "text"
    width: str = "medium"
    main: bool = False
    choices: tuple[tuple[str, str], ...] = ()

    @property
    def month(self) -> int:
        """1 to 12 for a month's column, else 0."""
        return int(self.name.removeprefix("month_")) if self.kind == "month" else 0


def _month(number: int, name: str) -> Column:
    return Column(name=f"month_{number}", label=name.capitalize(), kind="month", width="month", main=True)


def _target(name: str) -> Column:
    return Column(name=name, label=target_label(name, PeriodScheme.QUARTER), kind="figure", width="narrow")


COLUMNS = (
    Column(name="description", label="Actividad", width="wide", main=True),
    Column(name="tasks", label="Tareas", kind="lines", width="wide", main=True),
    *(_month(number, name) for number, name in enumerate(MONTH_NAMES, start=1)),
    Column(name="deliverable", label="Producto o entregable", main=True),
    Column(name="indicator", label="Indicador", main=True),
    Column(name="result", label="Resultado impreso", width="narrow", main=True),
    Column(name="responsibles", label="Responsables", kind="offices", main=True),
    Column(name="target", label="Meta", kind="figure", width="narrow", main=True),
    Column(name="unit", label="Unidad", width="narrow", main=True),
    Column(name="weight", label="Peso (%)", kind="percent", width="narrow", main=True),
    Column(name="component", label="Componente"),
    Column(name="budget", label="Presupuesto (COP)", kind="money", width="narrow"),
    Column(name="kind", label="Tipo de indicador", kind="choice", choices=tuple(IndicatorKind.choices)),
    Column(name="formula", label="Fórmula"),
    Column(name="numerator", label="Numerador"),
    Column(name="denominator", label="Denominador"),
    Column(name="baseline", label="Línea base", kind="figure", width="narrow"),
    Column(name="direction", label="Dirección", kind="choice", width="narrow", choices=tuple(Direction.choices)),
    Column(name="accumulation", label="Acumulación", kind="choice", choices=tuple(Accumulation.choices)),
    *map(_target, PERIOD_TARGETS),
    Column(name="starts", label="Empieza", kind="date", width="narrow"),
    Column(name="ends", label="Termina", kind="date", width="narrow"),
    Column(name="schedule_text", label="Plazo en palabras"),
    Column(name="printed_number", label="N.º impreso", width="narrow"),
    Column(name="detail", label="Explicación"),
    Column(name="note", label="Nota"),
)
BY_NAME = {column.name: column for column in COLUMNS}


@cache
def columns_of(scheme: str) -> tuple[Column, ...]:
    """The columns of a plan followed by `scheme`: targets of the periods that it has, under their names."""
    surplus = surplus_targets(scheme)
    return tuple(
        replace(column, label=target_label(column.name, scheme)) if column.name in PERIOD_TARGETS else column
        for column in COLUMNS
        if column.name not in surplus
    )


OF_INDICATOR = {
    "indicator": "name", "result": "printed_result", "target": "target", "unit": "unit", "kind": "kind",
    "formula": "formula", "numerator": "numerator", "denominator": "denominator", "baseline": "baseline",
    "direction": "direction", "accumulation": "accumulation", "target_1": "target_1", "target_2": "target_2",
    "target_3": "target_3", "target_4": "target_4",
}  # fmt: skip
"""Columns that say something of the activity's first indicator, and the name that the fact has there."""
