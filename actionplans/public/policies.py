"""What the pages of MIPG read of policies: years, leaderships, plans and what changed in them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from django.db.models import Count, QuerySet

from actionplans.enums import PUBLIC_STATUSES
from actionplans.models import ActionPlan, PlanVersion
from mipg.models import Adoption, InstitutionalPlan, PolicyLeadership
from planning.words import counted

from .board import PolicyRow, day_of
from .figures.groups import GroupHistory


@dataclass(frozen=True, kw_only=True)
class PlanChange:
    """A published version that replaced another; `before` is the number of that one."""

    version: PlanVersion
    before: int


def model_years(entity, today) -> list[int]:
    """Years of which the entity says something, newest first; this year when it says nothing."""
    own = [
        rows.filter(entity=entity).order_by().values_list("year")
        for rows in (InstitutionalPlan.objects, Adoption.objects, ActionPlan.objects.published())
    ]
    said = own[0].union(*own[1:])
    return sorted({year for (year,) in said}, reverse=True) or [today.year]


def leaderships_of(entity, year: int, today) -> QuerySet[PolicyLeadership]:
    return (
        PolicyLeadership.objects.filter(entity=entity)
        .in_force(day_of(year, today))
        .select_related("policy", "office")
        .order_by("source", "position")
    )


def plan_counts(versions) -> dict[str, int]:
    """How many of the published versions are of each policy, by its key."""
    counts = versions.filter(plan__policy__isnull=False).values_list("plan__policy__key").annotate(Count("pk"))
    return dict(counts.order_by())


def changes_of(entity, year: int, policy_key: str) -> list[PlanChange]:
    """How the policy's plans of the year changed since they were approved, the newest change first."""
    rows = PlanVersion.objects.filter(
        entity=entity, plan__year=year, plan__policy__key=policy_key, status__in=PUBLIC_STATUSES
    ).select_related("plan", "approval_act")
    published = sorted(rows, key=lambda row: (row.plan_id, row.number))
    changes = [
        PlanChange(version=row, before=before.number)
        for before, row in pairwise(published)
        if before.plan_id == row.plan_id
    ]
    return sorted(changes, key=lambda change: change.version.published_at, reverse=True)


def policy_sentence(row: PolicyRow, year: int, *, activities: int, late: int, history: GroupHistory | None) -> str:
    """Who leads it, what its plans of the year promise, how that goes."""
    if not activities:
        return f"{_who(row)} Aún no tiene actividades publicadas de {year}."
    said = f"Sus planes de {year} prometen {counted(activities, 'actividad', 'actividades')}"
    if history and history.told:
        said += f"; {history.told}"
    if late:
        said += f". {counted(late, 'va atrasada', 'van atrasadas')}"
    return f"{_who(row)} {said}."


def dimension_sentence(year: int, rows: tuple[PolicyRow, ...], history: GroupHistory | None) -> str:
    """How many policies it has, how many of them have plans, how they go."""
    plans = sum(row.plan_count for row in rows)
    has = f"Reúne {counted(len(rows), 'política', 'políticas')}" if rows else "No reúne políticas"
    of_plans = counted(plans, "plan de acción publicado", "planes de acción publicados")
    said = f"{has} y en {year} tiene {of_plans or 'cero planes de acción publicados'}"
    return f"{said}; {history.told}." if history and history.told else f"{said}."


def _who(row: PolicyRow) -> str:
    if not row.leads:
        return "La entidad no ha publicado quién lidera esta política."
    if len(row.leads) == 1:
        return f"Lidera: {row.leads[0].rstrip('. ')}."
    where = ", según la fuente que se lea" if row.sources_disagree else ""
    return f"Lideran {len(row.leads)} dependencias{where}: {'; '.join(row.leads)}."
