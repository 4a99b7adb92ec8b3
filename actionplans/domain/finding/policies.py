"""What is found of the policies of MIPG: those of which the entity says who leads them.

Nothing here asks what day it is: an entry holds until a row changes, and no row changes at midnight.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from actionplans.enums import SearchKind
from mipg.models import Adoption, ModelVersion, Policy, PolicyLeadership

from .entries import Row, entry, replace, said


def index_policies(entity) -> int:
    """Write what is found of the entity's policies, with all who lead or led them, in place of what was."""
    led = defaultdict(list)
    leaderships = PolicyLeadership.objects.filter(entity=entity)
    for leadership in leaderships.select_related("policy", "office").order_by("source", "position"):
        led[leadership.policy.key].append(leadership)
    rows = [_row(entity, policy, led[policy.key]) for policy in _policies(entity, led)]
    return replace(entity, [SearchKind.POLICY], rows)


def _policies(entity, keys: Iterable[str]) -> list[Policy]:
    """The policies of those keys, each as the newest version of the model that the entity adopted has it.

    Without adoptions the entity follows the newest version there is, as in `Adoption.objects.version_for`.
    """
    adopted = list(Adoption.objects.filter(entity=entity).order_by("year").values_list("model_version", flat=True))
    versions = adopted or list(ModelVersion.objects.values_list("pk", flat=True)[:1])
    newest_last = {version: place for place, version in enumerate(versions)}
    rows = Policy.objects.filter(model_version__in=versions, key__in=keys).select_related("dimension")
    by_key = {policy.key: policy for policy in sorted(rows, key=lambda row: newest_last[row.model_version_id])}
    return sorted(by_key.values(), key=lambda policy: policy.number)


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
            said("Responsables, hoy o antes", *names),
            said("Como está impreso", *dict.fromkeys(name for name in printed if name not in names)),
            said("Para qué", *dict.fromkeys(leadership.task for leadership in leaderships)),
            said("Impresa como", *dict.fromkeys(leadership.printed_policy for leadership in leaderships)),
            said("Nota", *dict.fromkeys(leadership.note for leadership in leaderships)),
        ],
    )
