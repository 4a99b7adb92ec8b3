"""What somebody leaves whose membership ends: offices, their activities of the year, what was begun and not
finished, and what is asked for next."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import OuterRef, Q, Subquery

from actionplans.domain.following.calendar.duties import Duty
from actionplans.domain.following.calendar.periods import current
from actionplans.domain.following.closing.compared import settled
from actionplans.domain.following.figures.activities import ActivityStanding
from actionplans.domain.following.figures.standing import Standing
from actionplans.domain.following.reminding.recipients import leaders_by_office
from actionplans.enums import PeriodStatus, ReportStatus
from actionplans.models import ActivityVersion, Report, ReportDraft, ReportingPeriod
from planning.models import Entity, Membership, Office, User

DAYS_AHEAD = 30
"""How long before its end a membership is on the list."""


@dataclass(frozen=True, kw_only=True)
class Work:
    """An activity that one of the offices reports, in a period."""

    promise: ActivityVersion
    duty: Duty
    report: Report | None
    draft: ReportDraft | None

    @property
    def is_unfinished(self) -> bool:
        """Begun or given back, and not sent."""
        return self.draft is not None or (self.report is not None and self.report.status == ReportStatus.RETURNED)


@dataclass(frozen=True, kw_only=True)
class OfficeLeft:
    """An office and who else answers for it on the day; nobody means that it is left alone."""

    office: Office
    others: tuple[User, ...]


@dataclass(frozen=True, kw_only=True)
class Handover:
    membership: Membership
    offices: tuple[OfficeLeft, ...]
    year: tuple[tuple[ReportingPeriod, tuple[ActivityStanding, ...]], ...]
    """The activities of the offices at the last cut of the year, for each way of following it."""
    work: tuple[tuple[ReportingPeriod, tuple[Work, ...]], ...]
    """Of the periods that take reports, and of the next one what it will ask for."""
    own_drafts: tuple[ReportDraft, ...]

    @property
    def unfinished(self) -> int:
        return sum(row.is_unfinished for _, rows in self.work for row in rows)


def leaving(entity: Entity, on: datetime.date):
    """Memberships of the entity that ended or will have ended in a month, the latest end first."""
    until = on + datetime.timedelta(days=DAYS_AHEAD)
    rows = Membership.objects.filter(entity=entity, valid_to__lte=until).select_related("user")
    return rows.prefetch_related("offices").order_by("-valid_to", "-pk")


def handover_of(membership: Membership, on: datetime.date) -> Handover:
    """As things stand on that day; the queries grow with the open periods alone."""
    entity, offices = membership.entity, list(membership.offices.all())
    cuts, periods = (_cuts(entity, on), _periods(entity, on)) if offices else ([], [])
    at = {period.pk: _standing(period, offices) for period in {*cuts, *periods}}
    last = membership.valid_to + datetime.timedelta(days=1) if membership.valid_to else on
    leaders = leaders_by_office(entity, max(on, last), offices=[office.pk for office in offices])
    return Handover(
        membership=membership,
        offices=tuple(
            OfficeLeft(
                office=office,
                others=tuple(user for user in leaders.get(office.pk, ()) if user != membership.user),
            )
            for office in offices
        ),
        year=tuple((period, tuple(at[period.pk].activities.values())) for period in cuts),
        work=tuple((period, _work(period, at[period.pk], on)) for period in periods),
        own_drafts=tuple(_drafts_of(membership)),
    )


def _drafts_of(membership):
    """What the person wrote last and did not send, of periods that still take it; `promised` says of what."""
    promised = ActivityVersion.objects.published().filter(activity=OuterRef("report__activity"))
    rows = ReportDraft.objects.filter(report__entity=membership.entity_id, by=membership.user)
    return (
        rows.exclude(report__period__status=PeriodStatus.CLOSED)
        .annotate(promised=Subquery(promised.values("description")[:1]))
        .select_related("report__activity", "report__period")
        .order_by("-at", "pk")
    )


def _cuts(entity, on) -> list[ReportingPeriod]:
    """Of the year at hand, the last period whose months are over, else its first: one for each scheme."""
    first = current(entity, on)
    if first is None:
        return []
    rows = ReportingPeriod.objects.filter(entity=entity, year=first.year).select_related("entity")
    found = {}
    for row in rows.order_by("scheme", "ordinal"):
        if row.scheme not in found or row.ends < on:
            found[row.scheme] = row
    return list(found.values())


def _periods(entity, on) -> list[ReportingPeriod]:
    """Those that have begun and are not closed, and the next one of each scheme."""
    rows = ReportingPeriod.objects.filter(entity=entity).exclude(status=PeriodStatus.CLOSED)
    rows = list(rows.select_related("entity").prefetch_related("closings__reopening").order_by("opens", "pk"))
    begun = [row for row in rows if row.opens <= on]
    coming = {row.scheme: row for row in reversed(rows) if row.opens > on}
    return begun + list(coming.values())


def _standing(period, offices) -> Standing:
    return settled(period, only=Q(responsibilities__office__in=offices, responsibilities__reports=True))


def _work(period, at: Standing, on) -> tuple[Work, ...]:
    """Of a period to come, what it will ask for; of the others all but what was cancelled."""
    drafts = ReportDraft.objects.filter(report__period=period).select_related("by", "report")
    by_activity = {draft.report.activity_id: draft for draft in drafts}
    return tuple(
        Work(
            promise=item.promise,
            duty=item.duty,
            report=item.report,
            draft=by_activity.get(activity),
        )
        for activity, item in at.activities.items()
        if item.duty.is_owed or (period.opens <= on and item.duty != Duty.CANCELLED)
    )
