"""A plan whose first quarter takes reports for another week, and planning signed in."""

import pytest

from tests.factories import make_published_plan
from tests.following import make_year, on_day


@pytest.fixture
def plan(house):
    return make_published_plan(house.entity, title="Plan de talleres", office=house.office)


@pytest.fixture
def first(house, plan):
    quarter = make_year(house)[0]
    with on_day(2024, 4, 8):
        yield quarter


@pytest.fixture
def planning(house, client):
    client.force_login(house.planning)
    return client
