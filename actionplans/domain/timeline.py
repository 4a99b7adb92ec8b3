"""The history of a plan, from the audit trail."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Q
from django.utils import timezone

from actionplans.enums import VersionStatus
from actionplans.models import ActionPlan, PlanVersion
from planning.models import AuditEvent

# What the public is told of: the moments in which what it reads changed, without who typed it in.
PUBLIC_EVENTS = ("publish", "approve", "register_act", "supersede")


# What a sheet writes at every turn: told together, a day of one person's work is one moment.
EDITING = (
    "edit_activity", "add_activity", "move_activity", "remove_activity", "recover_activity", "edit_plan",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Moment:
    """An event, and the number of the version that it is about (None: of a draft that is no more).

    `edits` counts the changes of a day of editing by one person, of which `event` is the last; else 0.
    """

    event: AuditEvent
    number: int | None
    edits: int = 0


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
    """Newest first; what the events say of old and new is not read."""
    moments = []
    for _, group in groupby(events.defer("old", "new").order_by("-sequence"), key=_sitting):
        last, *earlier = group
        moments.append(
            Moment(
                event=last,
                number=numbers.get(last.object_id) if _is_version(last) else None,
                edits=1 + len(earlier) if last.event in EDITING else 0,
            )
        )
    return moments


def _sitting(event):
    """Equal for events that are told together."""
    if event.event not in EDITING:
        return event.sequence
    return event.object_id, event.actor_id, timezone.localdate(event.at)


def _is_version(event) -> bool:
    return event.object_type == PlanVersion._meta.label_lower
