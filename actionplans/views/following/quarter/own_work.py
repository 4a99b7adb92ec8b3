"""What an office has to do in a period: its activities, what is known of each and what it may still write.

Reads only the activities of the offices that are asked for, so that a leader's page costs the same in an
entity of any size.
"""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q
from django.utils import timezone

from actionplans.domain.following.calendar.duties import duty_of
from actionplans.domain.following.calendar.periods import window_of
from actionplans.domain.following.figures.activities import cut_of
from actionplans.domain.following.figures.measuring import (
    Counting,
    activity_facts,
    by_activity,
    executed_months,
    not_returned,
)
from actionplans.domain.following.figures.promises import prior_by_activity, promises
from actionplans.models import Evidence, Report, ReportingPeriod
from actionplans.models.activity import Responsibility
from actionplans.months import MonthSet
from actionplans.progress import measure_activity
from planning.models import Office

from .work import Work

MOST_PIECES = 60
"""Pieces of evidence offered to be attached again; older ones are brought anew."""


def works(period: ReportingPeriod, *, offices: Collection[int] = (), activity: int | None = None) -> list[Work]:
    """The activities for which one of `offices` answers, or the one `activity`; a constant number of queries."""
    rows = promises(period)
    if activity is None:
        answers = Responsibility.objects.filter(office__in=offices).values("activity_version")
        rows = rows.filter(pk__in=answers)
    else:
        rows = rows.filter(activity=activity)
    return _works(period, list(rows))


def works_without_office(period: ReportingPeriod) -> list[Work]:
    """Activities that no office reports: planning does."""
    reported = Responsibility.objects.filter(reports=True).values("activity_version")
    return _works(period, list(promises(period).exclude(pk__in=reported)))


def reported_by(work: Work, offices: Collection[int]) -> bool:
    return work.promise.reporting_office_id in offices


def pieces_of(office: Office | int | None, period: ReportingPeriod) -> list[Evidence]:
    """What the office brought for reports of the year, newest first, to be attached again."""
    if office is None:
        return []
    of_the_year = {"period__year": period.year, "period__entity": period.entity_id}
    reports = Report.objects.filter(**of_the_year)
    rows = Evidence.objects.filter(entity=period.entity_id, office=office).filter(
        Q(drafts__report__in=reports) | Q(revisions__report__in=reports) | Q(contributions__report__in=reports)
    )
    return list(rows.distinct().order_by("-at", "-pk")[:MOST_PIECES])


def _works(period, rows) -> list[Work]:
    if not rows:
        return []
    told = by_activity(_reports(period, [row.activity_id for row in rows]))
    prior = prior_by_activity(period, rows)
    window, today = window_of(period), timezone.localdate()
    return [
        _work(row, period, window, told.get(row.activity_id, []), prior.get(row.activity_id, MonthSet()), today)
        for row in rows
    ]


def _reports(period, activities):
    return (
        Report.objects.filter(
            activity__in=activities,
            period__entity=period.entity_id,
            period__year=period.year,
            period__scheme=period.scheme,
            period__ordinal__lte=period.ordinal,
        )
        .with_words()
        .select_related("draft__by", "current__office")
        .prefetch_related("draft__evidence")
        .order_by("period__ordinal")
    )


def _work(promise, period, window, told, prior, today) -> Work:
    earlier = tuple(report for report in told if report.period.ordinal < period.ordinal)
    counted = not_returned(earlier)
    executed = executed_months(counted, Counting.REPORTED)
    cut, before = cut_of(period), None
    if cut.previous:
        before = measure_activity(activity_facts(promise, counted, prior, Counting.REPORTED), cut.previous)
    return Work(
        promise=promise,
        period=period,
        window=window,
        duty=duty_of(promise, period, prior=prior, executed=executed, before=before),
        before=before,
        executed=executed,
        report=next((report for report in told if report.period_id == period.pk), None),
        earlier=earlier,
        today=today,
    )
