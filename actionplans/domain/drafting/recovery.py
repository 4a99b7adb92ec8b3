"""Bringing back an activity that was removed from a draft, from what the audit trail kept of it."""

from __future__ import annotations

from django.db import transaction

from actionplans.domain.contents.snapshots import activity_from_json
from actionplans.domain.drafting.drafts import locked_draft, refuse
from actionplans.domain.drafting.row_order import insert_rows
from actionplans.models import ActivityVersion, PlanVersion
from planning import audit
from planning.models import AuditEvent


def recover_activity(version: PlanVersion, key: int, *, by) -> ActivityVersion:
    """Put back activity `key` as it was when it was last removed: same number, same words, same place.

    Raises TransitionRefused where the draft still has it, or where it was never removed from this draft.
    """
    with transaction.atomic():
        version = locked_draft(version, by)
        if version.activities.filter(activity__key=key).exists():
            refuse([f"La actividad {key} ya está en el borrador."])
        said = _last_words(version, key)
        if said is None:
            refuse([f"La actividad {key} no se ha quitado de este borrador."])
        content = activity_from_json(said["content"], version.entity)
        (row,) = insert_rows(version, [content], said["position"])
        row.revision = said["revision"] + 1  # who still shows the row as it was must not write over it
        row.save(update_fields=["revision"])
        audit.record(version.entity, version, "recover_activity", by=by, new={"activity": key})
    return row


def removed_activities(version: PlanVersion) -> list[tuple[int, str]]:
    """Number and words of the activities that were taken out of this draft and may come back."""
    present = set(version.activities.values_list("activity__key", flat=True))
    words = {
        said["key"]: said["content"]["description"]
        for said in _removals(version).order_by("sequence").values_list("old", flat=True)
    }
    return [(key, description) for key, description in sorted(words.items()) if key not in present]


def _last_words(version, key) -> dict | None:
    return _removals(version).filter(old__key=key).order_by("-sequence").values_list("old", flat=True).first()


def _removals(version):
    return AuditEvent.objects.filter(
        object_type=PlanVersion._meta.label_lower, object_id=str(version.pk), event="remove_activity"
    )
