"""Rows written together are those that saving each would have written."""

import datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from actionplans.domain.contents.bulk import insert
from actionplans.models import Activity, ActivityVersion, Indicator, Task
from actionplans.months import MonthSet
from tests.factories import make_draft, make_entity

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    return make_draft(make_entity())


def test_what_is_not_named_takes_its_default_and_the_rest_reads_back_as_given(draft):
    insert(Activity, ("plan", "entity", "key"), [(draft.plan_id, draft.plan.entity_id, key) for key in (900, 901)])
    first, second = Activity.objects.filter(key__gte=900).order_by("key")
    day, months, said = datetime.date(2025, 2, 3), MonthSet([2, 3]), "Una; 'otra' 100 %"
    insert(
        ActivityVersion,
        ("version", "activity", "position", "description", "weight", "budget", "starts", "months"),
        [
            (draft.pk, first.pk, 900, said, Decimal("12.50"), Decimal(10**13), day, months),
            (draft.pk, second.pk, 901, "Sin nada", None, None, None, MonthSet()),
        ],
    )
    one, two = ActivityVersion.objects.filter(position__gte=900).order_by("position")
    assert (one.description, one.weight, one.budget, one.starts) == (said, Decimal("12.50"), 10**13, day)
    assert (one.months, one.revision, one.is_cancelled) == (months, 1, False)
    assert (two.weight, two.months, two.detail) == (None, MonthSet(), "")


def test_more_rows_than_a_statement_holds_are_all_there(draft, django_assert_num_queries):
    activity = draft.activities.first()
    activity.tasks.all().delete()
    rows = [(activity.pk, number, f"Tarea {number}") for number in range(1, 1_001)]
    with django_assert_num_queries(4):
        insert(Task, ("activity_version", "position", "text"), rows)
    assert list(activity.tasks.values_list("activity_version", "position", "text")) == rows


def test_nothing_is_asked_of_the_database_for_no_rows(django_assert_num_queries):
    with django_assert_num_queries(0):
        insert(Task, ("activity_version", "position", "text"), [])


def test_the_database_judges_the_rows(draft):
    activity = draft.activities.first()
    for values in ((activity.pk, 900, 1, "x", "otro"), (None, 900, 1, "x", "")):
        with pytest.raises(IntegrityError), transaction.atomic():
            insert(Indicator, ("activity_version", "position", "key", "name", "kind"), [values])
