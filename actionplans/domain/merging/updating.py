"""Making a draft say another whole content, from a file or back again, with its identities kept."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.db.models import F

from actionplans.domain.contents.content import PlanContent
from actionplans.domain.contents.facts import activity_facts, fingerprint, header_facts
from actionplans.domain.contents.reading import content_of_version
from actionplans.domain.contents.writing import write_content
from actionplans.domain.drafting.drafts import locked_draft, refuse
from actionplans.domain.plan import PlanExists, same_plan
from actionplans.enums import PUBLIC_STATUSES
from actionplans.models import ActivityVersion, PlanVersion
from planning import audit

IMPORT, UNDO_IMPORT = "import", "undo_import"


class DraftChanged(Exception):
    """The draft no longer says what it said when somebody decided about it."""

    def __init__(self):
        super().__init__("El borrador cambió mientras tanto.")


def update_draft(
    version: PlanVersion,
    content: Callable[[PlanContent], PlanContent],
    *,
    by,
    expected: str,
    event: str = IMPORT,
    told: dict | None = None,
) -> tuple[PlanContent, PlanVersion]:
    """Make the draft say what `content` gives for what it says now; what that was, and the draft.

    Activities keep the identity that they name. One event tells how many came, changed and went, and each
    change old and new; `told` is added to it. Raises DraftChanged unless the `facts.fingerprint` of what it
    says is `expected`, PlanExists where another plan bears the title, TransitionRefused for no draft and
    where an approved activity would be missing.
    """
    with transaction.atomic():
        version = locked_draft(version, by)
        before = content_of_version(version)
        if fingerprint(before) != expected:
            raise DraftChanged
        after = content(before)
        other = same_plan(version.entity, version.plan.year, after.title)
        if other and other.pk != version.plan_id:
            raise PlanExists(other)
        refuse(_lost(version, after))
        revisions = dict(version.activities.values_list("activity__key", "revision"))
        old, new, changed = _told(before, after)
        write_content(version, after)
        _raise_revisions(version, revisions, changed)
        if new["plan"]:
            PlanVersion.objects.filter(pk=version.pk).update(header_revision=F("header_revision") + 1)
        audit.record(version.entity, version, event, by=by, old=old, new={**(told or {}), **new})
    return before, version


def promised(version: PlanVersion) -> set[int]:
    """The permanent numbers of the activities that some approved version of the plan has."""
    published = PlanVersion.objects.filter(plan=version.plan_id, status__in=PUBLIC_STATUSES)
    rows = ActivityVersion.objects.filter(version__in=published)
    return set(rows.values_list("activity__key", flat=True))


def _lost(version, content) -> list[str]:
    left = promised(version) - {activity.key for activity in content.activities}
    which = ", ".join(map(str, sorted(left)))
    return [f"Falta lo que se aprobó antes (actividad {which}): cancélela en lugar de quitarla."] if left else []


def _told(before: PlanContent, after: PlanContent) -> tuple[dict, dict, set[int]]:
    """The event's two sides, and the numbers of the activities that change."""
    old, new = audit.changes(header_facts(before), header_facts(after))
    was = {activity.key: activity_facts(activity) for activity in before.activities}
    now = {activity.key: activity_facts(activity) for activity in after.activities if activity.key is not None}
    differing = {key: audit.changes(was[key], now[key]) for key in now if key in was and was[key] != now[key]}
    gone = [facts for key, facts in was.items() if key not in now]
    fresh = [activity for activity in after.activities if activity.key not in was]
    counts = {"added": len(fresh), "changed": len(differing), "removed": len(gone)}
    said_before = {"plan": old, "activities": {key: pair[0] for key, pair in differing.items()}, "removed": gone}
    said_now = {
        **counts,
        "plan": new,
        "activities": {key: pair[1] for key, pair in differing.items()},
        "new": [activity.description for activity in fresh],
    }
    return said_before, said_now, set(differing)


def _raise_revisions(version, revisions: dict[int, int], changed: set[int]) -> None:
    """The rows were written anew: their numbers of writing go on, so that no stale save passes."""
    rows = ActivityVersion.objects.filter(version=version)
    groups: dict[int, list[int]] = {}
    for key, revision in revisions.items():
        groups.setdefault(revision + (key in changed), []).append(key)
    for revision, keys in groups.items():
        if revision > 1:
            rows.filter(activity__key__in=keys).update(revision=revision)
