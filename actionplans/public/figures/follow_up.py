"""What the public reads of follow-up: figures of closings and what counted in them, never of an open period.

Figures come from `ClosedFigure` alone. Words and months come from the revisions that had been validated when the
newest closing of their period was made: what a reopened period brings is not known here until it is closed again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from actionplans.domain.following.figures.figure import Figure, figure_of
from actionplans.enums import FigureScope
from actionplans.models import ActionPlan, Activity, ClosedFigure, Closing, Indicator, ReportingPeriod
from actionplans.reports.closing.closed import (
    account_of,
    closed_rows,
    frozen_of,
    measured_versions,
    newest_of,
    thin,
    with_bands,
)
from actionplans.reports.closing.counted import (
    Key,
    Review,
    counted_reviews,
    last_reviews,
    last_verifications,
    months_done,
    newest_closings,
    with_words,
)
from actionplans.reports.follow_up.results import result_words, said_of

from .history import own_reopenings, repeated, with_corrections
from .published import ActivityProgressPage, ClosedReport, FollowedActivity, PlanProgress, PublishedFigure
from .report_lines import result_lines
from .told import Told, told_of


def newest_figures(**where) -> dict[tuple[str, str, int | None], PublishedFigure]:
    """The figure of the newest closing of each thing that `where` selects. One query."""
    return {key: _published(row) for key, row in newest_of(closed_rows(**where)).items()}


def plan_figures(plans: Iterable[int]) -> dict[int, PublishedFigure]:
    """The newest figure of each of the plans, by the plan's id. One query."""
    found = newest_figures(scope=FigureScope.PLAN, plan__in=list(plans))
    return {plan: shown for (_scope, _key, plan), shown in found.items()}


def policy_figure(entity, year: int, key: str) -> PublishedFigure | None:
    """The newest figure of a policy in a year, with its account."""
    row = closed_rows(entity=entity, scope=FigureScope.POLICY, key=key, closing__period__year=year).last()
    return _with_plans(row, plan__policy__key=key) if row else None


def dimension_figures(entity, year: int) -> dict[str, PublishedFigure]:
    """The newest figures of dimensions in a year, by key, with their accounts. Two queries; one without any."""
    asked = closed_rows(entity=entity, scope=FigureScope.DIMENSION, closing__period__year=year)
    rows = newest_of(_with_accounts(asked)).values()
    frozen = frozen_of({row.closing for row in rows}) if rows else {}
    return {row.key: _published_with(figure_of(row, frozen[row.closing_id].bands), row) for row in rows}


def plan_progress(plan: ActionPlan) -> PlanProgress | None:
    """None before the first closing. Its queries do not grow."""
    rows = list(_with_reopenings(closed_rows(plan=plan, scope=FigureScope.PLAN)))
    if not rows:
        return None
    closings = newest_closings(rows)
    history = _history(rows, plan.pk, activities__plan=plan)
    newest = history[-1]
    reviews = last_reviews(closings, revision__report__activity__plan=plan)
    counted = _by_activity(counted_reviews(reviews))
    verified = last_verifications(closings, activity__plan=plan)
    told = _told([newest.period], closings, reviews, history, version__plan=plan)
    return PlanProgress(
        newest=newest,
        history=history,
        activities={
            activity: FollowedActivity(
                figure=shown,
                executed=months_done(counted[activity]),
                verification=verified.get((newest.period.pk, activity)),
                is_self_validated=any(review.is_self for review in counted[activity]),
                told=told.get((newest.period.pk, activity)),
            )
            for activity, shown in _figures_of_activities(newest.closing, plan)
        },
    )


def activity_progress(activity: Activity, indicators: Iterable[Indicator]) -> ActivityProgressPage | None:
    """None before the first closing. Its queries do not grow with the periods.

    `indicators` are those of the plan as it is now, for kinds and units.
    """
    rows = list(_with_reopenings(closed_rows(activity=activity, scope=FigureScope.ACTIVITY)))
    if not rows:
        return None
    closings = newest_closings(rows)
    history = _history(rows, activity.plan_id, activity=activity.pk, activities=activity)
    reviews = last_reviews(closings, revision__report__activity=activity)
    counted = counted_reviews(reviews)
    validations = with_words(counted.values())
    verified = last_verifications(closings, activity=activity)
    kept = [shown for shown in history if closings[shown.period.pk] == shown.closing]
    told = _told([shown.period for shown in kept], closings, reviews, history, activity=activity)
    return ActivityProgressPage(
        newest=history[-1],
        history=history,
        reports=tuple(
            ClosedReport(
                published=shown,
                validation=(review := validations.get((shown.period.pk, activity.pk))),
                verification=verified.get((shown.period.pk, activity.pk)),
                results=result_lines(review, indicators) if review else (),
                told=told.get((shown.period.pk, activity.pk)),
            )
            for shown in reversed(kept)
        ),
        executed=months_done(counted.values()),
        result=result_words(history[-1].figure.progress, said_of(indicators)),
    )


def closings_of_version(plan: ActionPlan, number: int) -> list[Closing]:
    """The closings that measured a plan by the version of that number, oldest first. Two queries."""
    rows = list(closed_rows(plan=plan, scope=FigureScope.PLAN))
    versions = measured_versions(row.closing for row in rows)
    return [row.closing for row in rows if versions[row.closing_id].get(plan.pk) == number]


def first_period(plan: ActionPlan) -> ReportingPeriod | None:
    """The first cut to come of a plan of which none was published; None where nobody opened its year."""
    return ReportingPeriod.objects.of_plan(plan).order_by("ordinal").first()


def _published(row: ClosedFigure) -> PublishedFigure:
    return PublishedFigure(closing=row.closing, figure=thin(row))


class _Columns(NamedTuple):
    """Of `ClosedFigure`, what `thin` reads."""

    scope: str
    key: str
    label: str
    plan_id: int
    activity_id: int
    state: str
    executed: Decimal | None
    programmed: Decimal | None
    to_date: Decimal | None
    light: list | None
    ahead: list


def _figures_of_activities(closing: Closing, plan: ActionPlan) -> Iterator[tuple[int, Figure]]:
    rows = ClosedFigure.objects.filter(closing=closing.pk, plan=plan, scope=FigureScope.ACTIVITY)
    for said in rows.order_by().values_list(*_Columns._fields):
        row = _Columns(*said)
        yield row.activity_id, thin(row)


def _published_with(figure: Figure, row: ClosedFigure, **more) -> PublishedFigure:
    return PublishedFigure(closing=row.closing, figure=figure, **more)


def _with_accounts(rows):
    return rows.defer(None).defer("closing__snapshot")


def _with_reopenings(rows):
    return _with_accounts(rows).select_related("closing__period", "closing__reopening__act")


def _history(
    rows: Sequence[ClosedFigure], plan: int, activity: int | None = None, **reopened
) -> tuple[PublishedFigure, ...]:
    """Every closing with its account and the version that it measured; `reopened` finds the own reopenings."""
    frozen = frozen_of((row.closing for row in rows), activity)
    own = own_reopenings(rows, **reopened)
    again = repeated(rows, own)
    return with_corrections(
        [
            _published_with(
                figure_of(row, frozen[row.closing_id].bands),
                row,
                version=frozen[row.closing_id].versions.get(plan),
                reopening=own.get(row.closing_id),
                is_repeated=row.pk in again,
            )
            for row in rows
        ]
    )


def _with_plans(row: ClosedFigure, **where) -> PublishedFigure:
    """The figure with its account and the figures of its plans; `where` says of which plans."""
    account = with_bands(_with_accounts(closed_rows(pk=row.pk))).get()
    asked = closed_rows(closing=row.closing_id, scope=FigureScope.PLAN, **where)
    plans = [(one.plan, _published(one)) for one in asked.select_related("plan", "closing__period")]
    return _published_with(account_of(account), account, plans=tuple(plans))


def _told(periods, closings, reviews: Mapping[Key, Review], history, **activities) -> dict[Key, Told]:
    measured = defaultdict(dict)
    for shown in history:
        measured[shown.closing.pk][shown.figure.plan_id] = shown.version
    return told_of(periods, closings, reviews, measured, **activities)


def _by_activity(reviews: Mapping[Key, Review]) -> Mapping[int, list[Review]]:
    grouped = defaultdict(list)
    for (_period, activity), row in reviews.items():
        grouped[activity].append(row)
    return grouped
