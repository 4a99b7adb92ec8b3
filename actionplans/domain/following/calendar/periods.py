"""The calendar of follow-up: the periods of a year, their dates, and who may still report."""

from __future__ import annotations

import datetime
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from actionplans.domain.drafting.drafts import refuse
from actionplans.enums import PeriodScheme, PeriodStatus
from actionplans.models import ActionPlan, Activity, Reopening, ReportingPeriod
from actionplans.models.period import ROMAN, Moment
from planning import audit
from planning.models import Entity
from planning.words import long_date

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
            refuse(
                [
                    f"{PeriodScheme(scheme).value.capitalize()} {ROMAN[row.ordinal - 1]}: {flaw}"
                    for _, flaw in date_flaws(row)
                ]
            )
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
                    announced=row.closes,
                )
            )
        for period in made:
            told = {"opens": period.opens, "closes": period.closes}
            audit.record(entity, period, "open_period", by=by, new=told)
    return made


def change_dates(
    period: ReportingPeriod, *, by, opens: datetime.date, closes: datetime.date, reason: str = ""
) -> ReportingPeriod:
    """Other days to report, for a period that was never closed; to end later needs a `reason`.

    The day that was first announced stays beside them: the public is told that it was moved.
    """
    with transaction.atomic():
        period = locked(period)
        refuse_who_may_not(by, period.entity)
        if period.status != PeriodStatus.OPEN:
            refuse([f"El {period.noun} ya se cerró: sus fechas no cambian."])
        asked = PeriodDates(period.ordinal, period.starts, period.ends, opens, closes)
        refuse([flaw for _, flaw in date_flaws(asked)] + delay_flaws(period, closes, reason))
        old = {"opens": period.opens, "closes": period.closes}
        period.opens, period.closes = opens, closes
        period.save(update_fields=["opens", "closes"])
        new = {"opens": opens, "closes": closes}
        audit.record(period.entity, period, "change_dates", by=by, old=old, new=new, comment=reason.strip())
    return period


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
    """The period to show first: one that takes reports, else the last that ended, else the next one.

    Of those that take reports, one whose months are over before one that is still running.
    """
    rows = list(ReportingPeriod.objects.filter(entity=entity).order_by("ends", "pk"))
    taking = [row for row in rows if row.moment(on) in (Moment.TAKING, Moment.REOPENED)]
    ended = [row for row in rows if row.ends < on and row.opens <= on]
    for found in ([row for row in taking if row in ended], taking, ended):
        if found:
            return found[-1]
    return next(iter(rows), None)


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
    """Until when each activity of a period may be reported: asked once, answered for all of them.

    `extended` is what the newest extension of an activity says, of those given since the period was last opened.
    """

    period: ReportingPeriod
    extended: dict[int, datetime.date] = field(default_factory=dict)
    reopened: frozenset[int] = frozenset()
    reopened_until: datetime.date | None = None

    def last_day_of_all(self, activity_id: int) -> datetime.date:
        """The last day without any extension: the period's own, or that of the reopening."""
        if self.period.status == PeriodStatus.REOPENED and activity_id in self.reopened:
            return self.reopened_until
        return self.period.closes

    def last_day(self, activity_id: int) -> datetime.date:
        """The last day to report; an extension never takes days away."""
        own = self.last_day_of_all(activity_id)
        return max(own, self.extended.get(activity_id, own))

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
    given = period.extensions.order_by("pk")
    if period.status != PeriodStatus.REOPENED:
        return Window(period, dict(given.values_list("activity", "until")))
    rows = Reopening.objects.filter(closing__period=period, closing__sequence=period.sequence)
    reopened = list(rows.values_list("activities", "until", "at"))
    since = max((at for *_, at in reopened), default=None)
    given = given.filter(at__gte=since) if since else given
    return Window(
        period,
        dict(given.values_list("activity", "until")),
        frozenset(activity for activity, *_ in reopened),
        max((until for _, until, _ in reopened), default=None),
    )


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


def latest_day(year: int) -> datetime.date:
    """The last day that any deadline of a year's periods may have: far enough for a year that is loaded late."""
    return datetime.date(max(year, timezone.localdate().year) + 1, 12, 31)


def delay_flaws(period: ReportingPeriod, closes: datetime.date, reason: str) -> list[str]:
    """What an entity owes who waits for its reports: why they come later than it had said.

    Of a period that was closed nothing is asked: its days do not change.
    """
    if closes <= period.closes or reason.strip() or period.sequence:
        return []
    return [f"Diga por qué se reporta después del {long_date(period.closes)}: el registro de cambios lo conserva."]


def date_flaws(asked: PeriodDates) -> list[tuple[str, str]]:
    """What is wrong with the days to report of a period: («opens» or «closes», the words)."""
    flaws = []
    if asked.opens < asked.starts:
        flaws.append(("opens", f"El periodo empieza el {long_date(asked.starts)}: no se reporta antes."))
    if asked.closes < asked.opens:
        flaws.append(("closes", "El último día para reportar es anterior al primero."))
    if asked.closes < asked.ends:
        flaws.append(("closes", f"El periodo termina el {long_date(asked.ends)}: no puede cerrar antes."))
    if asked.closes > (latest := latest_day(asked.ends.year)):
        flaws.append(("closes", f"El último día para reportar no puede pasar del {long_date(latest)}."))
    return flaws
