"""Rows that come into a draft, leave it and change places. Places have no gaps and count from 1."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import F, Max

from actionplans.domain.contents.content import ActivityContent
from actionplans.domain.contents.reading import content_of_activity
from actionplans.domain.contents.snapshots import as_json
from actionplans.domain.contents.writing import ROW_FIELDS, identities, write_parts
from actionplans.domain.drafting.drafts import locked_draft, refuse
from actionplans.domain.drafting.editing import component_of, row_of, rows_of, told, touch
from actionplans.domain.versions import was_published
from actionplans.models import ActivityVersion, PlanVersion
from planning import audit
from planning.models import AuditEvent

FIRST = 0
"""As the activity behind which something goes: before all of them."""
ASIDE = 1_000_000
"""Positions are unique: rows that make room stand aside by so many while others move."""
NOWHERE = 0
"""Where a row waits that is taken from one place to another."""


def add_activities(
    version: PlanVersion,
    contents: Sequence[ActivityContent],
    *,
    by,
    after: int | None = None,
    tokens: Sequence[str] = (),
) -> list[ActivityVersion]:
    """New activities in their order, each with a number of its own, behind activity `after`.

    FIRST puts them before all; None, or an activity that is no more, at the end. `tokens` name the rows for
    who asked, so that `added_before` knows them if the answer was lost.
    """
    with transaction.atomic():
        version = locked_draft(version, by)
        fresh = insert_rows(version, contents, _place_behind(version, after))
        keys = dict(zip(tokens, (row.activity.key for row in fresh), strict=False))
        audit.record(version.entity, version, "add_activity", by=by, new=told(fresh) | {"tokens": keys})
    return fresh


def added_before(version: PlanVersion, token: str) -> int | None:
    """The number of the activity that was added under this token."""
    events = AuditEvent.objects.filter(
        object_type=PlanVersion._meta.label_lower, object_id=str(version.pk), event="add_activity"
    )
    found = events.filter(new__tokens__has_key=token).values_list("new", flat=True).first()
    return found["tokens"][token] if found else None


def insert_rows(version, contents: Sequence[ActivityContent], place: int) -> list[ActivityVersion]:
    """Write new rows from position `place` on, those behind pushed; the caller holds the lock and records.

    A place beyond the end is the end. A content that names a key takes that identity of the plan, the others
    new ones.
    """
    place = min(place, _end(version))
    _push(version, place, len(contents))
    rows = ActivityVersion.objects.bulk_create(
        ActivityVersion(
            version=version,
            activity=identity,
            position=position,
            component=component_of(version, content.component),
            **{name: getattr(content, name) for name in ROW_FIELDS},
        )
        for position, (identity, content) in enumerate(
            zip(identities(version.plan, contents, fresh=True), contents, strict=True), start=place
        )
    )
    write_parts(list(zip(rows, contents, strict=True)))
    touch(version)
    return list(rows_of(version, [row.activity.key for row in rows]))


def remove_activity(version: PlanVersion, key: int, *, by) -> None:
    """Take an activity out of the draft; the trail keeps all that it said, for `recover_activity`.

    Raises RowGone, and TransitionRefused for one that was approved: that one is cancelled, so that it stays
    visible.
    """
    with transaction.atomic():
        version = locked_draft(version, by)
        row = row_of(version, key)
        if was_published(row):
            refuse([f"La actividad {key} ya fue aprobada: cancélela con su motivo en lugar de quitarla."])
        old = {"key": key, "position": row.position, "revision": row.revision}
        old["content"] = as_json(content_of_activity(row))
        row.delete()
        _push(version, row.position + 1, -1)
        touch(version)
        audit.record(version.entity, version, "remove_activity", by=by, old=old)


def move_activity(version: PlanVersion, key: int, *, by, after: int) -> None:
    """Put an activity behind `after`, or before all where that is FIRST; its number stays. Raises RowGone."""
    with transaction.atomic():
        version = locked_draft(version, by)
        row = row_of(version, key)
        if after != FIRST:
            row_of(version, after)
        old = row.position
        new = _place_behind(version, after)
        new -= new > old  # the row itself leaves a place free above
        if new == old:
            return
        row_itself = version.activities.filter(pk=row.pk)
        row_itself.update(position=NOWHERE)
        _push(version, old + 1, -1)
        _push(version, new, 1)
        row_itself.update(position=new)
        touch(version)
        _record_move(version, key, old, new, by)


def _record_move(version, key, old, new, by) -> None:
    moved: Mapping = {"activity": key}
    audit.record(
        version.entity, version, "move_activity", by=by, old={**moved, "place": old}, new={**moved, "place": new}
    )


def _place_behind(version, after: int | None) -> int:
    if after == FIRST:
        return 1
    row = version.activities.filter(activity__key=after).first() if after else None
    return row.position + 1 if row else _end(version)


def _end(version) -> int:
    return (version.activities.aggregate(last=Max("position"))["last"] or 0) + 1


def _push(version, place: int, by: int) -> None:
    """Move the rows from `place` on; aside first, since no two may share a position meanwhile."""
    later = version.activities.filter(position__gte=place)
    if later.update(position=F("position") + ASIDE):
        version.activities.filter(position__gte=ASIDE).update(position=F("position") - ASIDE + by)
