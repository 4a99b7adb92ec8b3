"""Tables of what was told of activities in closed periods: reports that counted, readings, verifications.

As the pages: of the newest closing of each period, and only what had been validated by then; of a value that
planning corrected, the corrected one alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import BooleanField, F, Value

from actionplans.models import Correction, Measurement, Validation
from planning.models import Entity

from .columns import ACTIVITY_KEY, OF_ACTIVITY, PERIOD, TO_ACTIVITY, text, to, to_office
from .counting import Year, place, place_of
from .of_periods import CLOSING
from .reading import EVERYTHING, Reading
from .table import Field, Row, Table

REPORT = "revision__report"
IN_PLAN = f"{REPORT}__activity__plan__slug"
ORDER = ("in_plan", "number", "ends", "in_period")


def report_rows(entity: Entity, year: int, read: Reading = EVERYTHING) -> Iterator[Row]:
    closed = Year(entity, year)
    rows = closed.validations.annotate(**place_of(REPORT)).order_by(*ORDER)
    rows = rows.select_related("revision__office").prefetch_related("revision__measurements", "corrections")
    for review in read(rows, IN_PLAN):
        revision = review.revision
        corrected = review.corrected_declared
        yield (
            *closed.head(review.in_plan, review.number, review.in_period),
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


VALUES_OF_READING = (*ORDER, "key", "name", "value", "numerator", "denominator", "is_corrected")


def reading_rows(entity: Entity, year: int, read: Reading = EVERYTHING) -> Iterator[Row]:
    """Those that planning corrected, or added, are in the place of the reported ones."""
    closed = Year(entity, year)
    counted = closed.counted()
    corrections = Correction.objects.filter(validation__in=counted)
    same = corrections.filter(validation__revision__measurements__key=F("key"))
    replaced = list(same.order_by().values_list("validation__revision__measurements", flat=True))
    reported = Measurement.objects.filter(revision__in=counted.values()).exclude(pk__in=replaced)
    rows = _readings(read, reported, REPORT, is_corrected=False).union(
        _readings(read, corrections, f"validation__{REPORT}", is_corrected=True), all=True
    )
    for plan, number, _ends, period, *told in read.cut(rows.order_by(*ORDER, "key")):
        yield *closed.head(plan, number, period), *told


def _readings(read: Reading, rows, report: str, *, is_corrected: bool):
    rows = read.of_plan(rows, f"{report}__activity__plan__slug")
    rows = rows.annotate(**place_of(report), is_corrected=Value(is_corrected, BooleanField()))
    return rows.order_by().values_list(*VALUES_OF_READING)


def verification_rows(entity: Entity, year: int, read: Reading = EVERYTHING) -> Iterator[Row]:
    closed = Year(entity, year)
    rows = closed.verifications.annotate(**place("activity", "period")).order_by(*ORDER)
    rows = rows.values_list(*ORDER, "value", "opinion", "at")
    for plan, number, _ends, period, *told in read(rows, "activity__plan__slug"):
        yield *closed.head(plan, number, period), *told


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
            Field(
                "avance_verificado",
                "number",
                "Avance verificado (%)",
                "Su valor; pasa de 100 donde se hizo más de lo prometido.",
                "35",
            ),
            Field("concepto", "string", "Concepto", "Lo que dice.", is_required=True),
            Field("verificado_en", "datetime", "Verificado", "Cuándo.", "2024-05-02T15:00:00Z", is_required=True),
        ),
        REPORT_KEY,
        verification_rows,
        (TO_ACTIVITY, TO_CLOSING),
    ),
)
