"""What holds for any facts: it never fails, order and scale do not matter, means stay between their members."""

import json
from dataclasses import replace
from decimal import Context, Decimal, localcontext

from hypothesis import assume, given
from hypothesis import strategies as st

from actionplans.months import MonthSet
from actionplans.progress import (
    FIGURES,
    ActivityFacts,
    ActivityProgress,
    Cut,
    Reading,
    ReportFacts,
    as_data,
    from_data,
    light_of,
    measure_activity,
    roll_up,
    roll_up_plan,
    rounded,
)
from actionplans.progress import ProgressState as State
from tests.actionplans.progress.making import BANDS, shares
from tests.actionplans.progress.strategies import activities, cuts, figures, indicators, month_sets

NEEDS_A_REASON = set(State) - {State.MEASURED, State.DECLARED}


@given(activities(), cuts)
def test_it_never_fails_and_always_says_why(facts, cut):
    progress = measure_activity(facts, cut)
    for one in (progress, *progress.indicators):
        assert one.reason or one.state not in NEEDS_A_REASON
        assert one.steps or facts.is_cancelled
        if one.executed is None or not one.programmed:
            assert one.to_date is None
        if one.state in (State.MEASURED, State.DECLARED):
            assert None not in (one.executed, one.programmed, one.to_date)
        assert one.programmed is None or one.programmed >= 0
        assert light_of(one.to_date, BANDS) is None or one.to_date is not None


@given(activities(), cuts)
def test_the_context_of_the_caller_changes_nothing(facts, cut):
    with localcontext(Context(prec=3)):
        narrow = measure_activity(facts, cut)
        data = as_data(narrow)
    assert (narrow, data) == (measure_activity(facts, cut), as_data(narrow))


@given(month_sets, month_sets, cuts)
def test_months_make_a_share_between_0_and_100_that_grows(months, prior, cut):
    assume(months - prior)
    facts = activity_of(months, prior)
    programmed = measure_activity(facts, cut).programmed
    assert 0 <= programmed <= 100
    if cut.previous:
        assert measure_activity(facts, cut.previous).programmed <= programmed
    assert measure_activity(facts, Cut.at(4)).programmed == 100


def activity_of(months, prior=None, indicator=None, reports=()):
    indicators = (indicator,) if indicator else ()
    return ActivityFacts(1, "1. Hacer", months, prior or MonthSet(), indicators=indicators, reports=tuple(reports))


@given(activities(), cuts, st.randoms(use_true_random=False))
def test_the_order_of_reports_does_not_matter(facts, cut, random):
    shuffled = list(facts.reports)
    random.shuffle(shuffled)
    assert measure_activity(replace(facts, reports=tuple(shuffled)), cut) == measure_activity(facts, cut)


@given(
    indicators(kind=st.sampled_from(["count", "level", "capacity"])),
    st.lists(st.tuples(st.integers(1, 4), figures), max_size=4, unique_by=lambda pair: pair[0]),
    st.decimals("0.01", 1000, places=2).filter(bool),
    cuts,
)
def test_the_scale_does_not_matter(indicator, values, factor, cut):
    def at(scale):
        def scaled(value):
            return None if value is None else exact_product(value, scale)

        facts = replace(
            indicator,
            target=scaled(indicator.target),
            baseline=scaled(indicator.baseline),
            period_targets=tuple(map(scaled, indicator.period_targets)),
        )
        reports = [report_of(ordinal, scaled(value)) for ordinal, value in values]
        return measure_activity(activity_of(MonthSet([2, 5, 8, 11]), None, facts, reports), cut)

    once, scaled = at(Decimal(1)), at(factor)
    assert shares(once, *FIGURES) == shares(scaled, *FIGURES)
    assert (once.state, once.reason) == (scaled.state, scaled.reason)


def exact_product(value, factor):
    return Context(prec=60).multiply(value, factor)


def report_of(ordinal, value):
    return ReportFacts(ordinal, readings={1: Reading(ordinal, value=value)})


known = st.builds(
    ActivityProgress,
    state=st.just(State.MEASURED),
    executed=st.decimals(-50, 300, places=3),
    programmed=st.decimals(0, 150, places=3),
    key=st.just(1),
    label=st.just("Actividad"),
    weight=st.none() | st.decimals(0, 100, places=2),
)


@given(st.lists(known, min_size=1), st.booleans())
def test_a_mean_is_between_the_least_and_the_greatest(members, are_weighted):
    weights = shared_weights(len(members)) if are_weighted else None
    group = roll_up(members, weights=weights)
    for name in ("executed", "programmed"):
        counted = [min(getattr(member, name), 100) for member in members]
        assert min(counted) <= getattr(group, name) <= max(counted)
    assert (group.counted, group.total) == (len(members), len(members))


def shared_weights(count):
    """Weights that add to exactly 100, not all equal."""
    return [Decimal(1)] * (count - 1) + [Decimal(101 - count)]


@given(st.lists(known, min_size=1, max_size=1) | st.lists(known, min_size=4, max_size=4))
def test_equal_weights_are_a_simple_mean(members):
    equal = [Decimal(100) / len(members)] * len(members)
    weighted, simple = roll_up(members, weights=equal), roll_up(members, weights=[None] * len(members))
    assert (weighted.method, simple.method) == ("ponderado", "promedio simple")
    assert shares(weighted, *FIGURES) == shares(simple, *FIGURES)


@given(st.lists(st.lists(activities(), max_size=4), max_size=3), cuts)
def test_groups_never_fail_and_account_for_every_activity(components, cut):
    measured = [[measure_activity(facts, cut) for facts in component] for component in components]
    plan = roll_up_plan([(f"Componente {i}", None, members) for i, members in enumerate(measured)], "Plan")
    every = [one for members in measured for one in members]
    assert plan.counted + sum(count for _, count in plan.left_out) == plan.total
    assert plan.total + plan.cancelled == len(every)
    assert (plan.executed is None) == (plan.counted == 0)
    assert plan.reason or plan.executed is not None
    assert plan.rule


@given(st.lists(activities(), max_size=3), cuts)
def test_there_and_back_again(facts, cut):
    members = [measure_activity(one, cut) for one in facts]
    for progress in (
        *members,
        roll_up(members, label="Plan"),
        roll_up_plan([("A", None, members), ("B", None, [])]),
    ):
        text = json.dumps(as_data(progress))
        back = from_data(json.loads(text))
        assert json.dumps(as_data(back)) == text
        assert (back.state, back.reason, back.label, back.steps) == (
            progress.state,
            progress.reason,
            progress.label,
            progress.steps,
        )
        assert [getattr(back, name) for name in FIGURES] == [
            None if getattr(progress, name) is None else rounded(getattr(progress, name)) for name in FIGURES
        ]
