"""For whom a person reports: the own offices, or, from planning, another one on its behalf."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404

from actionplans.domain.following.reporting.drafts import ON_BEHALF, REPORT
from actionplans.domain.following.reporting.sending import CONTRIBUTE
from actionplans.models import ReportingPeriod
from actionplans.models.activity import Responsibility
from planning.enums import Role
from planning.models import Entity, Office

NO_OFFICE = "ninguna"
"""In the address: the activities for which the plan names no office that reports."""


@dataclass(frozen=True)
class Desk:
    """The offices whose work is shown; `is_on_behalf` when they are not the person's own."""

    offices: tuple[Office, ...] = ()
    is_on_behalf: bool = False
    is_for_no_office: bool = False

    @property
    def ids(self) -> frozenset[int]:
        return frozenset(office.pk for office in self.offices)

    @property
    def code(self) -> str:
        """What stands in the address."""
        if self.is_for_no_office:
            return NO_OFFICE
        return self.offices[0].slug if self.is_on_behalf else ""

    @property
    def name(self) -> str:
        if self.is_for_no_office:
            return "Sin dependencia que reporte"
        return ", ".join(office.name for office in self.offices)


def desk_of(user, entity: Entity, code: str) -> Desk | None:
    """The desk that the address asks for; None where planning has to choose an office first.

    Raises PermissionDenied for who neither reports nor may report on behalf, Http404 for an unknown office.
    """
    if code and user.has_perm(ON_BEHALF, entity):
        if code == NO_OFFICE:
            return Desk(is_on_behalf=True, is_for_no_office=True)
        office = entity.offices.filter(slug=code).first()
        if office is None:
            raise Http404
        return Desk((office,), is_on_behalf=True)
    if user.has_perm("actionplans.report_progress", entity):
        return Desk(own_offices(user, entity))
    if user.has_perm(ON_BEHALF, entity):
        return None
    raise PermissionDenied("actionplans.report_progress")


def own_offices(user, entity: Entity) -> tuple[Office, ...]:
    """The offices of the entity for which the person answers."""
    found = {
        office.pk: office
        for membership in user.current_memberships
        if membership.entity_id == entity.pk and membership.role == Role.LEADER
        for office in membership.offices.all()
    }
    return tuple(sorted(found.values(), key=lambda office: office.name))


def reporting_offices(period: ReportingPeriod, versions) -> list[Office]:
    """The offices that report some activity of `versions`, in order."""
    rows = Responsibility.objects.filter(activity_version__version__in=versions, reports=True)
    return list(Office.objects.filter(pk__in=rows.values("office")).order_by("name"))


@dataclass(frozen=True)
class Part:
    """What a person may do with one activity."""

    reports: bool = False
    is_on_behalf: bool = False
    contributes: bool = False
    reads: bool = False

    @property
    def writes(self) -> bool:
        return self.reports or self.is_on_behalf


def part_of(user, promise, entity: Entity) -> Part:
    """Raises PermissionDenied for who has no part in it."""
    reports = user.has_perm(REPORT, promise)
    part = Part(
        reports=reports,
        is_on_behalf=not reports and user.has_perm(ON_BEHALF, promise),
        contributes=user.has_perm(CONTRIBUTE, promise),
        reads=user.has_perm("actionplans.follow_progress", entity),
    )
    if part == Part():
        raise PermissionDenied(REPORT)
    return part
