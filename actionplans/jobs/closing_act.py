"""The act of a closing with many activities, drawn outside the request."""

from __future__ import annotations

from actionplans.models import Closing
from actionplans.reports.closing_act import closing_act
from actionplans.reports.closing_act_pdf import render
from actionplans.reports.pdf import PdfUnavailable

from .contract import JobRefused, Outcome


def draw_act(job, progress) -> Outcome:
    """The same file however often: a closing never changes."""
    closing = (
        Closing.objects.filter(entity=job.entity)
        .select_related("period__entity", "by")
        .get(pk=job.params["closing"])
    )
    act = closing_act(closing)
    progress(0, 1, act.title)
    try:
        content = render(act)
    except PdfUnavailable as reason:
        raise JobRefused(str(reason)) from None
    return Outcome(name=f"{act.file_name}.pdf", content_type="application/pdf", content=content)
