"""Reporting without internet: the workbook out, the filled one in, its preview, and the drafts that it becomes."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from actionplans.domain.following.calendar.periods import words
from actionplans.domain.following.reporting.drafts import StaleDraft
from actionplans.domain.following.reporting.offline import apply_upload, keep_upload
from actionplans.domain.workflow import TransitionRefused
from actionplans.forms.offline import OfflineUploadForm
from actionplans.imports.opening.deadline import Deadline
from actionplans.imports.opening.workbook import Refused, open_workbook
from actionplans.imports.reading.offline_book import read_offline
from actionplans.models import OfflineUpload, ReportingPeriod
from actionplans.reports.plan.files import FORMATS
from actionplans.reports.workbooks.offline_book import offline_book
from actionplans.views.access import entity_page
from actionplans.views.made_files import made_file
from planning.words import count

from ..quarter.own_work import works, works_without_office
from ..quarter.page import SEE, address_of
from ..quarter.work import Work
from ..reporting.desks import Desk, desk_of
from .entries import entries_of
from .outcome import Found, Outcome
from .rows import offline_sheet
from .scope import for_workbook

CHANGED_MEANWHILE = (
    "Alguien escribió en el portal mientras usted miraba. No se aplicó nada: revise otra vez lo que cambia."
)


@require_http_methods(["GET", "HEAD", "POST"])
@entity_page(SEE)
def offline(request, entity, period):
    """Take the workbook, or send the filled one to see what it would change."""
    period, desk = _place(request, entity, period)
    if desk is None:
        return redirect("follow_up_entity", entity=entity.slug)
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = OfflineUploadForm(*posted)
    if form.is_bound and form.is_valid():
        upload = _kept(form, period, desk, request.user)
        if upload:
            return redirect(_address("offline_preview", entity, period, desk, upload.pk))
    reportable = for_workbook(_works(period, desk), desk)
    return render(
        request,
        "actionplans/following/offline.html",
        _context(entity, period, desk, form=form, many=len(reportable)),
    )


@require_safe
@entity_page(SEE)
def offline_file(request, entity, period):
    """The workbook of what may be reported now; the page that says so where there is nothing."""
    period, desk = _place(request, entity, period)
    if desk is None:
        return redirect("follow_up_entity", entity=entity.slug)
    rows = for_workbook(_works(period, desk), desk)
    if not rows:
        return redirect(_address("offline_download", entity, period, desk))
    sheet = offline_sheet(
        rows,
        title=f"{desk.name}: {period}",
        author=entity.name,
        is_on_behalf=desk.is_on_behalf,
    )
    name = f"{entity.slug}-{period.year}-{period.noun}-{period.ordinal}-mis-actividades.xlsx"
    return made_file(name, offline_book(sheet), FORMATS["xlsx"].media_type)


@require_http_methods(["GET", "HEAD", "POST"])
@entity_page(SEE)
def offline_preview(request, entity, period, pk):
    """What the workbook would change; a POST makes drafts of it, with the choice of each clash."""
    period, desk = _place(request, entity, period)
    upload = get_object_or_404(OfflineUpload.objects.visible_to(request.user), pk=pk, period=period)
    if desk is None:
        return redirect("follow_up_entity", entity=entity.slug)
    try:
        found = _found(bytes(upload.content), period, desk)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(_address("offline_download", entity, period, desk))
    if request.method == "POST":
        if _apply(request, upload, found):
            return redirect(address_of(entity, period, desk))
        return redirect(_address("offline_preview", entity, period, desk, pk))
    return render(
        request,
        "actionplans/following/offline_preview.html",
        _context(entity, period, desk, upload=upload, found=found, **_counted(found)),
    )


def _place(request, entity, period) -> tuple[ReportingPeriod, Desk | None]:
    period = get_object_or_404(ReportingPeriod.objects.select_related("entity"), pk=period, entity=entity)
    return period, desk_of(request.user, entity, request.GET.get("dependencia", ""))


def _works(period, desk) -> list[Work]:
    return works_without_office(period) if desk.is_for_no_office else works(period, offices=desk.ids)


def _kept(form, period, desk, user) -> OfflineUpload | None:
    """The workbook kept for its preview; None where it cannot be read, with why at the field."""
    content = form.cleaned_data["file"].read()
    try:
        _found(content, period, desk)
    except Refused as refusal:
        form.add_error("file", str(refusal))
        return None
    return keep_upload(period, name=form.name, content=content, by=user)


def _found(content: bytes, period, desk) -> Found:
    reading = read_offline(open_workbook(content, Deadline()))
    return entries_of(reading, _works(period, desk), period, desk)


def _counted(found: Found) -> dict:
    return {
        "changes": found.of(Outcome.CHANGE),
        "conflicts": found.of(Outcome.CONFLICT),
        "blocked": found.of(Outcome.BLOCKED),
        "same": found.of(Outcome.SAME, Outcome.KEPT),
    }


def _apply(request, upload, found: Found) -> bool:
    """Whether drafts were made; else the person is told why and sees the preview again."""
    chosen = [entry for entry in found.to_apply if _is_chosen(request.POST, entry)]
    if not all(_was_seen(request.POST, entry) for entry in found.to_apply):
        messages.error(request, CHANGED_MEANWHILE)
        return False
    try:
        drafts = apply_upload(upload, [entry.filled for entry in chosen], by=request.user)
    except StaleDraft:
        messages.error(request, CHANGED_MEANWHILE)
        return False
    except (TransitionRefused, PermissionDenied) as refusal:
        messages.error(request, str(refusal))
        return False
    if drafts:
        made = count(len(drafts), "borrador quedó", "borradores quedaron")
        messages.success(request, f"{made} con lo que trajo el libro. Revíselos y envíelos.")
    else:
        messages.success(request, "El libro no cambió nada.")
    return True


def _was_seen(data, entry) -> bool:
    """Whether the portal still has what the person saw beside the workbook."""
    return data.get(f"estado-{entry.work.activity_id}") == entry.state


def _is_chosen(data, entry) -> bool:
    return entry.is_change or data.get(f"queda-{entry.work.activity_id}") == "libro"


def _address(name, entity, period, desk, *more) -> str:
    query = f"?{urlencode({'dependencia': desk.code})}" if desk.code else ""
    return reverse(name, args=[entity.slug, period.pk, *more]) + query


def _context(entity, period, desk, **more):
    return {
        "entity": entity,
        "section": "seguimiento",
        "period": period,
        "desk": desk,
        "period_words": words(period),
        "here": address_of(entity, period, desk),
        "file_address": _address("offline_file", entity, period, desk),
        "back_address": _address("offline_download", entity, period, desk),
        **more,
    }
