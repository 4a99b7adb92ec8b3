"""What the public reads of follow-up: figures of closings and what counted in them, never of an open period.

Figures come from `ClosedFigure` alone. Words and months come from the revisions that had been validated when the
newest closing of their period was made: what a reopened period brings is not known here until it is closed again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from actionplans.domain.following.public_evidence import stands_in_public
from actionplans.domain.following.standing import Figure, figure_of
from actionplans.enums import FigureScope, PeriodStatus, ReviewOutcome
from actionplans.models import (
    ActionPlan,
    Activity,
    ClosedFigure,
    Closing,
    Evidence,
    Indicator,
    ReportingPeriod,
    Validation,
    Verification,
)
from actionplans.months import MonthSet
from actionplans.reports.closed import closed_rows, newest_of, thin

from .report_lines import ResultLine, result_lines


@dataclass(frozen=True, kw_only=True)
class PublishedFigure:
    """A figure with the closing that it comes from; `figure` has its account only where that was asked for."""

    closing: Closing
    figure: Figure

    @property
    def period(self) -> ReportingPeriod:
        return self.closing.period

    @property
    def is_of_a_reopened_period(self) -> bool:
        return self.period.status == PeriodStatus.REOPENED and self.closing.sequence == self.period.sequence


@dataclass(frozen=True, kw_only=True)
class FollowedActivity:
    """An activity at the newest cut: its figure, the months done by then and what control interno verified."""

    figure: Figure
    executed: MonthSet
    verification: Verification | None
    is_self_validated: bool = False


@dataclass(frozen=True, kw_only=True)
class PlanProgress:
    """A plan at its newest cut, with every closing of its year in order."""

    newest: PublishedFigure
    history: tuple[PublishedFigure, ...]
    activities: Mapping[int, FollowedActivity]


@dataclass(frozen=True, kw_only=True)
class ClosedReport:
    """What was told of an activity in a closed period, as it counted; None where no validated report did."""

    published: PublishedFigure
    validation: Validation | None
    verification: Verification | None
    results: Sequence[ResultLine] = ()

    @property
    def revision(self):
        return self.validation.revision if self.validation else None

    @property
    def evidence(self) -> list[tuple[Evidence, str]]:
        """What was attached, with what of it the public gets."""
        return [(item, stands_in_public(item)) for item in self.revision.evidence.all()] if self.revision else []


@dataclass(frozen=True, kw_only=True)
class ActivityProgressPage:
    """An activity at its newest cut; `reports` has a row for each closed period, the newest first."""

    newest: PublishedFigure
    history: tuple[PublishedFigure, ...]
    reports: tuple[ClosedReport, ...]
    executed: MonthSet


def newest_figures(**where) -> dict[tuple[str, str, int | None], PublishedFigure]:
    """The figure of the newest closing of each thing that `where` selects. One query."""
    return {key: _published(row) for key, row in newest_of(closed_rows(**where)).items()}


def plan_figures(plans: Iterable[int]) -> dict[int, PublishedFigure]:
    """The newest figure of each of the plans, by the plan's id. One query."""
    found = newest_figures(scope=FigureScope.PLAN, plan__in=list(plans))
    return {plan: shown for (_scope, _key, plan), shown in found.items()}


def entity_figures(entity) -> list[PublishedFigure]:
    """The entity's figure at its newest cut, with its account: one for each way of following its newest year."""
    found = list(closed_rows(entity=entity, scope=FigureScope.ENTITY))
    last = {
        row.closing.period.scheme: row for row in found if row.closing.period.year == found[-1].closing.period.year
    }
    accounts = ClosedFigure.objects.in_bulk([row.pk for row in last.values()])
    return [PublishedFigure(closing=row.closing, figure=figure_of(accounts[row.pk])) for row in last.values()]


def policy_figure(entity, year: int, key: str) -> PublishedFigure | None:
    """The newest figure of a policy in a year, with its account."""
    row = closed_rows(entity=entity, scope=FigureScope.POLICY, key=key, closing__period__year=year).last()
    if row is None:
        return None
    return PublishedFigure(closing=row.closing, figure=figure_of(ClosedFigure.objects.get(pk=row.pk)))


def plan_progress(plan: ActionPlan) -> PlanProgress | None:
    """None before the first closing. Five queries."""
    rows = list(_with_reopenings(closed_rows(plan=plan, scope=FigureScope.PLAN)))
    if not rows:
        return None
    newest = ClosedFigure.objects.get(pk=rows[-1].pk)
    closings = _newest_closings(rows)
    reviews = _by_activity(_reviews(closings, revision__report__activity__plan=plan))
    verified = _verified(closings, activity__plan=plan)
    activities = ClosedFigure.objects.filter(closing=newest.closing_id, plan=plan, scope=FigureScope.ACTIVITY)
    period = rows[-1].closing.period
    return PlanProgress(
        newest=PublishedFigure(closing=rows[-1].closing, figure=figure_of(newest)),
        history=tuple(map(_published, rows)),
        activities={
            row.activity_id: FollowedActivity(
                figure=thin(row),
                executed=_months(reviews[row.activity_id]),
                verification=verified.get((period.pk, row.activity_id)),
                is_self_validated=any(review.is_self for review in reviews[row.activity_id]),
            )
            for row in activities.defer("data")
        },
    )


def activity_progress(activity: Activity, indicators: Iterable[Indicator]) -> ActivityProgressPage | None:
    """None before the first closing. Its queries do not grow with the periods.

    `indicators` are those of the plan as it is now, for kinds and units.
    """
    rows = list(_with_reopenings(closed_rows(activity=activity, scope=FigureScope.ACTIVITY)))
    if not rows:
        return None
    newest = ClosedFigure.objects.get(pk=rows[-1].pk)
    closings = _newest_closings(rows)
    reviews = _reviews(closings, revision__report__activity=activity, with_words=True)
    verified = _verified(closings, activity=activity)
    counted = [row for row in rows if closings[row.closing.period_id] == row.closing]
    return ActivityProgressPage(
        newest=PublishedFigure(closing=rows[-1].closing, figure=figure_of(newest)),
        history=tuple(map(_published, rows)),
        reports=tuple(
            ClosedReport(
                published=_published(row),
                validation=(review := reviews.get((row.closing.period_id, activity.pk))),
                verification=verified.get((row.closing.period_id, activity.pk)),
                results=result_lines(review, indicators) if review else (),
            )
            for row in reversed(counted)
        ),
        executed=_months(reviews.values()),
    )


def first_period(plan: ActionPlan) -> ReportingPeriod | None:
    """The first cut to come of a plan of which none was published; None where nobody opened its year."""
    return ReportingPeriod.objects.of_plan(plan).order_by("ordinal").first()


def _published(row: ClosedFigure) -> PublishedFigure:
    return PublishedFigure(closing=row.closing, figure=thin(row))


def _with_reopenings(rows):
    return rows.select_related("closing__period", "closing__reopening__act")


def _newest_closings(rows: Sequence[ClosedFigure]) -> dict[int, Closing]:
    """The last closing of each period."""
    return {row.closing.period_id: row.closing for row in rows}


def _reviews(closings: Mapping[int, Closing], *, with_words=False, **where) -> dict[tuple[int, int], Validation]:
    """The validation that counted in the closing of each period and activity."""
    rows = Validation.objects.filter(revision__report__period__in=closings, **where).order_by("pk")
    rows = rows.select_related("revision__report", "revision__office")
    if with_words:
        rows = rows.prefetch_related("revision__measurements", "revision__evidence", "corrections")
    last = {}
    for row in rows:
        report = row.revision.report
        if row.at <= closings[report.period_id].at:
            last[report.period_id, report.activity_id] = row
    return {key: row for key, row in last.items() if row.outcome == ReviewOutcome.VALIDATED}


def _verified(closings: Mapping[int, Closing], **where) -> dict[tuple[int, int], Verification]:
    """The last word of control interno on each; of a period that is open again, the last before it was."""
    last = {}
    for row in Verification.objects.filter(period__in=closings, **where).order_by("pk"):
        if not _is_after_reopening(row, closings[row.period_id]):
            last[row.period_id, row.activity_id] = row
    return last


def _is_after_reopening(row: Verification, closing: Closing) -> bool:
    if closing.period.status != PeriodStatus.REOPENED:
        return False
    return row.at > closing.reopening.at


def _by_activity(reviews: Mapping[tuple[int, int], Validation]) -> Mapping[int, list[Validation]]:
    grouped = defaultdict(list)
    for (_period, activity), row in reviews.items():
        grouped[activity].append(row)
    return grouped


def _months(reviews: Iterable[Validation]) -> MonthSet:
    done = MonthSet()
    for row in reviews:
        done |= row.revision.executed_months
    return done
