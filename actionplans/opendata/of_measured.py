"""Tables of what closings measured: the plans as they were then, with which their figures can be worked out again.

A plan that was modified after a closing promises something else today; the tables of activities, components and
indicators tell that. These have every version that some closing of the year measured, in force or not.
"""

from __future__ import annotations

from collections.abc import Iterator

from actionplans.enums import PUBLIC_STATUSES, VersionStatus
from actionplans.models import ActivityVersion, Closing, Component, Indicator, PlanVersion
from actionplans.reports.closing.closed import measured_versions
from planning.models import Entity

from .columns import ADDRESS, OF_PLAN, PLAN_KEY, VERSION, WEIGHT, text, to
from .of_activities import ACTIVITY_FIELDS, ACTIVITY_SAID, said_of_activity
from .of_indicators import FIELDS as INDICATOR_FIELDS
from .of_indicators import INDICATOR_SAID, OF_ACTIVITY, OF_COMPONENT, said_of_indicator
from .of_plans import COMPONENT
from .reading import EVERYTHING, Reading
from .table import Field, Row, Table

IN_FORCE = Field("vigente", "boolean", "Vigente", "Si esa versión es la que rige hoy.", "false", is_required=True)
OF_VERSION = (*OF_PLAN, VERSION, IN_FORCE)
VERSION_KEY = (*PLAN_KEY, "version")
OF_MEASURED = to("versiones", "plan", "version")
WHEN = "como estaban en cada versión que un cierre midió: con ellas se rehacen las cifras de esa versión."


def measured(entity: Entity, year: int) -> list[int]:
    """The versions that closings of the year measured, also closings that a later one replaced. Two queries."""
    closings = Closing.objects.filter(entity=entity, period__year=year).only("pk")
    pairs = {pair for versions in measured_versions(closings).values() for pair in versions.items()}
    known = PlanVersion.objects.filter(entity=entity, plan__year=year, status__in=PUBLIC_STATUSES).order_by()
    return [pk for pk, *pair in known.values_list("pk", "plan", "number") if tuple(pair) in pairs]


def _place(version: str) -> tuple[str, str, str]:
    return f"{version}__plan__slug", f"{version}__number", f"{version}__status"


def _head(entity: Entity, year: int, plan: str, number: int, status: str) -> Row:
    return entity.slug, year, plan, number, status == VersionStatus.APPROVED


def activity_rows(entity: Entity, year: int, read: Reading = EVERYTHING) -> Iterator[Row]:
    rows = ActivityVersion.objects.filter(version__in=measured(entity, year))
    place = _place("version")
    rows = rows.order_by(*place[:2], "position").values_list(*place, *ACTIVITY_SAID, named=True)
    for row in read(rows, place[0]):
        yield *_head(entity, year, *row[:3]), *said_of_activity(row)


def component_rows(entity: Entity, year: int, read: Reading = EVERYTHING) -> Iterator[Row]:
    rows = Component.objects.filter(version__in=measured(entity, year))
    place = _place("version")
    rows = rows.order_by(*place[:2], "position").values_list(*place, "position", "name", "description", "weight")
    for *where, position, name, description, weight in read(rows, place[0]):
        yield *_head(entity, year, *where), position, name, text(description), weight


def indicator_rows(entity: Entity, year: int, read: Reading = EVERYTHING) -> Iterator[Row]:
    """Those of activities, then those of components."""
    versions = measured(entity, year)
    of_activities = Indicator.objects.filter(activity_version__version__in=versions)
    place = _place("activity_version__version")
    of_activities = of_activities.order_by(*place[:2], "activity_version__position", "position", "key")
    names = (*place, "activity_version__activity__key", *INDICATOR_SAID)
    for plan, version, status, number, *told in read(of_activities.values_list(*names), place[0]):
        head = _head(entity, year, plan, version, status)
        yield *head, OF_ACTIVITY, number, number, None, *said_of_indicator(told)
    of_components = Indicator.objects.filter(component__version__in=versions)
    place = _place("component__version")
    of_components = of_components.order_by(*place[:2], "component__position", "position", "key")
    names = (*place, "component__position", *INDICATOR_SAID)
    for plan, version, status, number, *told in read(of_components.values_list(*names), place[0]):
        head = _head(entity, year, plan, version, status)
        yield *head, OF_COMPONENT, number, None, number, *said_of_indicator(told)


def _after_plan(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """What a table of plans in force says after naming the plan, without the page of the version in force."""
    return tuple(field for field in fields[len(OF_PLAN) :] if field != ADDRESS)


TABLES = (
    Table(
        "actividades-medidas",
        "Actividades medidas",
        f"Las actividades {WHEN}",
        (*OF_VERSION, *_after_plan(ACTIVITY_FIELDS)),
        (*VERSION_KEY, "actividad"),
        activity_rows,
        (OF_MEASURED,),
    ),
    Table(
        "componentes-medidos",
        "Componentes medidos",
        f"Los componentes {WHEN.replace('ellas', 'ellos')}",
        (
            *OF_VERSION,
            COMPONENT,
            Field("nombre", "string", "Nombre", "Nombre del componente.", is_required=True),
            Field("descripcion", "string", "Descripción", "Lo que el plan explica de él."),
            WEIGHT,
        ),
        (*VERSION_KEY, "componente"),
        component_rows,
        (OF_MEASURED,),
    ),
    Table(
        "indicadores-medidos",
        "Indicadores medidos",
        f"Los indicadores {WHEN.replace('ellas', 'ellos')}",
        (*OF_VERSION, *_after_plan(INDICATOR_FIELDS)),
        (*VERSION_KEY, "sobre", "sobre_cual", "indicador"),
        indicator_rows,
        (OF_MEASURED,),
    ),
)
