"""A plan that begins as another year's: what still holds is copied, and the rest is told."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from actionplans.domain.carrying import Carrying, Keep
from actionplans.domain.contents.reading import content_of_version
from actionplans.domain.drafting.drafts import refuse, refuse_others
from actionplans.domain.plan import create_plan
from actionplans.enums import PlanKind
from actionplans.models import PlanVersion
from mipg.models import InstitutionalPlan, Policy
from planning import audit
from planning.models import Office


@dataclass(frozen=True, kw_only=True)
class Begun:
    """The new draft, and what its author must check, one sentence each."""

    version: PlanVersion
    notes: tuple[str, ...]


def create_from(
    version: PlanVersion, year: int, *, by, title: str | None = None, keep: Keep | None = None
) -> Begun:
    """A new plan of the same entity for a later `year`, whose draft says what `version` says.

    Raises PlanExists, PermissionDenied, and TransitionRefused for a year that is not later. The number of
    queries does not depend on the number of activities.
    """
    source = PlanVersion.objects.select_related("entity", "plan__policy", "plan__institutional_plan").get(
        pk=version.pk
    )
    refuse_others(by, source)
    refuse([] if year > source.plan.year else [f"La vigencia debe ser posterior a {source.plan.year}."])
    carrying = Carrying(
        from_year=source.plan.year,
        to_year=year,
        office_now=_successors(source.entity, _day_in(year)),
        keep=keep or Keep(),
    )
    content = carrying.plan(content_of_version(source), title)
    place = _place_of(source.plan, year, carrying.notes)
    whence = f"Desde «{source.title}» {source.plan.year}, versión {source.number}."
    with transaction.atomic():
        draft = create_plan(source.entity, year, content, by=by, **place)
        draft.plan.began_from = source.plan
        draft.plan.save(update_fields=["began_from"])
        told = {"plan": source.title, "year": source.plan.year, "version": source.number}
        comment = " ".join([whence, *carrying.notes])
        audit.record(source.entity, draft, "copy_plan", by=by, new=told, comment=comment)
    return Begun(version=draft, notes=tuple(carrying.notes))


def _place_of(plan, year: int, notes: list[str]) -> dict:
    """The kind of plan, and the policy and the institutional plan that are in the year what its own were."""
    kind, policy, institutional = plan.kind, None, None
    if plan.policy:
        policy = Policy.objects.in_force(plan.entity, year).filter(key=plan.policy.key).first()
        if policy is None:
            kind = PlanKind.OTHER
            notes.append(f"«{plan.policy.name}» no está en el modelo de {year}: el plan quedó sin política.")
        elif policy.name != plan.policy.name:
            notes.append(f"La política se llama ahora «{policy.name}».")
    if plan.institutional_plan:
        same = InstitutionalPlan.objects.filter(entity=plan.entity, year=year)
        institutional = same.filter(kind=plan.institutional_plan.kind_id).first()
        if institutional is None:
            notes.append(f"La entidad no ha registrado ese plan institucional para {year}: quedó sin enlazar.")
    return {"kind": kind, "policy": policy, "institutional_plan": institutional}


def _day_in(year: int) -> datetime.date:
    """Today, or the day of the year that is nearest: offices are those of then."""
    first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    return min(max(timezone.localdate(), first), last)


def _successors(entity, on: datetime.date):
    """Which office stands for an office on a day: itself, the first of its successors that exists, or None."""
    offices = {office.pk: office for office in Office.objects.filter(entity=entity)}
    alive = set(Office.objects.filter(entity=entity).in_force(on).values_list("pk", flat=True))

    def office_now(office: Office) -> Office | None:
        seen: set[int] = set()
        pk = office.pk
        while pk is not None and pk not in alive and pk not in seen:
            seen.add(pk)
            pk = offices[pk].successor_id if pk in offices else None
        return offices[pk] if pk in alive else None

    return office_now
