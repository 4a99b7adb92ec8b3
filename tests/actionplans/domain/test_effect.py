"""What was due before it was approved is never late."""

import datetime

import pytest

from actionplans.domain.contents.content import PlanContent
from actionplans.domain.effect import counts_from, months_before, months_before_approval, prior_months
from actionplans.domain.plan import approve, submit
from actionplans.enums import Origin
from actionplans.models import Activity
from actionplans.months import MonthSet
from tests.factories import activity_contents, make_draft, make_published_plan
from tests.steps import approve_by_act, modify

JANUARY, APRIL = datetime.date(2024, 1, 15), datetime.date(2024, 4, 10)


@pytest.mark.parametrize(
    ("day", "months"),
    [
        (None, []),
        (datetime.date(2023, 12, 31), []),
        (datetime.date(2024, 1, 31), []),
        (datetime.date(2024, 4, 1), [1, 2, 3]),
        (datetime.date(2025, 1, 1), list(range(1, 13))),
    ],
)
def test_a_month_is_past_when_it_was_over(day, months):
    assert list(months_before(day, 2024)) == months


def test_a_month_promised_in_time_once_stays_due():
    promises = [(JANUARY, MonthSet([2, 3])), (APRIL, MonthSet([1, 2, 3, 6]))]
    assert prior_months(promises, 2024) == MonthSet([1])
    assert prior_months([(APRIL, MonthSet([1, 6]))], 2024) == MonthSet([1])
    assert prior_months([], 2024) == MonthSet()


def test_a_first_version_counts_from_its_act(house):
    draft = submit(make_draft(house.entity, activities=12), by=house.planning)
    version = approve(draft, by=house.committee, act_name="Acta 1", act_date=APRIL)
    assert counts_from(version) == version.effective_from == APRIL
    assert months_before_approval(version) == {key: MonthSet([key]) for key in (1, 2, 3)}


def test_an_official_document_was_in_force_all_year(house):
    assert months_before_approval(make_published_plan(house.entity, activities=12)) == {}


def test_what_a_modification_adds_for_the_past_is_prior_and_the_rest_stays_due(house):
    version = make_published_plan(house.entity, activities=3)
    draft = modify(version, house, month=3)
    identity = Activity.objects.create(plan=draft.plan, entity=house.entity, key=4)
    draft.activities.create(activity=identity, position=4, description="Nueva", months=MonthSet([2, 3, 4, 9]))
    draft.activities.filter(activity__key=1).update(months=MonthSet([1, 3, 5]))
    approved = approve_by_act(draft, house, date=APRIL)
    # March is after the day from which the modification counts, and was over when it was approved.
    assert months_before_approval(approved) == {4: MonthSet([2, 3]), 1: MonthSet([3])}


@pytest.mark.parametrize("number", [9, 300])
def test_two_queries_whatever_the_number_of_activities(house, number, django_assert_num_queries):
    content = PlanContent(title="Plan", activities=activity_contents(number))
    version = make_published_plan(house.entity, content=content)
    assert version.origin == Origin.DOCUMENT
    with django_assert_num_queries(2):
        months_before_approval(version)
