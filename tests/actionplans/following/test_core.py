"""The verbs of follow-up, from the first draft to a second closing."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from actionplans.domain.contents.content import IndicatorContent, PlanContent
from actionplans.domain.following.figures.figure import figures_of
from actionplans.domain.following.figures.standing import standing
from actionplans.domain.following.reporting.drafts import StaleDraft, answers_of, save_draft
from actionplans.domain.following.reporting.reviewing import return_report, validate_report, verify_progress
from actionplans.domain.workflow import TransitionRefused
from actionplans.enums import FigureScope, ReportStatus
from actionplans.models import ReportRevision
from actionplans.months import MonthSet
from tests.factories import activity_contents, make_published_plan
from tests.following import close, make_year, on_day, promised, reopen, report, reported, shipped_lights, validate


@pytest.fixture
def plan(house):
    indicator = IndicatorContent(name="Talleres", kind="count", accumulation="flow", target=10)
    content = PlanContent(
        title="Plan",
        activities=activity_contents(2, house.office, indicators=(indicator,), months=MonthSet([2, 5])),
    )
    shipped_lights()
    return make_published_plan(house.entity, content=content)


@pytest.fixture
def quarters(house, plan):
    return make_year(house)


@pytest.fixture
def first(plan):
    return plan.activities.get(position=1)


def test_a_report_is_sent_returned_mended_validated_and_closed(house, plan, quarters, first):
    with on_day(2024, 4, 3):
        sent = report(house, first, quarters[0], 3)
        back = return_report(sent, by=house.planning, number=1, comment="Falta la lista.")
        assert back.status == ReportStatus.RETURNED
        again = report(house, first, quarters[0], 4)
        assert validate(house, again).status == ReportStatus.VALIDATED
        closing = close(house, quarters[0])
    [figure] = figures_of(closing, FigureScope.ACTIVITY, activity=first.activity)
    assert figure.progress.executed == 40
    assert figure.progress.programmed == 50
    assert figure.progress.to_date == 80
    assert figure.light.label == "Al día"
    assert list(ReportRevision.objects.values_list("number", flat=True)) == [1, 2]


def test_nobody_validates_what_the_same_person_sent(house, plan, quarters, first):
    with on_day(2024, 4, 3):
        behalf = {"by": house.planning, "on_behalf": True, "source": "Correo del 2 de abril"}
        sent = report(house, first, quarters[0], 3, **behalf)
        with pytest.raises(PermissionDenied):
            validate(house, sent)
        house.entity.allows_self_validation = True
        house.entity.save()
        assert validate(house, sent).current.validations.get().is_self


def test_a_review_of_an_older_version_is_refused(house, plan, quarters, first):
    with on_day(2024, 4, 3):
        sent = report(house, first, quarters[0], 3)
        report(house, first, quarters[0], 4)
        with pytest.raises(TransitionRefused, match="Llegó la versión 2"):
            validate_report(sent, by=house.planning, number=1)


def test_a_stale_draft_is_refused_with_the_other_text(house, plan, quarters, first):
    promise = promised(first, quarters[0])
    with on_day(2024, 4, 3):
        draft = save_draft(promise, quarters[0], {"narrative": "uno"}, by=house.leader, revision=None)
        save_draft(promise, quarters[0], {"narrative": "dos"}, by=house.leader, revision=draft.revision)
        with pytest.raises(StaleDraft) as stale:
            save_draft(promise, quarters[0], {"narrative": "tres"}, by=house.leader, revision=draft.revision)
    assert stale.value.draft.answers == {"narrative": "dos"}


def test_late_without_extension_is_refused_and_planning_may_still_report_on_behalf(house, plan, quarters, first):
    with on_day(2024, 4, 20):
        with pytest.raises(TransitionRefused, match="El plazo para reportar venció el 15 de abril de 2024"):
            report(house, first, quarters[0], 3)
        sent = report(house, first, quarters[0], 3, by=house.planning, on_behalf=True, source="Oficio 12")
    assert sent.current.is_on_behalf


def test_a_closed_quarter_takes_nothing_until_it_is_reopened_for_that_activity(house, plan, quarters, first):
    second = plan.activities.get(position=2)
    with on_day(2024, 4, 3):
        reported(house, first, quarters[0], 4)
        before = close(house, quarters[0])
        with pytest.raises(TransitionRefused, match="cerrado"):
            report(house, second, quarters[0], 1)
    with on_day(2024, 5, 3):
        reopen(house, quarters[0], [first], until=datetime.date(2024, 5, 10))
        with pytest.raises(TransitionRefused, match="otras actividades"):
            report(house, second, quarters[0], 1)
        reported(house, first, quarters[0], 5)
        after = close(house, quarters[0])
    assert (before.sequence, after.sequence) == (1, 2)
    figures = [figures_of(c, FigureScope.ACTIVITY, activity=first.activity)[0] for c in (before, after)]
    assert [figure.progress.executed for figure in figures] == [40, 50]


def test_the_database_keeps_what_was_closed(house, plan, quarters, first):
    with on_day(2024, 4, 3):
        sent = reported(house, first, quarters[0], 4)
        closing = close(house, quarters[0])
    for row, change in (
        (sent, {"status": "pending"}),
        (sent.current, {"narrative": "otra"}),
        (sent.current.measurements.get(), {"value": 9}),
        (sent.current.validations.get(), {"comment": "otro"}),
        (closing, {"digest": "0" * 64}),
        (closing.figures.first(), {"executed": 99}),
        (closing.period, {"status": "open", "sequence": 0}),
        (closing.period, {"status": "reopened"}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(**change)


def test_control_interno_writes_beside_a_closed_report(house, plan, quarters, first):
    with on_day(2024, 4, 3):
        reported(house, first, quarters[0], 4)
        close(house, quarters[0])
        row = verify_progress(
            promised(first, quarters[0]), quarters[0], by=house.auditor, value=30, opinion="Solo tres listas."
        )
    assert standing(quarters[0]).activities[first.activity_id].verification == row


def test_what_was_sent_comes_back_as_typed(house, plan, quarters, first):
    with on_day(2024, 4, 3):
        sent = report(house, first, quarters[0], "3.5", executed_months=MonthSet([2]))
    assert answers_of(sent.current)["value_1"] == "3,5"
    assert answers_of(sent.current)["months"] == ["2"]


def test_a_standing_costs_the_same_for_one_plan_and_for_three(
    house, plan, quarters, first, django_assert_num_queries
):
    with on_day(2024, 4, 3):
        reported(house, first, quarters[0], 4)
    with django_assert_num_queries(20):
        standing(quarters[0])
    for number in range(2):
        other = make_published_plan(house.entity, title=f"Otro {number}", office=house.office)
        with on_day(2024, 4, 3):
            reported(house, other.activities.first(), quarters[0], declared=20)
    with django_assert_num_queries(20):
        assert len(standing(quarters[0]).activities) == 8
