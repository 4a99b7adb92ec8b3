"""Figures of closings as lists show them: without their accounts, in one query for as many closings as asked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import QuerySet
from django.db.models.fields.json import KeyTransform

from actionplans.domain.following.closing.snapshot import own_bands_key
from actionplans.domain.following.figures.bands import band_of, bands_from
from actionplans.domain.following.figures.figure import Figure, ahead_of, figure_of
from actionplans.models import ClosedFigure, Closing
from actionplans.progress import ActivityProgress, Band, ProgressState


def closed_rows(**where) -> QuerySet[ClosedFigure]:
    """Rows of closings without account and snapshot, each with its closing and period, oldest cut first."""
    return (
        ClosedFigure.objects.filter(**where)
        .select_related("closing__period")
        .defer("data", "closing__snapshot")
        .order_by("closing__period__ends", "closing__sequence", "pk")
    )


def thin(row: ClosedFigure) -> Figure:
    """The figure as its columns say it; why there is none, and how it was worked out, is in the account."""
    return Figure(
        scope=row.scope,
        key=row.key,
        label=row.label,
        progress=ActivityProgress(
            key=row.activity_id or row.plan_id or 0,
            label=row.label,
            state=ProgressState(row.state),
            executed=row.executed,
            programmed=row.programmed,
            to_date=row.to_date,
            is_declared=row.state == ProgressState.DECLARED,
        ),
        light=band_of(row.light),
        plan_id=row.plan_id,
        activity_id=row.activity_id,
        ahead=ahead_of(row.ahead),
    )


def newest_of(rows: Iterable[ClosedFigure]) -> dict[tuple[str, str, int | None], ClosedFigure]:
    """The last of each thing: by scope, key and plan. `rows` come oldest first."""
    return {(row.scope, row.key, row.plan_id): row for row in rows}


def measured_versions(closings: Iterable[Closing]) -> dict[int, dict[int, int]]:
    """The number of the version of each plan that each closing measured: by closing, then by plan. One query."""
    rows = Closing.objects.filter(pk__in=[closing.pk for closing in closings])
    # Of a snapshot only its list of plans is fetched.
    named = rows.annotate(plans=KeyTransform("plans", "snapshot")).order_by().values_list("pk", "plans")
    return {pk: {row["id"]: row["version"] for row in plans or ()} for pk, plans in named}


class Frozen(NamedTuple):
    """What a snapshot says of how its figures were made: versions by plan, and the bands they were read by."""

    versions: dict[int, int]
    bands: tuple[Band, ...]


def frozen_of(closings: Iterable[Closing], activity: int | None = None) -> dict[int, Frozen]:
    """By closing; the bands are those of `activity`, where it had its own. One query."""
    rows = Closing.objects.filter(pk__in=[closing.pk for closing in closings]).order_by()
    light = KeyTransform("traffic_light", "snapshot")
    # Of the own bands only those of one activity: there may be as many sets as activities.
    own = KeyTransform(own_bands_key(activity or 0), KeyTransform("own", light))
    said = rows.annotate(plans=KeyTransform("plans", "snapshot"), bands=KeyTransform("bands", light), own=own)
    return {
        pk: Frozen({row["id"]: row["version"] for row in plans or ()}, bands_from(own or bands))
        for pk, plans, bands, own in said.values_list("pk", "plans", "bands", "own")
    }


def with_bands(rows: QuerySet[ClosedFigure]) -> QuerySet[ClosedFigure]:
    """Rows with the bands of their closings, for `account_of`: a snapshot is read for each, so few of them."""
    light = KeyTransform("traffic_light", "closing__snapshot")
    return rows.annotate(frozen_bands=KeyTransform("bands", light))


def account_of(row: ClosedFigure) -> Figure:
    """The figure with its account and the bands it was read by, of one that is not of an activity."""
    return figure_of(row, bands_from(row.frozen_bands))
