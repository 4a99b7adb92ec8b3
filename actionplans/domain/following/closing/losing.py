"""What the next closing of a reopened period would stop counting, though its last one published it."""

from __future__ import annotations

from dataclasses import dataclass

from actionplans.domain.following.closing.closing import Pending
from actionplans.domain.following.figures.activities import ActivityStanding
from actionplans.domain.following.figures.figure import Figure, figures_of
from actionplans.enums import FigureScope
from actionplans.models import ReportingPeriod


@dataclass(frozen=True)
class Lost:
    """An activity whose validated report nobody sent again; `published` is its figure in the last closing."""

    item: ActivityStanding
    published: Figure | None


def would_be_lost(period: ReportingPeriod, pending: Pending) -> list[Lost]:
    """Two queries; none where nothing was reopened and left so."""
    if not pending.suspended:
        return []
    last = period.closings.defer("snapshot").get(sequence=period.sequence)
    activities = [item.promise.activity_id for item in pending.suspended]
    figures = figures_of(last, FigureScope.ACTIVITY, activity__in=activities)
    published = {figure.activity_id: figure for figure in figures}
    return [Lost(item, published.get(item.promise.activity_id)) for item in pending.suspended]
