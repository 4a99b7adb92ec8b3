"""The label dictionary of real plans, and what a column means given its label path ("group / sub")."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from actionplans.imports.reading.label_time import label_time, numeral, role, span_months
from actionplans.imports.reading.text import normalise

__all__ = ["Meaning", "classify", "normalise"]


@dataclass(frozen=True)
class Meaning:
    """What a column holds.

    `months` of a schedule column; `executed` when it counts what was done, not what was programmed;
    `ordinal` of the quarter of a follow-up column and `aspect` "text" or "progress";
    `rank` decides between columns of one kind, the higher wins.
    """

    kind: str
    rank: int = 5
    months: tuple[int, ...] = ()
    executed: bool = False
    ordinal: int = 0
    aspect: str = "text"


OTHER = "other"
"""Columns whose content is kept under its label, since the plan has no field for it."""

# kind, rank, pattern matched against the whole normalised label; the first that fits wins.
DICTIONARY: tuple[tuple[str, int, str], ...] = (
    ("number", 5, r"n|no|nro|nr|num|numero|items?|id|orden|#|consecutivo"),
    ("number", 5, r"(n|no|numero|#) (de )?(la )?(actividad|orden)"),
    ("number", 3, r"cod|codigo|codigo (de )?(la )?actividad"),
    ("progress", 5, r"(% |porcentaje |total )?(de )?(avance|cumplimiento|ejecucion|logro)\b.*"),
    ("progress", 5, r"ejecutado|% ejecutado"),
    ("progress", 5, r"nivel de (avance|cumplimiento)"),
    ("progress", 5, r"actividad(es)? (cumplida|realizada|ejecutada|desarrollada)s?.*"),
    ("progress", 3, r"total (planeado|ejecutado|programado).*"),
    ("weight", 5, r"(% |porcentaje )?(de )?(la )?(peso|ponderacion|ponderador|importancia relativa)\b.*"),
    ("weight", 4, r"(% |porcentaje )?(de )?participacion( %| porcentual)?"),
    (OTHER, 5, r"valor esperado.*|compromisos?( \d{4})?|obligacion(es)?"),
    (OTHER, 5, r"pagos?( \d{4})?|cdp|crp|rp|fuentes?\b.*|bpin|ods"),
    (OTHER, 5, r"presupuesto (ejecutado|comprometido|pagado).*|ppto ejecutado.*|codigo (mga|bpin).*|sector"),
    ("budget", 5, r"presupuesto\b.*|apropiacion\b.*|ppto\b.*"),
    ("budget", 3, r"recursos?( (asignado|financiero|economico|requerido|presupuestal)(es|s)?)?( .*)?"),
    ("budget", 3, r"valor\b.*|costos?\b.*"),
    ("budget", 3, r"monto\b.*|inversion\b.*"),
    ("deliverable", 5, r"productos?( .*)?|entregables?( .*)?|bien(es)?( [oy] servicios?)?( .*)?"),
    ("deliverable", 4, r"metas? ([oy] )?(de(l)? )?(productos?|entregables?)( .*)?"),
    ("deliverable", 4, r"evidencias? esperadas?|entregas?"),
    ("deliverable", 3, r"resultados? esperados?"),
    ("activity", 2, r"descripcion (de )?(la )?meta"),
    ("result", 5, r"resultados?( (acumulado|obtenido|alcanzado|final|del indicador|indicador))?( .*)?"),
    ("formula", 5, r"formulas?\b.*|numerador|denominador|(forma|metodo) de (calculo|medicion)"),
    ("indicator", 4, r"indicador(es)? de (resultado|impacto).*"),
    (OTHER, 5, r"metas? de resultado.*"),
    (OTHER, 5, r"(tipo|clase|codigo|sentido|tendencia) (de(l)? )?indicador.*|tendencia"),
    ("indicator", 5, r"(nombre |descripcion )?(de )?(los |el )?(del )?indicador(es)?( .*)?|kpis?"),
    ("baseline", 5, r"lineas? (de )?base\b.*|lb|base"),
    ("target", 3, r"metas? (de(l)? )?(cuatrienio|resultado|periodo|plan de desarrollo).*"),
    ("target", 5, r"metas?( .*)?|cantidad(es)?( .*)?"),
    ("unit", 5, r"unidad(es)? de medida.*|unidad|und"),
    (OTHER, 5, r"evidencias?\b.*|soportes?\b.*|medios? de verificacion.*|verificables?\b.*|registros?\b.*"),
    (OTHER, 5, r"observacion(es)?\b.*|analisis\b.*|descripcion cualitativa.*"),
    (OTHER, 5, r"comentarios?\b.*|dificultad(es)?\b.*|logros?"),
    (OTHER, 5, r"riesgos?\b.*|mitigacion\b.*|estado( .*)?|semaforo.*"),
    (OTHER, 5, r"situacion.*|causas?\b.*|hallazgos?\b.*|prioridad"),
    ("responsible", 5, r"(del? )?(co)?responsables?( .*)?"),
    ("responsible", 5, r"(dependencias?|areas?|oficinas?|secretarias?|cargo) (co)?responsables?( .*)?"),
    ("responsible", 4, r"lider(es)?( .*)?|ejecutor(es)?( .*)?|quien( .*)?|encargad[oa]s?( .*)?"),
    ("responsible", 3, r"(dependencia|area|oficina|secretaria)s?"),
    ("responsible", 3, r"(dependencia|area|oficina|secretaria)s? (que|encargada|lider|ejecutora|cargo)\b.*"),
    ("responsible", 3, r"(dependencia|area|oficina|secretaria)s? de apoyo.*"),
    ("responsible", 3, r"area cargo|cargos?|area o cargo|funcionarios?"),
    ("responsible", 1, r"procesos?"),
    ("start", 5, r"fechas? (de(l)? )?(inicio|inicial|iniciacion|comienzo)( .*)?|(inicio|inicial|desde|comienzo)"),
    ("end", 5, r"fechas? (de(l)? )?(fin|final|finalizacion|terminacion|culminacion)( .*)?"),
    ("end", 5, r"fechas? (de(l)? )?(cierre|vencimiento|limite|entrega)( .*)?"),
    ("end", 5, r"fin|final|finalizacion|terminacion|hasta"),
    ("start", 4, r"mes (de(l)? )?(inicio|inicial|comienzo)( .*)?"),
    ("end", 4, r"mes (de(l)? )?(fin|final|finalizacion|terminacion|culminacion)( .*)?"),
    (OTHER, 5, r"(plazo|duracion|tiempo)( de ejecucion)? (en )?(numero de )?(semanas|dias|meses)( .*)?"),
    (OTHER, 5, r"(periodo|fecha|mes) de corte( .*)?|lineas? de coordinacion"),
    ("schedule", 5, r"plazos?\b.*"),
    ("schedule", 5, r"fechas?\b.*"),
    ("schedule", 4, r"(periodo|tiempo|cronograma|programacion|calendario|duracion)s?\b.*"),
    ("schedule", 4, r"mes(es)?( de ejecucion| del ano)?"),
    ("schedule", 3, r"periodicidad|frecuencia\b.*|vigencia( \d{4})?|trimestres?|ano \d{4}"),
    ("task", 5, r"tareas?\b.*|sub ?actividad(es)?\b.*|pasos?\b.*|hitos?\b.*"),
    ("component", 9, r"componentes?( .*)?"),
    ("component", 7, r"sub ?componentes?( .*)?"),
    ("component", 6, r"(ejes?|lineas?|pilar(es)?|dimension(es)?)( .*)?"),
    ("component", 5, r"programas?( .*)?|objetivos?( .*)?|proyectos?( .*)?|politicas?( .*)?|sub ?programas?( .*)?"),
    ("component", 4, r"estrategias? (del|de la|institucional).*|nombre del proyecto"),
    ("activity", 5, r"(nombre |descripcion )?(de )?(las? )?actividad(es)?( \w+){0,8}"),
    ("activity", 4, r"(nombre |descripcion )?(de )?(las? )?acci(on|ones)( \w+){0,8}"),
    ("activity", 3, r"codigo y descripcion|iniciativas?( \w+){0,4}"),
    ("activity", 2, r"estrategias?( \w+){0,3}|compromiso( \w+){1,3}"),
    ("activity", 1, r"descripcion|que hacer|alternativas? de mejora|mejoras? a implementar.*"),
)  # fmt: skip
_COMPILED = tuple((kind, rank, re.compile(pattern)) for kind, rank, pattern in DICTIONARY)

_FOLLOWUP = re.compile(r"\b(seguimientos?|monitoreo|reporte|autoevaluacion)\b")
_TIME_GROUP = re.compile(
    r"\b(mes(es)?|cronograma|programacion|calendario|periodo|tiempo|vigencia|ejecucion|plazo)\b"
)
_WEEK = re.compile(r"(s|sem|semana) ?\d|\d")
_NEUTRAL = re.compile(r"nombre|descripcion|detalle|texto|denominacion|cual|cargo|dependencia|area")
_NOTES = re.compile(
    r"observacion(es)?|descripcion.*|analisis.*|actividades? (cumplida|realizada|ejecutada)s?|logros?|seguimiento"
)
_PARENT_FORBIDS_TIME = frozenset({"budget", "progress", "result", "weight"})
UNKNOWN = Meaning(OTHER, 0)


def classify(path: str | Sequence[str]) -> Meaning | None:
    """The meaning of a column from its labels, top group first: "SEGUIMIENTO TRIMESTRAL / II".

    None when no label of the path is in the dictionary. Labels broken inside a word are joined and tried again.
    """
    labels = path.split(" / ") if isinstance(path, str) else list(path)
    found = _classify(tuple(normalise(label) for label in labels))
    broken = any("\n" in label for label in labels)
    return found or (_classify(tuple(normalise(label.replace("\n", "")) for label in labels)) if broken else None)


@lru_cache(maxsize=4096)
def _classify(labels: tuple[str, ...]) -> Meaning | None:
    labels = tuple(label for index, label in enumerate(labels) if label and label not in labels[:index])
    if not labels or any(len(label) > 120 for label in labels):
        return None
    return _time_column(labels) or _field(labels)


def _time_column(labels: tuple[str, ...]) -> Meaning | None:
    """A column of the schedule or of the follow-up of one period."""
    *parents, leaf = labels
    followed = any(_FOLLOWUP.search(label) for label in labels)
    timed = [time for time in map(label_time, labels) if time]
    if not timed:
        return _numbered(parents, leaf, followed)
    months, ordinal, length, _, rest = timed[-1]
    if label_time(leaf) is None:
        rest = "" if (role(leaf) is not None and len(leaf.split()) == 1) or _WEEK.fullmatch(leaf) else leaf
    above = {found.kind for found in map(_plain, [p for p in parents if role(p) is None]) if found}
    if followed or above & {"progress"} or _is_followup_word(rest):
        aspect = "progress" if "%" in rest or "avance" in leaf or above & {"progress"} else "text"
        return Meaning("followup", ordinal=ordinal, aspect=aspect) if length == 3 else UNKNOWN
    if above & _PARENT_FORBIDS_TIME or (
        rest and (_plain(rest) or UNKNOWN).kind not in {"schedule", "activity", OTHER}
    ):
        return UNKNOWN if above & _PARENT_FORBIDS_TIME else None
    if rest and not _TIME_GROUP.search(rest) and _plain(rest):
        return None
    executed = next((role(label) for label in reversed(labels) if role(label) is not None), False)
    return Meaning("months", months=months, executed=bool(executed))


def _is_followup_word(rest: str) -> bool:
    return bool(rest) and bool(_NOTES.fullmatch(rest) or (_plain(rest) or UNKNOWN).kind == "progress")


def _numbered(parents: list[str], leaf: str, followed: bool) -> Meaning | None:
    """A column under a bare ordinal: "MES / 1", "MES / 1 / P", "SEGUIMIENTO / II"."""
    if parents and not numeral(leaf) and role(leaf) is not None and numeral(parents[-1]):
        found = _bare_ordinal(numeral(parents[-1]), parents[:-1], followed)
        return replace(found, executed=bool(role(leaf))) if found else None
    return _bare_ordinal(numeral(leaf), parents, followed) if numeral(leaf) else None


def _bare_ordinal(number: int, parents: list[str], followed: bool) -> Meaning | None:
    above = " ".join(parents)
    if followed:
        return Meaning("followup", ordinal=number) if number <= 4 else UNKNOWN
    if "trimestr" in above and number <= 4:
        return Meaning("months", months=span_months(number, 3)[0])
    if _TIME_GROUP.search(above):
        return Meaning("months", months=(number,), executed=bool(role(above)))
    return None


def _field(labels: tuple[str, ...]) -> Meaning | None:
    *parents, leaf = labels
    own = _plain(leaf)
    above = next((found for found in map(_plain, reversed(parents)) if found), None)
    if above and (own is None or _NEUTRAL.fullmatch(leaf)):
        return UNKNOWN if above.kind in {"schedule", "result"} and own is None else above
    return own or (UNKNOWN if parents and _FOLLOWUP.search(" ".join(parents)) else None)


@lru_cache(maxsize=4096)
def _plain(label: str) -> Meaning | None:
    for kind, rank, pattern in _COMPILED:
        if pattern.fullmatch(label):
            return Meaning(kind, rank)
    return UNKNOWN if _FOLLOWUP.search(label) and len(label.split()) <= 6 else None
