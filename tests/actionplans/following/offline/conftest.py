"""A plan whose first quarter takes reports, and the leader who takes its workbook along."""

from decimal import Decimal

import pytest

from actionplans.domain.contents.content import IndicatorContent, PlanContent
from tests.factories import make_office, make_published_plan
from tests.following import make_year, on_day

from .steps import activity


@pytest.fixture
def other(house):
    return make_office(house.entity, "Secretaría de Gobierno")


@pytest.fixture
def plan(house, other):
    count = IndicatorContent(
        name="Talleres", kind="count", accumulation="flow", direction="increasing", target=Decimal(10)
    )
    ratio = IndicatorContent(
        name="Cobertura", kind="ratio", accumulation="flow", numerator="Atendidos", denominator="Inscritos",
        target=Decimal(100), unit="%",
    )  # fmt: skip
    done = IndicatorContent(name="Plan adoptado", kind="yes_no")
    content = PlanContent(
        title="Plan de talleres",
        activities=(
            activity("Hacer talleres", house.office, (count,)),
            activity("Atender y adoptar", house.office, (ratio, done), months=(1, 5)),
            activity("=Divulgar", house.office, months=(3,)),
            activity("De otra dependencia", other),
        ),
    )
    return make_published_plan(house.entity, content=content)


@pytest.fixture
def first(house, plan):
    with on_day(2024, 4, 5):
        yield make_year(house)[0]


@pytest.fixture
def leader(house, client):
    client.force_login(house.leader)
    return client
