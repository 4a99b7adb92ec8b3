"""A quarter told in part, and a second plan that is followed otherwise."""

from decimal import Decimal

import pytest

from actionplans.domain.contents.content import ActivityContent, PlanContent, ResponsibleContent
from tests.factories import make_office, make_policy, make_published_plan
from tests.following import link, months, on_day, report, reported


@pytest.fixture
def told(house, quarters, tracked):
    """Of the first quarter: one validated with a corrected value, one sent on behalf, one silent."""
    with on_day(2024, 4, 5):
        reported(
            house, tracked[0], quarters[0], 30, narrative="Treinta encuestas", difficulties="Llovió",
            evidence=(link(house),),
        )  # fmt: skip
        report(
            house, tracked[1], quarters[0], 1, by=house.planning, on_behalf=True, source="Oficio 14",
            narrative="Publicado",
        )  # fmt: skip
    return quarters[0]


@pytest.fixture
def offices(house, followed):
    """A second plan, of a policy, of another office and followed by four-month periods."""
    treasury = make_office(house.entity, "Secretaría de Hacienda", slug="hacienda")
    said = {"responsibles": (ResponsibleContent(text=treasury.name, office=treasury, reports=True),)}
    content = PlanContent(
        title="Plan de ingresos",
        activities=tuple(
            ActivityContent(description=f"Recaudo {n}", months=months(1, 7), weight=weight, **said)
            for n, weight in enumerate((Decimal(70), Decimal(30)), start=1)
        ),
    )
    make_published_plan(house.entity, content=content, year=2024, policy=make_policy(), kind="politica")
    return treasury
