"""The calendar of follow-up: the periods of a year, their dates, and who may still report."""

from __future__ import annotations

import datetime
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from actionplans.domain.drafting.drafts import NO_REASON, refuse
from actionplans.domain.following.facts import seals
from actionplans.enums import PeriodScheme, PeriodStatus
from actionplans.models import ActionPlan, Activity, Extension, Reopening, ReportingPeriod
from actionplans.models.period import Moment
from planning import audit
from planning.models import Entity
from planning.templatetags.ui import long_date

RUN = "actionplans.run_periods"
DAYS_TO_REPORT = 15
"""What is proposed for a new year; each period's own dates may be changed."""


@dataclass(frozen=True)
class PeriodDates:
    ordinal: int
    starts: datetime.date
    ends: datetime.date
    opens: datetime.date
    closes: datetime.date


def default_dates(year: int, scheme: str) -> list[PeriodDates]:
    """The periods of a year, each open for reports from the day after it ends."""
    scheme = PeriodScheme(scheme)
    return [_dates(year, ordinal, scheme.months) for ordinal in range(1, scheme.periods + 1)]


def _dates(year, ordinal, months) -> PeriodDates:
    last = ordinal * months
    ends = datetime.date(year, last, monthrange(year, last)[1])
    opens = ends + datetime.timedelta(days=1)
    return PeriodDates(
        ordinal=ordinal,
        starts=datetime.date(year, last - months + 1, 1),
        ends=ends,
        opens=opens,
        closes=opens + datetime.timedelta(days=DAYS_TO_REPORT - 1),
    )


def open_year(
    entity: Entity, year: int, scheme: str, *, by, dates: Iterable[PeriodDates] = ()
) -> list[ReportingPeriod]:
    """The periods of an entity's year, with `dates` or those that are proposed. `by` is None for a command.

    Raises TransitionRefused where the year has periods of that scheme.
    """
    with transaction.atomic():
        entity = Entity.objects.select_for_update().get(pk=entity.pk)
        refuse_who_may_not(by, entity)
        if ReportingPeriod.objects.filter(entity=entity, year=year, scheme=scheme).exists():
            refuse([f"Los {PeriodScheme(scheme).label.lower()} de {year} ya están creados."])
        made = []
        for row in list(dates) or default_dates(year, scheme):
            refuse(_flaws(row.ends, row.opens, row.closes))
            made.append(
                ReportingPeriod.objects.create(
                    entity=entity,
                    year=year,
                    scheme=scheme,
                    ordinal=row.ordinal,
                    starts=row.starts,
                    ends=row.ends,
                    opens=row.opens,
                    closes=row.closes,
                )
            )
        for period in made:
            told = {"opens": period.opens, "closes": period.closes}
            audit.record(entity, period, "open_period", by=by, new=told)
    return made


def change_dates(period: ReportingPeriod, *, by, opens: datetime.date, closes: datetime.date) -> ReportingPeriod:
    """Other days to report, for a period that was never closed."""
    with transaction.atomic():
        period = locked(period)
        refuse_who_may_not(by, period.entity)
        if period.status != PeriodStatus.OPEN:
            refuse([f"El {period.noun} ya se cerró: sus fechas no cambian."])
        refuse(_flaws(period.ends, opens, closes))
        old = {"opens": period.opens, "closes": period.closes}
        period.opens, period.closes = opens, closes
        period.save(update_fields=["opens", "closes"])
        audit.record(period.entity, period, "change_dates", by=by, old=old, new={"opens": opens, "closes": closes})
    return period


def extend(
    period: ReportingPeriod, activities: Iterable[Activity], *, by, until: datetime.date, reason: str
) -> list[Extension]:
    """More days to report these activities of a period that is not closed."""
    with transaction.atomic():
        period = locked(period)
        refuse_who_may_not(by, period.entity)
        activities = list(activities)
        refuse(_extension_flaws(period, activities, until, reason))
        rows = [
            Extension.objects.create(
                period=period, activity=activity, entity=period.entity, until=until, reason=reason.strip(), by=by
            )
            for activity in activities
        ]
        told = {"until": until, "activities": [str(activity) for activity in activities], **seals(*rows)}
        audit.record(period.entity, period, "extend", by=by, new=told, comment=reason.strip())
    return rows


def set_scheme(plan: ActionPlan, scheme: str, *, by) -> ActionPlan:
    """Follow the plan by quarters or by four-month periods, while nothing of it has been reported."""
    with transaction.atomic():
        plan = ActionPlan.objects.select_for_update().get(pk=plan.pk)
        refuse_who_may_not(by, plan.entity)
        if plan.activities.filter(reports__isnull=False).exists():
            refuse(["El plan ya tiene reportes: su periodicidad no cambia hasta la vigencia siguiente."])
        old, plan.scheme = plan.scheme, PeriodScheme(scheme)
        plan.save(update_fields=["scheme"])
        audit.record(plan.entity, plan, "set_scheme", by=by, old={"scheme": old}, new={"scheme": plan.scheme})
    return plan


def locked(period: ReportingPeriod) -> ReportingPeriod:
    """The period as it is now, held until the transaction ends: the first lock of every verb of follow-up."""
    # PostgreSQL locks the period alone, so that readers of the entity go on.
    rows = ReportingPeriod.objects.select_related("entity").select_for_update(of=("self",))
    return rows.get(pk=period.pk)


def current(entity: Entity, on: datetime.date) -> ReportingPeriod | None:
    """The period to show first: one that takes reports, else the last that did, else the next one."""
    rows = list(ReportingPeriod.objects.filter(entity=entity).order_by("opens", "pk"))
    taking = [row for row in rows if row.moment(on) in (Moment.TAKING, Moment.REOPENED)]
    begun = [row for row in rows if row.opens <= on]
    if taking:
        return taking[-1]
    return begun[-1] if begun else next(iter(rows), None)


def words(period: ReportingPeriod, on: datetime.date | None = None) -> str:
    """«Abierto hasta el 15 de abril de 2024»: what everybody reads beside a period."""
    moment = period.moment(on or timezone.localdate())
    if moment == Moment.TO_COME:
        return f"Abre el {long_date(period.opens)}"
    if moment == Moment.TAKING:
        return f"Abierto hasta el {long_date(period.closes)}"
    if moment == Moment.LATE:
        return f"El plazo venció el {long_date(period.closes)}"
    return moment.value


@dataclass(frozen=True)
class Window:
    """Until when each activity of a period may be reported: asked once, answered for all of them."""

    period: ReportingPeriod
    extended: dict[int, datetime.date] = field(default_factory=dict)
    reopened: frozenset[int] = frozenset()
    reopened_until: datetime.date | None = None

    def last_day(self, activity_id: int) -> datetime.date:
        """The last day to report, with the extensions, or the reopening, of the activity."""
        if self.period.status == PeriodStatus.REOPENED and activity_id in self.reopened:
            return max(self.reopened_until, self.extended.get(activity_id, self.reopened_until))
        return max(self.period.closes, self.extended.get(activity_id, self.period.closes))

    def writing_obstacles(self, activity_id: int, on: datetime.date) -> list[str]:
        """Why nothing can be written: what is typed late is kept, what is closed or to come is not touched."""
        period = self.period
        if period.is_closed:
            return [f"El {period.name} de {period.year} está cerrado: ya no se cambia lo reportado."]
        if period.status == PeriodStatus.REOPENED and activity_id not in self.reopened:
            return [f"El {period.name} de {period.year} se reabrió solo para otras actividades."]
        if on < period.opens:
            return [f"El {period.name} de {period.year} se reporta desde el {long_date(period.opens)}."]
        return []

    def sending_obstacles(self, activity_id: int, on: datetime.date, *, on_behalf: bool = False) -> list[str]:
        """Why no report can be sent; planning may report for an office until the closing."""
        if obstacles := self.writing_obstacles(activity_id, on):
            return obstacles
        last = self.last_day(activity_id)
        if on <= last or on_behalf:
            return []
        return [
            f"El plazo para reportar venció el {long_date(last)}. Pida una prórroga a la oficina de planeación, "
            "o envíele su reporte para que lo registre."
        ]


def window_of(period: ReportingPeriod) -> Window:
    """Two queries at most."""
    extended: dict[int, datetime.date] = {}
    for activity, until in period.extensions.values_list("activity", "until"):
        extended[activity] = max(until, extended.get(activity, until))
    if period.status != PeriodStatus.REOPENED:
        return Window(period, extended)
    rows = Reopening.objects.filter(closing__period=period, closing__sequence=period.sequence)
    reopened = list(rows.values_list("activities", "until"))
    until = max((day for _, day in reopened), default=None)
    return Window(period, extended, frozenset(activity for activity, _ in reopened), until)


def last_day(period: ReportingPeriod, activity: Activity) -> datetime.date:
    return window_of(period).last_day(activity.pk)


def obstacles(
    period: ReportingPeriod, activity: Activity, on: datetime.date | None = None, *, on_behalf: bool = False
) -> list[str]:
    """Why no report of the activity can be sent on that day; empty where it can."""
    return window_of(period).sending_obstacles(activity.pk, on or timezone.localdate(), on_behalf=on_behalf)


def refuse_who_may_not(by, entity: Entity) -> None:
    if by is not None and not by.has_perm(RUN, entity):
        raise PermissionDenied(RUN)


def _flaws(ends, opens, closes) -> list[str]:
    if closes < opens:
        return ["El último día para reportar es anterior al primero."]
    if closes < ends:
        return ["El último día para reportar no puede ser anterior al fin del periodo."]
    return []


def _extension_flaws(period, activities, until, reason) -> list[str]:
    flaws = [] if reason.strip() else [NO_REASON]
    if not activities:
        flaws.append("Elija al menos una actividad.")
    if period.is_closed:
        flaws.append(f"El {period.noun} está cerrado: para cambiar algo, reábralo.")
    if until <= period.closes:
        flaws.append(f"La prórroga va más allá del {long_date(period.closes)}, el último día para todos.")
    strangers = [a for a in activities if (a.entity_id, a.plan.year, a.plan.scheme) != _of(period)]
    if strangers:
        flaws.append("Alguna actividad no se sigue en este periodo.")
    return flaws


def _of(period):
    return period.entity_id, period.year, period.scheme
