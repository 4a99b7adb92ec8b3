"""Activities of published plans as lists of a page: of an office, an axis or a policy, those most behind first."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.fields.json import KeyTextTransform

from actionplans.enums import FigureScope
from actionplans.models import ActivityVersion, ClosedFigure, Closing, Evidence
from actionplans.reports.closing.counted import counted_reviews, last_reviews
from planning.models import Entity

from .figures.follow_up import newest_figures
from .figures.published import PublishedFigure
from .months import schedule_sentence
from .rows import deadline

ACTIVITIES_PER_PAGE = 25
LATE = "atrasada"
Parts = Callable[[Collection[int]], dict[int, str]]
"""From the ids of `ActivityVersion` rows to what the subject of the page has to do with each."""


@dataclass(frozen=True, kw_only=True)
class ListedActivity:
    """An activity in a list; `shown` is its newest published figure, `evidence` how much of it counted by then.

    `part` is what the page's subject has to do with it, where the list tells that.
    """

    promise: ActivityVersion
    part: str
    when: str
    shown: PublishedFigure | None
    evidence: int


def promised(entity: Entity, year: int) -> QuerySet[ActivityVersion]:
    """The activities of the entity's plans in force for a year, the cancelled ones left out."""
    return ActivityVersion.objects.published().filter(
        version__entity=entity, version__plan__year=year, is_cancelled=False
    )


def with_newest_figure(rows: QuerySet[ActivityVersion]) -> QuerySet[ActivityVersion]:
    """Those most behind of what was programmed first, and those without a figure last."""
    return rows.annotate(newest_figure=_newest(F("pk")), newest_to_date=_newest(F("to_date"))).order_by(
        F("newest_to_date").asc(nulls_last=True), "version__title", "version_id", "position"
    )


def page_of(rows: QuerySet[ActivityVersion], number, *, entity: Entity, year: int, parts: Parts | None = None):
    """The paginator's page of them, and what each shows. Its queries do not grow."""
    page = Paginator(with_newest_figure(rows), ACTIVITIES_PER_PAGE).get_page(number)
    return page, _listed(page, entity, year, parts)


def how_many_late(rows: QuerySet[ActivityVersion]) -> int:
    """How many of them the newest closing of each showed late."""
    return rows.annotate(tone=_newest(KeyTextTransform("2", "light"))).filter(tone=LATE).count()


def _newest(column) -> Subquery:
    """What the newest closing of the activity says in that column."""
    figures = ClosedFigure.objects.filter(activity=OuterRef("activity"), scope=FigureScope.ACTIVITY)
    return Subquery(figures.order_by("-closing__period__ends", "-closing__sequence").values(asked=column)[:1])


def _listed(page: Page, entity, year, parts) -> list[ListedActivity]:
    rows = list(page.object_list.select_related("activity", "version__plan"))
    shown = newest_figures(pk__in=[row.newest_figure for row in rows if row.newest_figure]).values()
    figures = {one.figure.activity_id: one for one in shown}
    told = parts([row.pk for row in rows]) if parts else {}
    evidence = evidence_counts(entity, year, [row.activity_id for row in rows])
    return [
        ListedActivity(
            promise=row,
            part=told.get(row.pk, ""),
            when=_when(row),
            shown=figures.get(row.activity_id),
            evidence=evidence.get(row.activity_id, 0),
        )
        for row in rows
    ]


def evidence_counts(entity, year: int, activities: Collection[int]) -> dict[int, int]:
    """How many pieces of evidence counted in the newest closings of a year, by activity. At most four queries."""
    newest = Closing.objects.newest().filter(entity=entity, period__year=year)
    closings = {row.period_id: row for row in newest.select_related("period").defer("snapshot")}
    if not closings or not activities:
        return {}
    reviews = counted_reviews(last_reviews(closings, revision__report__activity__in=activities))
    revisions = {row.revision_id for row in reviews.values()}
    found = Evidence.objects.filter(revisions__in=revisions).order_by().values("revisions__report__activity")
    # The join of the filter is the one that names the activity: a piece used twice counts once for each.
    counted = found.annotate(number=Count("pk", distinct=True))
    return {row["revisions__report__activity"]: row["number"] for row in counted}


def _when(row: ActivityVersion) -> str:
    if row.months:
        return schedule_sentence(row.months)
    term = deadline(row)
    return f"Plazo: {term}" if term else schedule_sentence(row.months)
