"""Removing evidence that was brought by mistake, as long as nobody was told of it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction

from actionplans.domain.drafting.drafts import refuse
from actionplans.models import Evidence
from planning import audit
from planning.enums import Role

REMOVE = "actionplans.remove_evidence"
SERVES = "Acompaña un reporte que ya se envió: no se elimina. Puede cambiar quién la puede ver."
CONTRIBUTES = "Acompaña un aporte: quítela primero de allí."
DRAFTED = "Acompaña un borrador que escribe otra persona: pídale que la quite."


def remove_evidence(evidence: Evidence, *, by) -> None:
    """The row goes, and once that is certain its file and its redacted copy; the trail keeps what they were.

    Drafts that the person shares go on without it. Raises PermissionDenied, TransitionRefused.
    """
    with transaction.atomic():
        rows = Evidence.objects.select_related("entity", "office").select_for_update(of=("self",))
        row = rows.filter(pk=evidence.pk).first()
        if row is None:  # the button was pressed twice
            return
        if not by.has_perm(REMOVE, row):
            raise PermissionDenied(REMOVE)
        refuse(removal_obstacles(row, by))
        for draft in row.drafts.select_related("report__entity"):
            draft.evidence.remove(row)
            audit.record(draft.report.entity, draft.report, "detach_evidence", by=by, old={"evidence": row.pk})
        audit.record(row.entity, row, "remove_evidence", by=by, old=_told(row))
        files = [(kept.storage, kept.name) for kept in (row.file, row.redacted_file) if kept]
        row.delete()
        transaction.on_commit(lambda: _forget(files))


def removal_obstacles(evidence: Evidence, user) -> list[str]:
    """Why it stays: what was sent keeps its proofs, and nobody takes from another's draft."""
    if evidence.revisions.exists():
        return [SERVES]
    if evidence.contributions.exists():
        return [CONTRIBUTES]
    if evidence.office_id in user.office_ids_as(Role.LEADER):
        return []
    return [DRAFTED] if evidence.drafts.exclude(by=user).exists() else []


def _forget(files) -> None:
    for storage, name in files:
        storage.delete(name)


def _told(row: Evidence) -> dict:
    return {
        "name": row.name,
        "url": row.url,
        "sha256": row.sha256,
        "size": row.size,
        "classification": row.classification,
        "office": str(row.office or ""),
        "redacted_sha256": row.redacted_sha256,
    }
