"""What counted in the newest closing of each period: reviews, months and verifications of that day, none later."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from actionplans.enums import PeriodStatus, ReviewOutcome
from actionplans.models import ClosedFigure, Closing, Reopening, Validation, Verification
from actionplans.months import MonthSet

Key = tuple[int, int]
"""A period and an activity."""


def newest_closings(rows: Sequence[ClosedFigure]) -> dict[int, Closing]:
    """The last closing of each period; `rows` come oldest first."""
    return {row.closing.period_id: row.closing for row in rows}


def last_reviews(closings: Mapping[int, Closing], *, with_words=False, **where) -> dict[Key, Validation]:
    """The last review by the closing of each period and activity, whatever its outcome."""
    rows = Validation.objects.filter(revision__report__period__in=closings, **where).order_by("pk")
    rows = rows.select_related("revision__report", "revision__office")
    if with_words:
        rows = rows.prefetch_related("revision__measurements", "revision__evidence", "corrections")
    sent_back = _sent_back(closings)
    last = {}
    for row in rows:
        report = row.revision.report
        key, at = (report.period_id, report.activity_id), closings[report.period_id].at
        if row.at <= at and not any(row.at < moment <= at for moment in sent_back[key]):
            last[key] = row
    return last


def counted_reviews(reviews: Mapping[Key, Validation]) -> dict[Key, Validation]:
    """Those that validated, and so counted."""
    return {key: row for key, row in reviews.items() if row.outcome == ReviewOutcome.VALIDATED}


def last_verifications(closings: Mapping[int, Closing], **where) -> dict[Key, Verification]:
    """The last word of control interno on each; of a period that is open again, the last before it was."""
    last = {}
    for row in Verification.objects.filter(period__in=closings, **where).order_by("pk"):
        if not _is_after_reopening(row, closings[row.period_id]):
            last[row.period_id, row.activity_id] = row
    return last


def months_done(reviews: Iterable[Validation]) -> MonthSet:
    done = MonthSet()
    for row in reviews:
        done |= row.revision.executed_months
    return done


def _sent_back(closings: Mapping[int, Closing]) -> Mapping[Key, list[datetime.datetime]]:
    """When reopenings sent reports back: what had been validated until then stopped counting."""
    rows = Reopening.objects.filter(closing__period__in=closings).order_by()
    found = defaultdict(list)
    for period, activity, at in rows.values_list("closing__period", "activities", "at"):
        found[period, activity].append(at)
    return found


def _is_after_reopening(row: Verification, closing: Closing) -> bool:
    if closing.period.status != PeriodStatus.REOPENED:
        return False
    return row.at > closing.reopening.at
