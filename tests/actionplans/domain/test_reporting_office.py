"""The one office that reports an activity: the row says it, and only an office can be it."""

import pytest

from actionplans.domain.contents.content import ActivityContent, PlanContent, ResponsibleContent
from actionplans.models import ActivityVersion
from tests.factories import make_entity, make_office, make_published_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def entity():
    return make_entity()


def promised(entity, *responsibles):
    activity = ActivityContent(description="Hacer la feria", responsibles=responsibles)
    version = make_published_plan(entity, content=PlanContent(title="Plan", activities=(activity,)))
    return ActivityVersion.objects.get(version=version)


def test_of_several_it_is_the_one_that_reports(entity):
    planning, health = make_office(entity), make_office(entity, "Secretaría de Salud")
    row = promised(
        entity,
        ResponsibleContent(text=planning.name, office=planning, reports=False),
        ResponsibleContent(text=health.name, office=health, reports=True),
    )
    assert (row.reporting_office, row.reporting_office_id) == (health, health.pk)


def test_nobody_reports_where_no_office_was_recognised(entity):
    row = promised(entity, ResponsibleContent(text="Todas las dependencias"))
    assert (row.reporting_office, row.reporting_office_id) == (None, None)


def test_rows_at_hand_are_not_asked_for_again(entity, django_assert_num_queries):
    office = make_office(entity)
    pk = promised(entity, ResponsibleContent(text=office.name, office=office, reports=True)).pk
    row = ActivityVersion.objects.prefetch_related("responsibilities__office").get(pk=pk)
    with django_assert_num_queries(0):
        assert (row.reporting_office, row.reporting_office_id) == (office, office.pk)
