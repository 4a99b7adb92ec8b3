"""The history of a plan, from the audit trail."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from actionplans.enums import VersionStatus
from actionplans.models import ActionPlan, PlanVersion
from planning.models import AuditEvent

# What the public is told of: the moments in which what it reads changed, without who typed it in.
PUBLIC_EVENTS = ("publish", "approve", "register_act", "supersede")


@dataclass(frozen=True, kw_only=True)
class Moment:
    """An event, and the number of the version that it is about (None: of a draft that is no more)."""

    event: AuditEvent
    number: int | None


def history(plan: ActionPlan) -> list[Moment]:
    """All that happened to a plan and its versions, newest first."""
    numbers = _numbers(plan.versions.all())
    about_plan = Q(object_type=ActionPlan._meta.label_lower, object_id=str(plan.pk))
    return _moments(AuditEvent.objects.filter(about_plan | _about(numbers)), numbers)


def public_history(versions: Iterable[PlanVersion]) -> list[Moment]:
    """When the published versions came into force and left it, newest first."""
    numbers = _numbers(versions)
    return _moments(AuditEvent.objects.filter(_about(numbers), event__in=PUBLIC_EVENTS), numbers)


def return_of(version: PlanVersion, moments: Iterable[Moment]) -> AuditEvent | None:
    """The event by which the committee returned a draft that has not been submitted again."""
    if version.status != VersionStatus.DRAFT:
        return None
    steps = (m.event for m in moments if m.number == version.number and m.event.event in ("submit", "return"))
    last = next(steps, None)
    return last if last and last.event == "return" else None


def _about(numbers) -> Q:
    return Q(object_type=PlanVersion._meta.label_lower, object_id__in=numbers.keys())


def _numbers(versions) -> dict[str, int]:
    return {str(version.pk): version.number for version in versions}


def _moments(events, numbers) -> list[Moment]:
    return [
        Moment(event=event, number=numbers.get(event.object_id) if _is_version(event) else None)
        for event in events.order_by("-sequence")
    ]


def _is_version(event) -> bool:
    return event.object_type == PlanVersion._meta.label_lower
