"""What every verb that writes in a draft does first: lock it, and ask again who writes and whether it may."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from actionplans.domain.workflow import TransitionRefused
from actionplans.enums import VersionStatus
from actionplans.models import PlanVersion

EDIT = "actionplans.edit_plan"
NO_REASON = "Escriba el motivo."


def locked_draft(version: PlanVersion, by) -> PlanVersion:
    """The version as it is now, locked until the transaction ends.

    Raises PermissionDenied where `by` may not edit it, TransitionRefused where it is no draft any more:
    so no late save slips past a submit or an approval.
    """
    version = PlanVersion.objects.select_for_update().get(pk=version.pk)
    refuse_others(by, version)
    refuse(draft_obstacles(version))
    return version


def draft_obstacles(version: PlanVersion) -> list[str]:
    if version.status == VersionStatus.DRAFT:
        return []
    return [f"El plan ya no es un borrador: está en «{version.get_status_display()}»."]


def refuse_others(by, version) -> None:
    if not by.has_perm(EDIT, version):
        raise PermissionDenied(EDIT)


def refuse(reasons: list[str]) -> None:
    if reasons:
        raise TransitionRefused(reasons)
