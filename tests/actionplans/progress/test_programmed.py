"""What is due at a cut: by targets per period, by months, or standing."""

from decimal import Decimal

import pytest

from actionplans.progress import Cut
from actionplans.progress import ProgressState as State
from tests.actionplans.progress.making import indicator, measured, report, shares


def programmed(*indicators, cut, **more):
    return shares(measured(*indicators, cut=cut, **more), "programmed", "period_programmed")


def dec(*texts):
    return tuple(None if text is None else Decimal(text) for text in texts)


@pytest.mark.parametrize(
    ("cut", "expected"), [(1, ("0", "0")), (2, ("40", "40")), (3, ("80", "40")), (4, ("100", "20"))]
)
def test_by_months(cut, expected):
    assert programmed(indicator(target=60), months=[4, 5, 7, 8, 12], cut=cut) == dec(*expected)


@pytest.mark.parametrize(
    ("cut", "expected"), [(1, ("25", "25")), (2, ("75", "50")), (3, ("75", "0")), (4, ("100", "25"))]
)
def test_targets_that_add_up_come_before_months(cut, expected):
    facts = indicator(target=60, period_targets=[15, 30, 0, 15])
    assert programmed(facts, months=[12], cut=cut) == dec(*expected)


@pytest.mark.parametrize("kind", [("count", "running_total"), ("level", "last"), ("capacity", "")])
def test_targets_that_come_as_a_total_are_read_as_they_come(kind):
    facts = indicator(*kind, target=60, period_targets=[15, 30, 45, 60])
    assert [programmed(facts, cut=cut) for cut in (1, 2, 4)] == [
        dec("25", "25"),
        dec("50", "25"),
        dec("100", "25"),
    ]


def test_a_capacity_once_reached_stays_due():
    facts = indicator("capacity", target=60, period_targets=[45, 30, 60, 60])
    assert programmed(facts, cut=2) == dec("75", "0")


def test_targets_use_the_baseline_where_the_share_does():
    # From 40 down to 10, by 34, 25, 16 and 10: 6 of 30, 15 of 30, 24 of 30, 30 of 30
    facts = indicator("level", "last", "decreasing", 10, 40, period_targets=[34, 25, 16, 10])
    assert [programmed(facts, cut=cut)[0] for cut in (1, 2, 3, 4)] == list(dec("20", "50", "80", "100"))


def test_a_target_on_the_wrong_side_of_the_baseline_asks_for_nothing():
    # From 50 to 60, expected to be 45 first: −50 % is not due, so 0 % is
    facts = indicator("level", "last", "increasing", 60, 50, period_targets=[45, 55, 60, 60])
    assert programmed(facts, cut=1) == dec("0", "0")
    assert programmed(facts, cut=2) == dec("50", "50")


def test_a_limit_with_its_own_targets_goes_by_them():
    # At most 3 at the end, 12 at first: 3 ÷ 12; the quarter is judged by its own target
    facts = indicator("level", "last", "decreasing", 3, period_targets=[12, 6, 4, 3])
    assert [programmed(facts, cut=cut) for cut in (1, 2, 4)] == [
        dec("25", "25"),
        dec("50", "50"),
        dec("100", "100"),
    ]


def test_yes_or_no_is_due_from_the_period_that_says_so():
    facts = indicator("yes_no", period_targets=[0, 1, 1, 1])
    assert [programmed(facts, cut=cut) for cut in (1, 2, 3)] == [dec("0", "0"), dec("100", "100"), dec("100", "0")]


def test_without_all_targets_up_to_the_cut_the_months_say_it():
    facts = indicator(target=60, period_targets=[15, None, 15, 15])
    assert programmed(facts, cut=1) == dec("25", "25")  # 15 of 60
    # The quarter is measured in the same way at both of its ends: 2 of 4 months less 1 of 4
    assert programmed(facts, cut=2, months=[2, 5, 8, 11]) == dec("50", "25")


def test_without_months_and_without_all_targets_nothing_is_known():
    facts = indicator(target=60, period_targets=[15, None, 15, 15])
    progress = measured(facts, months=[], cut=2, reports=[report(1, 15)])
    assert (progress.state, progress.programmed) == (State.NO_SCHEDULE, None)


@pytest.mark.parametrize(
    ("accumulation", "targets", "year"),
    [("flow", [10, 20, 20, 10], "60"), ("running_total", [10, 30, 50, 60], "60")],
)
def test_the_targets_of_all_periods_say_that_of_the_year(accumulation, targets, year):
    facts = indicator(accumulation=accumulation, period_targets=targets)
    progress = measured(facts, reports=[report(4, 15)])
    assert shares(progress, "executed", "programmed") == dec("25", "100")
    remark = f"El plan no dice la meta del año: se tomó {year}, de las metas por periodo."
    assert remark in [step.words for step in progress.steps]


def test_targets_that_do_not_come_to_that_of_the_year_are_told():
    progress = measured(indicator(target=60, period_targets=[10, 10, 10, 10]), reports=[report(4, 40)])
    # 40 of 60 done where 40 of 60 was due
    assert shares(progress, "executed", "programmed", "to_date") == dec("66.6667", "66.6667", "100")
    words = "Las metas por periodo llegan a 40 y la del año es 60."
    assert words in [step.words for step in progress.steps]


def test_three_periods_look_at_three_targets():
    facts = indicator(period_targets=[20, 20, 20, 999])
    assert shares(measured(facts, cut=3, periods=3, reports=[report(3, 30)]), "executed", "programmed") == dec(
        "50", "100"
    )


class TestStanding:
    """98 % of the requests answered in the first quarter is not 98 of the 25 that a year asks for by then."""

    RATIO = indicator("ratio", "flow", "increasing", 98, unit="%")

    def test_it_is_due_whole_at_every_cut(self):
        reports = [report(1, ratio=(49, 50)), report(2, ratio=(44, 50))]
        first = measured(self.RATIO, reports=reports, cut=1)
        assert shares(first, "executed", "programmed", "to_date") == dec("100", "100", "100")
        # 93 of 100 to date is 94.8980 % of 98; in the quarter 88 of 98
        second = measured(self.RATIO, reports=reports, cut=2)
        assert shares(second, "executed", "period_executed", "of_period") == dec("94.898", "89.7959", "89.7959")
        assert second.previous is None

    def test_from_its_first_month_on(self):
        assert programmed(self.RATIO, months=[8, 11], cut=2) == dec("0", "0")
        assert programmed(self.RATIO, months=[9, 11], cut=3) == dec("100", "100")
        assert programmed(self.RATIO, months=[2, 8], prior=[2], cut=1) == dec("0", "0")

    def test_without_months_nobody_knows(self):
        assert programmed(self.RATIO, months=[], cut=4) == (None, None)

    def test_its_own_targets_come_first(self):
        facts = indicator("ratio", "flow", "increasing", 98, unit="%", period_targets=[49, 98, 98, 98])
        assert programmed(facts, months=[], cut=1) == dec("50", "50")
        assert programmed(facts, months=[], cut=2) == dec("100", "100")


def test_cuts_of_quarters_and_of_four_month_periods():
    assert [Cut.at(ordinal).month for ordinal in (1, 2, 3, 4)] == [3, 6, 9, 12]
    assert [Cut.at(ordinal, 3).month for ordinal in (1, 2, 3)] == [4, 8, 12]
    assert Cut.at(1).previous is None
    assert Cut.at(3, 3).previous == Cut(2, 8, 3)
    assert (Cut.at(2).name, Cut.at(3, 3).name, Cut.at(4).title_of(4)) == (
        "trimestre II",
        "cuatrimestre III",
        "Trimestre IV",
    )


def test_a_standing_target_that_is_met_finishes_nothing():
    growing = measured(indicator(target=60), reports=[report(1, 60)], cut=1)
    standing = measured(TestStanding.RATIO, reports=[report(1, ratio=(50, 50))], cut=1)
    assert (growing.is_finished, standing.is_finished) == (True, False)
    assert not measured(indicator(target=60), reports=[report(1, 59)], cut=1).is_finished
