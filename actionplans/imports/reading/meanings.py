"""What a column of a table may mean, as codes that a person chooses from and that are kept with a mapping."""

import re
from itertools import chain

from actionplans.imports.reading.labels import OTHER, UNKNOWN, Meaning

NOT_READ = "none"
"""Columns whose content is left out: those without a heading, or that a person does not want."""

_FIELDS = {
    "activity": "Actividad",
    "number": "Número de la actividad",
    "component": "Componente, eje u objetivo",
    "task": "Tareas",
    "deliverable": "Producto o entregable",
    "indicator": "Indicador",
    "formula": "Fórmula del indicador",
    "result": "Resultado del indicador",
    "unit": "Unidad de medida",
    "baseline": "Línea base",
    "target": "Meta",
    "weight": "Ponderación",
    "budget": "Presupuesto",
    "responsible": "Responsables",
    "schedule": "Plazo (fecha o palabras)",
    "start": "Fecha de inicio",
    "end": "Fecha final",
    "progress": "Avance (se conserva con su título)",
    OTHER: "Otra (se conserva con su título)",
    NOT_READ: "No se lee",
}
_MONTHS = (
    "Enero", "Febrero", "Marzo", "Abril", "Mayo", "Junio", "Julio", "Agosto", "Septiembre", "Octubre",
    "Noviembre", "Diciembre",
)  # fmt: skip
_SPANS = {2: "Bimestre", 3: "Trimestre", 4: "Cuatrimestre", 6: "Semestre"}
_ASPECTS = {"text": "texto", "progress": "porcentaje"}
_ROMAN = ("I", "II", "III", "IV", "V", "VI")
_SCHEDULED = re.compile(r"months:(\d{1,2}(?:-\d{1,2}|(?:,\d{1,2})+)?)(:executed)?")
_FOLLOWED = re.compile(r"followup:([1-4]):(text|progress)")


def meaning_of(code: str) -> Meaning:
    """The meaning that a code stands for. Raises ValueError for what is no code."""
    if code in _FIELDS:
        return UNKNOWN if code == OTHER else Meaning(code)
    if found := _SCHEDULED.fullmatch(code):
        return Meaning("months", months=_months(found[1]), executed=bool(found[2]))
    if found := _FOLLOWED.fullmatch(code):
        return Meaning("followup", ordinal=int(found[1]), aspect=found[2])
    raise ValueError(f"not the code of a column's meaning: {code[:40]!r}")


def code_of(meaning: Meaning) -> str:
    """The code of a meaning; the other way round than `meaning_of`."""
    if meaning.kind == "months":
        first, last = meaning.months[0], meaning.months[-1]
        together = meaning.months == tuple(range(first, last + 1))
        months = f"{first}-{last}" if together and first < last else ",".join(map(str, meaning.months))
        return f"months:{months}{':executed' if meaning.executed else ''}"
    if meaning.kind == "followup":
        return f"followup:{meaning.ordinal}:{meaning.aspect}"
    return meaning.kind


def label_of_code(code: str) -> str:
    """The words by which a person knows the meaning of a column."""
    if code in _FIELDS:
        return _FIELDS[code]
    meaning = meaning_of(code)
    if meaning.kind == "followup":
        return f"Seguimiento {_ROMAN[meaning.ordinal - 1]} ({_ASPECTS[meaning.aspect]})"
    return f"{_name_of(meaning.months)}{' (ejecutado)' if meaning.executed else ''}"


def _months(printed: str) -> tuple[int, ...]:
    first, dash, last = printed.partition("-")
    months = tuple(range(int(first), int(last) + 1)) if dash else tuple(map(int, printed.split(",")))
    if not months or sorted({*months}) != list(months) or not 1 <= months[0] <= months[-1] <= 12:
        raise ValueError(f"not months of a year: {printed!r}")
    return months


def _name_of(months: tuple[int, ...]) -> str:
    names = [_MONTHS[month - 1].lower() for month in months]
    if len(months) == 1:
        return f"Mes: {names[0]}"
    size, together = len(months), months == tuple(range(months[0], months[-1] + 1))
    if together and size in _SPANS and months[-1] % size == 0:
        return f"{_SPANS[size]} {_ROMAN[months[-1] // size - 1]} ({names[0]} a {names[-1]})"
    return f"Meses: {names[0]} a {names[-1]}" if together else f"Meses: {', '.join(names)}"


def _all_codes() -> list[str]:
    spans = [*((n, n) for n in range(1, 13))]
    for size in (3, 4, 6, 2):
        spans += [(last - size + 1, last) for last in range(size, 13, size)]
    planned = [f"months:{first}-{last}" if last > first else f"months:{first}" for first, last in spans]
    executed = [f"{code}:executed" for code in planned]
    followed = chain.from_iterable((f"followup:{n}:text", f"followup:{n}:progress") for n in range(1, 5))
    fields = [code for code in _FIELDS if code not in (OTHER, NOT_READ, "progress")]
    return [*fields, *planned, *executed, *followed, "progress", OTHER, NOT_READ]


MEANINGS: tuple[tuple[str, str], ...] = tuple((code, label_of_code(code)) for code in _all_codes())
"""All that a person may say that a column is: code and label, in the order in which they are offered."""
