"""The page of one activity in a period: its report written, sent, or read; what other offices add."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from actionplans.domain.following.reporting.drafts import StaleDraft, detach
from actionplans.domain.following.reporting.revisions import reopenings_of
from actionplans.domain.workflow import TransitionRefused
from actionplans.enums import ReportOrigin
from actionplans.forms.report_evidence import TYPED
from actionplans.models import Verification
from actionplans.views.access import entity_page

from ..quarter.lists import title_of
from ..quarter.own_work import pieces_of, works
from .conflicts import is_joined, with_conflict
from .contributions import contribution_sheets, write_contribution
from .desks import NO_OFFICE, own_offices
from .forms import Sheet, office_of, sheet_of, unsent_of
from .history import sent_versions
from .imported_texts import imported_texts
from .keeping import SEE, keep, posted, work_and_part
from .sending import bring_and_attach, is_sent_already, send


@entity_page(SEE)
def report_page(request, entity, period, activity):
    """One activity in a period. What it shows and takes depends on the person's part in it."""
    work, part = work_and_part(request, entity, period, activity)
    if request.method != "POST":
        return _show(request, work, part)
    if request.POST.get("do") == "contribute":
        return _contribute(request, work, part)
    if not part.writes:
        raise PermissionDenied("actionplans.report_activity")
    return _write(request, work, part)


def _write(request, work, part):
    """Whatever the button, what was typed is kept first; then the rest is done."""
    sheet = posted(request, work, part)
    try:
        if "detach" in request.POST:
            return _detach(request, sheet)
        return _BUTTONS.get(request.POST.get("do"), _save)(request, sheet)
    except StaleDraft as stale:
        if request.POST.get("do") == "send" and is_sent_already(sheet, by=request.user):
            return _done(request, sheet)
        return _show(request, work, part, with_conflict(sheet, stale, request.user), status=409)
    except TransitionRefused as refusal:
        return _show(request, work, part, replace(_fresh(sheet), refusals=tuple(refusal.reasons)))


def _save(request, sheet):
    draft = keep(request, sheet)
    if is_joined(sheet, draft):
        return _read_both(request, sheet)
    messages.success(request, "El borrador quedó guardado.")
    return _again(sheet.work)


def _read_both(request, sheet):
    """What two people wrote in different fields stands together now: nobody sends it unread."""
    messages.warning(
        request,
        "Otra persona escribió en otros campos de este reporte. Quedaron juntos: revíselo antes de enviarlo.",
    )
    return _again(sheet.work)


def _attach(request, sheet):
    """Attach what was chosen; what was typed beside it stays, errors or not."""
    if not (sheet.extra.is_valid() and sheet.extra.says_something):
        keep(request, sheet)
        if not sheet.extra.errors:
            sheet.extra.add_error(
                "file", "Elija un archivo, escriba un enlace o marque una evidencia ya aportada."
            )
        return _corrected(request, sheet)
    brought = _bring(request, sheet)
    if sheet.extra.errors:
        return _corrected(request, sheet)
    words = "La evidencia quedó adjunta." if len(brought) == 1 else f"Quedaron adjuntas {len(brought)} evidencias."
    messages.success(request, words)
    return _again(sheet.work, "evidencia")


def _bring(request, sheet):
    """What was typed of an addition is kept until it is attached."""
    rest = {name: said for name, said in sheet.form.typed.items() if name not in TYPED}
    if rest or sheet.work.draft:
        keep(request, sheet, rest)
    brought = bring_and_attach(
        sheet.extra, sheet.work, by=request.user, is_on_behalf=sheet.is_on_behalf, seen=sheet.seen
    )
    for note in sheet.extra.notes:
        messages.info(request, note)
    return brought


def _detach(request, sheet):
    keep(request, sheet)
    key = request.POST["detach"]
    attached = {str(piece.pk): piece for piece in sheet.attached}
    if key not in attached:
        raise Http404
    detach(sheet.work.promise, sheet.work.period, attached[key], by=request.user, on_behalf=sheet.is_on_behalf)
    messages.success(request, f"Se quitó «{attached[key]}» de este reporte. La evidencia se conserva.")
    return _again(sheet.work, "evidencia")


def _send(request, sheet):
    """Everything right is kept although something else is not: the files, and all that was typed."""
    extra_is_right = sheet.extra.is_valid()
    if extra_is_right and sheet.extra.says_something:
        _bring(request, sheet)
    elif is_joined(sheet, keep(request, sheet)):
        return _read_both(request, sheet)
    if not sheet.form.is_valid() or sheet.extra.errors:
        return _corrected(request, sheet)
    send(sheet, by=request.user)
    return _done(request, sheet)


def _done(request, sheet):
    messages.success(request, f"La actividad {sheet.work.number} quedó enviada a planeación.")
    return redirect(_desk_address(sheet))


def _use_text(request, sheet):
    """What the entity's own form said of the quarter becomes the draft, behind what was typed."""
    if sheet.imported is None:
        raise Http404
    answers = dict(sheet.form.typed)
    answers["narrative"] = "\n".join(filter(None, (answers.get("narrative"), sheet.imported.text)))
    if sheet.imported.progress is not None and "declared" in sheet.form.fields:
        answers.setdefault("declared", str(sheet.imported.progress).replace(".", ","))
    keep(request, sheet, answers, ReportOrigin.IMPORT)
    messages.success(request, "El texto del formato quedó en el borrador: revíselo antes de enviarlo.")
    return _again(sheet.work)


_BUTTONS = {"save": _save, "attach": _attach, "send": _send, "use_text": _use_text}


def _corrected(request, sheet):
    """The same page with what to correct, and what was attached meanwhile."""
    sheet.form.is_valid()
    work, part = work_and_part(request, sheet.work.period.entity, sheet.work.period.pk, sheet.work.activity_id)
    return _show(request, work, part, _fresh(replace(sheet, work=work)))


def _fresh(sheet: Sheet) -> Sheet:
    """As the database has it now: the draft was saved on the way."""
    work = works(sheet.work.period, activity=sheet.work.activity_id)[0]
    revision = work.draft.revision if work.draft else None
    return replace(sheet, work=work, revision=revision, seen=work.seen, attached=work.evidence)


def _contribute(request, work, part):
    if not part.contributes:
        raise PermissionDenied("actionplans.contribute_to_activity")
    sheet = write_contribution(request, work)
    for note in sheet.extra.notes:
        messages.info(request, note)
    if not sheet.is_saved:
        return _show(request, work, part, contribution=sheet)
    messages.success(request, f"El aporte de {sheet.office.name} quedó guardado.")
    return _again(work, "aporte")


def _contributions(request, work, posted=None):
    """The forms of the person's offices; the one that was just sent as it was sent."""
    sheets = contribution_sheets(work, own_offices(request.user, work.period.entity))
    return [posted if posted and sheet.office == posted.office else sheet for sheet in sheets]


def _contributed(work):
    return work.report.contributions.all() if work.report else ()


def _show(request, work, part, sheet=None, contribution=None, status=200):
    if sheet is None:
        sheet = _sheet(request, work, part)
    sheets = _contributions(request, work, contribution) if part.contributes else []
    shown = {row.office.pk for row in sheets}
    context = {
        "entity": work.period.entity,
        "section": "seguimiento",
        "period": work.period,
        "work": work,
        "part": part,
        "sheet": sheet,
        "contributions": sheets,
        "contributed": [row for row in _contributed(work) if row.office_id not in shown],
        "unsent": unsent_of(work),
        "title": title_of(work.period),
        "back": _desk_address(sheet),
        "verifications": Verification.objects.filter(activity=work.activity_id, period=work.period).select_related(
            "by"
        ),
        "revisions": sent_versions(work),
        "reopenings": reopenings_of(work.activity_id, work.period) if work.period.sequence else (),
    }
    return render(request, "actionplans/following/report.html", context, status=status)


def _sheet(request, work, part) -> Sheet:
    """The form where the person writes and something may be written, else what there is to read."""
    if not part.writes or work.writing_obstacles:
        return Sheet(work, is_on_behalf=part.is_on_behalf)
    return sheet_of(
        work,
        part.is_on_behalf,
        pieces=pieces_of(office_of(work), work.period),
        imported=imported_texts([work], work.period).get(work.activity_id),
        copied=request.GET.get("copiar") == "1",
    )


def _again(work, place: str = "reporte"):
    address = reverse("report_page", args=[work.period.entity.slug, work.period.pk, work.activity_id])
    return redirect(f"{address}#{place}")


def _desk_address(sheet: Sheet) -> str:
    """Back to the list from which the person came."""
    period = sheet.work.period
    address = f"{reverse('follow_up_entity', args=[period.entity.slug])}?periodo={period.pk}"
    if not sheet.is_on_behalf:
        return address
    office = sheet.office
    return f"{address}&dependencia={office.slug if office else NO_OFFICE}"
