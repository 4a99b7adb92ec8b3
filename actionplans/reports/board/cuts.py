"""The figures at every cut of a year: as a closing keeps them, or measured now where none does."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass, field

from actionplans.domain.following.figures.ahead import with_ahead
from actionplans.domain.following.figures.figure import Figure, figures_of
from actionplans.domain.following.figures.measuring import Counting
from actionplans.domain.following.figures.standing import Standing, standing
from actionplans.enums import FigureScope
from actionplans.models import Closing, ReportingPeriod
from actionplans.models.period import Moment
from actionplans.reports.closing.closed import closed_rows, thin

GROUPS = tuple(scope for scope in FigureScope if scope != FigureScope.ACTIVITY)


@dataclass(frozen=True)
class CutFigures:
    """Of one period; no figures before it opens for reports. `closing` is the one that they come from, if any."""

    period: ReportingPeriod
    figures: dict[tuple[str, str], Figure] = field(default_factory=dict)
    closing: Closing | None = None

    def figure(self, scope: str, key: str) -> Figure | None:
        return self.figures.get((str(scope), key))


def year_cuts(now: Standing, on: datetime.date) -> list[CutFigures]:
    """Every period of the year of `now`, in order. What was reported and not validated is in no closing.

    The figures of the newest that has any know what is programmed for those to come.
    """
    period = now.period
    periods = list(
        ReportingPeriod.objects.filter(entity=period.entity_id, year=period.year, scheme=period.scheme)
        .select_related("entity")
        .order_by("ordinal")
    )
    closings = _closings(periods)
    sealed = closings if now.counting == Counting.VALIDATED else {}
    kept = _kept([closing for pk, closing in sealed.items() if pk != period.pk])
    begun = [row for row in periods if row.moment(on) != Moment.TO_COME]
    newest = begun[-1:]

    def cut(row) -> CutFigures:
        if row not in begun:
            return CutFigures(row)
        if row.pk in sealed:
            return _kept_cut(row, now, sealed[row.pk], kept)
        return _measured_cut(row, now, closings.get(row.pk), row in newest)

    return [cut(row) for row in periods]


def _closings(periods) -> dict[int, Closing]:
    """The closing that counts of each closed period: one that is open again is measured now."""
    closed = [period for period in periods if period.is_closed]
    rows = Closing.objects.newest().filter(period__in=closed).defer("snapshot")
    return {row.period_id: row for row in rows}


def _kept(closings) -> dict[int, list[Figure]]:
    figures = defaultdict(list)
    if closings:
        for row in closed_rows(closing__in=closings, scope__in=GROUPS):
            figures[row.closing_id].append(thin(row))
    return figures


def _kept_cut(period, now, closing, kept) -> CutFigures:
    own = figures_of(closing, scope__in=GROUPS) if period.pk == now.period.pk else kept[closing.pk]
    return CutFigures(period, _by_key(own), closing)


def _measured_cut(period, now, closing, is_newest) -> CutFigures:
    """Measured of the reports of today, or of the day of its closing."""
    by = closing.at if closing else None
    at = now if period.pk == now.period.pk else standing(period, counting=now.counting, by=by)
    return CutFigures(period, _by_key((with_ahead(at) if is_newest else at).figures))


def _by_key(figures) -> dict[tuple[str, str], Figure]:
    return {(str(figure.scope), figure.key): figure for figure in figures}
