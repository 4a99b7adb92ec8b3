"""The calendar of an example: which year is shown, and dates by which its cuts may be reported today."""

from __future__ import annotations

import datetime
from dataclasses import replace

from actionplans.domain.following.calendar.periods import DAYS_TO_REPORT, PeriodDates, default_dates

LAST_MONTH = 9
"""The period in motion is the last that ended by the end of this month."""
DAYS_LEFT = 10


def example_year(today: datetime.date) -> int:
    """The newest year whose third quarter is over."""
    return today.year if today.month > LAST_MONTH else today.year - 1


def example_dates(year: int, scheme: str, today: datetime.date) -> list[PeriodDates]:
    """The periods that ended take reports until today, the last of them for some days more, the next one later."""
    proposed = default_dates(year, scheme)
    ended = [dates for dates in proposed if dates.ends.month <= LAST_MONTH]
    until = today + datetime.timedelta(days=DAYS_LEFT)
    return [
        *(replace(dates, closes=today) for dates in ended[:-1]),
        replace(ended[-1], closes=until),
        *(_later(dates, until) for dates in proposed[len(ended) :]),
    ]


def _later(dates: PeriodDates, until: datetime.date) -> PeriodDates:
    opens = max(dates.opens, until + datetime.timedelta(days=1))
    return replace(dates, opens=opens, closes=opens + datetime.timedelta(days=DAYS_TO_REPORT - 1))
