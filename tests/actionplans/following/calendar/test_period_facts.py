"""What a period says of itself and of the plans that it follows."""

from types import SimpleNamespace

import pytest

from actionplans.enums import PeriodScheme
from actionplans.models import ReportingPeriod

PERIOD = ReportingPeriod(entity_id=7, year=2024, scheme=PeriodScheme.QUARTER, ordinal=2)


def test_an_address_names_it():
    assert PERIOD.code == "2024-trimestre-2"


@pytest.mark.parametrize(
    ("plan", "follows"),
    [
        ((7, 2024, PeriodScheme.QUARTER), True),
        ((8, 2024, PeriodScheme.QUARTER), False),
        ((7, 2025, PeriodScheme.QUARTER), False),
        ((7, 2024, PeriodScheme.FOUR_MONTH), False),
    ],
)
def test_it_follows_the_plans_of_its_entity_year_and_scheme(plan, follows):
    entity, year, scheme = plan
    assert PERIOD.follows(SimpleNamespace(entity_id=entity, year=year, scheme=scheme)) is follows
