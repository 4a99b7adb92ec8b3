"""A plan whose first quarter takes reports."""

import pytest

from tests.factories import make_published_plan
from tests.following import make_year, on_day


@pytest.fixture
def plan(house):
    return make_published_plan(house.entity, title="Plan", office=house.office)


@pytest.fixture
def first(house, plan):
    with on_day(2024, 4, 5):
        yield make_year(house)[0]
