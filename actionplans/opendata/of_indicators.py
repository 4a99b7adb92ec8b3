"""The table of indicators: how the plans in force say that results are measured."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from actionplans.enums import Accumulation, Direction, IndicatorKind
from actionplans.models import Indicator
from actionplans.models.indicator import PERIOD_TARGETS
from planning.models import Entity

from .codes import choices, code, said
from .columns import OF_PLAN, PLAN_KEY, TO_PLAN, published, text
from .reading import EVERYTHING, Reading
from .table import Field, Row, Table

OF_ACTIVITY, OF_COMPONENT = "actividad", "componente"


def _closed(name, title, description, enum) -> Field:
    return Field(name, "string", title, f"{description} {said(enum)}.", choices(enum)[0], choices(enum))


FIELDS = (
    *OF_PLAN,
    Field(
        "sobre",
        "string",
        "Sobre",
        "Si mide una actividad o un componente entero.",
        OF_ACTIVITY,
        (OF_ACTIVITY, OF_COMPONENT),
        is_required=True,
    ),
    Field(
        "sobre_cual", "integer", "Sobre cuál", "El número de la actividad o del componente.", "1", is_required=True
    ),
    Field("actividad", "integer", "Actividad", "Número permanente de la actividad que mide.", "1"),
    Field("componente", "integer", "Componente", "Orden del componente que mide.", "1"),
    Field(
        "indicador", "integer", "Indicador", "Su número permanente dentro de lo que mide.", "1", is_required=True
    ),
    Field("nombre", "string", "Nombre", "Nombre, o fórmula si el plan solo trae esa.", is_required=True),
    Field("formula", "string", "Fórmula", "Cómo se calcula, como está impreso."),
    _closed("tipo", "Tipo", "Qué clase de medida es.", IndicatorKind),
    _closed("acumulacion", "Acumulación", "Cómo se juntan los periodos.", Accumulation),
    _closed("sentido", "Sentido", "Hacia dónde es mejor.", Direction),
    Field("numerador", "string", "Numerador", "Qué cuenta el numerador, si es una razón."),
    Field("denominador", "string", "Denominador", "Qué cuenta el denominador, si es una razón."),
    Field("unidad", "string", "Unidad", "En qué se mide.", "encuestas"),
    Field("linea_base", "number", "Línea base", "De dónde parte.", "10"),
    Field("linea_base_impresa", "string", "Línea base impresa", "Como está en el plan."),
    Field("meta", "number", "Meta", "A dónde debe llegar en el año. Vacía: el plan no la define.", "60"),
    Field("meta_impresa", "string", "Meta impresa", "Como está en el plan."),
    Field("resultado_impreso", "string", "Resultado impreso", "El resultado esperado, como está en el plan."),
    *(
        Field(
            f"meta_periodo_{n}", "number", f"Meta del periodo {n}", f"La del periodo {n}, si el plan la da.", "15"
        )
        for n in range(1, 5)
    ),
)


INDICATOR_SAID = (
    "key",
    "name",
    "formula",
    "kind",
    "accumulation",
    "direction",
    "numerator",
    "denominator",
    "unit",
    "baseline",
    "printed_baseline",
    "target",
    "printed_target",
    "printed_result",
    *PERIOD_TARGETS,
)
CLOSED = {"kind": IndicatorKind, "accumulation": Accumulation, "direction": Direction}


def indicator_rows(entity: Entity, year: int, read: Reading = EVERYTHING) -> Iterator[Row]:
    """Those of activities, then those of components: each kind is found by an index of its own."""
    versions = published(entity, year)
    of_activities = Indicator.objects.filter(activity_version__version__in=versions).order_by(
        "activity_version__version__plan__slug", "activity_version__position", "position", "key"
    )
    names = ("activity_version__version__plan__slug", "activity_version__activity__key")
    for plan, number, *told in read(of_activities.values_list(*names, *INDICATOR_SAID), names[0]):
        yield entity.slug, year, plan, OF_ACTIVITY, number, number, None, *said_of_indicator(told)
    of_components = Indicator.objects.filter(component__version__in=versions).order_by(
        "component__version__plan__slug", "component__position", "position", "key"
    )
    names = ("component__version__plan__slug", "component__position")
    for plan, number, *told in read(of_components.values_list(*names, *INDICATOR_SAID), names[0]):
        yield entity.slug, year, plan, OF_COMPONENT, number, None, number, *said_of_indicator(told)


def said_of_indicator(told: Sequence) -> Iterator:
    """As tables have them: texts that are not there as None, codes in Spanish."""
    for name, value in zip(INDICATOR_SAID, told, strict=True):
        said_value = code(CLOSED[name], value) if name in CLOSED else value
        yield text(said_value) if isinstance(said_value, str) else said_value


TABLES = (
    Table(
        "indicadores",
        "Indicadores",
        "Cómo se mide cada actividad o componente de los planes vigentes.",
        FIELDS,
        (*PLAN_KEY, "sobre", "sobre_cual", "indicador"),
        indicator_rows,
        (TO_PLAN,),
    ),
)
