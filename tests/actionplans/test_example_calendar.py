"""Which year the example shows and when its periods take reports, whatever the day on which it is loaded."""

import datetime

import pytest

from actionplans.enums import PeriodScheme
from actionplans.management.examples.calendar import example_dates, example_year

DAYS = [
    datetime.date(*day)
    for day in (
        (2026, 9, 30),
        (2026, 10, 1),
        (2026, 11, 21),
        (2026, 12, 31),
        (2027, 1, 1),
        (2027, 8, 5),
        (2028, 2, 29),
    )
]


@pytest.mark.parametrize(
    ("today", "year"),
    [
        ((2026, 9, 30), 2025),
        ((2026, 10, 1), 2026),
        ((2026, 12, 31), 2026),
        ((2027, 1, 1), 2026),
    ],
)
def test_the_year_is_the_newest_whose_third_quarter_is_over(today, year):
    assert example_year(datetime.date(*today)) == year


@pytest.mark.parametrize("today", DAYS)
@pytest.mark.parametrize(("scheme", "in_motion"), [(PeriodScheme.QUARTER, 3), (PeriodScheme.FOUR_MONTH, 2)])
def test_periods_until_the_one_in_motion_take_reports_today_and_the_next_one_does_not(today, scheme, in_motion):
    rows = example_dates(example_year(today), scheme, today)
    assert [row.ordinal for row in rows] == list(range(1, scheme.periods + 1))
    for row in rows:
        assert row.ends <= row.closes
        assert row.opens <= row.closes
        assert (row.opens <= today <= row.closes) == (row.ordinal <= in_motion)
    assert [row.closes - today for row in rows[: in_motion - 1]] == [datetime.timedelta(0)] * (in_motion - 1)
    assert rows[in_motion - 1].closes - today == datetime.timedelta(10)
    assert rows[in_motion].opens > rows[in_motion - 1].closes
