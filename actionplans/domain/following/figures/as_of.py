"""Reports as they were at a moment: what had been sent, and how planning had answered by then."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Prefetch

from actionplans.enums import ReportStatus, ReviewOutcome
from actionplans.models import Reopening, Report, ReportRevision, Validation

STATUS_OF = {ReviewOutcome.VALIDATED: ReportStatus.VALIDATED, ReviewOutcome.RETURNED: ReportStatus.RETURNED}


def as_of(reports: Iterable[Report], moment: datetime.datetime) -> list[Report]:
    """The same reports, to be read and never saved; those that had not been sent are left out.

    In a number of queries that does not grow. Contributions have no past: they are the present ones.
    """
    reports = list(reports)
    last = _last_revisions(reports, moment)
    sent_back = _sent_back(reports, moment)
    known = [report for report in reports if report.pk in last]
    for report in known:
        report.current = last[report.pk]
        report.status = _status(report.current, sent_back[report.period_id, report.activity_id])
    return known


def _last_revisions(reports, moment) -> dict[int, ReportRevision]:
    answers = Validation.objects.filter(at__lte=moment).select_related("by").prefetch_related("corrections")
    rows = (
        ReportRevision.objects.filter(report__in=[report.pk for report in reports], at__lte=moment)
        .select_related("promise__version", "by", "office")
        .prefetch_related("measurements", "evidence", Prefetch("validations", answers))
        .order_by("number")
    )
    return {row.report_id: row for row in rows}


def _sent_back(reports, moment) -> dict[tuple[int, int], list[datetime.datetime]]:
    """When reopenings gave reports back, by period and activity."""
    rows = Reopening.objects.filter(closing__period__in={report.period_id for report in reports}, at__lte=moment)
    found = defaultdict(list)
    for period, activity, at in rows.order_by().values_list("closing__period", "activities", "at"):
        found[period, activity].append(at)
    return found


def _status(revision: ReportRevision, sent_back: list[datetime.datetime]) -> str:
    answer = max(revision.validations.all(), key=lambda row: row.pk, default=None)
    since = answer.at if answer else revision.at
    if any(at > since for at in sent_back):
        return ReportStatus.RETURNED
    return STATUS_OF.get(answer.outcome, ReportStatus.SUBMITTED) if answer else ReportStatus.SUBMITTED
