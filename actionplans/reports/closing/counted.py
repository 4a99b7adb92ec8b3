"""What counted in the newest closing of each period: reviews, months and verifications of that day, none later."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from actionplans.enums import PeriodStatus, ReviewOutcome
from actionplans.models import ClosedFigure, Closing, Reopening, Validation, Verification
from actionplans.months import MonthSet

Key = tuple[int, int]
"""A period and an activity."""


def newest_closings(rows: Sequence[ClosedFigure]) -> dict[int, Closing]:
    """The last closing of each period; `rows` come oldest first."""
    return {row.closing.period_id: row.closing for row in rows}


@dataclass(frozen=True, slots=True)
class Review:
    """What planning answered to a revision of a report: a row of `Validation` without its words."""

    period: int
    activity: int
    at: datetime.datetime
    outcome: str
    is_self: bool
    pk: int
    revision_id: int
    executed_months: MonthSet


@dataclass(frozen=True, slots=True)
class Verified:
    """What control interno said of an activity at a cut."""

    period: int
    activity: int
    at: datetime.datetime
    value: Decimal | None
    opinion: str


def last_reviews(closings: Mapping[int, Closing], **where) -> dict[Key, Review]:
    """The last review by the closing of each period and activity, whatever its outcome; what a reopening sent
    back was returned. Two queries."""
    rows = Validation.objects.filter(revision__report__period__in=closings, **where).order_by("pk")
    sent_back = _sent_back(closings)
    last = {}
    for said in rows.values_list(
        "revision__report__period", "revision__report__activity", "at", "outcome", "is_self", "pk",
        "revision", "revision__executed_months",
    ):  # fmt: skip
        row = Review(*said)
        key, at = (row.period, row.activity), closings[row.period].at
        if row.at <= at:
            is_sent_back = any(row.at < moment <= at for moment in sent_back[key])
            last[key] = replace(row, outcome=ReviewOutcome.RETURNED) if is_sent_back else row
    return last


def with_words(reviews: Iterable[Review]) -> dict[Key, Validation]:
    """The reviews as models, with all that was reported and corrected."""
    rows = Validation.objects.select_related("revision__report", "revision__office").prefetch_related(
        "revision__measurements", "revision__evidence", "corrections"
    )
    found = rows.filter(pk__in=[row.pk for row in reviews])
    return {(row.revision.report.period_id, row.revision.report.activity_id): row for row in found}


def counted_reviews(reviews: Mapping[Key, Review]) -> dict[Key, Review]:
    """Those that validated, and so counted."""
    return {key: row for key, row in reviews.items() if row.outcome == ReviewOutcome.VALIDATED}


def last_verifications(closings: Mapping[int, Closing], **where) -> dict[Key, Verified]:
    """The last word of control interno on each; of a period that is open again, the last before it was."""
    last = {}
    rows = Verification.objects.filter(period__in=closings, **where).order_by("pk")
    for said in rows.values_list("period", "activity", "at", "value", "opinion"):
        row = Verified(*said)
        if not _is_after_reopening(row, closings[row.period]):
            last[row.period, row.activity] = row
    return last


def months_done(reviews: Iterable[Review]) -> MonthSet:
    done = MonthSet()
    for row in reviews:
        done |= row.executed_months
    return done


def _sent_back(closings: Mapping[int, Closing]) -> Mapping[Key, list[datetime.datetime]]:
    """When reopenings sent reports back: what had been validated until then stopped counting."""
    rows = Reopening.objects.filter(closing__period__in=closings).order_by()
    found = defaultdict(list)
    for period, activity, at in rows.values_list("closing__period", "activities", "at"):
        found[period, activity].append(at)
    return found


def _is_after_reopening(row: Verified, closing: Closing) -> bool:
    if closing.period.status != PeriodStatus.REOPENED:
        return False
    return row.at > closing.reopening.at
