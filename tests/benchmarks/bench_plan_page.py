"""What the page of a plan of 200 activities costs against the same page in plain ORM and templates, in one run.

Milliseconds are of the processor, without the kept copy, so that what else runs on the machine does not count.
"""

import gzip
from decimal import Decimal
from pathlib import Path

import pytest

from actionplans.domain.contents.content import (
    ActivityContent,
    ComponentContent,
    IndicatorContent,
    PlanContent,
    ResponsibleContent,
)
from actionplans.enums import ResponsibilityRole
from actionplans.models import ActivityVersion
from planning.models import Membership
from tests.benchmarks.measuring import processor_milliseconds, report
from tests.benchmarks.plain_plan.page import caller, words_of
from tests.cast import make_house
from tests.factories import make_office, make_published_plan
from tests.following import close, make_year, months, on_day, reported, shipped_lights

ACTIVITIES = 200
COMPONENTS = 5
TEMPLATES = Path(__file__).with_name("plain_plan") / "templates"
ADDRESS = "/cartago/planes/2024/plan-de-doscientas/"

pytestmark = [pytest.mark.django_db, pytest.mark.walks_rows]


def activity(number, offices):
    """A row with something in each of its cells, as plans of cities have them."""
    return ActivityContent(
        description=f"Realizar las mesas de trabajo {number} con las organizaciones sociales del municipio",
        component=f"Componente {number * COMPONENTS // ACTIVITIES + 1}",
        months=months(3, number % 12 + 1, number * 5 % 12 + 1),
        tasks=(f"Convocar a las organizaciones de la mesa {number}", "Levantar el acta y publicarla"),
        deliverable=f"Acta de la mesa {number} con sus compromisos",
        weight=Decimal("0.5"),
        indicators=(
            IndicatorContent(
                name="Mesas realizadas", target=Decimal(4), unit="mesas", kind="count", accumulation="flow"
            ),
        ),
        responsibles=(
            ResponsibleContent(text="", office=offices[number % len(offices)], reports=True),
            ResponsibleContent(
                text="", office=offices[(number + 3) % len(offices)], role=ResponsibilityRole.SUPPORTS
            ),
        ),
    )


@pytest.fixture
def house():
    return make_house("cartago")


@pytest.fixture
def version(house):
    offices = [make_office(house.entity, f"Secretaría número {number}") for number in range(10)]
    Membership.objects.get(user=house.leader).offices.set(offices)
    content = PlanContent(
        title="Plan de doscientas",
        objective="Que las organizaciones del municipio participen en lo que se decide",
        components=tuple(
            ComponentContent(name=f"Componente {number + 1}", weight=Decimal(20)) for number in range(COMPONENTS)
        ),
        activities=tuple(activity(number, offices) for number in range(ACTIVITIES)),
    )
    return make_published_plan(house.entity, content=content)


def follow(house, version):
    """Two closed quarters in which every second activity reported."""
    shipped_lights()
    periods = make_year(house)
    rows = ActivityVersion.objects.filter(version=version).select_related("activity__plan").order_by("position")
    for period, month in zip(periods[:2], (4, 7), strict=True):
        with on_day(2024, month, 5):
            for row in rows[::2]:
                reported(house, row, period, 1, executed_months=months(month - 1))
        with on_day(2024, month, 20):
            close(house, period)


@pytest.fixture(autouse=True)
def plain_page_too(settings):
    """The portal with one address more, where the plain page is."""
    settings.ROOT_URLCONF = "tests.benchmarks.plain_plan.page"
    [engine] = settings.TEMPLATES
    settings.TEMPLATES = [engine | {"DIRS": [*engine["DIRS"], TEMPLATES]}]


@pytest.mark.parametrize("is_followed", [False, True], ids=["promised", "followed"])
def test_the_page_against_plain_orm_and_templates(house, version, is_followed, capsys):
    if is_followed:
        follow(house, version)
    ours, plain = caller(ADDRESS), caller(f"{ADDRESS}llana/")
    assert words_of(ours()) == [word.replace("llana/", "") for word in words_of(plain())]
    fast, slow = processor_milliseconds(ours, plain)
    report(
        capsys,
        f"plan page of {ACTIVITIES} activities, {'with' if is_followed else 'without'} follow-up: "
        f"{fast:.0f} ms, plain ORM and templates {slow:.0f} ms: {slow / fast:.2f} times as fast (target 2)",
    )
    page = ours()
    report(
        capsys, f"          {len(page) / 1024:.0f} KB, {len(gzip.compress(page, 6)) / 1024:.1f} KB compressed\n"
    )
