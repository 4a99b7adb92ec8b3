"""A plan, the quarters of its year, and planning signed in."""

import pytest

from actionplans.domain.contents.content import IndicatorContent, PlanContent
from tests.factories import activity_contents, make_published_plan
from tests.following import make_year


@pytest.fixture
def plan(house):
    indicator = IndicatorContent(name="Talleres", kind="count", accumulation="flow", target=10)
    activities = activity_contents(4, house.office, indicators=(indicator,))
    return make_published_plan(house.entity, content=PlanContent(title="Plan de prueba", activities=activities))


@pytest.fixture
def quarters(house, plan):
    return make_year(house)


@pytest.fixture
def planning(client, house):
    client.force_login(house.planning)
    return client
