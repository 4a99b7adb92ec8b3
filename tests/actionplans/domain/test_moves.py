"""Moves that no transition table governs, walked: they are those that docs/workflow.md draws, and no others."""

import datetime

import pytest
from django.db import transaction

from actionplans.domain.description import AROUND_A_VERSION, BEGINNING, END, LIFE_OF_A_PERIOD
from actionplans.domain.plan import publish_document, submit
from actionplans.domain.versions import discard_draft
from actionplans.domain.workflow import TransitionRefused
from actionplans.enums import Origin, PeriodStatus, VersionStatus
from actionplans.models import PlanVersion, ReportingPeriod
from tests.factories import make_draft, make_published_plan
from tests.following import close, make_year, on_day, reopen
from tests.steps import modify, modify_and_approve

pytestmark = pytest.mark.django_db


def moved(row, verb):
    """The states before and after the verb; None where it is refused, and then nothing moved."""
    before = row.status
    try:
        with transaction.atomic():
            verb(row)
    except TransitionRefused:
        assert type(row).objects.get(pk=row.pk).status == before
        return None
    after = type(row).objects.filter(pk=row.pk).values_list("status", flat=True).first()
    return (before, END if after is None else after)


def drawn(moves):
    return {(before, after) for before, after, _ in moves if before != BEGINNING}


# --- Periods -------------------------------------------------------------------------------------------------


def test_a_period_moves_as_it_is_drawn(house):
    version = make_published_plan(house.entity, activities=1)
    [first, *others] = make_year(house)
    assert {(BEGINNING, row.status) for row in (first, *others)} == {
        (before, after) for before, after, _ in LIFE_OF_A_PERIOD if before == BEGINNING
    }

    def again(period):
        reopen(house, period, version.activities.all(), until=datetime.date(2024, 6, 30))

    walked = set()
    with on_day(2024, 5, 5):
        for then in (again, None, None, again, again, None):  # each state, and each verb in it
            verb = then or (lambda period: close(house, period))
            walked.add(moved(ReportingPeriod.objects.get(pk=first.pk), verb))
    assert walked - {None} == drawn(LIFE_OF_A_PERIOD)
    assert None in walked, "a verb out of its state is refused"
    first.refresh_from_db()
    assert (first.status, first.sequence) == (PeriodStatus.CLOSED, 2)


# --- Versions ------------------------------------------------------------------------------------------------


@pytest.fixture
def versions(house):
    """A version in each state, each of a plan of its own but the last two."""
    in_review = submit(make_draft(house.entity, title="En revisión", activities=1), by=house.planning)
    replaced = make_published_plan(house.entity, title="Con dos", activities=1)
    approved = modify_and_approve(replaced, house)
    replaced.refresh_from_db()
    rows = (make_draft(house.entity, title="Borrador", activities=1), in_review, approved, replaced)
    assert {row.status for row in rows} == set(VersionStatus)
    return rows


def test_only_a_draft_is_discarded(house, versions):
    walked = {moved(row, lambda row: discard_draft(row, by=house.planning)) for row in versions}
    assert walked - {None} == {move for move in drawn(AROUND_A_VERSION) if END in move}


def test_only_a_draft_from_a_document_is_published_as_it_is(house, versions):
    assert {moved(row, publish_document) for row in versions} == {None}
    PlanVersion.objects.filter(pk=versions[0].pk).update(origin=Origin.DOCUMENT)
    before, after = moved(versions[0], publish_document)
    assert (BEGINNING, after) in {move[:2] for move in AROUND_A_VERSION}
    assert before == VersionStatus.DRAFT


def test_the_version_in_force_is_replaced_when_another_is_approved(house):
    version = make_published_plan(house.entity, activities=1)
    walked = moved(version, lambda row: modify_and_approve(row, house))
    assert {walked} == {move for move in drawn(AROUND_A_VERSION) if END not in move}


def test_what_begins_is_a_draft(house):
    begun = {(BEGINNING, make_draft(house.entity, activities=1).status)}
    begun |= {(BEGINNING, modify(make_published_plan(house.entity, title="Otro"), house).status)}
    assert begun < {move[:2] for move in AROUND_A_VERSION}
