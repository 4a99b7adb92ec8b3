"""What a version changed from the one before it, as the pages of the plan and of an activity tell it in short.

Two sealed versions never change, so what they differ in is kept; the words for the rows that they name may change
with the entity's frame, whose number is part of the key.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.core.cache import caches

from actionplans.domain.comparing.comparison import ActivityChange, Comparison
from actionplans.domain.comparing.differences import compare_activity, compare_versions
from actionplans.models import PlanVersion
from config.edition import EDITION
from planning.content import FRAME, stamp_of

KEPT_FOR = 30 * 24 * 60 * 60  # seconds
SHOWN = 5
"""So many changes are told on the plan's page; all of them are on the page that compares the versions."""


@dataclass(frozen=True, kw_only=True)
class TellingChange:
    """«Se agrega la actividad», 12, «Hacer la feria»; `key` None where it is about the plan."""

    deed: str
    key: int | None = None
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class VersionChanges:
    older: int
    sentence: str
    first: tuple[TellingChange, ...]
    more: int


def version_before(version: PlanVersion, others: Sequence[PlanVersion]) -> PlanVersion | None:
    """The public version that it replaced, of `others`; None of the first."""
    return max((one for one in others if one.number < version.number), key=lambda one: one.number, default=None)


def changes_of_version(version: PlanVersion, older: PlanVersion | None) -> VersionChanges | None:
    """None of a first version."""
    return _told(kept_comparison(older, version, version.plan.entity.slug)) if older else None


def kept_comparison(older: PlanVersion, newer: PlanVersion, entity: str) -> Comparison:
    """What two public versions of a plan of the entity differ in, compared once."""
    parts = [EDITION, stamp_of(entity, [FRAME]).text, older.digest, newer.digest]
    key = f"comparison:{hashlib.sha256(repr(parts).encode()).hexdigest()}"
    return caches["pages"].get_or_set(key, lambda: compare_versions(older, newer), KEPT_FOR)


def changes_of_activity(version: PlanVersion, older: PlanVersion | None, key: int) -> Comparison | None:
    """What the version says otherwise of an activity; None of a first version."""
    return compare_activity(older, version, key) if older else None


def _told(comparison: Comparison) -> VersionChanges:
    told = list(_tellings(comparison))
    return VersionChanges(
        older=comparison.old_number,
        sentence=comparison.sentence,
        first=tuple(told[:SHOWN]),
        more=max(0, len(told) - SHOWN),
    )


def _tellings(comparison: Comparison) -> Iterator[TellingChange]:
    """What enters and leaves first, then what changes."""
    for deed, rows in (
        ("Se agrega la actividad", comparison.added),
        ("Se cancela la actividad", comparison.cancelled),
        ("Se restablece la actividad", comparison.restored),
        ("Ya no está la actividad", comparison.removed),
    ):
        for row in rows:
            yield TellingChange(deed=deed, key=row.key, words=row.description)
    for row in comparison.changed:
        yield TellingChange(deed="Cambia la actividad", key=row.key, words=_what_changes(row))
    for change in comparison.plan:
        yield TellingChange(deed="Cambia del plan", words=change.label)


def _what_changes(row: ActivityChange) -> str:
    """«Meses programados, Entregable»."""
    return ", ".join(dict.fromkeys(change.label for change in row.changes))
