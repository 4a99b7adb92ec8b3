"""When the example year is loaded, and when it leaves an entity alone."""

import datetime

import pytest

from actionplans.domain.following.calendar.periods import open_year
from actionplans.enums import PeriodScheme, PeriodStatus
from actionplans.management.commands.load_demo import POSTS
from actionplans.management.examples.loading import load_example
from actionplans.models import ActionPlan, Closing, Report, ReportingPeriod
from planning.models import AuditEvent, Entity, Membership
from tests.demo import documents  # noqa: F401 - an autouse fixture
from tests.following import on_day

pytestmark = pytest.mark.django_db

ROLES = {name: role for name, _, role in POSTS}


@pytest.fixture
def concejo():
    return Entity.objects.get(slug="concejo-cartago")


def test_the_documents_alone_bring_no_example():
    assert not Report.objects.exists()
    assert not Entity.objects.filter(has_example_data=True).exists()


@pytest.mark.parametrize("day", [(2027, 1, 1), (2028, 2, 29), (2028, 9, 30), (2028, 10, 1), (2028, 12, 31)])
def test_it_can_be_loaded_on_any_day(day, concejo):
    year = day[0] - (day[1] < 10)
    with on_day(*day):
        assert load_example(concejo, ROLES).is_new
        periods = list(ReportingPeriod.objects.filter(entity=concejo).order_by("ordinal"))
    assert [(period.year, period.status) for period in periods] == [
        (year, PeriodStatus.CLOSED),
        (year, PeriodStatus.CLOSED),
        (year, PeriodStatus.OPEN),
        (year, PeriodStatus.OPEN),
    ]
    title = f"Plan de acción de servicio al ciudadano {year} (ejemplo)"
    assert ActionPlan.objects.get(entity=concejo, year=year).versions.get().title == title
    assert {closing.at.date() for closing in Closing.objects.all()} == {datetime.date(*day)}


def test_it_comes_once_though_years_go_by(concejo):
    with on_day(2027, 1, 1):
        load_example(concejo, ROLES)
    told = AuditEvent.objects.count()
    with on_day(2028, 11, 1):
        assert not load_example(concejo, ROLES).is_new
    assert AuditEvent.objects.count() == told


def _has_a_calendar(entity):
    open_year(entity, 2026, PeriodScheme.FOUR_MONTH, by=None)


def _has_the_plan(entity):
    ActionPlan.objects.create(entity=entity, year=2026, slug="servicio-al-ciudadano-ejemplo")


def _has_no_auditor(entity):
    Membership.objects.filter(entity=entity, role="auditor").update(
        valid_from=datetime.date(2025, 1, 1), valid_to=datetime.date(2025, 12, 31)
    )


def _has_other_offices(entity):
    entity.offices.update(slug="otra-secretaria")


@pytest.mark.parametrize("changed", [_has_a_calendar, _has_the_plan, _has_no_auditor, _has_other_offices])
def test_where_people_already_work_it_stays_away(changed, concejo):
    changed(concejo)
    told = AuditEvent.objects.count()
    with on_day(2027, 1, 1):
        assert not load_example(concejo, ROLES).is_new
    assert AuditEvent.objects.count() == told
    concejo.refresh_from_db()
    assert not concejo.has_example_data
    assert not Report.objects.exists()
