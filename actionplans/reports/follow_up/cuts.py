"""A period of a selection with its figures: those of its closing where it is closed, else measured now."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.db.models.fields.json import KeyTextTransform, KeyTransform

from actionplans.domain.following.figures.activities import ActivityStanding
from actionplans.domain.following.figures.bands import band_of
from actionplans.domain.following.figures.figure import Figure, figures_of
from actionplans.domain.following.figures.measuring import Counting
from actionplans.domain.following.figures.standing import Standing, standing
from actionplans.enums import FigureScope
from actionplans.models import ClosedFigure, Closing, ReportingPeriod
from actionplans.progress import ActivityProgress, Band, ProgressState

from .selection import FollowUpSelection

GROUPS = tuple(scope for scope in FigureScope if scope != FigureScope.ACTIVITY)


@dataclass(frozen=True)
class PastClosing:
    """A closing whose figures no longer count, with what it said."""

    closing: Closing
    figures: tuple[Figure, ...]
    bands: tuple[Band, ...]


@dataclass(frozen=True)
class Cut:
    """`closing` is the newest one, `past` those whose figures are not the ones of the cut, oldest first."""

    period: ReportingPeriod
    items: tuple[ActivityStanding, ...]
    figures: tuple[Figure, ...]
    reported: dict[str, Figure]
    closing: Closing | None
    past: tuple[PastClosing, ...]
    light_name: str
    bands: tuple[Band, ...]

    @property
    def is_final(self) -> bool:
        return self.period.is_closed


def measured_cut(period: ReportingPeriod, selection: FollowUpSelection) -> Cut:
    """In a number of queries that grows only with how often the period was closed."""
    closings = list(_closings(period)) if period.sequence else []
    closing = closings[-1] if closings else None
    reported = standing(period, counting=Counting.REPORTED, by=closing.at if period.is_closed else None)
    now = reported if period.is_closed else standing(period)
    if period.is_closed:
        figures = _closed(closing)
        name, bands = closing.light["name"], _bands(closing)
    else:
        figures, name, bands = now.figures, now.preset, now.bands
    known = {figure.activity_id for figure in figures}
    past = closings[:-1] if period.is_closed else closings
    return Cut(
        period=period,
        items=tuple(
            item for item in now.activities.values() if item.promise.activity_id in known and selection.holds(item)
        ),
        figures=tuple(figures),
        reported=_by_activity(reported),
        closing=closing,
        past=tuple(PastClosing(one, tuple(_closed(one)), _bands(one)) for one in past),
        light_name=name,
        bands=bands,
    )


def _closings(period) -> QuerySet[Closing]:
    """Oldest first, each with its traffic light and without the rest of its snapshot."""
    rows = Closing.objects.filter(period=period).select_related("reopening__act").defer("snapshot")
    return rows.annotate(light=KeyTransform("traffic_light", "snapshot")).order_by("sequence")


def _bands(closing: Closing) -> tuple[Band, ...]:
    return tuple(band_of(band) for band in closing.light["bands"])


def _closed(closing: Closing) -> list[Figure]:
    return [*_closed_activities(closing), *figures_of(closing, scope__in=GROUPS)]


def _closed_activities(closing: Closing) -> list[Figure]:
    """The figures of activities as the closing keeps them, without their accounts: those are most of it."""
    rows = ClosedFigure.objects.filter(closing=closing, scope=FigureScope.ACTIVITY).defer("data")
    return [
        Figure(
            scope=row.scope,
            key=row.key,
            label=row.label,
            progress=ActivityProgress(
                key=row.activity_id,
                label=row.label,
                state=ProgressState(row.state),
                reason=row.reason or "",
                executed=row.executed,
                programmed=row.programmed,
                to_date=row.to_date,
                of_period=row.of_period,
            ),
            light=band_of(row.light),
            plan_id=row.plan_id,
            activity_id=row.activity_id,
        )
        for row in rows.annotate(reason=KeyTextTransform("reason", "data"))
    ]


def _by_activity(now: Standing) -> dict[int, Figure]:
    return {figure.activity_id: figure for figure in now.figures if figure.scope == FigureScope.ACTIVITY}
