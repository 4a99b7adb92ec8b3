"""Modifying an approved plan: a new version that starts as a copy, and what only such a draft can do."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.db.models import Max

from actionplans.domain.contents.copying import copy_content
from actionplans.domain.drafting.drafts import NO_REASON, draft_obstacles, locked_draft, refuse, refuse_others
from actionplans.enums import OPEN_STATUSES, PUBLIC_STATUSES, VersionStatus
from actionplans.models import ActionPlan, ActivityVersion, PlanVersion
from planning import audit


def modification_obstacles(version: PlanVersion) -> list[str]:
    """Why a modification of `version` cannot be started now."""
    if version.status != VersionStatus.APPROVED:
        return ["Solo se modifica la versión aprobada del plan."]
    if pending := PlanVersion.objects.filter(plan=version.plan_id, status__in=OPEN_STATUSES).first():
        state = pending.get_status_display()
        return [f"Ya hay una modificación en curso: la versión {pending.number} está en «{state}»."]
    return []


def start_modification(version: PlanVersion, *, by, reason: str, effective_from: datetime.date) -> PlanVersion:
    """A draft of the next version that says what the approved one says, to be changed.

    Activities keep their identity. The number of queries does not depend on how many there are.
    """
    with transaction.atomic():
        plan = ActionPlan.objects.select_for_update().get(pk=version.plan_id)
        version = PlanVersion.objects.select_for_update().get(pk=version.pk)
        refuse_others(by, version)
        refuse(modification_obstacles(version) + _flaws_of(reason, effective_from, plan.year))
        draft = copy_content(
            version,
            number=plan.versions.aggregate(last=Max("number"))["last"] + 1,
            reason=reason.strip(),
            effective_from=effective_from,
        )
        told = {"version": draft.number, "copy_of": version.number, "effective_from": effective_from}
        audit.record(draft.entity, draft, "start_modification", by=by, new=told, comment=draft.reason)
    return draft


def discard_draft(version: PlanVersion, *, by) -> None:
    """Delete a draft. The first version takes the plan with it: nobody outside ever saw it."""
    with transaction.atomic():
        plan = ActionPlan.objects.select_for_update().get(pk=version.plan_id)
        version = locked_draft(version, by)
        gone = audit.DeletedRow(plan.pk, str(version), plan._meta)
        old = {"version": version.number, "title": version.title, "activities": version.activities.count()}
        version.activities.all().delete()
        version.delete()
        if not plan.versions.exists():
            plan.activities.all().delete()
            plan.delete()
        audit.record(version.entity, gone, "discard", by=by, old=old)


def cancel_activity(activity: ActivityVersion, *, by, reason: str) -> ActivityVersion:
    """An approved activity stays in the modification, to be seen as cancelled."""
    with transaction.atomic():
        activity = _locked_activity(activity, by)
        refuse(cancellation_obstacles(activity) or ([] if reason.strip() else [NO_REASON]))
        return _set_cancelled(activity, True, reason.strip(), by=by, event="cancel_activity")


def restore_activity(activity: ActivityVersion, *, by) -> ActivityVersion:
    """The activity counts again."""
    with transaction.atomic():
        activity = _locked_activity(activity, by)
        refuse(restoration_obstacles(activity))
        return _set_cancelled(activity, False, "", by=by, event="restore_activity")


def cancellation_obstacles(activity: ActivityVersion) -> list[str]:
    if activity.is_cancelled:
        return ["La actividad ya está cancelada."]
    if not was_published(activity):
        return ["La actividad no se ha aprobado: quítela del borrador en lugar de cancelarla."]
    return draft_obstacles(activity.version)


def restoration_obstacles(activity: ActivityVersion) -> list[str]:
    if not activity.is_cancelled:
        return ["La actividad no está cancelada."]
    return draft_obstacles(activity.version)


def was_published(activity: ActivityVersion) -> bool:
    """Some approved version promises it: it may be cancelled, and never removed or renumbered."""
    return ActivityVersion.objects.filter(
        activity=activity.activity_id, version__status__in=PUBLIC_STATUSES
    ).exists()


def _set_cancelled(activity, is_cancelled, reason, *, by, event):
    activity.is_cancelled, activity.cancel_reason = is_cancelled, reason
    activity.revision += 1
    activity.save(update_fields=["is_cancelled", "cancel_reason", "revision"])
    told = {"activity": activity.activity.key, "cancelled": is_cancelled}
    audit.record(activity.entity, activity.version, event, by=by, new=told, comment=reason)
    return activity


def _locked_activity(activity, by) -> ActivityVersion:
    version = locked_draft(activity.version, by)
    return version.activities.select_related("activity", "version__entity", "version__plan").get(pk=activity.pk)


def _flaws_of(reason, effective_from, year) -> list[str]:
    flaws = []
    if not reason.strip():
        flaws.append(NO_REASON)
    if effective_from.year != year:
        flaws.append(f"La modificación cuenta desde un mes de {year}, la vigencia del plan.")
    return flaws
