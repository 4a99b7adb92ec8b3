"""What was closed, opened again and closed once more: the figure of each closing, and why it changed."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import zip_longest

from django.db.models import QuerySet
from django.utils import timezone

from actionplans.domain.following.closing.closing import Pending
from actionplans.domain.following.figures.activities import ActivityStanding
from actionplans.domain.following.figures.figure import Figure, figure_of
from actionplans.enums import FigureScope
from actionplans.models import ClosedFigure, Closing, Reopening, ReportingPeriod
from actionplans.progress import ProgressState
from actionplans.progress.numbers import percent
from planning.words import capitalised

COMPARED = (FigureScope.ENTITY, FigureScope.PLAN, FigureScope.ACTIVITY)
REOPENED, ALSO_CHANGED, NOT_THERE = "Actividad reabierta", "Otra actividad que cambió", "No estaba en el plan"
KINDS = ("Entidad", "Plan", REOPENED, ALSO_CHANGED)


@dataclass(frozen=True, kw_only=True)
class Change:
    """A figure in two closings that follow each other: «30 % de 50 %», or its state where there is none."""

    kind: str
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class ClosedOnce:
    """A closing with the entity's figure in it.

    `because` is the reopening that led to it, None for the first; `changes` are what differs from the one before.
    `after` is the closing that followed its own reopening, None while that goes on.
    """

    closing: Closing
    figure: Figure | None
    because: Reopening | None
    changes: list[Change]
    after: Closing | None = None

    @property
    def reported_until(self) -> datetime.date:
        """The last day on which the reopened activities could be reported: the next closing may cut it short."""
        until = self.closing.reopening.until
        return min(until, timezone.localdate(self.after.at)) if self.after else until

    @property
    def is_reporting(self) -> bool:
        return self.after is None and self.closing.reopening.until >= timezone.localdate()


def history_of(closings: Iterable[Closing]) -> list[ClosedOnce]:
    """Oldest first, of closings that come with their reopenings. Three queries for each one after the first."""
    closings = sorted(closings, key=lambda closing: closing.sequence)
    rows = ClosedFigure.objects.filter(closing__in=closings, scope=FigureScope.ENTITY)
    figures = {row.closing_id: figure_of(row) for row in rows}
    told, before = [], None
    for closing, after in zip_longest(closings, closings[1:]):
        because = getattr(before, "reopening", None) if before else None
        changes = changes_between(before, closing) if because else []
        told.append(ClosedOnce(closing, figures.get(closing.pk), because, changes, after))
        before = closing
    return told


def closings_unaware_of(period: ReportingPeriod) -> list[Closing]:
    """The closings of later periods of its year that froze their figures before the newest closing of `period`.

    They keep what was known then: only opening those periods again, in order, brings the correction into them.
    One query for a period that comes with its closings; none where it was closed once or not at all.
    """
    if period.sequence < 2:
        return []
    newest = max(period.closings.all(), key=lambda closing: closing.sequence)
    return list(later_closings(period).filter(at__lt=newest.at))


def later_closings(period: ReportingPeriod) -> QuerySet[Closing]:
    """What counts by now of the periods after it in its year."""
    return (
        Closing.objects.newest()
        .filter(
            period__entity=period.entity_id,
            period__year=period.year,
            period__scheme=period.scheme,
            period__ordinal__gt=period.ordinal,
        )
        .select_related("period")
        .defer("snapshot")
        .order_by("period__ordinal")
    )


def changes_between(before: Closing, after: Closing) -> list[Change]:
    """The entity, the reopened activities and their plans, changed or not, and what else says another figure.

    `before` comes with its reopening. Three queries.
    """
    reopened = set(before.reopening.activities.values_list("pk", flat=True))
    old, new = _compared(before), _compared(after)
    rows = {**old, **new}
    plans = {row.plan_id for row in rows.values() if row.activity_id in reopened}
    shown = []
    for key, row in sorted(rows.items(), key=lambda pair: pair[1].pk):
        kind = _kind(row, reopened)
        is_asked = kind in (KINDS[0], REOPENED) or (kind == KINDS[1] and row.plan_id in plans)
        if is_asked or _shares(old.get(key)) != _shares(new.get(key)):
            words = {"before": _words(old.get(key)), "after": _words(new.get(key))}
            shown.append(Change(kind=kind, label=row.label, **words))
    return sorted(shown, key=lambda change: KINDS.index(change.kind))


def _compared(closing) -> dict[tuple[str, str], ClosedFigure]:
    """By scope and key, in the order of the closing, without the account of each figure."""
    rows = ClosedFigure.objects.filter(closing=closing, scope__in=COMPARED).defer("data").order_by("pk")
    return {(row.scope, row.key): row for row in rows}


def _kind(row: ClosedFigure, reopened: set[int]) -> str:
    if row.scope == FigureScope.ENTITY:
        return KINDS[0]
    if row.scope == FigureScope.PLAN:
        return KINDS[1]
    return REOPENED if row.activity_id in reopened else ALSO_CHANGED


def _shares(row: ClosedFigure | None):
    return row and (row.state, row.executed, row.programmed)


def _words(row: ClosedFigure | None) -> str:
    if row is None:
        return NOT_THERE
    if row.executed is None:
        return capitalised(ProgressState(row.state).label)
    return f"{percent(row.executed)} de {percent(row.programmed)}"


@dataclass(frozen=True)
class OfficePending:
    """What an office has pending, each activity with the words for it."""

    office: str
    rows: list[tuple[str, ActivityStanding]]


WORDS = {
    "without_report": "Sin reporte",
    "drafts": "En borrador, sin enviar",
    "to_review": "Por validar",
    "returned": "Devuelto, sin reenviar",
    "suspended": "Devuelto por la reapertura, sin reenviar",
}
NO_OFFICE = "Sin dependencia reconocida"


def by_office(pending: Pending) -> list[OfficePending]:
    """The same by the office that reports, in alphabetical order; without office, last."""
    grouped: dict[str, list] = {}
    for name, words in WORDS.items():
        for item in getattr(pending, name):
            office = item.promise.reporting_office
            grouped.setdefault(office.name if office else "", []).append((words, item))
    names = sorted(grouped, key=lambda name: (not name, name))
    return [OfficePending(name or NO_OFFICE, grouped[name]) for name in names]
