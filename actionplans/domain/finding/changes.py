"""What is found follows the rows of the apps below, whoever changes them: see `planning.derived`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import Q

from actionplans.models import PlanVersion
from mipg.models import Policy
from planning import audit
from planning.derived import Rewriter
from planning.documents import LOADED
from planning.models import Entity

from .evidence import index_evidence_of_office
from .frameworks import index_frameworks
from .plans import index_plans_of_office, index_versions
from .policies import index_policies

RENAMES = ("change", "import_change")
READ_BY_NOBODY = ("remember_alias", "delete")  # of an office: only one that nothing names can be deleted


def _framework_changed(entity, row, event: str) -> None:
    index_frameworks(entity)


def _policies_changed(entity, row, event: str) -> None:
    index_policies(entity)


def _entity_changed(entity, row, event: str) -> None:
    """A document may bring leaderships under the event of its entity; another change shows in no entry."""
    if event == LOADED:
        index_policies(entity)


def _office_changed(entity, row, event: str) -> None:
    if event in READ_BY_NOBODY:
        return
    index_plans_of_office(row)
    index_policies(entity)
    index_evidence_of_office(row)


def _policy_changed(_none, policy, event: str) -> None:
    """Every entity that has a plan of it, or says who leads it, says it otherwise now."""
    if event in RENAMES:
        plans = PlanVersion.objects.published().filter(plan__policy=policy.pk)
        _write_again([policy.pk], plans.values_list("pk", flat=True))


def _dimension_changed(_none, dimension, event: str) -> None:
    if event in RENAMES:
        _write_again(dimension.policies.values_list("pk", flat=True), ())


def _kind_changed(_none, kind, event: str) -> None:
    """Every plan that is of this institutional plan says it otherwise now."""
    if event in RENAMES:
        plans = PlanVersion.objects.published().filter(plan__institutional_plan__kind=kind.pk)
        _write_again((), plans.values_list("pk", flat=True))


def _institutional_plan_changed(entity, row, event: str) -> None:
    if event in RENAMES:
        plans = PlanVersion.objects.published().filter(plan__institutional_plan=row.pk)
        index_versions(list(plans.values_list("pk", flat=True)))


def _write_again(policies: Iterable[int], versions: Iterable[int]) -> None:
    policies, versions = list(policies), list(versions)
    named = Q(leaderships__policy__key__in=Policy.objects.filter(pk__in=policies).values("key"))
    planned = Q(plans__versions__in=versions)
    for entity in Entity.objects.filter(named | planned).order_by("pk").distinct():
        audit.locked_chain(entity)  # as whoever publishes there holds it
        if policies:
            index_policies(entity)
    index_versions(versions)


_FRAMEWORK = (
    "strategicframework", "frameworksection", "pillar", "approach", "principle", "value", "axis", "objective",
    "line", "programme", "purpose",
)  # fmt: skip
REWRITERS: Mapping[str, Rewriter] = {
    **{f"planning.{name}": _framework_changed for name in _FRAMEWORK},
    "planning.entity": _entity_changed,
    "planning.office": _office_changed,
    "mipg.policyleadership": _policies_changed,
    "mipg.adoption": _policies_changed,
    "mipg.policy": _policy_changed,
    "mipg.dimension": _dimension_changed,
    "mipg.institutionalplankind": _kind_changed,
    "mipg.institutionalplan": _institutional_plan_changed,
}
