"""Where things stand at the cut of a period: every activity with its figure, and the figures of all groups."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from actionplans.domain.following.figures.measuring import Counting, by_activity
from actionplans.domain.following.figures.promises import prior_by_activity, promises
from actionplans.models import Report, ReportingPeriod, Verification
from actionplans.months import MonthSet
from actionplans.progress import Band

from .activities import ActivityStanding, activity_standing
from .as_of import as_of
from .bands import bands_of, own_lights
from .figure import Figure
from .groups import group_figures


@dataclass(frozen=True)
class Standing:
    period: ReportingPeriod
    counting: Counting
    activities: dict[int, ActivityStanding]
    figures: list[Figure]
    bands: tuple[Band, ...] = ()
    preset: str = ""
    own_lights: dict = field(default_factory=dict)

    def by(self, scope: str) -> list[Figure]:
        return [figure for figure in self.figures if figure.scope == scope]

    def figure(self, scope: str, key) -> Figure | None:
        return next((f for f in self.figures if f.scope == scope and f.key == str(key)), None)


def standing(
    period: ReportingPeriod,
    *,
    counting: Counting = Counting.VALIDATED,
    only: Q | None = None,
    by: datetime.datetime | None = None,
) -> Standing:
    """Measured now, to the cut of the period, in a number of queries that does not grow with the entity.

    `only` is a condition on `ActivityVersion`; then the groups are of those activities alone. `by`: with the
    reports as they were at that moment.
    """
    asked = promises(period).select_related("version__plan__policy__dimension")
    if only is not None:
        asked = asked.filter(pk__in=promises(period).filter(only).order_by().values("pk"))
    rows = list(asked.prefetch_related("objectives__axis__framework"))
    told = _reports(period, asked if only is not None else None)
    reports = by_activity(as_of(told, by) if by else told)
    verified = _verifications(period)
    prior = prior_by_activity(period, rows)
    preset, bands = bands_of(period)
    own = own_lights(period)
    found = {}
    for row in rows:
        told = reports.get(row.activity_id, [])
        found[row.activity_id] = activity_standing(
            row, told, period, counting, prior.get(row.activity_id, MonthSet()), bands, own,
            verified.get(row.activity_id),
        )  # fmt: skip
    figures = [item.figure for item in found.values()]
    figures += group_figures(found, period, bands)
    return Standing(period, counting, found, figures, bands, preset, own)


def _reports(period, asked) -> Iterable[Report]:
    rows = Report.objects.filter(
        period__entity=period.entity_id,
        period__year=period.year,
        period__scheme=period.scheme,
        period__ordinal__lte=period.ordinal,
    )
    if asked is not None:
        rows = rows.filter(activity__in=asked.order_by().values("activity"))
    return rows.with_words().order_by("period__ordinal")


def _verifications(period) -> dict[int, Verification]:
    """The latest of each activity in the period."""
    rows = Verification.objects.filter(period=period).select_related("by").order_by("pk")
    return {row.activity_id: row for row in rows}
