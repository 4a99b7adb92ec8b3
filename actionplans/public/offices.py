"""What an office answers for, as values: its part in activities, its policies, and the sentence that says so."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from actionplans.enums import FigureScope, ResponsibilityRole, VersionStatus
from actionplans.models import ActivityVersion, PlanVersion, Responsibility
from mipg.enums import LeadershipRole
from mipg.models import Policy, PolicyLeadership
from planning.models import Entity, Office
from planning.words import counted, joined

from .activity_lists import promised
from .board import day_of
from .figures.follow_up import newest_figures
from .figures.groups import GroupHistory
from .figures.published import PublishedFigure


@dataclass(frozen=True, kw_only=True)
class OfficeRow:
    """An office in the list, with what it answers for in a year."""

    office: Office
    leads: int
    supports: int
    policies: int
    shown: PublishedFigure | None


@dataclass(frozen=True, kw_only=True)
class LedPolicy:
    """A policy in which the office has a part, as far as documents say."""

    policy: Policy
    role: str
    shown: PublishedFigure | None


def offices_of(entity: Entity, year: int, today) -> QuerySet[Office]:
    """Those that exist in the year or have a part in its published activities, by name, with the counts."""
    rows = Office.objects.filter(entity=entity).annotate(
        leads=_activities_as(ResponsibilityRole.LEADS, year),
        supports=_activities_as(ResponsibilityRole.SUPPORTS, year),
    )
    standing = Office.objects.filter(pk=OuterRef("pk")).in_force(day_of(year, today))
    return (
        rows.filter(Q(leads__gt=0) | Q(supports__gt=0) | Exists(standing))
        .select_related("parent")
        .order_by("name")
    )


def office_rows(offices: Iterable[Office], entity: Entity, year: int, today) -> list[OfficeRow]:
    """Two queries for any number of offices of `offices_of`."""
    offices = list(offices)
    figures = newest_figures(
        closing__entity=entity,
        closing__period__year=year,
        scope=FigureScope.OFFICE,
        key__in=[office.slug for office in offices],
    )
    by_slug = {key: shown for (_scope, key, _plan), shown in figures.items()}
    led = (
        PolicyLeadership.objects.filter(entity=entity, office__in=offices, role=LeadershipRole.LEADS)
        .in_force(day_of(year, today))
        .order_by()
        .values_list("office")
        .annotate(Count("policy__key", distinct=True))
    )
    policies = dict(led)
    return [
        OfficeRow(
            office=office,
            leads=office.leads,
            supports=office.supports,
            policies=policies.get(office.pk, 0),
            shown=by_slug.get(office.slug),
        )
        for office in offices
    ]


def years_of(office: Office) -> list[int]:
    """Of the published plans in which it has a part."""
    mine = Responsibility.objects.filter(office=office).values("activity_version__version")
    found = PlanVersion.objects.published().filter(pk__in=mine)
    return list(found.order_by().values_list("plan__year", flat=True).distinct())


def activities_of(office: Office, year: int) -> QuerySet[ActivityVersion]:
    """The published activities of a year in which the office has a part."""
    mine = Responsibility.objects.filter(office=office).values("activity_version")
    return promised(office.entity, year).filter(pk__in=mine)


def parts_of(office: Office, activities: Collection[int]) -> dict[int, str]:
    """What the office does in each of those `ActivityVersion` rows, answering before helping."""
    mine = Responsibility.objects.filter(office=office, activity_version__in=activities)
    found: dict[int, str] = {}
    for pk, role in mine.order_by("position").values_list("activity_version", "role"):
        if found.get(pk) != ResponsibilityRole.LEADS.label:
            found[pk] = ResponsibilityRole(role).label
    return found


def led_policies(office: Office, year: int, today) -> list[LedPolicy]:
    """The policies that it leads, then those that it supports, once each; two queries."""
    rows = (
        PolicyLeadership.objects.filter(entity=office.entity_id, office=office)
        .in_force(day_of(year, today))
        .select_related("policy")
        .order_by("role", "policy__number", "pk")
    )
    once: dict[str, PolicyLeadership] = {}
    for row in rows:
        once.setdefault(row.policy.key, row)
    figures = newest_figures(
        closing__entity=office.entity_id,
        closing__period__year=year,
        scope=FigureScope.POLICY,
        key__in=list(once),
    )
    by_key = {key: shown for (_scope, key, _plan), shown in figures.items()}
    return [
        LedPolicy(policy=row.policy, role=row.get_role_display(), shown=by_key.get(key))
        for key, row in once.items()
    ]


def office_sentence(year: int, *, leads: int, supports: int, late: int, history: GroupHistory | None) -> str:
    """What it answers for in the year, how that goes, and how much of it is late."""
    if not leads and not supports:
        return f"Ningún plan publicado de {year} le asigna actividades."
    parts = []
    if leads:
        parts.append(f"responde por {counted(leads, 'actividad', 'actividades')}")
    if supports:
        parts.append(f"apoya {counted(supports, 'actividad', 'actividades')}")
    said = f"En {year} {joined(parts)}"
    if history and history.told:
        said += f"; {history.told}"
    if late:
        said += f". {counted(late, 'va atrasada', 'van atrasadas')}"
    return f"{said}."


def offices_sentence(year: int, *, offices: int, activities: int) -> str:
    """How many answer for how much."""
    if not offices:
        return f"Los planes publicados de {year} aún no nombran dependencias responsables."
    who = counted(offices, "dependencia responde", "dependencias responden")
    return f"En {year}, {who} por las actividades de los planes publicados: son {_how_many(activities)}."


def _how_many(activities: int) -> str:
    return counted(activities, "actividad", "actividades") or "ninguna"


def _activities_as(role: str, year: int):
    """How many activities of a year's published plans the office of the row has in that role."""
    mine = Responsibility.objects.filter(
        office=OuterRef("pk"),
        role=role,
        activity_version__is_cancelled=False,
        activity_version__version__status=VersionStatus.APPROVED,
        activity_version__version__plan__year=year,
    )
    number = mine.order_by().values("office").annotate(n=Count("activity_version", distinct=True)).values("n")
    return Coalesce(Subquery(number), 0)
