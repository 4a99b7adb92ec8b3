"""A year of one plan, followed by quarters."""

import pytest

from actionplans.domain.contents.content import PlanContent
from tests.factories import adopt, make_policy, make_published_plan
from tests.following import make_year, shipped_lights

from .plan import activity


@pytest.fixture
def year(house):
    shipped_lights()
    policy = make_policy()
    adopt(house.entity, policy)
    content = PlanContent(
        title="Plan de participación",
        activities=(
            activity("Hacer mesas", (1, 2, 4, 7), house.office),
            activity("Rendir cuentas", (3, 6), house.office, target=2),
        ),
    )
    make_published_plan(house.entity, content=content, policy=policy, kind="politica")
    return make_year(house)
