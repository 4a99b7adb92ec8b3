"""A small year in motion: a plan of three activities followed by quarters."""

from decimal import Decimal

import pytest

from actionplans.domain.contents.content import (
    ActivityContent,
    IndicatorContent,
    PlanContent,
    ResponsibleContent,
)
from actionplans.models import ActionPlan
from tests.factories import make_published_plan
from tests.following import make_year, months, shipped_lights

SLUG = "plan-de-percepcion"


def plan_content(office):
    said = {"responsibles": (ResponsibleContent(text=office.name, office=office, reports=True),)}
    surveys = IndicatorContent(
        name="Encuestas aplicadas", target=Decimal(60), unit="encuestas", kind="count", accumulation="flow",
        direction="increasing",
    )  # fmt: skip
    answered = IndicatorContent(
        name="Informe publicado", kind="yes_no", direction="increasing", printed_result="Por publicar"
    )
    return PlanContent(
        title="Plan de percepción",
        activities=(
            ActivityContent(
                description="Aplicar encuestas", months=months(2, 5, 8, 11), indicators=(surveys,), **said
            ),
            ActivityContent(description="Publicar el informe", months=months(3), indicators=(answered,), **said),
            ActivityContent(description="Sensibilizar", months=months(1, 2, 3), **said),
        ),
    )


@pytest.fixture
def quarters(house):
    """The four quarters of 2024."""
    shipped_lights()
    return make_year(house)


@pytest.fixture
def followed(house):
    return make_published_plan(house.entity, content=plan_content(house.office), year=2024)


@pytest.fixture
def tracked(followed):
    """The permanent identities of the plan's activities, in their order."""
    plan = ActionPlan.objects.get(pk=followed.plan_id)
    return list(plan.activities.order_by("key"))
