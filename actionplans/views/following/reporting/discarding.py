"""The page that asks before the draft of a report is discarded: it names what goes and what stays."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from actionplans.domain.following.reporting.discarding import Loss, discard_draft, loss_of
from actionplans.domain.following.reporting.drafts import REPORT, StaleDraft
from actionplans.domain.workflow import TransitionRefused
from actionplans.views.access import entity_page
from planning.words import count

from .forms import typed_of
from .keeping import SEE, work_and_part

CHANGED = "El borrador cambió mientras usted decidía: revise otra vez lo que se borra."
GONE = "El borrador ya estaba descartado."


@require_http_methods(["GET", "HEAD", "POST"])
@entity_page(SEE)
def report_discard(request, entity, period, activity):
    """Say what will be lost, then lose it."""
    work, part = work_and_part(request, entity, period, activity)
    if not part.writes:
        raise PermissionDenied(REPORT)
    obstacles = work.writing_obstacles
    if request.method == "POST":
        try:
            return _discard(request, work, part)
        except StaleDraft:
            messages.warning(request, CHANGED)
            return redirect("report_discard", entity.slug, period, activity)
        except TransitionRefused as refusal:
            obstacles = refusal.reasons
    context = {
        "entity": entity,
        "section": "seguimiento",
        "period": work.period,
        "work": work,
        "obstacles": obstacles,
        "loss": loss_of(work.draft, by=request.user) if work.draft else None,
        "typed": typed_of(work, part.is_on_behalf) if work.draft else [],
    }
    return render(request, "actionplans/following/report_discard.html", context)


def _discard(request, work, part):
    loss = discard_draft(
        work.promise,
        work.period,
        by=request.user,
        mark=request.POST.get("mark", ""),
        on_behalf=part.is_on_behalf,
    )
    messages.success(request, _done(work, loss) if loss else GONE)
    return redirect("report_page", work.period.entity.slug, work.period.pk, work.activity_id)


def _done(work, loss: Loss) -> str:
    """What went and what stands now."""
    gone = count(len(loss.evidence), "evidencia que solo iba con él", "evidencias que solo iban con él")
    with_it = f", con {gone}" if loss.evidence else ""
    stands = f"Queda la versión {work.seen}, como se envió." if work.sent else "La actividad queda sin reporte."
    return f"El borrador se descartó{with_it}. {stands}"
