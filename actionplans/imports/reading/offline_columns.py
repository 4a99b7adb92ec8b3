"""The columns of the workbook for reporting without internet: one row for each activity and indicator.

The first row of the sheet, hidden, has the keys by which they are known again, wherever they were moved.
"""

from __future__ import annotations

from dataclasses import dataclass

from actionplans.months import MONTH_NAMES

SHEET = "Mis actividades"
GUIDE_SHEET = "Cómo llenarlo"
IDENTITY = "id"
KEY_ROW, FIRST_ROW = 1, 5  # title, note and headings stand between

YES, NO = "Sí", "No"
YES_VALUE, NO_VALUE, CHECKED = "1", "0", "on"
CLASSES = {
    "Pública": "publica",
    "Reservada o clasificada": "reservada",
    "Contiene datos personales": "datos-personales",
}

NUMBER, PERCENT, ANSWER, MARK, CHECK, TEXT, CLASS = "number", "percent", "answer", "mark", "check", "text", "class"


@dataclass(frozen=True)
class Column:
    """A column: `kind` is how its cells are typed, empty where they are not."""

    key: str
    heading: str
    width: float
    kind: str = ""

    @property
    def is_open(self) -> bool:
        return bool(self.kind)


TOLD = (
    Column("plan", "Plan", 18),
    Column("number", "N.º", 6),
    Column("activity", "Actividad", 34),
    Column("deliverable", "Producto o entregable", 22),
    Column("programmed", "Programada en", 16),
    Column("indicator", "Indicador", 24),
    Column("asked", "Qué cifra se pide", 30),
    Column("state", "Estado", 14),
    Column("last", "Último reporte", 30),
)
SHOWN = ("number", "activity", "indicator")
"""What people know a row by, beside which its identity has to stay."""
FIGURES = (
    Column("numerator", "Numerador", 12, NUMBER),
    Column("denominator", "Denominador", 12, NUMBER),
    Column("value", "Resultado", 12, NUMBER),
)
SILENT = Column("no_data", "Sin dato en este periodo", 9, CHECK)
WORDS = (
    Column("declared", "Avance del año hasta hoy (%)", 13, PERCENT),
    Column("without_progress", "No hubo avance", 9, CHECK),
    Column("narrative", "Qué se hizo", 44, TEXT),
    Column("difficulties", "Dificultades, o por qué no hubo avance", 34, TEXT),
)
SOURCE = Column("source", "De dónde sale este reporte", 28, TEXT)
EVIDENCE = (
    Column("evidence_url", "Enlace de una evidencia", 26, TEXT),
    Column("evidence_description", "Qué muestra la evidencia", 20, TEXT),
    Column("evidence_classification", "Quién la puede ver", 16, CLASS),
    Column("evidence_ground", "Por qué no es pública", 24, TEXT),
)
FIGURE_KEYS = tuple(column.key for column in FIGURES)
INDICATOR_KEYS = (*FIGURE_KEYS, SILENT.key)
"""What is answered in the row of each indicator; the rest is of the activity, in its first row."""


def month_key(month: int) -> str:
    return f"month_{month}"


def columns_of(months, *, has_source: bool) -> list[Column]:
    """All the columns in order, the identity apart; `months` are those of which something may be said."""
    done = [Column(month_key(m), f"Se hizo en {MONTH_NAMES[m - 1]}", 10, MARK) for m in months]
    return [*TOLD, *FIGURES, SILENT, *done, *WORDS, *([SOURCE] if has_source else []), *EVIDENCE]
