"""What was reported beside what counts, of each activity of a period: of a closed one, as its closing has it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.db.models import Q
from django.db.models.fields.json import KeyTransform

from actionplans.domain.following.closing.snapshot import own_bands_key
from actionplans.domain.following.figures.activities import ActivityStanding
from actionplans.domain.following.figures.bands import bands_from
from actionplans.domain.following.figures.figure import Figure, figure_of
from actionplans.domain.following.figures.measuring import Counting, is_sent
from actionplans.domain.following.figures.standing import Standing, standing
from actionplans.enums import FigureScope
from actionplans.models import ActivityVersion, ClosedFigure, Closing, ReportingPeriod


@dataclass(frozen=True, kw_only=True)
class Compared:
    """`reported` is None where the office sent nothing for the period."""

    item: ActivityStanding
    reported: Figure | None
    validated: Figure


def compared(period: ReportingPeriod, only: Q | None = None) -> dict[int, Compared]:
    """By activity, in a number of queries that does not grow.

    Of a closed period both are as they were at its newest closing, whatever was changed since in earlier ones,
    and only of the activities that it measured.
    """
    closing = newest_closing(period)
    reported = standing(period, counting=Counting.REPORTED, only=only, by=closing.at if closing else None)
    if closing:
        items, validated = reported.activities, closed_activities(closing, only)
    else:
        items = standing(period, only=only).activities
        validated = {key: item.figure for key, item in items.items()}
    return {
        key: Compared(
            item=item,
            reported=reported.activities[key].figure if is_sent(item.report) else None,
            validated=validated[key],
        )
        for key, item in items.items()
        if key in validated
    }


def settled(
    period: ReportingPeriod, *, counting: Counting = Counting.VALIDATED, only: Q | None = None
) -> Standing:
    """Where things stand; of a closed period, where they stood at its newest closing.

    There the figures of what was validated are the sealed ones for each activity; those of groups are measured of
    the reports of that day, and are to be taken from the closing where they are shown.
    """
    closing = newest_closing(period)
    at = standing(period, counting=counting, only=only, by=closing.at if closing else None)
    if closing is None or counting == Counting.REPORTED:
        return at
    kept = closed_activities(closing, only)
    items = {key: replace(item, figure=kept[key]) for key, item in at.activities.items() if key in kept}
    groups = [figure for figure in at.figures if figure.scope != FigureScope.ACTIVITY]
    return replace(at, activities=items, figures=[item.figure for item in items.values()] + groups)


def newest_closing(period: ReportingPeriod) -> Closing | None:
    """The closing that counts, without its snapshot; None of a period that is open, or open again."""
    if not period.is_closed:
        return None
    rows = Closing.objects.filter(period=period, sequence=period.sequence).defer("snapshot")
    return rows.annotate(light=KeyTransform("traffic_light", "snapshot")).get()


def closed_activities(closing: Closing, only: Q | None = None) -> dict[int, Figure]:
    """The figures of activities as a closing keeps them, read by its bands; `only` as for `standing`."""
    rows = ClosedFigure.objects.filter(closing=closing, scope=FigureScope.ACTIVITY)
    if only is not None:
        asked = ActivityVersion.objects.filter(only, version__entity=closing.entity_id)
        rows = rows.filter(activity__in=asked.order_by().values("activity"))
    bands, own = bands_from(closing.light["bands"]), closing.light.get("own", {})
    return {
        row.activity_id: figure_of(row, bands_from(own.get(own_bands_key(row.activity_id))) or bands)
        for row in rows
    }
