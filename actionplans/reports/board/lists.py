"""What a cut leaves to be done: activities with missed months, offices that have not reported."""

from __future__ import annotations

import datetime
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from actionplans.domain.following.figures.activities import ActivityStanding
from actionplans.enums import ReportStatus
from actionplans.models import ReportingPeriod
from actionplans.models.period import Moment
from actionplans.months import MonthSet

NO_OFFICE = "El plan no dice qué dependencia reporta"
DONE = 100


@dataclass(frozen=True)
class LateActivity:
    item: ActivityStanding
    office: str
    missed: MonthSet
    days: int


@dataclass(frozen=True)
class SilentOffice:
    """An office that owes reports: `missing` of the `owed` that the period asks of it."""

    office: str
    owed: int
    missing: tuple[ActivityStanding, ...]


def reference_day(period: ReportingPeriod, on: datetime.date) -> datetime.date:
    """The day on which lateness is counted: today, until the last day to report."""
    return min(on, period.closes)


def late_activities(items: Iterable[ActivityStanding], period, on: datetime.date) -> list[LateActivity]:
    """Live, unfinished activities with scheduled months that went by undone; the longest wait first.

    Months to the cut of the period, days to `reference_day`; nobody is late in a period that has not opened.
    """
    if period.moment(on) == Moment.TO_COME:
        return []
    until = reference_day(period, on)
    late = []
    for item in items:
        missed = missed_months(item, period, until)
        if missed:
            first = min(missed)
            last_day = datetime.date(period.year, first, monthrange(period.year, first)[1])
            late.append(LateActivity(item, office_name(item), missed, (until - last_day).days))
    return sorted(late, key=lambda row: (-row.days, row.item.figure.label))


def missed_months(item: ActivityStanding, period: ReportingPeriod, until: datetime.date) -> MonthSet:
    """Scheduled months up to the cut that ended before `until` and that no counted report says were done."""
    executed = item.figure.progress.executed
    if item.promise.is_cancelled or (executed is not None and executed >= DONE):
        return MonthSet()
    missed = (item.promise.months - item.prior) & period.months_to_date
    missed -= item.executed
    return MonthSet(
        month for month in missed if datetime.date(period.year, month, monthrange(period.year, month)[1]) < until
    )


def silent_offices(items: Iterable[ActivityStanding], period, on: datetime.date) -> list[SilentOffice]:
    """Who owes a report of the period and has not sent it; nobody before the period takes reports."""
    if period.moment(on) == Moment.TO_COME:
        return []
    owed = defaultdict(list)
    for item in items:
        if item.duty.is_owed:
            owed[office_name(item)].append(item)
    rows = [
        SilentOffice(office, len(members), tuple(item for item in members if is_unsent(item)))
        for office, members in owed.items()
    ]
    return sorted((row for row in rows if row.missing), key=lambda row: (-len(row.missing), row.office))


def is_unsent(item: ActivityStanding) -> bool:
    """What was returned was sent: it is told as returned."""
    return item.report is None or item.report.status == ReportStatus.PENDING


def office_name(item: ActivityStanding) -> str:
    office = item.promise.reporting_office
    return office.name if office else NO_OFFICE
