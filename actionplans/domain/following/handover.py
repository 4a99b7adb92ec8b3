"""What somebody leaves whose membership ends: offices, their activities, what was begun and not finished."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import OuterRef, Q, Subquery

from actionplans.domain.following.duties import Duty
from actionplans.domain.following.periods import current
from actionplans.domain.following.recipients import leaders_by_office
from actionplans.domain.following.standing import standing
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
    work: tuple[tuple[ReportingPeriod, tuple[Work, ...]], ...]
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
        work=tuple((period, _work(period, offices)) for period in _periods(entity, on)) if offices else (),
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


def _periods(entity, on) -> list[ReportingPeriod]:
    """Those that are not closed, else the one to show first."""
    rows = ReportingPeriod.objects.filter(entity=entity).exclude(status=PeriodStatus.CLOSED)
    begun = list(rows.filter(opens__lte=on).order_by("opens", "pk"))
    if begun:
        return begun
    first = current(entity, on)
    return [first] if first else []


def _work(period, offices) -> tuple[Work, ...]:
    at = standing(period, only=Q(responsibilities__office__in=offices, responsibilities__reports=True))
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
        if item.duty != Duty.CANCELLED
    )
