"""Activities of published plans as lists of a page: of a year, an office, an axis, a policy; most behind first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, F, OuterRef, QuerySet, Subquery, When
from django.db.models.fields.json import KeyTextTransform

from actionplans.enums import ResponsibilityRole
from actionplans.models import ActivityVersion, ClosedFigure, Closing, Evidence, Responsibility
from actionplans.reports.closing.counted import counted_reviews, last_reviews
from planning.models import Entity, LightTone
from planning.words import joined

from .figures.follow_up import newest_figures
from .figures.published import PublishedFigure
from .months import schedule_sentence
from .rows import deadline

ACTIVITIES_PER_PAGE = 25
Parts = Callable[[Collection[int]], dict[int, str]]
"""From the ids of `ActivityVersion` rows to what the subject of the page has to do with each."""


@dataclass(frozen=True, kw_only=True)
class ListedActivity:
    """An activity in a list; `shown` is its newest published figure, `evidence` how much of it counted by then.

    `part` is what the page's subject has to do with it, where the list tells that; `told` what the newest closed
    period has of it, where the list is of those that lack a report.
    """

    promise: ActivityVersion
    part: str
    when: str
    shown: PublishedFigure | None
    evidence: int
    told: str = ""


def in_force(entity: Entity, year: int) -> QuerySet[ActivityVersion]:
    """The activities of the entity's plans in force for a year, cancelled or not."""
    return ActivityVersion.objects.published().filter(version__entity=entity, version__plan__year=year)


def promised(entity: Entity, year: int) -> QuerySet[ActivityVersion]:
    """The activities of the entity's plans in force for a year, the cancelled ones left out."""
    return in_force(entity, year).filter(is_cancelled=False)


def closings_of(entity: Entity, year: int) -> list[Closing]:
    """The closing that counts of each period of the year, the newest period first. One query."""
    rows = Closing.objects.newest().filter(entity=entity, period__year=year)
    return list(rows.select_related("period").defer("snapshot").order_by("-period__ends"))


def with_newest_figure(rows: QuerySet[ActivityVersion], closings: Sequence[Closing]) -> QuerySet[ActivityVersion]:
    """Those most behind of what was programmed first, and those without a figure last."""
    return rows.annotate(
        newest_figure=newest_said(F("pk"), closings), newest_to_date=newest_said(F("to_date"), closings)
    ).order_by(F("newest_to_date").asc(nulls_last=True), "version__title", "version_id", "position")


def page_of(
    rows: QuerySet[ActivityVersion],
    number,
    *,
    closings: Sequence[Closing],
    parts: Parts | None = None,
    told: Mapping[int, str] | None = None,
):
    """The paginator's page of them, and what each shows by `closings_of` their year; `told` is by activity id.

    Its queries do not grow.
    """
    page = Paginator(with_newest_figure(rows, closings), ACTIVITIES_PER_PAGE).get_page(number)
    return page, _listed(page, closings, parts, told or {})


def how_many_late(rows: QuerySet[ActivityVersion], closings: Sequence[Closing]) -> int:
    """How many of them the newest closing of each showed late."""
    tone = newest_said(KeyTextTransform("2", "light"), closings)
    return rows.annotate(tone=tone).filter(tone=LightTone.LATE).count()


def newest_said(column, closings: Sequence[Closing]) -> Subquery:
    """What the newest of `closings_of` a year that measured the activity says in that column."""
    # Ordered here and not by joining the closings: SQLite would read through the snapshot of each, for every row.
    newest_first = Case(*(When(closing=row.pk, then=place) for place, row in enumerate(closings)), default=-1)
    figures = ClosedFigure.objects.filter(activity=OuterRef("activity"), closing__in=[row.pk for row in closings])
    return Subquery(figures.order_by(newest_first).values(asked=column)[:1])


def _listed(page: Page, closings, parts, told) -> list[ListedActivity]:
    rows = list(page.object_list.select_related("activity", "version__plan"))
    shown = newest_figures(pk__in=[row.newest_figure for row in rows if row.newest_figure]).values()
    figures = {one.figure.activity_id: one for one in shown}
    parted = parts([row.pk for row in rows]) if parts else {}
    evidence = evidence_counts(closings, [row.activity_id for row in rows])
    return [
        ListedActivity(
            promise=row,
            part=parted.get(row.pk, ""),
            when=_when(row),
            shown=figures.get(row.activity_id),
            evidence=evidence.get(row.activity_id, 0),
            told=told.get(row.activity_id, ""),
        )
        for row in rows
    ]


def who_answers(activities: Collection[int]) -> dict[int, str]:
    """«Responde: Secretaría de Gobierno», by `ActivityVersion` row; as printed where no office was recognised."""
    rows = Responsibility.objects.filter(activity_version__in=activities, role=ResponsibilityRole.LEADS)
    found = defaultdict(list)
    for pk, name, text in rows.order_by("position").values_list("activity_version", "office__name", "text"):
        found[pk].append(name or text)
    return {
        pk: f"{'Responde' if len(names) == 1 else 'Responden'}: {joined(names)}" for pk, names in found.items()
    }


def evidence_counts(closings: Sequence[Closing], activities: Collection[int]) -> dict[int, int]:
    """How many pieces of evidence counted in those closings, by activity. At most three queries."""
    if not closings or not activities:
        return {}
    by_period = {row.period_id: row for row in closings}
    reviews = counted_reviews(last_reviews(by_period, revision__report__activity__in=activities))
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
