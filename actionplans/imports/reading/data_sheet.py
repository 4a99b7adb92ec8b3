"""The sheet «Datos» that the portal adds to the workbooks it writes: what a form has no column for.

Blocks one under another: facts of the plan, its objectives, sections, components and activities; the figures
of its closings, which are not read. Each has its title alone in a row, then a row of headings, then its rows, up
to an empty row.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from actionplans.imports.opening.grid import Sheet
from actionplans.imports.reading.text import clean, normalise
from actionplans.imports.reading.values import display, parse_number

SHEET = "Datos"
MARK = "Datos del plan que el formato no tiene"
NO_COMPONENT = "Actividades sin componente"

PLAN, OBJECTIVES, SECTIONS, COMPONENTS, ACTIVITIES = BLOCKS = (
    "PLAN", "OBJETIVOS ESPECÍFICOS", "SECCIONES DEL DOCUMENTO", "COMPONENTES", "ACTIVIDADES",
)  # fmt: skip

FACT_HEADINGS = ("Dato", "Valor")
FACTS = {
    "title": "Título",
    "year": "Vigencia",
    "code": "Código del formato",
    "version": "Versión del formato",
    "approval_date": "Fecha de aprobación del formato",
    "process": "Proceso",
    "subprocess": "Subproceso",
    "objective": "Objetivo",
    "scope": "Alcance",
    "formulating_office": "Dependencia que formula",
    "date": "Fecha del plan",
    "participants": "Dependencias participantes",
    "note": "Nota del plan",
    "source": "Documento de origen",
}
OBJECTIVE = {"name": "Objetivo", "description": "Descripción"}
SECTION = {"title": "Título", "body": "Texto"}
COMPONENT = {"name": "Componente", "description": "Descripción", "weight": "Ponderación (%)"}
ACTIVITY = {
    "key": "Clave",
    "number": "N.º en el formato",
    "description": "Actividad",
    "printed_number": "N.º impreso",
    "component": "Componente",
    "detail": "Explicación",
    "tasks": "Tareas",
    "months": "Meses",
    "schedule_text": "Plazo como está impreso",
    "starts": "Empieza",
    "ends": "Termina",
    "deliverable": "Producto o entregable",
    "weight": "Ponderación (%)",
    "budget": "Presupuesto (COP)",
    "responsibles": "Responsables",
    "roles": "Papel de cada responsable",
    "offices": "Dependencia de cada responsable",
    "reports": "Quién reporta el avance",
    "objectives": "Objetivos estratégicos",
    "note": "Nota",
    "cancelled": "Cancelada",
    "reported": "Resultado del seguimiento",
}
CLOSINGS = "CIFRAS DE LOS CIERRES"
CUT = {
    "period": "Periodo",
    "closing": "Cierre n.º",
    "programmed": "Programado (%)",
    "executed": "Ejecutado (%)",
    "to_date": "Cumplimiento a la fecha (%)",
    "of_period": "Cumplimiento del periodo (%)",
    "state": "Estado",
    "light": "Semáforo",
    "verified": "Verificado por control interno (%)",
    "opinion": "Concepto de control interno",
}
INDICATOR = {
    "name": "Indicador",
    "formula": "Fórmula",
    "printed_target": "Meta impresa",
    "printed_baseline": "Línea base impresa",
    "result": "Resultado",
    "target": "Meta",
    "baseline": "Línea base",
    "unit": "Unidad",
    "kind": "Tipo",
    "accumulation": "Acumulación",
    "direction": "Dirección",
    "numerator": "Numerador",
    "denominator": "Denominador",
    "target_1": "Meta del trimestre I",
    "target_2": "Meta del trimestre II",
    "target_3": "Meta del trimestre III",
    "target_4": "Meta del trimestre IV",
}
MOST_INDICATORS = 50
QUARTER, FOUR_MONTH = PERIODS = ("trimestre", "cuatrimestre")
"""How targets of periods are called: a plan is followed by the one or by the other."""
_OF_FOUR_MONTHS = f"Meta del {FOUR_MONTH} "


def indicator_label(name: str, period: str = QUARTER) -> str:
    """What says `name` of an indicator of a plan that is followed by `period`."""
    return INDICATOR[name].replace(QUARTER, period)


def indicator_heading(name: str, position: int, period: str = QUARTER) -> str:
    return f"{indicator_label(name, period)} {position}"


@dataclass(frozen=True)
class DataSheet:
    """The sheet as rows of named values, with the values as the cells hold them."""

    facts: dict[str, str] = field(default_factory=dict)
    objectives: tuple[dict[str, Any], ...] = ()
    sections: tuple[dict[str, Any], ...] = ()
    components: tuple[dict[str, Any], ...] = ()
    activities: tuple[dict[str, Any], ...] = ()
    period: str = QUARTER

    @property
    def year(self) -> int | None:
        year = parse_number(self.facts.get("year", ""))
        return int(year) if year is not None and 2000 <= year <= 2100 else None


def set_apart(sheets: Sequence[Sheet]) -> tuple[list[Sheet], DataSheet | None]:
    """The sheets without «Datos», and what it says; None where the workbook has none."""
    ours = next((sheet for sheet in sheets if _is_ours(sheet)), None)
    if ours is None:
        return list(sheets), None
    return [sheet for sheet in sheets if sheet is not ours], _read(ours)


def _is_ours(sheet: Sheet) -> bool:
    return normalise(sheet.name) == normalise(SHEET) and _text(sheet, 1, 1) == MARK


def _read(sheet: Sheet) -> DataSheet:
    blocks = dict(_blocks(sheet))
    facts = {row[FACT_HEADINGS[0]]: row[FACT_HEADINGS[1]] for row in blocks.get(PLAN, ()) if len(row) == 2}
    return DataSheet(
        facts={name: display(facts[label]) for name, label in FACTS.items() if label in facts},
        objectives=tuple(_named(OBJECTIVE, row) for row in blocks.get(OBJECTIVES, ())),
        sections=tuple(_named(SECTION, row) for row in blocks.get(SECTIONS, ())),
        components=tuple(_with_indicators(COMPONENT, row) for row in blocks.get(COMPONENTS, ())),
        activities=tuple(_with_indicators(ACTIVITY, row) for row in blocks.get(ACTIVITIES, ())),
        period=_period(blocks),
    )


def _period(blocks: dict[str, list[dict[str, Any]]]) -> str:
    headings = {heading for block in (COMPONENTS, ACTIVITIES) for row in blocks.get(block, ()) for heading in row}
    return FOUR_MONTH if any(heading.startswith(_OF_FOUR_MONTHS) for heading in headings) else QUARTER


def _blocks(sheet: Sheet) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    row = 2
    while row <= sheet.last_row:
        title = _text(sheet, row, 1)
        row += 1
        if title not in BLOCKS:
            continue
        headings = {column: _text(sheet, row, column) for column in sheet.written(row)}
        rows = []
        row += 1
        while row <= sheet.last_row and (written := sheet.written(row)):
            rows.append({headings[c]: sheet.own(row, c).value for c in written if c in headings})
            row += 1
        yield title, rows


def _named(names: dict[str, str], row: dict[str, Any]) -> dict[str, Any]:
    return {name: row[label] for name, label in names.items() if label in row}


def _with_indicators(names: dict[str, str], row: dict[str, Any]) -> dict[str, Any]:
    listed = []
    for position in range(1, MOST_INDICATORS + 1):
        values: dict[str, Any] = {}
        for period in PERIODS:
            values |= _named({name: indicator_heading(name, position, period) for name in INDICATOR}, row)
        if values:
            listed.append(values)
    return _named(names, row) | {"indicators": listed}


def _text(sheet: Sheet, row: int, column: int) -> str:
    return clean(display(sheet.own(row, column).value))
