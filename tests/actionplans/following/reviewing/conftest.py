"""A plan of two offices whose first quarter is reported, and planning, who answers."""

import pytest

from actionplans.domain.contents.content import IndicatorContent, PlanContent, ResponsibleContent
from actionplans.months import MonthSet
from tests.factories import activity_contents, make_office, make_policy, make_published_plan
from tests.following import make_year, on_day


@pytest.fixture
def health(house):
    """Another office, which answers too."""
    return make_office(house.entity, "Secretaría de Salud")


@pytest.fixture
def plan(house, health):
    indicator = IndicatorContent(name="Talleres", kind="count", accumulation="flow", target=10)
    responsibles = (
        ResponsibleContent(text=house.office.name, office=house.office),
        ResponsibleContent(text=health.name, office=health),
    )
    activities = activity_contents(4, indicators=(indicator,), months=MonthSet([2, 5]), responsibles=responsibles)
    return make_published_plan(
        house.entity, content=PlanContent(title="Plan de talleres", activities=activities), policy=make_policy()
    )


@pytest.fixture
def first(house, plan):
    """The first quarter, which takes reports."""
    quarter = make_year(house)[0]
    with on_day(2024, 4, 3):
        yield quarter


@pytest.fixture
def planning(house, client):
    client.force_login(house.planning)
    return client
