"""Taking back the periods of a year that were created by mistake, while nothing hangs from them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from actionplans.domain.drafting.drafts import refuse
from actionplans.domain.following.calendar.periods import refuse_who_may_not
from actionplans.enums import PUBLIC_STATUSES, PeriodScheme
from actionplans.models import (
    ActionPlan,
    Closing,
    Extension,
    OfflineUpload,
    ReminderSent,
    Report,
    ReportingPeriod,
    Verification,
)
from planning import audit
from planning.models import Entity
from planning.words import count


@dataclass(frozen=True, kw_only=True)
class Loss:
    """What goes with the periods of a year, and why they cannot go, if so."""

    periods: list[ReportingPeriod]
    plans: int
    reminders: int
    uploads: int
    obstacles: list[str]


def loss_of(entity: Entity, year: int, scheme: str) -> Loss:
    periods = list(_periods(entity, year, scheme))
    plans = ActionPlan.objects.filter(
        entity=entity, year=year, scheme=scheme, versions__status__in=PUBLIC_STATUSES
    )
    return Loss(
        periods=periods,
        plans=plans.distinct().count(),
        reminders=ReminderSent.objects.filter(period__in=periods).count(),
        uploads=OfflineUpload.objects.filter(period__in=periods).count(),
        obstacles=_obstacles(periods, year, scheme),
    )


def delete_periods(entity: Entity, year: int, scheme: str, *, by) -> int:
    """Delete the periods of that year and scheme; how many they were.

    Effects in order: an event for each with its dates, reminders and uploads of theirs, the periods. Raises
    TransitionRefused where anything was reported, verified, prolonged or closed in them.
    """
    with transaction.atomic():
        entity = Entity.objects.select_for_update().get(pk=entity.pk)
        refuse_who_may_not(by, entity)
        periods = list(_periods(entity, year, scheme).select_for_update(of=("self",)))
        refuse(_obstacles(periods, year, scheme))
        told = [(audit.snapshot(period), audit.field_values(period)) for period in periods]
        ReminderSent.objects.filter(period__in=periods).delete()
        OfflineUpload.objects.filter(period__in=periods).delete()
        ReportingPeriod.objects.filter(pk__in=[period.pk for period in periods]).delete()
        for period, old in told:
            audit.record(entity, period, "delete_period", by=by, old=old)
    return len(periods)


def _periods(entity, year, scheme):
    rows = ReportingPeriod.objects.filter(entity=entity, year=year, scheme=scheme)
    return rows.select_related("entity").order_by("ordinal")


def _obstacles(periods, year, scheme) -> list[str]:
    if not periods:
        return [f"No hay {PeriodScheme(scheme).label.lower()} de {year} creados."]
    found = (
        (Report, "actividad con un reporte enviado o empezado", "actividades con un reporte enviado o empezado"),
        (Verification, "verificación de control interno", "verificaciones de control interno"),
        (Extension, "prórroga dada", "prórrogas dadas"),
        (Closing, "cierre", "cierres"),
    )
    numbers = [(model.objects.filter(period__in=periods).count(), *words) for model, *words in found]
    return [f"Tienen {count(number, *words)}: ya no se borran." for number, *words in numbers if number]
