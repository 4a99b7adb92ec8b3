"""The table of figures: what each closing made public, of activities, plans and all that they add up to."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.db.models.fields.json import KeyTextTransform

from actionplans.domain.following.figures.bands import band_of
from actionplans.domain.following.figures.figure import ahead_of
from actionplans.enums import FigureScope, PeriodScheme
from actionplans.models import ClosedFigure, Closing
from actionplans.progress import ProgressState, rounded
from actionplans.progress.numbers import SHOWN_DECIMALS
from actionplans.reports.closing.closed import measured_versions
from planning.models import Entity

from .codes import choices, said
from .columns import OF_PERIOD, PERIOD_KEY, TO_PLAN, TO_VERSION, period_name, text, to
from .of_periods import CLOSED, CLOSING, COUNTS
from .reading import EVERYTHING, Reading
from .table import Field, Row, Table

SHARES = {
    "programado": ("programmed", "Programado (%)", "Lo programado del año hasta el corte"),
    "ejecutado": ("executed", "Ejecutado (%)", "Lo ejecutado del año hasta el corte"),
    "cumplimiento": ("to_date", "Cumplimiento a la fecha (%)", "Lo ejecutado sobre lo programado hasta el corte"),
    "cumplimiento_periodo": (
        "of_period",
        "Cumplimiento del periodo (%)",
        "Lo que trajo el periodo sobre lo que debía traer",
    ),
}
"""Each share: its column in the database, its title and what it is."""


def figure_rows(entity: Entity, year: int, read: Reading = EVERYTHING) -> Iterator[Row]:
    closings = Closing.objects.filter(entity=entity, period__year=year).only("pk")
    versions = measured_versions(closings)
    rows = (
        ClosedFigure.objects.filter(closing__in=[closing.pk for closing in closings])
        .annotate(reason=KeyTextTransform("reason", "data"))
        .order_by("-closing__period__scheme", "closing__period__ordinal", "closing__sequence", "pk")
        .values_list(
            "closing__period__scheme",
            "closing__period__ordinal",
            "closing__sequence",
            "closing__at",
            "closing__period__ends",
            "closing__period__sequence",
            "closing",
            "scope",
            "key",
            "label",
            "plan",
            "plan__slug",
            "activity__key",
            "state",
            "reason",
            "light",
            "ahead",
            *(column for column, *_said in SHARES.values()),
            named=True,
        )
    )
    for row in read(rows, "plan__slug"):
        shares = [getattr(row, column) for column, *_said in SHARES.values()]
        light = band_of(row.light)
        yield (
            entity.slug,
            year,
            period_name(row.closing__period__scheme, row.closing__period__ordinal),
            row.closing__sequence,
            row.closing__at,
            row.closing__period__ends,
            row.closing__sequence == row.closing__period__sequence,
            row.scope,
            f"{row.plan__slug}/{row.activity__key}" if row.scope == FigureScope.ACTIVITY else row.key,
            row.label,
            row.plan__slug,
            row.activity__key,
            versions[row.closing].get(row.plan),
            *map(shown, shares),
            *shares,
            shown(programmed_by_the_end(row)),
            row.state,
            text(row.reason),
            light.label if light else None,
            str(light.tone) if light else None,
            light.floor if light else None,
        )


def programmed_by_the_end(row) -> Decimal | None:
    """At the last cut of the year, as the closing knew it; those of the first edition kept nothing of it."""
    if row.closing__period__ordinal == PeriodScheme(row.closing__period__scheme).periods:
        return row.programmed
    return ahead_of(row.ahead)[-1] if row.ahead else None


def shown(share: Decimal | None) -> Decimal | None:
    """A percentage as pages write it."""
    return None if share is None else rounded(share, SHOWN_DECIMALS)


FIGURE_FIELDS = (
    *OF_PERIOD,
    CLOSING,
    CLOSED,
    Field("corte", "date", "Corte", "Hasta qué día mide.", "2024-03-31", is_required=True),
    COUNTS,
    Field(
        "alcance",
        "string",
        "Alcance",
        f"De qué es la cifra. {said(FigureScope)}.",
        "plan",
        choices(FigureScope),
        is_required=True,
    ),
    Field(
        "clave",
        "string",
        "Clave",
        "Identificador de aquello que mide: el del plan, la política, la dimensión, la dependencia, el eje o la "
        "entidad; de una actividad, su plan y su número.",
        "plan-de-participacion-ciudadana/1",
        is_required=True,
    ),
    Field("nombre", "string", "Nombre", "Cómo se llamaba al cerrar.", is_required=True),
    Field("plan", "string", "Plan", "Identificador del plan, si es de un plan o de una actividad."),
    Field("actividad", "integer", "Actividad", "Número permanente, si es de una actividad.", "1"),
    Field("version", "integer", "Versión", "La versión del plan que se midió, si es de un plan.", "1"),
    *(
        Field(name, "number", title, f"{what}, como lo muestran las páginas: con dos decimales.", "63.33")
        for name, (_column, title, what) in SHARES.items()
    ),
    *(
        Field(
            f"{name}_exacto",
            "number",
            f"{title}, exacto",
            f"{what}, con los cuatro decimales del cierre.",
            "63.3333",
        )
        for name, (_column, title, what) in SHARES.items()
    ),
    Field(
        "programado_fin_de_vigencia",
        "number",
        "Programado al fin de la vigencia (%)",
        "Lo que los planes vigentes en el corte programaban para diciembre, de lo mismo que cuenta en la cifra, "
        "con dos decimales. Vacío si no se sabe o si el cierre no lo guardó.",
        "100",
    ),
    Field(
        "estado",
        "string",
        "Estado",
        f"Si hay cifra y, si no, por qué: nunca es un cero. {said(ProgressState)}.",
        "medida",
        choices(ProgressState),
        is_required=True,
    ),
    Field("razon", "string", "Razón", "Lo que falta para que haya cifra."),
    Field(
        "semaforo",
        "string",
        "Semáforo",
        "La franja en palabras, según el cumplimiento a la fecha. Cada entidad fija las suyas; si no fija otras: "
        "al día desde 80 %, en riesgo desde 60 % y atrasada por debajo.",
        "Al día",
    ),
    Field("tono", "string", "Tono", "El tono de la franja.", "al-dia"),
    Field(
        "semaforo_desde",
        "number",
        "Semáforo, desde",
        "El cumplimiento a la fecha desde el que vale la franja, como quedó fijo en el cierre, de 0 a 100.",
        "80",
    ),
)

TABLES = (
    Table(
        "cifras",
        "Cifras de avance",
        "Las cifras que cada cierre publicó, de actividades, planes, políticas, dimensiones, dependencias, ejes y "
        "la entidad. Para las que valen hoy, tome las de «vigente» verdadero. Lo que el plan prometía al cerrar "
        "está en «actividades-medidas», «componentes-medidos» e «indicadores-medidos», por plan y versión.",
        FIGURE_FIELDS,
        (*PERIOD_KEY, "cierre", "alcance", "clave"),
        figure_rows,
        (to("cierres", "periodo", "cierre"), TO_PLAN, TO_VERSION),
    ),
)
