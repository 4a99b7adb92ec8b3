"""What was reported, reviewed and verified, as plain JSON values: what seals are made over."""

from __future__ import annotations

import datetime
import hashlib
import json
from decimal import Decimal

from actionplans.models import ReportRevision, Validation, Verification


def canonical_json(data) -> bytes:
    """Sorted keys, UTF-8, no spaces: equal data gives equal bytes. Every figure in `data` is already text."""
    return json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def digest_of(data) -> str:
    """SHA-256 of the canonical JSON, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical_json(data)).hexdigest()


def revision_facts(revision: ReportRevision) -> dict:
    """A report as it was sent. Accounts go by number: the snapshot is handed out and needs no names."""
    return {
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
        "value": plain(verification.value),
        "opinion": verification.opinion,
        "by": verification.by_id,
        "at": instant(verification.at),
    }


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
