"""A large file of the follow-up, written outside the request."""

from __future__ import annotations

from typing import Any

from actionplans.models import ActionPlan, ReportingPeriod
from actionplans.reports.follow_up import files
from actionplans.reports.follow_up.selection import FollowUpSelection, NothingToFollow
from actionplans.reports.plan.pdf import PdfUnavailable
from mipg.models import Policy

from .contract import JobRefused, Outcome
from .files import file_to_hand_over


def write_follow_up(job, progress) -> Outcome:
    """From the start, however often: what the person may read is asked again each time."""
    kind, selection = job.params["kind"], _selection(job)
    try:
        with file_to_hand_over(files.KINDS[kind].suffix) as path:
            files.write(selection, kind, path, progress)
    except (NothingToFollow, PdfUnavailable) as reason:
        raise JobRefused(str(reason)) from None
    return Outcome(name=files.file_name(selection, kind), content_type=files.media_type(kind), path=path)


def params_of(selection: FollowUpSelection, kind: str) -> dict[str, Any]:
    """What a job keeps of a selection."""
    chosen = {name: getattr(selection, name) for name in ("period", "plan", "policy", "office")}
    return {"kind": kind, "year": selection.year} | {name: row and row.pk for name, row in chosen.items()}


def _selection(job) -> FollowUpSelection:
    """What `params_of` kept. What is gone leaves nothing to write, rather than everything."""
    of_entity = {
        "period": ReportingPeriod.objects.filter(entity=job.entity).select_related("entity"),
        "plan": ActionPlan.objects.filter(entity=job.entity),
        "policy": Policy.objects.all(),
        "office": job.entity.offices.all(),
    }
    chosen = {
        name: rows.filter(pk=job.params[name]).first() if job.params[name] else None
        for name, rows in of_entity.items()
    }
    if any(bool(job.params[name]) != bool(row) for name, row in chosen.items()):
        raise JobRefused(str(NothingToFollow()))
    return FollowUpSelection(entity=job.entity, reader=job.requested_by, year=job.params["year"], **chosen)
