"""A figure at a cut: measured now, or as a closing keeps it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from actionplans.models import ClosedFigure, Closing
from actionplans.progress import ActivityProgress, Band, GroupProgress, from_data

from .bands import band_of


@dataclass(frozen=True, kw_only=True)
class Figure:
    """The progress of one thing at a cut; `key` tells it apart within its scope, as in `ClosedFigure`.

    `bands` are those by which `light` was found, where they are at hand: the figure is the same without them.
    `ahead` is the share programmed at each later cut of the year, where that was asked for (`with_ahead`).
    """

    scope: str
    key: str
    label: str
    progress: ActivityProgress | GroupProgress
    light: Band | None = None
    plan_id: int | None = None
    activity_id: int | None = None
    bands: tuple[Band, ...] = field(default=(), compare=False, repr=False)
    ahead: tuple[Decimal | None, ...] = ()


def figures_of(closing: Closing, scope: str | None = None, **where) -> list[Figure]:
    """The same values as a closing keeps them; `where` are conditions on `ClosedFigure`. One query."""
    rows = ClosedFigure.objects.filter(closing=closing, **where)
    return [figure_of(row) for row in (rows.filter(scope=scope) if scope else rows)]


def figure_of(row: ClosedFigure, bands: tuple[Band, ...] = ()) -> Figure:
    """With its account; `bands` are those that its closing froze."""
    return Figure(
        scope=row.scope,
        key=row.key,
        label=row.label,
        progress=from_data(row.data),
        light=band_of(row.light),
        plan_id=row.plan_id,
        activity_id=row.activity_id,
        bands=bands,
        ahead=ahead_of(row.ahead),
    )


def ahead_of(data: Iterable[str | None]) -> tuple[Decimal | None, ...]:
    """The shares of later cuts as they were kept in JSON."""
    return tuple(None if share is None else Decimal(share) for share in data)
