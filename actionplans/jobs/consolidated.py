"""The plans of a year in one file, drawn outside the request."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from actionplans.reports.consolidated import files
from actionplans.reports.consolidated.selection import NoPlans, Selection
from actionplans.reports.plan.pdf import PdfUnavailable
from mipg.models import Policy

from .contract import JobRefused, Outcome


def consolidate(job, progress) -> Outcome:
    """Draw the file from the start, however often: what the person may read is asked again each time."""
    suffix = job.params["format"]
    selection = _selection(job)
    with tempfile.NamedTemporaryFile(suffix=f".{suffix}", delete=False) as file:
        path = Path(file.name)
    try:
        files.write_consolidated(selection, suffix, path, progress)
    except (NoPlans, PdfUnavailable) as reason:
        path.unlink(missing_ok=True)
        raise JobRefused(str(reason)) from None
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return Outcome(name=files.file_name(selection, suffix), content_type=files.media_type(suffix), path=path)


def params_of(selection: Selection, suffix: str) -> dict[str, Any]:
    """What a job keeps of a selection."""
    return {
        "year": selection.year,
        "office": selection.office and selection.office.pk,
        "policy": selection.policy and selection.policy.pk,
        "drafts": selection.with_drafts,
        "format": suffix,
    }


def _selection(job) -> Selection:
    """What `params_of` kept. An office that is gone leaves nothing to draw, rather than everything."""
    params = job.params
    office = job.entity.offices.filter(pk=params["office"]).first() if params["office"] else None
    policy = Policy.objects.filter(pk=params["policy"]).first() if params["policy"] else None
    if bool(office) != bool(params["office"]) or bool(policy) != bool(params["policy"]):
        raise JobRefused(str(NoPlans()))
    return Selection(
        entity=job.entity,
        year=params["year"],
        reader=job.requested_by,
        office=office,
        policy=policy,
        with_drafts=params["drafts"],
    )
