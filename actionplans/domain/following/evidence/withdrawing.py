"""Taking back a redacted copy: one that does not strike out enough may not stay where the public reads it."""

from __future__ import annotations

from django.db import transaction

from actionplans.domain.drafting.drafts import refuse
from actionplans.domain.finding.evidence import index_evidence
from actionplans.models import Evidence
from planning import audit

from .bringing import locked_to_classify

NO_COPY = "La evidencia no tiene una copia con lo reservado tachado."


def withdraw_redacted(evidence: Evidence, *, by, reason: str) -> Evidence:
    """The copy goes, and once that is certain its bytes; the public learns again only that the evidence exists.

    By whom may bring one: planning, and the office until a period in which it serves is closed. Raises
    PermissionDenied, TransitionRefused.
    """
    refuse([] if reason.strip() else ["Escriba por qué se quita la copia: queda en la auditoría."])
    with transaction.atomic():
        row = locked_to_classify(evidence, by)
        refuse([] if row.redacted_file else [NO_COPY])
        storage, name = row.redacted_file.storage, row.redacted_file.name
        old = {"sha256": row.redacted_sha256, "name": row.redacted_name, "size": row.redacted_size}
        row.redacted_file, row.redacted_name, row.redacted_sha256 = "", "", ""
        row.redacted_media_type, row.redacted_size = "", 0
        row.save(update_fields=[f"redacted_{part}" for part in ("file", "name", "media_type", "size", "sha256")])
        audit.record(row.entity, row, "withdraw_redacted", by=by, old=old, comment=reason.strip())
        index_evidence(row.entity, [row.pk])
        transaction.on_commit(lambda: storage.delete(name))
    return row
