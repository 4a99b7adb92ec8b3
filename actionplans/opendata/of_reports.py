"""Tables of what was told of activities in closed periods: reports that counted, readings, verifications.

As the pages: of the newest closing of each period, and only what had been validated by then; of a value that
planning corrected, the corrected one alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import islice

from actionplans.enums import FigureScope
from actionplans.models import ClosedFigure, Closing, Validation
from actionplans.reports.counted import (
    counted_reviews,
    last_reviews,
    last_verifications,
    with_words,
)
from planning.models import Entity

from .columns import ACTIVITY_KEY, OF_ACTIVITY, PERIOD, TO_ACTIVITY, period_name, text, to, to_office
from .of_periods import CLOSING
from .table import Field, Row, Table

TOGETHER = 500
"""Activities in closed periods whose reports are in memory at a time."""


def told_of(entity: Entity, year: int) -> Iterator[tuple[Row, Validation]]:
    """What counted of each activity in the newest closing of each period, with how its rows begin."""
    for closings, some in _parts(entity, year):
        reviews = last_reviews(closings, revision__report__activity__in=_activities(some))
        validations = with_words(counted_reviews(reviews).values())
        for row in some:
            if validation := validations.get(row[-2:]):
                yield _head(entity, year, closings, row), validation


def _parts(entity: Entity, year: int) -> Iterator[tuple[Mapping[int, Closing], list[tuple]]]:
    """The newest closings, and so many at a time of the activities that they measured.

    Queries for each part: what is in memory does not grow with the year.
    """
    closings = {
        closing.period_id: closing
        for closing in Closing.objects.newest()
        .filter(entity=entity, period__year=year)
        .select_related("period", "reopening")
        .defer("snapshot")
    }
    measured = iter(_measured(closings).iterator(TOGETHER))
    while some := list(islice(measured, TOGETHER)):
        yield closings, some


def _measured(closings):
    return (
        ClosedFigure.objects.filter(
            closing__in=[closing.pk for closing in closings.values()], scope=FigureScope.ACTIVITY
        )
        .order_by("plan__slug", "activity__key", "closing__period__ends")
        .values_list("plan__slug", "activity__key", "closing__period", "activity")
    )


def _activities(some: Iterable[tuple]) -> set[int]:
    return {activity for *_place, activity in some}


def _head(entity: Entity, year: int, closings: Mapping[int, Closing], row: tuple) -> Row:
    """How every row about an activity in a closed period begins."""
    plan, number, period, _activity = row
    closing = closings[period]
    name = period_name(closing.period.scheme, closing.period.ordinal)
    return entity.slug, year, plan, number, name, closing.sequence


def report_rows(entity: Entity, year: int) -> Iterator[Row]:
    for head, review in told_of(entity, year):
        revision = review.revision
        corrected = review.corrected_declared
        yield (
            *head,
            revision.office.slug if revision.office else None,
            revision.at,
            review.at,
            revision.is_without_progress,
            text(", ".join(map(str, revision.executed_months))),
            text(revision.narrative),
            text(revision.difficulties),
            revision.declared if corrected is None else corrected,
            corrected is not None or bool(review.corrections.all()),
            text(review.comment) if _says_why(review) else None,
            revision.is_on_behalf,
            revision.is_by_extension,
            review.is_self,
        )


def _says_why(review: Validation) -> bool:
    """Pages tell planning's comment beside a value of the office that it corrected."""
    reported = {row.key for row in review.revision.measurements.all()}
    of_reading = any(row.key in reported for row in review.corrections.all())
    return of_reading or (review.corrected_declared is not None and review.revision.declared is not None)


def reading_rows(entity: Entity, year: int) -> Iterator[Row]:
    for head, review in told_of(entity, year):
        reported = {row.key: row for row in review.revision.measurements.all()}
        corrected = {row.key: row for row in review.corrections.all()}
        for key in sorted(reported | corrected):
            counted = corrected.get(key, reported.get(key))
            yield (
                *head,
                key,
                counted.name,
                *_values(counted),
                key in corrected,
            )


def _values(reading) -> tuple[Decimal | None, ...]:
    return reading.value, reading.numerator, reading.denominator


def verification_rows(entity: Entity, year: int) -> Iterator[Row]:
    for closings, some in _parts(entity, year):
        verified = last_verifications(closings, activity__in=_activities(some))
        for row in some:
            if said := verified.get(row[-2:]):
                yield *_head(entity, year, closings, row), said.value, said.opinion, said.at


OF_REPORT = (*OF_ACTIVITY, PERIOD, CLOSING)
REPORT_KEY = (*ACTIVITY_KEY, "periodo")
TO_CLOSING = to("cierres", "periodo", "cierre")
TO_REPORT = to("reportes", "plan", "actividad", "periodo")
VALUES = (("valor", "Valor"), ("numerador", "Numerador"), ("denominador", "Denominador"))

REPORT_FIELDS = (
    *OF_REPORT,
    Field("dependencia", "string", "Dependencia", "La que reportó.", "hacienda"),
    Field("enviado_en", "datetime", "Enviado", "Cuándo se envió.", "2024-04-05T15:00:00Z", is_required=True),
    Field("validado_en", "datetime", "Validado", "Cuándo se validó.", "2024-04-08T15:00:00Z", is_required=True),
    Field("sin_avance", "boolean", "Sin avance", "Si reportó que no hubo avance.", "false", is_required=True),
    Field(
        "meses",
        "string",
        "Meses",
        "En qué meses del año se hizo, por su número, separados por coma y espacio: es un texto, no un número.",
        "2, 3",
    ),
    Field("que_se_hizo", "string", "Qué se hizo", "En palabras de la dependencia."),
    Field("dificultades", "string", "Dificultades", "En palabras de la dependencia."),
    Field(
        "avance_declarado",
        "number",
        "Avance declarado (%)",
        "El del año que cuenta, donde no hay con qué medirlo: como lo dejó planeación.",
        "40",
    ),
    Field("corregido", "boolean", "Corregido", "Si planeación corrigió algún valor.", "false", is_required=True),
    Field("por_que_se_corrigio", "string", "Por qué se corrigió", "En palabras de planeación."),
    Field(
        "por_planeacion",
        "boolean",
        "Por planeación",
        "Si lo registró planeación por la dependencia.",
        "false",
        is_required=True,
    ),
    Field("con_prorroga", "boolean", "Con prórroga", "Si se reportó con prórroga.", "false", is_required=True),
    Field(
        "validado_por_quien_envio",
        "boolean",
        "Validado por quien lo envió",
        "Si quien lo validó es quien lo había enviado.",
        "false",
        is_required=True,
    ),
)
READING_FIELDS = (
    *OF_REPORT,
    Field("indicador", "integer", "Indicador", "Número permanente del indicador.", "1", is_required=True),
    Field("nombre", "string", "Nombre", "Nombre del indicador al reportar.", is_required=True),
    *(Field(name, "number", title, f"{title} que cuenta. Sí y no son 1 y 0.", "12") for name, title in VALUES),
    Field("corregido", "boolean", "Corregido", "Si planeación corrigió el valor.", "false", is_required=True),
)

TABLES = (
    Table(
        "reportes",
        "Reportes",
        "Lo que se reportó de cada actividad en los periodos cerrados y se validó antes del cierre.",
        REPORT_FIELDS,
        REPORT_KEY,
        report_rows,
        (TO_ACTIVITY, TO_CLOSING, to_office()),
    ),
    Table(
        "mediciones",
        "Mediciones",
        "Los valores de los indicadores en esos reportes: los que cuentan. De los que planeación corrigió no se "
        "publica el que había dicho la dependencia, que no se validó.",
        READING_FIELDS,
        (*REPORT_KEY, "indicador"),
        reading_rows,
        (TO_REPORT,),
    ),
    Table(
        "verificaciones",
        "Verificaciones de control interno",
        "Lo que control interno verificó de cada actividad, aparte de lo reportado.",
        (
            *OF_REPORT,
            Field("avance_verificado", "number", "Avance verificado (%)", "Su valor, de 0 a 100.", "35"),
            Field("concepto", "string", "Concepto", "Lo que dice.", is_required=True),
            Field("verificado_en", "datetime", "Verificado", "Cuándo.", "2024-05-02T15:00:00Z", is_required=True),
        ),
        REPORT_KEY,
        verification_rows,
        (TO_ACTIVITY, TO_CLOSING),
    ),
)
