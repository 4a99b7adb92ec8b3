"""Editing the rows of a draft, as a sheet does: each has its own number of writing, so that nobody's words are
lost under another's, and different rows do not disturb each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from actionplans.domain.contents.content import ActivityContent
from actionplans.domain.contents.facts import activity_facts
from actionplans.domain.contents.reading import content_of_activity
from actionplans.domain.contents.writing import ROW_FIELDS, write_parts
from actionplans.domain.drafting.drafts import locked_draft, refuse
from actionplans.models import ActivityVersion, Component, PlanVersion
from planning import audit
from planning.folding import fold


@dataclass(frozen=True, kw_only=True)
class RowEdit:
    """What a person wants activity `key` to say, having read the row as of writing `revision`."""

    key: int
    revision: int
    content: ActivityContent


@dataclass(frozen=True, kw_only=True)
class RowOutcome:
    """The row as it is now; `stale` where somebody wrote it meanwhile, so that the edit was refused.

    `row` is None where somebody removed it.
    """

    row: ActivityVersion | None
    stale: bool = False


class RowGone(Exception):
    """The activity is no longer in the draft: somebody removed it."""

    def __init__(self, key: int):
        self.key = key
        super().__init__(f"La actividad {key} ya no está en el borrador: otra persona la quitó.")


def rows_of(version: PlanVersion, keys: Sequence[int] | None = None):
    """The activities of a version with all that a sheet shows of them; all, or those with these numbers."""
    rows = ActivityVersion.objects.filter(version=version).select_related("activity", "component")
    rows = rows if keys is None else rows.filter(activity__key__in=keys)
    return rows.prefetch_related(
        "tasks", "indicators", "responsibilities__office", "objectives__axis__framework__entity"
    )


def row_of(version: PlanVersion, key: int) -> ActivityVersion:
    """Raises RowGone."""
    row = rows_of(version, [key]).first()
    if row is None:
        raise RowGone(key)
    return row


def edit_rows(version: PlanVersion, edits: Sequence[RowEdit], *, by) -> list[RowOutcome]:
    """Save each row that nobody wrote since it was read; the others come back as they are.

    All the saved ones in one transaction and one event. A cancelled activity is refused, and whatever
    `locked_draft` refuses; then nothing is saved.
    """
    with transaction.atomic():
        version = locked_draft(version, by)
        rows = {row.activity.key: row for row in rows_of(version, [edit.key for edit in edits])}
        saved = [edit for edit in edits if edit.key in rows and rows[edit.key].revision == edit.revision]
        refuse([_cancelled(edit.key) for edit in saved if rows[edit.key].is_cancelled])
        before = {edit.key: _facts(rows[edit.key]) for edit in saved}
        for edit in saved:
            _rewrite(version, rows[edit.key], edit.content)
        fresh = {row.activity.key: row for row in rows_of(version, list(rows))}
        _record_changes(version, before, fresh, by)
    kept = {edit.key for edit in saved}
    return [RowOutcome(row=fresh.get(edit.key), stale=edit.key in rows and edit.key not in kept) for edit in edits]


def component_of(version: PlanVersion, name: str | None) -> Component | None:
    """The component of that name, whatever its accents and case; made at the end where there is none."""
    if not name:
        return None
    for known in version.components.all():
        if fold(known.name) == fold(name):
            return known
    last = version.components.aggregate(last=Max("position"))["last"] or 0
    return version.components.create(name=name, position=last + 1)


def touch(version: PlanVersion) -> None:
    """Something of the version changed now."""
    PlanVersion.objects.filter(pk=version.pk).update(updated_at=timezone.now())


def told(rows) -> dict:
    """Rows as the trail keeps them."""
    return {"activities": {row.activity.key: _facts(row) for row in rows}}


def _cancelled(key: int) -> str:
    return f"La actividad {key} está cancelada: restablézcala para cambiarla."


def _facts(row: ActivityVersion) -> dict:
    return activity_facts(content_of_activity(row))


def _rewrite(version, row: ActivityVersion, content: ActivityContent) -> None:
    """All that the activity says; a cancellation has its own verb and stays as it is."""
    for name in ROW_FIELDS:
        if name not in ("is_cancelled", "cancel_reason"):
            setattr(row, name, getattr(content, name))
    row.component = component_of(version, content.component)
    row.revision += 1
    row.save()
    row.tasks.all().delete()
    row.indicators.all().delete()
    row.responsibilities.all().delete()
    row.objectives.clear()
    write_parts([(row, content)])


def _record_changes(version, before: dict, fresh: dict, by) -> None:
    changes = [(key, *audit.changes(before[key], _facts(fresh[key]))) for key in before]
    changes = [(key, old, new) for key, old, new in changes if new]
    if not changes:
        return
    touch(version)
    audit.record(
        version.entity,
        version,
        "edit_activity",
        by=by,
        old={"activities": {key: old for key, old, _ in changes}},
        new={"activities": {key: new for key, _, new in changes}},
    )
