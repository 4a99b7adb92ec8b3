"""More days to report for single activities of a period, and taking them back."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from actionplans.domain.drafting.drafts import NO_REASON, refuse
from actionplans.domain.following.calendar.periods import Window, latest_day, locked, refuse_who_may_not, window_of
from actionplans.domain.following.closing.facts import seals
from actionplans.enums import PeriodStatus
from actionplans.models import Activity, Extension, ReportingPeriod
from planning import audit
from planning.words import long_date

DAYS_TO_CORRECT = 5
"""What is proposed for a report that is given back when nothing can be sent any more."""


def extend(
    period: ReportingPeriod, activities: Iterable[Activity], *, by, until: datetime.date, reason: str
) -> list[Extension]:
    """Another last day to report these activities of a period that is not closed.

    It takes the place of an extension that they had, be it shorter or longer. Of a reopened period, only the
    activities for which it was reopened.
    """
    with transaction.atomic():
        period = locked(period)
        refuse_who_may_not(by, period.entity)
        activities = list(activities)
        window = window_of(period)
        refuse([*_flaws(window, activities, reason), *until_flaws(window, activities, until)])
        rows = [_row(period, activity, until, reason, by) for activity in activities]
        told = {"until": until, "activities": [str(activity) for activity in activities], **seals(*rows)}
        audit.record(period.entity, period, "extend", by=by, new=told, comment=reason.strip())
    return rows


def withdraw_extension(period: ReportingPeriod, activity: Activity, *, by, reason: str) -> Extension:
    """The activity goes back to the last day of the others: a further row, which says so."""
    with transaction.atomic():
        period = locked(period)
        refuse_who_may_not(by, period.entity)
        window = window_of(period)
        flaws = _flaws(window, [activity], reason)
        if not is_extended(window, activity.pk):
            flaws.append("La actividad no tiene una prórroga que retirar.")
        refuse(flaws)
        row = _row(period, activity, window.last_day_of_all(activity.pk), reason, by)
        told = {"until": row.until, "activities": [str(activity)], **seals(row)}
        audit.record(period.entity, period, "withdraw_extension", by=by, new=told, comment=reason.strip())
    return row


def give_time_to_correct(
    period: ReportingPeriod, activity: Activity, *, by, until: datetime.date | None, reason: str
):
    """An extension for a report that is given back after its deadline; nothing while it may still be sent.

    `until` is the last day of it, `day_to_correct` where none is said.
    """
    window = window_of(period)
    proposed = day_to_correct(window, activity.pk)
    if proposed is None:
        return
    until = until or proposed
    refuse(correction_day_flaws(window, activity, until))
    extend(period, [activity], by=by, until=until, reason=reason)


def day_to_correct(window: Window, activity_id: int, on: datetime.date | None = None) -> datetime.date | None:
    """The day to propose for a report that is given back; None while it may be sent without more days."""
    on = on or timezone.localdate()
    if window.last_day(activity_id) >= on:
        return None
    return min(on + datetime.timedelta(days=DAYS_TO_CORRECT), latest_day(window.period.year))


def correction_day_flaws(window: Window, activity: Activity, until: datetime.date) -> list[str]:
    if until < timezone.localdate():
        return ["Ese día ya pasó: la dependencia no podría enviar el reporte corregido."]
    return until_flaws(window, [activity], until)


def is_extended(window: Window, activity_id: int) -> bool:
    return window.last_day(activity_id) > window.last_day_of_all(activity_id)


def until_flaws(window: Window, activities: Iterable[Activity], until: datetime.date) -> list[str]:
    """An extension goes beyond the day of the others, and not to the end of time."""
    last = max((window.last_day_of_all(activity.pk) for activity in activities), default=window.period.closes)
    latest = latest_day(window.period.year)
    if until <= last:
        return [f"La prórroga debe ir más allá del {long_date(last)}, el último día sin ella."]
    if until > latest:
        return [f"La prórroga no puede pasar del {long_date(latest)}."]
    return []


def _row(period, activity, until, reason, by) -> Extension:
    return Extension.objects.create(
        period=period, activity=activity, entity=period.entity, until=until, reason=reason.strip(), by=by
    )


def _flaws(window, activities, reason) -> list[str]:
    period = window.period
    flaws = [] if reason.strip() else [NO_REASON]
    if not activities:
        flaws.append("Elija al menos una actividad.")
    if period.is_closed:
        flaws.append(f"El {period.noun} está cerrado: para cambiar algo, reábralo.")
    if not all(period.follows(activity.plan) for activity in activities):
        flaws.append("Alguna actividad no se sigue en este periodo.")
    elif period.status == PeriodStatus.REOPENED and {a.pk for a in activities} - window.reopened:
        flaws.append(f"El {period.noun} se reabrió solo para otras actividades: estas no pueden reportarse.")
    return flaws
