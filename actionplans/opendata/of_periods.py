"""Tables of the calendar of follow-up: its periods and their closings."""

from __future__ import annotations

from collections.abc import Iterator

from actionplans.enums import PeriodScheme, PeriodStatus
from actionplans.models import Closing, ReportingPeriod
from planning.models import Entity

from .codes import choices
from .columns import OF_PERIOD, PERIOD_KEY, TO_PERIOD, period_name
from .table import Field, Row, Table

STATES = {PeriodStatus.OPEN: "abierto", PeriodStatus.CLOSED: "cerrado", PeriodStatus.REOPENED: "reabierto"}
CLOSING = Field("cierre", "integer", "Cierre", "Número del cierre dentro del periodo.", "1", is_required=True)
COUNTS = Field(
    "vigente",
    "boolean",
    "Vigente",
    "Si es el último cierre del periodo: el que vale. Los anteriores se conservan.",
    "true",
    is_required=True,
)
CLOSED = Field("cerrado_en", "datetime", "Cerrado", "Cuándo se cerró.", "2024-04-20T15:00:00Z", is_required=True)


def period_rows(entity: Entity, year: int) -> Iterator[Row]:
    for row in ReportingPeriod.objects.filter(entity=entity, year=year).order_by("-scheme", "ordinal"):
        yield (
            entity.slug,
            year,
            period_name(row.scheme, row.ordinal),
            row.label,
            row.scheme,
            row.ordinal,
            row.starts,
            row.ends,
            row.opens,
            row.closes,
            row.announced,
            STATES[row.status],
            row.sequence,
        )


def closing_rows(entity: Entity, year: int) -> Iterator[Row]:
    rows = (
        Closing.objects.filter(entity=entity, period__year=year)
        .order_by("-period__scheme", "period__ordinal", "sequence")
        .values_list(
            "period__scheme",
            "period__ordinal",
            "sequence",
            "at",
            "period__sequence",
            "digest",
            "chain_head",
            "reopening__at",
            "reopening__reason",
            "reopening__act__name",
            "reopening__act__date",
        )
    )
    for scheme, ordinal, sequence, at, newest, *told in rows:
        yield entity.slug, year, period_name(scheme, ordinal), sequence, at, sequence == newest, *told


PERIOD_FIELDS = (
    *OF_PERIOD,
    Field("nombre", "string", "Nombre", "Cómo se llama.", "Trimestre I", is_required=True),
    Field(
        "cada",
        "string",
        "Cada",
        "Si se sigue por trimestres o por cuatrimestres.",
        "trimestre",
        choices(PeriodScheme),
        is_required=True,
    ),
    Field("numero", "integer", "Número", "Cuál del año es.", "1", is_required=True),
    Field("empieza", "date", "Empieza", "Primer día del periodo.", "2024-01-01", is_required=True),
    Field("termina", "date", "Termina", "Último día: el corte.", "2024-03-31", is_required=True),
    Field("reporte_desde", "date", "Reporte desde", "Primer día para reportar.", "2024-04-01", is_required=True),
    Field("reporte_hasta", "date", "Reporte hasta", "Último día para reportar.", "2024-04-15", is_required=True),
    Field(
        "reporte_anunciado_hasta",
        "date",
        "Reporte anunciado hasta",
        "El último día para reportar que la entidad dio a conocer primero.",
        "2024-04-15",
        is_required=True,
    ),
    Field("estado", "string", "Estado", "En qué va.", "cerrado", tuple(STATES.values()), is_required=True),
    Field("cierres", "integer", "Cierres", "Cuántas veces se ha cerrado.", "1", is_required=True),
)
CLOSING_FIELDS = (
    *OF_PERIOD,
    CLOSING,
    CLOSED,
    COUNTS,
    Field(
        "huella", "string", "Huella SHA-256", "Huella de todo lo que se sabía ese día.", "51ab…", is_required=True
    ),
    Field(
        "cabeza_registro",
        "string",
        "Cabeza del registro",
        "Última huella del registro de auditoría ese día.",
        "7c02…",
        is_required=True,
    ),
    Field("reabierto_en", "datetime", "Reabierto", "Cuándo se reabrió después, si se reabrió."),
    Field("motivo_reapertura", "string", "Motivo de la reapertura", "Por qué se reabrió."),
    Field("acto_reapertura", "string", "Acto de la reapertura", "Por cuál acto."),
    Field("fecha_acto_reapertura", "date", "Fecha de ese acto", "De qué fecha es.", "2024-05-02"),
)
TABLES = (
    Table(
        "periodos",
        "Periodos de seguimiento",
        "El calendario de la vigencia: cuándo se reporta y qué se ha cerrado.",
        PERIOD_FIELDS,
        PERIOD_KEY,
        period_rows,
    ),
    Table(
        "cierres",
        "Cierres",
        "Cada vez que se cerró un periodo, con su huella; si se reabrió, por qué.",
        CLOSING_FIELDS,
        (*PERIOD_KEY, "cierre"),
        closing_rows,
        (TO_PERIOD,),
    ),
)
