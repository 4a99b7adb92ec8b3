"""The queue of reports: which there are, in which order, and what a row says of each."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from django.db.models import F

from actionplans.domain.following.figures.measuring import validation_of
from actionplans.domain.following.reporting.reviewing import with_review_open
from actionplans.enums import ReportStatus
from actionplans.forms.review import ReviewFilters
from actionplans.models import Report, Validation

REVIEW_THIS = "actionplans.review_report"


@dataclass(frozen=True, kw_only=True)
class Row:
    """A report on the queue; `choice` names it and the version that is seen, where it may be chosen."""

    report: Report
    choice: str
    validation: Validation | None


def sent(user, entity):
    """The reports of the entity that were sent at least once, with what a row says of them."""
    return with_review_open(
        Report.objects.visible_to(user)
        .filter(entity=entity, current__isnull=False)
        .select_related(
            "entity",
            "period__entity",
            "activity",
            "current__by",
            "current__office",
            "current__promise__version__plan__policy",
        )
        .prefetch_related("current__validations__by", "current__validations__corrections")
    )


def in_order(reports):
    """By policy, those without one at the end, then by office; who waits longest first."""
    policy = F("current__promise__version__plan__policy__number").asc(nulls_last=True)
    office = F("current__office__name").asc(nulls_last=True)
    return reports.order_by(policy, office, "current__at", "pk")


def row_of(user, report, reviews: bool) -> Row:
    waits = report.status == ReportStatus.SUBMITTED and report.takes_review
    may = reviews and waits and user.has_perm(REVIEW_THIS, report)
    return Row(
        report=report,
        choice=f"{report.pk}-{report.current.number}" if may else "",
        validation=validation_of(report),
    )


def grouped(rows: list[Row]) -> list[tuple[str, list[tuple[str, list[Row]]]]]:
    """The rows of a page under their policy and, in it, under the office that reports."""
    return [
        (policy, [(office, list(own)) for office, own in groupby(theirs, key=_office_of)])
        for policy, theirs in groupby(rows, key=_policy_of)
    ]


def _policy_of(row: Row) -> str:
    policy = row.report.current.promise.version.plan.policy
    return policy.name if policy else "Sin política de MIPG"


def _office_of(row: Row) -> str:
    office = row.report.current.office
    return office.name if office else "Sin dependencia que reporte"


def next_waiting(request, entity, report) -> Report | None:
    """The one after it in the queue that the person may review; from the beginning after the end."""
    filters = ReviewFilters(request.GET, reports=sent(request.user, entity).prefetch_related(None))
    found = filters.results().filter(status=ReportStatus.SUBMITTED, takes_review=True)
    waiting = list(in_order(found))
    place = next((number for number, row in enumerate(waiting) if row.pk == report.pk), -1)
    rows = [*waiting[place + 1 :], *waiting[: max(place, 0)]]
    return next((row for row in rows if request.user.has_perm(REVIEW_THIS, row)), None)
