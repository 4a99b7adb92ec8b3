"""Every kind × accumulation × direction × target × baseline, with values worked out by hand.

All rows report the same three quarters: 5, 40 and 25 (sum 70, last 25, greatest 40); as a ratio 5 of 10, 40 of 50
and 25 of 40 (sums 70 of 100 = 70 %, last 62.5 %); and «sí» at last. Going up or maintaining, the target is 50 and
the baseline 20; going down, the target is 10 and the baseline 40. One month of four is scheduled in each quarter:
75 % of the year is due after three of them, and 100 % of a target that stands at every cut.
"""

from decimal import Decimal
from itertools import product
from typing import NamedTuple

import pytest

from actionplans.enums import Accumulation, Direction, IndicatorKind
from actionplans.progress import ProgressState as State
from tests.actionplans.progress.making import indicator, measured, report, rounded

READINGS = {
    "yes_no": [report(1, 0), report(2, 0), report(3, 1)],
    "ratio": [report(1, ratio=(5, 10)), report(2, ratio=(40, 50)), report(3, ratio=(25, 40))],
    "": [report(1, 5), report(2, 40), report(3, 25)],
}
UP, DOWN = {"target": 50, "baseline": 20}, {"target": 10, "baseline": 40}
ANY = ("given", "missing", "equal")
ANY_ACCUMULATION = ("flow", "running_total", "last", "")
ANY_DIRECTION = ("increasing", "decreasing", "maintain", "")
SUMMED, COMES_AS_TOTAL = ("flow", ""), ("running_total", "last")
RISING, FALLING, STEADY = ("increasing", ""), ("decreasing",), ("maintain",)
COUNT, LEVEL, CAPACITY, RATIO, YES_NO = ("count", ""), ("level",), ("capacity",), ("ratio",), ("yes_no",)
GIVEN, ZERO, MISSING = ("given",), ("zero",), ("missing",)
BASELINE, NO_BASELINE, EQUAL = ("given",), ("missing",), ("equal",)

NO_TARGET = (State.NO_TARGET, "el indicador no tiene meta en número")
ZERO_TARGET = (State.UNDEFINED, "meta cero")
SAME = (State.UNDEFINED, "línea base igual a la meta")
COUNT_KEPT = (State.UNDEFINED, "un indicador de tipo «conteo» no tiene fórmula para «mantener»")
CAPACITY_DOWN = (State.UNDEFINED, "un indicador de tipo «capacidad» no tiene fórmula para «bajar»")


class Row(NamedTuple):
    kinds: tuple
    accumulations: tuple
    directions: tuple
    targets: tuple
    baselines: tuple
    executed: str | tuple
    programmed: str


TABLE = [
    # Counts that add up
    Row(COUNT, SUMMED, RISING, GIVEN, ANY, "140", "75"),  # 70 ÷ 50
    Row(COUNT, SUMMED, RISING, ZERO, ANY, ZERO_TARGET, "75"),
    Row(COUNT, SUMMED, FALLING, GIVEN, ANY, "14.2857", "100"),  # 70 is over 10: 10 ÷ 70
    Row(COUNT, SUMMED, FALLING, ZERO, ANY, "0", "100"),  # 70 is over 0: 0 ÷ 70
    Row(COUNT, SUMMED, STEADY, GIVEN + ZERO, ANY, COUNT_KEPT, "75"),
    # Counts that come as a total
    Row(COUNT, COMES_AS_TOTAL, RISING, GIVEN, ANY, "50", "75"),  # 25 ÷ 50
    Row(COUNT, COMES_AS_TOTAL, RISING, ZERO, ANY, ZERO_TARGET, "75"),
    Row(COUNT, COMES_AS_TOTAL, FALLING, GIVEN, BASELINE, "50", "75"),  # (40 − 25) ÷ (40 − 10)
    Row(COUNT, COMES_AS_TOTAL, FALLING, GIVEN, NO_BASELINE, "40", "100"),  # 25 is over 10: 10 ÷ 25
    Row(COUNT, COMES_AS_TOTAL, FALLING, ZERO, BASELINE, "37.5", "75"),  # (40 − 25) ÷ (40 − 0)
    Row(COUNT, COMES_AS_TOTAL, FALLING, ZERO, NO_BASELINE, "0", "100"),  # 0 ÷ 25
    Row(COUNT, COMES_AS_TOTAL, FALLING, GIVEN + ZERO, EQUAL, SAME, "75"),
    Row(COUNT, COMES_AS_TOTAL, STEADY, GIVEN + ZERO, ANY, COUNT_KEPT, "75"),
    # Levels
    Row(LEVEL, ANY_ACCUMULATION, RISING, GIVEN, BASELINE, "16.6667", "75"),  # (25 − 20) ÷ (50 − 20) = 5 ÷ 30
    Row(LEVEL, ANY_ACCUMULATION, RISING, GIVEN, NO_BASELINE, "50", "75"),  # 25 ÷ 50
    Row(LEVEL, ANY_ACCUMULATION, RISING, ZERO, BASELINE, "-25", "75"),  # (25 − 20) ÷ (0 − 20): the other way
    Row(LEVEL, ANY_ACCUMULATION, RISING, ZERO, NO_BASELINE, ZERO_TARGET, "75"),
    Row(LEVEL, ANY_ACCUMULATION, RISING, GIVEN + ZERO, EQUAL, SAME, "75"),
    Row(LEVEL, ANY_ACCUMULATION, FALLING, GIVEN, BASELINE, "50", "75"),  # (40 − 25) ÷ (40 − 10)
    Row(LEVEL, ANY_ACCUMULATION, FALLING, GIVEN, NO_BASELINE, "40", "100"),  # 10 ÷ 25
    Row(LEVEL, ANY_ACCUMULATION, FALLING, ZERO, BASELINE, "37.5", "75"),  # (40 − 25) ÷ 40
    Row(LEVEL, ANY_ACCUMULATION, FALLING, ZERO, NO_BASELINE, "0", "100"),  # 0 ÷ 25
    Row(LEVEL, ANY_ACCUMULATION, FALLING, GIVEN + ZERO, EQUAL, SAME, "75"),
    Row(LEVEL, ANY_ACCUMULATION, STEADY, GIVEN, ANY, "50", "100"),  # 25 does not reach 50: 25 ÷ 50
    Row(LEVEL, ANY_ACCUMULATION, STEADY, ZERO, ANY, ZERO_TARGET, "75"),
    # Capacities
    Row(CAPACITY, ANY_ACCUMULATION, RISING, GIVEN, ANY, "80", "75"),  # 40 ÷ 50
    Row(CAPACITY, ANY_ACCUMULATION, RISING, ZERO, ANY, ZERO_TARGET, "75"),
    Row(CAPACITY, ANY_ACCUMULATION, FALLING, GIVEN + ZERO, ANY, CAPACITY_DOWN, "75"),
    Row(CAPACITY, ANY_ACCUMULATION, STEADY, GIVEN, ANY, "80", "100"),  # 40 ÷ 50
    Row(CAPACITY, ANY_ACCUMULATION, STEADY, ZERO, ANY, ZERO_TARGET, "75"),
    # Ratios of sums
    Row(RATIO, SUMMED, RISING, GIVEN, ANY, "140", "100"),  # 70 % ÷ 50 %
    Row(RATIO, SUMMED, RISING, ZERO, ANY, ZERO_TARGET, "75"),
    Row(RATIO, SUMMED, FALLING, GIVEN, BASELINE, "-100", "100"),  # (40 − 70) ÷ (40 − 10) = −30 ÷ 30
    Row(RATIO, SUMMED, FALLING, GIVEN, NO_BASELINE, "14.2857", "100"),  # 10 ÷ 70
    Row(RATIO, SUMMED, FALLING, ZERO, BASELINE, "-75", "100"),  # (40 − 70) ÷ 40 = −30 ÷ 40
    Row(RATIO, SUMMED, FALLING, ZERO, NO_BASELINE, "0", "100"),  # 0 ÷ 70
    Row(RATIO, SUMMED, FALLING, GIVEN + ZERO, EQUAL, SAME, "75"),
    Row(RATIO, SUMMED, STEADY, GIVEN, ANY, "100", "100"),  # 70 reaches 50
    Row(RATIO, SUMMED, STEADY, ZERO, ANY, ZERO_TARGET, "75"),
    # Ratios of which the last counts
    Row(RATIO, COMES_AS_TOTAL, RISING, GIVEN, ANY, "125", "75"),  # 62.5 ÷ 50
    Row(RATIO, COMES_AS_TOTAL, RISING, ZERO, ANY, ZERO_TARGET, "75"),
    Row(RATIO, COMES_AS_TOTAL, FALLING, GIVEN, BASELINE, "-75", "75"),  # (40 − 62.5) ÷ 30 = −22.5 ÷ 30
    Row(RATIO, COMES_AS_TOTAL, FALLING, GIVEN, NO_BASELINE, "16", "100"),  # 10 ÷ 62.5
    Row(RATIO, COMES_AS_TOTAL, FALLING, ZERO, BASELINE, "-56.25", "75"),  # −22.5 ÷ 40
    Row(RATIO, COMES_AS_TOTAL, FALLING, ZERO, NO_BASELINE, "0", "100"),  # 0 ÷ 62.5
    Row(RATIO, COMES_AS_TOTAL, FALLING, GIVEN + ZERO, EQUAL, SAME, "75"),
    Row(RATIO, COMES_AS_TOTAL, STEADY, GIVEN, ANY, "100", "100"),  # 62.5 reaches 50
    Row(RATIO, COMES_AS_TOTAL, STEADY, ZERO, ANY, ZERO_TARGET, "75"),
    # Yes or no asks for no target
    Row(YES_NO, ANY_ACCUMULATION, RISING + FALLING, GIVEN + ZERO + MISSING, ANY, "100", "75"),
    Row(YES_NO, ANY_ACCUMULATION, STEADY, GIVEN + ZERO + MISSING, ANY, "100", "100"),
    # Without target nothing else can be computed
    Row(COUNT + LEVEL + CAPACITY + RATIO, ANY_ACCUMULATION, ANY_DIRECTION, MISSING, ANY, NO_TARGET, "75"),
]
CASES = [(case, row) for row in TABLE for case in product(*row[:5])]


def facts_of(kind, accumulation, direction, target, baseline):
    given = DOWN if direction == "decreasing" else UP
    target = {"given": given["target"], "zero": 0, "missing": None}[target]
    baseline = {"given": given["baseline"], "missing": None, "equal": target}[baseline]
    return indicator(kind, accumulation, direction, target, baseline, unit="%")


@pytest.mark.parametrize(("case", "row"), CASES, ids=["-".join(map(str, case)) for case, _ in CASES])
def test_the_share_of_the_year(case, row):
    reports = READINGS.get(case[0], READINGS[""])
    progress = measured(facts_of(*case), reports=reports, cut=3)

    assert rounded(progress.programmed) == Decimal(row.programmed)
    if isinstance(row.executed, str):
        assert (progress.state, rounded(progress.executed)) == (State.MEASURED, Decimal(row.executed))
    else:
        assert (progress.state, progress.reason) == row.executed
        assert progress.executed is progress.to_date is progress.period_executed is progress.of_period is None


def test_the_table_says_every_combination_once():
    kinds, accumulations, directions = (
        ["", *values] for values in (IndicatorKind.values, Accumulation.values, Direction.values)
    )
    every = product(kinds, accumulations, directions, GIVEN + ZERO + MISSING, ANY)
    assert sorted(case for case, _ in CASES) == sorted(every)


@pytest.mark.parametrize(
    ("facts", "readings", "executed"),
    [
        # A limit that is kept; exactly on it; and a limit of zero
        (("count", "flow", "decreasing", 12), [3, 2], "100"),
        (("count", "flow", "decreasing", 5), [3, 2], "100"),
        (("count", "flow", "decreasing", 4), [3, 2], "80"),  # 4 ÷ 5
        (("count", "flow", "decreasing", 0), [0, 0], "100"),
        (("level", "last", "decreasing", 3), [9, 3], "100"),
        (("level", "last", "decreasing", 0), [9, 0], "100"),
        (("level", "last", "decreasing", 0), [9, -1], "100"),
        # A reduction: begun, half way, done, overdone, the wrong way
        (("level", "last", "decreasing", 10, 40), [40], "0"),
        (("level", "last", "decreasing", 10, 40), [25], "50"),
        (("level", "last", "decreasing", 10, 40), [10], "100"),
        (("level", "last", "decreasing", 10, 40), [1], "130"),  # 39 ÷ 30
        (("level", "last", "decreasing", 10, 40), [43], "-10"),  # −3 ÷ 30
        # A level below zero, with its baseline and without
        (("level", "last", "increasing", 0, -10), [-4], "60"),  # (−4 + 10) ÷ (0 + 10)
        (("level", "last", "increasing", -5, -10), [-6], "80"),  # 4 ÷ 5
        # What is maintained never counts more than the whole
        (("level", "last", "maintain", 98), [99], "100"),
        (("level", "last", "maintain", 98), [49], "50"),
        (("capacity", "", "maintain", 40), [50, 30], "125"),  # 50 ÷ 40: the greatest keeps what it is
        (("yes_no", "", ""), [1, 0], "0"),  # what was done and is no more
        (("yes_no", "", ""), [0, 1], "100"),
    ],
)
def test_both_sides_of_every_condition(facts, readings, executed):
    reports = [report(ordinal, value) for ordinal, value in enumerate(readings, start=1)]
    assert rounded(measured(indicator(*facts), reports=reports).executed) == Decimal(executed)


@pytest.mark.parametrize("kind", ["count", "level", "capacity", "ratio"])
@pytest.mark.parametrize("direction", ["increasing", "maintain"])
def test_a_negative_target_without_baseline_measures_nothing(kind, direction):
    progress = measured(indicator(kind, "last", direction, -5), reports=[report(1, -3)])
    expected = (State.UNDEFINED, "meta negativa")
    if (kind, direction) == ("count", "maintain"):
        expected = COUNT_KEPT
    assert (progress.state, progress.reason) == expected
