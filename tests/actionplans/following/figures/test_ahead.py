"""What a closing keeps of the cuts after it, worked out by hand."""

from dataclasses import replace
from decimal import Decimal

import pytest

from actionplans.domain.contents.content import ActivityContent, IndicatorContent, PlanContent, ResponsibleContent
from actionplans.domain.following.calendar.periods import set_scheme
from actionplans.domain.following.figures.ahead import with_ahead
from actionplans.domain.following.figures.figure import figures_of
from actionplans.domain.following.figures.standing import standing
from actionplans.enums import FigureScope, PeriodScheme
from actionplans.models import ClosedFigure
from tests.factories import adopt, make_framework, make_policy, make_published_plan
from tests.following import close, make_year, months, on_day, report, reported, validate
from tests.steps import approve_by_act, modify

pytestmark = [pytest.mark.django_db, pytest.mark.walks_rows]

EACH_QUARTER = (1, 4, 7, 10)  # 25, 50, 75 and 100 at the four cuts
JUNE_AND_SEPTEMBER = (6, 9)  # 0, 50, 100 and 100
INDICATOR = IndicatorContent(name="Talleres", kind="count", accumulation="flow", target=Decimal(4))


def shares(*numbers):
    return tuple(None if number is None else Decimal(str(number)) for number in numbers)


@pytest.fixture
def publish(house):
    """A plan of a policy; of each activity the months and the weight are asked for; the last has `objectives`."""

    def publish(*asked, indicator=INDICATOR, objectives=()):
        activities = tuple(
            ActivityContent(
                description=f"Actividad {number}",
                months=months(*scheduled),
                weight=None if weight is None else Decimal(weight),
                indicators=(indicator,),
                objectives=objectives if number == len(asked) else (),
                responsibles=(ResponsibleContent(text=house.office.name, office=house.office),),
            )
            for number, (scheduled, weight) in enumerate(asked, start=1)
        )
        policy = make_policy()
        adopt(house.entity, policy)
        content = PlanContent(title="Plan", activities=activities)
        return make_published_plan(house.entity, content=content, policy=policy, kind="politica")

    return publish


def closed_first(house, version, *, quarters=None):
    """The first quarter closed with a report of the first activity alone: 1 of 4."""
    quarters = quarters or make_year(house)
    with on_day(2024, 4, 5):
        reported(house, version.activities.get(position=1), quarters[0], 1)
        return close(house, quarters[0])


def ahead(closing) -> dict:
    """Of everything that a closing measured, activities by their numbers."""
    numbers = dict(closing.figures.exclude(activity=None).values_list("pk", "activity__key"))
    return {
        numbers.get(row.pk, row.scope): shown.ahead
        for row, shown in zip(closing.figures.order_by("pk"), figures_of(closing), strict=True)
    }


def test_each_activity_and_their_simple_mean(house, publish):
    kept = ahead(closed_first(house, publish((EACH_QUARTER, None), (JUNE_AND_SEPTEMBER, None))))

    assert kept[1] == shares(50, 75, 100)
    assert kept[2] == shares(50, 100, 100)
    # (50 + 50) ÷ 2, (75 + 100) ÷ 2, (100 + 100) ÷ 2; of the one plan its policy, dimension, office and entity too.
    groups = (
        FigureScope.PLAN,
        FigureScope.POLICY,
        FigureScope.DIMENSION,
        FigureScope.OFFICE,
        FigureScope.ENTITY,
    )
    assert {scope: kept[scope] for scope in groups} == dict.fromkeys(groups, shares(50, "87.5", 100))


def test_with_weights(house, publish):
    kept = ahead(closed_first(house, publish((EACH_QUARTER, 80), (JUNE_AND_SEPTEMBER, 20))))

    # 50 × 0.8 + 50 × 0.2, 75 × 0.8 + 100 × 0.2; offices and policies keep the weights of their plan.
    assert kept[FigureScope.PLAN] == shares(50, 80, 100)
    assert kept[FigureScope.ENTITY] == shares(50, 80, 100)


def test_an_axis_has_them_too(house, publish):
    axis = make_framework(house.entity).axes.create(name="Eje", position=1)
    objective = axis.objectives.create(name="Objetivo", position=1)
    version = publish((EACH_QUARTER, None), (JUNE_AND_SEPTEMBER, None), objectives=(objective,))

    assert ahead(closed_first(house, version))[FigureScope.AXIS] == shares(50, 100, 100)


def test_targets_of_periods_come_before_months(house, publish):
    targets = {f"target_{quarter}": Decimal(target) for quarter, target in enumerate((1, 0, 0, 3), start=1)}
    version = publish((EACH_QUARTER, None), indicator=replace(INDICATOR, **targets))

    assert ahead(closed_first(house, version))[1] == shares(25, 25, 100)


def test_what_nobody_reported_promises_by_itself_and_counts_in_no_group(house, publish):
    kept = ahead(closed_first(house, publish((EACH_QUARTER, None), ((1, 12), None))))

    assert kept[2] == shares(50, 50, 100)
    assert kept[FigureScope.PLAN] == kept[1] == shares(50, 75, 100)


def test_where_nothing_counts_only_activities_know(house, publish):
    version = publish((EACH_QUARTER, None))
    quarters = make_year(house)
    with on_day(2024, 4, 5):
        kept = ahead(close(house, quarters[0]))

    assert kept[1] == shares(50, 75, 100)
    assert kept[FigureScope.PLAN] == kept[FigureScope.ENTITY] == (None, None, None)
    assert version.activities.count() == 1


def test_an_activity_without_schedule_promises_nothing_that_can_be_counted(house, publish):
    kept = ahead(closed_first(house, publish((EACH_QUARTER, None), ((), None))))

    assert kept[2] == (None, None, None)
    assert kept[FigureScope.PLAN] == shares(50, 75, 100)


def test_a_modification_counts_from_the_closing_of_its_first_quarter_on(house, publish):
    version = publish((EACH_QUARTER, None), (JUNE_AND_SEPTEMBER, None), ((1, 12), None))
    quarters = make_year(house)
    with on_day(2024, 4, 5):
        reported(house, version.activities.get(position=3), quarters[0], 2)
        first = closed_first(house, version, quarters=quarters)
    draft = modify(version, house)
    draft.activities.filter(position=2).update(months=months(6, 12))
    draft.activities.filter(position=3).update(is_cancelled=True, cancel_reason="Ya no hace falta")
    approve_by_act(draft, house)
    with on_day(2024, 7, 5):
        reported(house, version.activities.get(position=2), quarters[1], 1)
        second = close(house, quarters[1])

    kept = ahead(first)
    # (50 + 50 + 50) ÷ 3, (75 + 100 + 50) ÷ 3, 100: as version 1 has it, whatever came after.
    assert kept[FigureScope.PLAN] == shares(50, 75, 100)
    kept = ahead(second)
    assert kept[2] == shares(50, 100)
    assert kept[3] == (None, None), "it was cancelled"
    # (75 + 50) ÷ 2, without the cancelled one.
    assert kept[FigureScope.PLAN] == shares("62.5", 100)


def test_where_nothing_changes_it_is_what_later_closings_say_was_programmed(house, publish):
    version = publish((EACH_QUARTER, 30), (JUNE_AND_SEPTEMBER, 70))
    quarters = make_year(house)
    promised, measured = [], []
    for quarter, day in zip(quarters, ((2024, 4, 5), (2024, 7, 5), (2024, 10, 5), (2025, 1, 5)), strict=True):
        with on_day(*day):
            for activity in version.activities.order_by("position"):
                validate(house, report(house, activity, quarter, 1))
            closing = close(house, quarter)
        (plan,) = figures_of(closing, FigureScope.PLAN)
        promised.append(plan.ahead)
        measured.append(plan.progress.programmed)

    assert measured == [Decimal("7.5"), 50, Decimal("92.5"), 100]
    assert promised == [tuple(measured[1:]), tuple(measured[2:]), tuple(measured[3:]), ()]


def test_a_year_of_four_month_periods_has_two_later_cuts(house, publish):
    version = publish((EACH_QUARTER, None))
    set_scheme(version.plan, PeriodScheme.FOUR_MONTH, by=house.planning)
    periods = make_year(house, scheme=PeriodScheme.FOUR_MONTH)
    with on_day(2024, 5, 5):
        reported(house, version.activities.get(position=1), periods[0], 1)
        kept = ahead(close(house, periods[0]))

    # By April two of four months, by August three, by December all.
    assert kept[1] == shares(75, 100)


def test_it_is_kept_as_texts_of_four_decimals_in_rows_and_snapshot(house, publish):
    closing = closed_first(house, publish((EACH_QUARTER, None), (JUNE_AND_SEPTEMBER, None), ((1, 5, 9), None)))

    row = ClosedFigure.objects.get(closing=closing, activity__key=3)
    assert row.ahead == ["66.6667", "100.0000", "100.0000"]
    said = {(figure["scope"], figure["key"]): figure["ahead"] for figure in closing.snapshot["figures"]}
    assert said[row.scope, row.key] == row.ahead
    assert said.keys() == set(closing.figures.values_list("scope", "key"))
    assert closing.snapshot["edition"] == 2


def test_it_asks_the_database_nothing_and_leaves_the_rest_as_it_was(house, publish, django_assert_num_queries):
    version = publish((EACH_QUARTER, None), (JUNE_AND_SEPTEMBER, None), (EACH_QUARTER, None))
    quarters = make_year(house)
    with on_day(2024, 4, 5):
        reported(house, version.activities.get(position=1), quarters[0], 1)
    at = standing(quarters[0])
    with django_assert_num_queries(0):
        more = with_ahead(at)

    assert all(figure.ahead == () for figure in at.figures)
    assert [figure.progress for figure in more.figures] == [figure.progress for figure in at.figures]
    assert [figure.light for figure in more.figures] == [figure.light for figure in at.figures]
    assert more.activities == at.activities
