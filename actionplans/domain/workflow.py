"""How things change state: a table of transitions and one doorway.

A transition says from where to where (when), with which permission (who), what must hold first (guard),
and what is written beside the status (stamp) and in the trail (trace). `available` asks and `perform`
asks again before doing; outside `domain/` nothing writes a status.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.db import transaction

from planning import audit


class TransitionRefused(Exception):
    """A step that cannot be taken now; `reasons` says why, in Spanish, one sentence each."""

    def __init__(self, reasons: list[str]):
        self.reasons = reasons
        super().__init__(" ".join(reasons))


@dataclass(frozen=True, kw_only=True)
class Transition:
    name: str
    address: str
    label: str
    sources: frozenset[str]
    target: str
    permission: str
    noun: str = "plan"
    needs_comment: bool = False
    guard: Callable[[object], list[str]] | None = None
    stamp: Callable[[object, object], dict] = field(default=lambda obj, by: {})
    trace: Callable[[object], dict] = field(default=lambda obj: {})


@dataclass(frozen=True)
class Step:
    """A transition that a person may take, and what still stands in its way."""

    transition: Transition
    obstacles: list[str]


def available(table, obj, user) -> list[Step]:
    """The steps of `table` that leave the present state of `obj` and that `user` may take."""
    return [
        Step(transition, _obstacles(transition, obj))
        for transition in table
        if obj.status in transition.sources and user.has_perm(transition.permission, obj)
    ]


def perform(transition: Transition, obj, *, by, comment: str = "", told: dict | None = None, **brought):
    """Take the step and return the fresh row; `brought` are columns whose values the verb brings.

    `told` is what the verb adds to the event, beside the transition's own trace.

    Locks and rereads the row first, so that a second click or a parallel approval is refused. Effects
    in order: status and stamps, audit event. Raises PermissionDenied (who) or TransitionRefused (when,
    what, comment).
    """
    with transaction.atomic():
        obj = type(obj).objects.select_for_update().get(pk=obj.pk)
        if not by.has_perm(transition.permission, obj):
            raise PermissionDenied(transition.permission)
        reasons = _reasons(transition, obj, comment)
        if reasons:
            raise TransitionRefused(reasons)
        old, obj.status = obj.status, transition.target
        _set(obj, brought)
        stamps = brought | transition.stamp(obj, by)
        _set(obj, stamps)
        obj.save(update_fields=["status", "updated_at", *stamps])
        audit.record(
            obj.entity,
            obj,
            transition.name,
            by=by,
            old={"status": old},
            new={"status": obj.status, **transition.trace(obj), **(told or {})},
            comment=comment,
        )
    return obj


def _set(obj, values: dict) -> None:
    for name, value in values.items():
        setattr(obj, name, value)


def _reasons(transition, obj, comment) -> list[str]:
    if obj.status not in transition.sources:
        state = obj.get_status_display()
        return [f"El {transition.noun} está en «{state}»: otra persona se adelantó. Vuelva a mirarlo."]
    reasons = _obstacles(transition, obj)
    if transition.needs_comment and not comment.strip():
        reasons.append("Escriba el motivo.")
    return reasons


def _obstacles(transition, obj) -> list[str]:
    return transition.guard(obj) if transition.guard else []
