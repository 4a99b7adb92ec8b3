"""A year with something of everything that open data tell, and with what they must not."""

import datetime
from decimal import Decimal

import pytest

from actionplans.domain.contents.content import (
    ActivityContent,
    ComponentContent,
    IndicatorContent,
    PlanContent,
    ResponsibleContent,
)
from actionplans.domain.following.reporting.reviewing import verify_progress
from actionplans.domain.following.reporting.sending import ReadingContent
from actionplans.models import Activity
from tests.factories import adopt, make_framework, make_policy, make_published_plan
from tests.following import (
    close,
    link,
    make_year,
    months,
    on_day,
    promised,
    reopen,
    report,
    reported,
    shipped_lights,
    validate,
)

AWKWARD = 'Hacer mesas, «ñandú» y "ferias"\nen dos comunas'
FORMULA = "=SUMA(1;2)"


def plan_of(office, title="Plan de participación", objectives=()):
    said = {"responsibles": (ResponsibleContent(text=office.name, office=office, reports=True),)}
    fairs = IndicatorContent(
        name="Mesas", target=Decimal(3), unit="mesas", kind="count", accumulation="flow", direction="increasing"
    )
    return PlanContent(
        title=title,
        components=(ComponentContent(name="Participación"),),
        activities=(
            ActivityContent(
                description=AWKWARD,
                months=months(1, 2, 4, 7),
                indicators=(fairs,),
                tasks=("Citar", "Oír"),
                component="Participación",
                objectives=objectives,
                **said,
            ),
            ActivityContent(description=FORMULA, months=months(3, 6), deliverable="Acta", **said),
        ),
    )


@pytest.fixture
def told_year(house):
    """2024: the first quarter closed twice, with a correction, a verification and evidence of every class."""
    shipped_lights()
    policy = make_policy()
    adopt(house.entity, policy)
    axis = make_framework(house.entity, first_year=2024, last_year=2027).axes.create(position=1, name="Cercanía")
    objective = axis.objectives.create(position=1, name="Oír a la ciudadanía")
    content = plan_of(house.office, objectives=(objective,))
    make_published_plan(house.entity, content=content, policy=policy, kind="politica")
    periods = make_year(house)
    first, second = Activity.objects.order_by("key")
    proofs = (
        link(house, description="Acta de la mesa"),
        link(
            house,
            "https://ejemplo.gov.co/asistentes.pdf",
            description="Lista de asistentes",
            classification="datos-personales",
            ground="Ley 1581 de 2012",
        ),
    )
    with on_day(2024, 4, 5):
        sent = report(house, first, periods[0], 2, evidence=proofs, executed_months=months(1, 2))
        fixed = (ReadingContent(key=1, name="Mesas", value=Decimal(1)),)
        validate(house, sent, comment="Una mesa no tiene acta.", corrections=fixed)
        reported(house, second, periods[0], declared=Decimal(40))
    with on_day(2024, 4, 20):
        close(house, periods[0])
    with on_day(2024, 5, 2):
        reopen(house, periods[0], [second], until=datetime.date(2024, 5, 20))
    with on_day(2024, 5, 5):
        reported(house, second, periods[0], declared=Decimal(50))
    with on_day(2024, 5, 21):
        close(house, periods[0])
    with on_day(2024, 5, 22):
        verify_progress(
            promised(first, periods[0]), periods[0], by=house.auditor, value=Decimal(25), opinion="Falta un acta."
        )
    return house


@pytest.fixture
def rows_of():
    """The rows of a table, each by the names of its fields."""
    from actionplans.opendata.tables import TABLES

    def read(name, entity, year=2024):
        table = TABLES[name]
        names = [field.name for field in table.fields]
        return [dict(zip(names, row, strict=True)) for row in table.rows(entity, year)]

    return read
