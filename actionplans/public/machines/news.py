"""What changed in public, newest first: versions that came into force, closings, reopenings, verifications.

Nothing is news before pages show it: what control interno wrote of an open period waits for its closing.
"""

from __future__ import annotations

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from actionplans.enums import PUBLIC_STATUSES, FigureScope
from actionplans.models import ActionPlan, ClosedFigure, Closing, PlanVersion, Reopening, Verification
from actionplans.progress import ProgressState
from actionplans.progress.numbers import percent
from planning.words import count, long_date, with_year

NEWS = 50
VERIFICATIONS_READ = 1000
NAMES = uuid.UUID("5b0f6f0e-7c0a-5d0c-9c39-5f0c5f1b3c52")


@dataclass(frozen=True, kw_only=True)
class NewsItem:
    """One change. `key` names it for good, whatever the portal's address and the words become."""

    kind: str
    key: tuple
    title: str
    text: str
    path: str
    at: datetime.datetime

    @property
    def id(self) -> str:
        return name_of(self.kind, *self.key)


def name_of(*parts) -> str:
    """A name that is the same for good, and is nobody's address."""
    return uuid.uuid5(NAMES, "/".join(str(part) for part in parts)).urn


def news_of(entity, limit: int = NEWS) -> list[NewsItem]:
    """The newest changes of an entity. Its queries do not grow."""
    found = [
        *_versions(entity, limit),
        *_closings(entity, limit),
        *_reopenings(entity, limit),
        *_verifications(entity),
    ]
    return sorted(found, key=lambda item: (item.at, item.id), reverse=True)[:limit]


def _versions(entity, limit) -> Iterable[NewsItem]:
    rows = PlanVersion.objects.filter(entity=entity, status__in=PUBLIC_STATUSES)
    for row in rows.select_related("plan", "approval_act").order_by("-published_at", "-pk")[:limit]:
        plan = row.plan
        done = "cargada en el portal" if row.is_official_document else "publicada"
        yield NewsItem(
            kind="version",
            key=(entity.slug, plan.year, plan.slug, row.number),
            title=f"{with_year(row.title, plan.year)}: versión {row.number} {done}",
            text=_sentences(
                f"Motivo de la modificación: {row.reason}" if row.reason else "",
                f"Aprobación: {row.act}" if row.act else "",
                f"Cuenta desde el {long_date(row.effective_from)}"
                if row.effective_from and row.is_modification
                else "",
            ),
            path=f"{reverse('plan', args=[entity.slug, plan.year, plan.slug])}?version={row.number}",
            at=row.published_at,
        )


def _closings(entity, limit) -> Iterable[NewsItem]:
    rows = Closing.objects.filter(entity=entity).defer("snapshot").select_related("period")
    rows = list(rows.order_by("-at", "-pk")[:limit])
    figures = ClosedFigure.objects.filter(closing__in=rows, scope=FigureScope.ENTITY).defer("data")
    words = {row.closing_id: _progress(row) for row in figures.order_by("pk")}
    for row in rows:
        yield NewsItem(
            kind="cierre",
            key=_closing_key(entity, row),
            title=f"{row.period}: cierre {row.sequence}",
            text=_sentences(words.get(row.pk, "")),
            path=_year_path(entity, row.period.year),
            at=row.at,
        )


def _reopenings(entity, limit) -> Iterable[NewsItem]:
    rows = Reopening.objects.filter(entity=entity).select_related("act", "closing__period")
    for row in rows.defer("closing__snapshot").order_by("-at", "-pk")[:limit]:
        yield NewsItem(
            kind="reapertura",
            key=_closing_key(entity, row.closing),
            title=f"{row.closing.period}: se reabrió después del cierre {row.closing.sequence}",
            text=_sentences(f"Motivo: {row.reason}", f"Acto: {row.act.name}"),
            path=_year_path(entity, row.closing.period.year),
            at=row.at,
        )


def _verifications(entity) -> Iterable[NewsItem]:
    """One for each plan, period and day: control interno looks at many activities at a sitting."""
    rows = Verification.objects.filter(entity=entity, period__sequence__gte=1).order_by("-at", "-pk")
    rows = list(rows.values_list("period", "activity__plan", "activity", "at")[:VERIFICATIONS_READ])
    closings = _closings_by_period({period for period, *_rest in rows})
    told: dict[tuple, dict[int, datetime.datetime]] = defaultdict(dict)
    for period, plan, activity, at in rows:
        if shown := shown_from(at, closings[period]):
            told[period, plan, timezone.localdate(shown)].setdefault(activity, shown)
    plans = ActionPlan.objects.published().in_bulk({plan for _period, plan, _day in told})
    titles = dict(PlanVersion.objects.published().filter(plan__in=plans).order_by().values_list("plan", "title"))
    for (period_pk, plan_pk, day), activities in told.items():
        if plan := plans.get(plan_pk):
            period = closings[period_pk][0].period
            name = with_year(titles[plan_pk], plan.year)
            yield NewsItem(
                kind="verificacion",
                key=(entity.slug, plan.year, plan.slug, period.scheme, period.ordinal, day),
                title=f"{name}: control interno verificó el {period.name}",
                text=f"Se pronunció sobre {count(len(activities), 'actividad', 'actividades')}.",
                path=f"{reverse('plan', args=[entity.slug, plan.year, plan.slug])}#actividades",
                at=max(activities.values()),
            )


def shown_from(at: datetime.datetime, closings: list[Closing]) -> datetime.datetime | None:
    """When the public could read what was written at `at` of a period with these closings, oldest first.

    At once while the period stood closed, else at the next closing; None where that has not come.
    """
    before = [closing for closing in closings if closing.at <= at]
    reopening = getattr(before[-1], "reopening", None) if before else None
    if before and (reopening is None or at <= reopening.at):
        return at
    return next((closing.at for closing in closings if closing.at > at), None)


def _closings_by_period(periods) -> dict[int, list[Closing]]:
    found = defaultdict(list)
    rows = Closing.objects.filter(period__in=periods).defer("snapshot").select_related("period", "reopening")
    for row in rows.order_by("sequence"):
        found[row.period_id].append(row)
    return found


def _closing_key(entity, closing) -> tuple:
    period = closing.period
    return (entity.slug, period.year, period.scheme, period.ordinal, closing.sequence)


def _progress(row: ClosedFigure) -> str:
    if row.executed is None:
        return f"Avance de la entidad: {ProgressState(row.state).label}"
    return f"Avance de la entidad: {percent(row.executed)} ejecutado de {percent(row.programmed)} programado"


def _year_path(entity, year: int) -> str:
    """Where the closings of the year stand, with what each one says."""
    return f"{reverse('transparency_year', args=[entity.slug, year])}#cierres"


def _sentences(*parts: str) -> str:
    return " ".join(f"{part.rstrip('.')}." for part in parts if part)
