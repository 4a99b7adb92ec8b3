"""The columns of the follow-up's workbook. Their keys and their order stay: programs and people rely on them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter
from typing import Any

from .sheet import EvidenceLine, FollowUpRow, TotalLine

TEXT, WHOLE, NUMBER, PERCENT, DATE = "texto", "número entero", "número", "porcentaje", "fecha"


@dataclass(frozen=True)
class Column:
    """`says` is what the sheet «Columnas» tells of it; `value` takes it out of a line."""

    key: str
    title: str
    kind: str
    width: float
    says: str
    value: Callable[[Any], Any]


def _column(key: str, title: str, kind: str, width: float, says: str, value=None) -> Column:
    value = value if callable(value) else attrgetter(value or key)
    if kind == PERCENT:
        points = value
        value = lambda line: share(points(line))  # noqa: E731  one line more would hide what it does
    return Column(key, title, kind, width, says, value)


def share(points: Decimal | None) -> float | None:
    """62.5 points as a spreadsheet keeps 62,5 %: 0.625, to the sixth decimal of the points."""
    return None if points is None else float(round(points, 6) / 100)


def _evidence_words(row: FollowUpRow) -> str:
    return "\n".join(
        f"{line.name} ({line.classification}){f' SHA-256 {line.sha256}' if line.sha256 else ''}"
        for line in {line.pk: line for line in row.evidence}.values()
    )


ROW_COLUMNS = (
    _column("periodo", "Periodo", TEXT, 20, "El periodo, o el año con su último corte.", "period"),
    _column("plan", "Plan", TEXT, 34, "Título de la versión del plan vigente en el corte."),
    _column("plan_id", "Plan en el portal", TEXT, 20, "Nombre del plan en su dirección web.", "plan_slug"),
    _column("politica", "Política de MIPG", TEXT, 28, "Vacía si el plan no es de una política.", "policy"),
    _column("dependencia", "Dependencia que reporta", TEXT, 28, "La que responde por el reporte.", "office"),
    _column("dependencia_id", "Dependencia en el portal", TEXT, 18, "Su identificador.", "office_slug"),
    _column("otras", "Otras que responden", TEXT, 24, "Aportan al reporte de la primera.", "others"),
    _column("componente", "Componente", TEXT, 20, "Grupo de actividades en el plan.", "component"),
    _column("numero", "N.º", TEXT, 6, "El que muestra el formato.", "number"),
    _column("clave", "Clave", WHOLE, 7, "Número permanente de la actividad en su plan.", "key"),
    _column("actividad", "Actividad", TEXT, 44, "Lo prometido.", "activity"),
    _column("ponderacion", "Ponderación", NUMBER, 11, "Peso en el plan, en puntos (60 y no 0,6).", "weight"),
    _column("programados", "Meses programados", TEXT, 20, "Cuándo se prometió hacerla.", "scheduled"),
    _column("meses_hechos", "Meses en que se hizo", TEXT, 20, "Según los reportes.", "executed_months"),
    _column("programado", "Programado a la fecha", PERCENT, 12, "Lo que debía estar hecho del año.", "programmed"),
    _column("ejecutado", "Ejecutado", PERCENT, 12, "Parte de la meta del año hecha al corte: cuenta lo validado.",
            "executed"),
    _column("cumplimiento", "Cumplimiento a la fecha", PERCENT, 14, "Ejecutado ÷ programado.", "to_date"),
    _column("cumplimiento_periodo", "Cumplimiento del periodo", PERCENT, 14,
            "Lo hecho en el periodo ÷ lo programado en él.", "of_period"),
    _column("reportado", "Reportado", PERCENT, 12,
            "Ejecutado según lo último que envió la dependencia, también lo devuelto; vacío si no envió nada.",
            "reported"),
    _column("validado", "Validado", PERCENT, 12,
            "Ejecutado según lo que validó planeación; vacío si no ha validado.", "validated"),
    _column("verificado", "Verificado", PERCENT, 12,
            "El de control interno para ese corte; vacío si no lo ha escrito.", "verified"),
    _column("semaforo", "Semáforo", TEXT, 12, "La palabra de la franja en que cae el cumplimiento.", "light"),
    _column("estado", "Estado de la cifra", TEXT, 26, "Medida, o por qué no hay cifra.", "state"),
    _column("turno", "Qué se esperaba", TEXT, 20, "Si le tocaba reportar en el periodo.", "duty"),
    _column("reporte", "Reporte", TEXT, 18, "El de ese corte: en qué va, o por qué no se pidió.", "report_status"),
    _column("enviado", "Enviado el", DATE, 12, "La última versión que se envió.", "sent_on"),
    _column("validado_el", "Validado el", DATE, 12, "Cuándo lo validó planeación.", "validated_on"),
    _column("verificado_el", "Verificado el", DATE, 12, "Cuándo escribió control interno.", "verified_on"),
    _column("marcas", "Marcas", TEXT, 26,
            "Sin avance, lo registró planeación, con prórroga, validado por quien lo envió, corregido, versión.",
            "marks"),
    _column("motivo_correccion", "Por qué se corrigió", TEXT, 28, "Motivo de planeación.", "correction"),
    _column("resultado", "Resultado reportado", TEXT, 30, "Cada indicador con su dato.", "results"),
    _column("narrativa", "Qué se hizo", TEXT, 50, "El relato de la dependencia.", "narrative"),
    _column("dificultades", "Dificultades", TEXT, 34, "También el motivo de «sin avance».", "difficulties"),
    _column("aportes", "Aportes de otras dependencias", TEXT, 34, "Uno por línea.", "contributions"),
    _column("concepto", "Concepto de control interno", TEXT, 34, "El más reciente.", "opinion"),
    _column("fuente", "De dónde salió", TEXT, 24, "Si lo registró planeación.", "source"),
    _column("evidencias", "Evidencias", TEXT, 50, "Nombre, clase y SHA-256, una por línea.", _evidence_words),
    _column("cuenta_ejecutado", "Ejecutado que entra al promedio", PERCENT, 14,
            "Hasta 100 %; vacío si no entra en los promedios.", "counted_executed"),
    _column("cuenta_programado", "Programado que entra al promedio", PERCENT, 14, "Lo mismo de lo programado.",
            "counted_programmed"),
)  # fmt: skip

TOTAL_COLUMNS = (
    _column("periodo", "Periodo", TEXT, 18, "El corte de la cifra.", "period"),
    _column("ambito", "De qué es", TEXT, 12, "Entidad, dimensión, política, plan, componente, dependencia o eje.",
            "scope"),
    _column("id", "Identificador", TEXT, 15, "Nombre en el portal.", "key"),
    _column("superior", "Entra en", TEXT, 15, "El identificador del total en que entra.", "parent"),
    _column("nombre", "Nombre", TEXT, 36, "Como lo muestra el portal.", "name"),
    _column("programado", "Programado a la fecha", PERCENT, 11, "Promedio de lo programado.", "programmed"),
    _column("ejecutado", "Ejecutado", PERCENT, 11, "Promedio de lo ejecutado, cada uno hasta 100 %.", "executed"),
    _column("cumplimiento", "Cumplimiento a la fecha", PERCENT, 12, "Ejecutado ÷ programado.", "to_date"),
    _column("semaforo", "Semáforo", TEXT, 10, "La palabra de la franja.", "light"),
    _column("estado", "Estado de la cifra", TEXT, 14, "Medida, o por qué no hay cifra.", "state"),
    _column("entran", "Actividades que entran", WHOLE, 10, "Las que tienen cifra.", "counted"),
    _column("actividades", "Actividades", WHOLE, 11, "Todas menos las canceladas.", "total"),
    _column("por_fuera", "Por fuera", TEXT, 22, "Cuántas no entran, y por qué.", "left_out"),
    _column("regla", "Regla", TEXT, 52, "Cómo se calculó, en una frase.", "rule"),
    _column("peso", "Peso", NUMBER, 8, "De un componente, en puntos; vacío si no tiene.", "weight"),
    _column("sin_validar", "Sin reporte validado", WHOLE, 10,
            "Actividades a las que el periodo les pide un reporte que no está validado.", "unvalidated"),
)  # fmt: skip


@dataclass(frozen=True)
class EvidenceUse:
    """One piece of evidence of one activity."""

    row: FollowUpRow
    line: EvidenceLine


EVIDENCE_COLUMNS = (
    _column("plan", "Plan", TEXT, 34, "El plan de la actividad.", "row.plan"),
    _column("numero", "N.º", TEXT, 6, "El de la actividad.", "row.number"),
    _column("clave", "Clave", WHOLE, 7, "La de la actividad.", "row.key"),
    _column("actividad", "Actividad", TEXT, 44, "La que la evidencia muestra.", "row.activity"),
    _column("periodo", "Periodo", TEXT, 18, "El del reporte que la trajo.", "line.period"),
    _column("evidencia_id", "Evidencia", WHOLE, 9, "Su número en el portal.", "line.pk"),
    _column("nombre", "Nombre", TEXT, 40, "El del archivo, o el enlace.", "line.name"),
    _column("descripcion", "Qué muestra", TEXT, 34, "En palabras de quien la aportó.", "line.description"),
    _column("clase", "Clase", TEXT, 20, "Pública, reservada o con datos personales.", "line.classification"),
    _column("sha256", "SHA-256", TEXT, 66, "Del archivo; vacío en un enlace.", "line.sha256"),
    _column("enlace", "Enlace", TEXT, 40, "Vacío en un archivo.", "line.url"),
    _column("dependencia", "Aportó", TEXT, 28, "La dependencia que la trajo.", "line.office"),
    _column("fecha", "Aportada el", DATE, 12, "Cuándo llegó al portal.", "line.brought_on"),
)

__all__ = ["EVIDENCE_COLUMNS", "ROW_COLUMNS", "TOTAL_COLUMNS", "Column", "EvidenceUse", "TotalLine", "share"]
