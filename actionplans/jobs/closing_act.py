"""The act of a closing with many activities, drawn outside the request."""

from __future__ import annotations

from actionplans.models import Closing
from actionplans.reports.closing.act import closing_act
from actionplans.reports.issued.acts import issued_act
from actionplans.reports.issued.issuing import BeingDrawn
from actionplans.reports.plan.pdf import PdfUnavailable

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
        issued = issued_act(closing, act)
    except PdfUnavailable as reason:
        raise JobRefused(str(reason)) from None
    except BeingDrawn:
        raise JobRefused("Otra persona pidió la misma acta y se está preparando: pídala en un minuto.") from None
    with issued.file.open("rb") as stored:
        return Outcome(name=issued.name, content_type="application/pdf", content=stored.read())
