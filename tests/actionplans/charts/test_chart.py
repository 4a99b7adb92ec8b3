"""Where bars, lines and their scales are drawn, worked out by hand."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionplans.charts import Series, bar_chart, line_chart
from actionplans.charts.scale import lines_of, top_of

LABELS = [("I", "Trimestre I"), ("II", "Trimestre II"), ("III", "Trimestre III"), ("IV", "Trimestre IV")]


@pytest.mark.parametrize(
    ("values", "top", "lines"),
    [
        ((), 1, [0, 1]),
        ((None, 0), 1, [0, 1]),
        ((3, 5), 5, [0, 1, 2, 3, 4, 5]),
        ((6,), 6, [0, 2, 4, 6]),
        ((Decimal("10.2"),), 15, [0, 5, 10, 15]),
        ((47,), 50, [0, 10, 20, 30, 40, 50]),
        ((100,), 100, [0, 20, 40, 60, 80, 100]),
        ((101,), 150, [0, 50, 100, 150]),
    ],
)
def test_the_scale_is_round_and_holds_every_value(values, top, lines):
    assert top_of(values) == top
    assert lines_of(top) == lines


@given(st.lists(st.decimals(min_value=0, max_value=10**9, places=2), min_size=1))
def test_no_value_is_above_the_scale_and_its_lines_are_few(values):
    top = top_of(values)
    assert top >= max(values)
    assert lines_of(top)[-1] == top
    assert len(lines_of(top)) <= 6


def test_bars_stand_on_the_floor_with_heights_in_proportion():
    chart = bar_chart(
        "k", "t", "d", LABELS, [Series("A", "a", (4, 2, 0, None)), Series("B", "b", (1, None, 4, 2))]
    )

    # The drawing has 640 × 280 with 92, 12, 18 and 46 around: a room of 536 × 216, so 134 for each label.
    # The scale goes to 4: 54 for each. Bars are 134 × 0,72 ÷ 2 = 48,2 wide; the first begins at 92 + 134 × 0,14.
    assert [(bar.css, bar.x, bar.y, bar.width, bar.height) for bar in chart.bars] == [
        ("a", "110.8", "18.0", "48.2", "216.0"),
        ("a", "244.8", "126.0", "48.2", "108.0"),
        ("b", "159.0", "180.0", "48.2", "54.0"),
        ("b", "427.0", "18.0", "48.2", "216.0"),
        ("b", "561.0", "126.0", "48.2", "108.0"),
    ]
    assert [(tick.words, tick.y) for tick in chart.ticks] == [
        ("0", "234.0"), ("1", "180.0"), ("2", "126.0"), ("3", "72.0"), ("4", "18.0"),
    ]  # fmt: skip
    assert [row.values for row in chart.rows] == [(4, 1), (2, None), (0, 4), (None, 2)]


def test_a_line_breaks_where_there_is_no_figure_and_is_never_drawn_as_zero():
    chart = line_chart("k", "t", "d", LABELS, [Series("A", "a", (Decimal(25), None, Decimal(75), Decimal(100)))])

    (line,) = chart.lines
    # To 100 in 216: 25 is 54 above 234. Points stand in the middle of their 134.
    assert [(point.x, point.y) for point in line.points] == [
        ("159.0", "180.0"),
        ("427.0", "72.0"),
        ("561.0", "18.0"),
    ]
    assert line.runs == ("427.0,72.0 561.0,18.0",)
    assert [tick.words for tick in chart.ticks] == ["0 %", "20 %", "40 %", "60 %", "80 %", "100 %"]


COMING = Series("A", "a", (Decimal(25), Decimal(50), Decimal(75), Decimal(100)), to_come=2)


def test_the_line_to_what_is_to_come_goes_on_from_the_last_point_that_came():
    chart = line_chart("k", "t", "d", LABELS, [COMING])

    (line,) = chart.lines
    assert line.runs == ("159.0,180.0 293.0,126.0",)
    assert len(line.points) == 2
    assert line.ahead.css == "a"
    assert [(point.x, point.y) for point in line.ahead.points] == [("427.0", "72.0"), ("561.0", "18.0")]
    assert line.ahead.runs == ("293.0,126.0 427.0,72.0 561.0,18.0",)
    assert [row.is_to_come for row in chart.rows] == [False, False, True, True]


def test_after_a_gap_what_is_to_come_stands_by_itself():
    (line,) = line_chart(
        "k", "t", "d", LABELS, [replace(COMING, values=(Decimal(25), None, None, Decimal(100)))]
    ).lines

    assert line.runs == line.ahead.runs == ()
    assert [point.x for point in line.ahead.points] == ["561.0"]


def test_all_of_it_may_be_to_come():
    (line,) = line_chart("k", "t", "d", LABELS, [replace(COMING, to_come=4)]).lines

    assert (line.points, line.runs) == ((), ())
    assert line.ahead.runs == ("159.0,180.0 293.0,126.0 427.0,72.0 561.0,18.0",)


@pytest.mark.parametrize("values", [(25, 50, None, None), (None, None, None, None)])
def test_where_nothing_is_known_of_what_is_to_come_there_is_no_line_to_it(values):
    (line,) = line_chart("k", "t", "d", LABELS, [replace(COMING, values=values)]).lines

    assert line.ahead is None


def test_more_than_100_percent_widens_the_scale_and_less_than_zero_lies_on_the_floor():
    chart = line_chart("k", "t", "d", LABELS[:2], [Series("A", "a", (Decimal("150"), Decimal("-20")))])

    assert chart.ticks[-1].words == "150 %"
    assert [point.y for point in chart.lines[0].points] == ["18.0", "234.0"]


@pytest.mark.parametrize(("values", "is_empty"), [((None, None), True), ((0, None), True), ((0, 1), False)])
def test_a_drawing_without_figures_says_so(values, is_empty):
    assert bar_chart("k", "t", "d", LABELS[:2], [Series("A", "a", values)]).is_empty is is_empty
