"""What was reported, reviewed, verified, extended and closed, as plain JSON values; and the seals over them."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.db import models

from actionplans.models import Closing, Extension, Reopening, ReportRevision, Validation, Verification
from planning.canonical import digest_of


def revision_facts(revision: ReportRevision) -> dict:
    """A report as it was sent. Accounts go by number: the snapshot is handed out and needs no names."""
    return {
        "report": revision.report_id,
        "number": revision.number,
        "office": revision.office.slug if revision.office_id else None,
        "plan_version": revision.promise.version.number,
        "months": list(revision.executed_months),
        "is_without_progress": revision.is_without_progress,
        "narrative": revision.narrative,
        "difficulties": revision.difficulties,
        "declared": plain(revision.declared),
        "is_on_behalf": revision.is_on_behalf,
        "source": revision.source,
        "is_by_extension": revision.is_by_extension,
        "origin": revision.origin,
        "sent_by": revision.by_id,
        "sent_at": instant(revision.at),
        "measurements": _readings(revision.measurements.all()),
        "evidence": [
            {
                "id": item.pk,
                "name": item.name,
                "sha256": item.sha256,
                "url": item.url,
            }
            for item in sorted(revision.evidence.all(), key=lambda item: item.pk)
        ],
    }


def validation_facts(validation: Validation) -> dict:
    return {
        "revision": validation.revision_id,
        "outcome": validation.outcome,
        "comment": validation.comment,
        "corrected_declared": plain(validation.corrected_declared),
        "corrections": _readings(validation.corrections.all()),
        "is_self": validation.is_self,
        "by": validation.by_id,
        "at": instant(validation.at),
    }


def verification_facts(verification: Verification) -> dict:
    return {
        "activity": verification.activity_id,
        "period": verification.period_id,
        "value": plain(verification.value),
        "opinion": verification.opinion,
        "by": verification.by_id,
        "at": instant(verification.at),
    }


def extension_facts(extension: Extension) -> dict:
    return {
        "period": extension.period_id,
        "activity": extension.activity_id,
        "until": extension.until.isoformat(),
        "reason": extension.reason,
        "by": extension.by_id,
        "at": instant(extension.at),
    }


def closing_facts(closing: Closing) -> dict:
    """What the act of closing prints beside the snapshot, which `digest` stands for."""
    return {
        "period": closing.period_id,
        "sequence": closing.sequence,
        "digest": closing.digest,
        "chain_sequence": closing.chain_sequence,
        "chain_head": closing.chain_head,
        "note": closing.note,
        "by": closing.by_id,
        "at": instant(closing.at),
    }


def reopening_facts(reopening: Reopening) -> dict:
    act = reopening.act
    return {
        "closing": reopening.closing_id,
        "activities": sorted(activity.pk for activity in reopening.activities.all()),
        "reason": reopening.reason,
        "act": [act.name, act.date.isoformat(), act.scan_sha256],
        "until": reopening.until.isoformat(),
        "by": reopening.by_id,
        "at": instant(reopening.at),
    }


SEALED = {
    ReportRevision: revision_facts,
    Validation: validation_facts,
    Verification: verification_facts,
    Extension: extension_facts,
    Closing: closing_facts,
    Reopening: reopening_facts,
}
"""The tables whose rows are only added, with what a row says: its event in the trail carries the digest."""


def seals(*rows: models.Model) -> dict[str, dict[str, str]]:
    """What the event that adds `rows` says of them, for `verify_audit` to ask both ways: {"seals": {row: digest}}.

    The rows are as the database has them, with all that hangs from them.
    """
    return {"seals": {name_of(row): digest_of(SEALED[type(row)](row)) for row in rows}}


def name_of(row: models.Model) -> str:
    return f"{row._meta.model_name} {row.pk}"


def _readings(rows) -> list[dict]:
    return [
        {
            "key": row.key,
            "name": row.name,
            "numerator": plain(row.numerator),
            "denominator": plain(row.denominator),
            "value": plain(row.value),
        }
        for row in sorted(rows, key=lambda row: row.key)
    ]


def plain(value: Decimal | None) -> str | None:
    """A figure as text, the same whatever its scale: «1.5» for 1.50."""
    if value is None:
        return None
    return format(value.normalize(), "f") if value else "0"


def instant(at: datetime.datetime) -> str:
    """A moment as ISO 8601 in UTC, to the microsecond."""
    return at.astimezone(datetime.UTC).isoformat(timespec="microseconds")
