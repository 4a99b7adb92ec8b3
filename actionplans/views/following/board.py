"""The dashboard of follow-up, and the committee's page of it on screen and as a PDF."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from actionplans.domain.following.calendar.periods import words
from actionplans.enums import IssuedKind
from actionplans.forms.board import BoardForm
from actionplans.reports.board import board_of
from actionplans.reports.board.subject import CHOSEN
from actionplans.reports.committee import committee_pdf, committee_sheet
from actionplans.reports.issued.answers import unavailable
from actionplans.reports.issued.issuing import Issue, issued_bytes, last_event
from actionplans.reports.plan.pdf import PdfUnavailable
from actionplans.views.access import entity_page

FOLLOW = "actionplans.follow_progress"


@require_safe
@entity_page(FOLLOW)
def board(request, entity):
    form, shown = _asked(request, entity)
    context = {"entity": entity, "section": "tablero", "form": form}
    if shown:
        form.offer(shown)
        context |= {
            "board": shown,
            "period_words": words(shown.period, shown.on),
            "query": urlencode(form.query()),
            "charts": (shown.line, shown.months),
            "linked": [str(scope) for scope in CHOSEN],
        }
    return render(request, "actionplans/following/board.html", context)


@require_safe
@entity_page(FOLLOW)
def report(request, entity):
    """The committee's page, to be printed from the browser."""
    form, shown = _asked(request, entity)
    if shown is None:
        raise Http404("La entidad no tiene periodos de seguimiento.")
    form.offer(shown)
    context = {
        "entity": entity,
        "section": "tablero",
        "sheet": committee_sheet(shown, entity),
        "form": form,
        "query": urlencode(form.query()),
    }
    return render(request, "actionplans/following/board_report.html", context)


@require_safe
@entity_page(FOLLOW)
def report_file(request, entity):
    before = last_event(entity)
    _form, shown = _asked(request, entity)
    if shown is None:
        raise Http404("La entidad no tiene periodos de seguimiento.")
    name = f"seguimiento-{entity.slug}-{shown.period.code}.pdf"
    issue = Issue(
        entity=entity,
        kind=IssuedKind.COMMITTEE,
        suffix="pdf",
        title=f"Informe para el comité: {shown.period}",
        name=name,
        by=request.user,
        last_event=before,
    )
    try:
        content = issued_bytes(issue, lambda mark: committee_pdf(shown, entity, mark))
    except PdfUnavailable as reason:
        return unavailable(request, reason)
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


def _asked(request, entity):
    """The form as chosen, and its dashboard; None where the entity has no periods."""
    on = timezone.localdate()
    form = BoardForm(request.GET, entity=entity, on=on)
    if form.period is None:
        return form, None
    return form, board_of(form.period, counting=form.counting, code=form.code, on=on)
