"""What is found of the policies of MIPG: those of which the entity says who leads them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from django.utils import timezone

from actionplans.enums import SearchKind
from mipg.models import Policy, PolicyLeadership

from .entries import Row, entry, replace, said


def index_policies(entity) -> int:
    """Write what is found of the entity's policies, as it applies them this year, in place of what was."""
    today = timezone.localdate()
    led = defaultdict(list)
    leaderships = PolicyLeadership.objects.filter(entity=entity).in_force(today)
    for leadership in leaderships.select_related("policy", "office").order_by("source", "position"):
        led[leadership.policy.key].append(leadership)
    policies = Policy.objects.in_force(entity, today.year).filter(key__in=led).select_related("dimension")
    rows = [_row(entity, policy, led[policy.key]) for policy in policies]
    return replace(entity, [SearchKind.POLICY], rows)


def _row(entity, policy: Policy, leaderships: Sequence[PolicyLeadership]) -> Row:
    names = dict.fromkeys(leadership.responsible for leadership in leaderships)
    printed = (leadership.printed_responsible for leadership in leaderships)
    return entry(
        entity.pk,
        SearchKind.POLICY,
        policy.key,
        title=policy.name,
        path=f"mipg/{policy.key}/",
        policy=policy.key,
        lines=[
            f"Política {policy.number} · Dimensión {policy.dimension.name}",
            said("Responsables", *names),
            said("Como está impreso", *dict.fromkeys(name for name in printed if name not in names)),
            said("Para qué", *dict.fromkeys(leadership.task for leadership in leaderships)),
            said("Impresa como", *dict.fromkeys(leadership.printed_policy for leadership in leaderships)),
            said("Nota", *dict.fromkeys(leadership.note for leadership in leaderships)),
        ],
    )
