"""What the script of the report form asks for: the draft saved as it is typed, a file attached by itself."""

from __future__ import annotations

import json
from dataclasses import replace

from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_POST

from actionplans.domain.following.reporting.drafts import StaleDraft
from actionplans.domain.workflow import TransitionRefused
from actionplans.models import ReportDraft
from actionplans.views.access import entity_page

from .conflicts import is_joined, with_conflict
from .keeping import SEE, keep, posted, work_and_part
from .merging import marks_of
from .sending import bring_and_attach


@entity_page(SEE)
@require_POST
def save_draft_quietly(request, entity, period, activity):
    """The draft as typed: its new revision and the hour, or both texts where another person wrote meanwhile.

    `answers` come back where the other one wrote in other fields only: both texts, put together.
    """
    sheet = _sheet(request, entity, period, activity)
    try:
        draft = _keep(request, sheet)
    except StaleDraft as stale:
        return _stale(with_conflict(sheet, stale, request.user), stale)
    except TransitionRefused as refusal:
        return JsonResponse({"message": str(refusal)}, status=422)
    told = _saved(draft)
    if is_joined(sheet, draft):
        told |= {"answers": draft.answers, "message": "Otra persona escribió en otros campos: quedaron juntos."}
    return JsonResponse(told)


@entity_page(SEE)
@require_POST
def attach_quietly(request, entity, period, activity):
    """A file, a link or pieces brought before, attached; the list of what is attached comes back."""
    sheet = _sheet(request, entity, period, activity)
    extra = sheet.extra
    try:
        if extra.is_valid() and extra.says_something:
            bring_and_attach(extra, sheet.work, by=request.user, is_on_behalf=sheet.is_on_behalf, seen=sheet.seen)
    except StaleDraft as stale:
        return _stale(with_conflict(sheet, stale, request.user), stale)
    except TransitionRefused as refusal:
        return JsonResponse({"message": str(refusal)}, status=422)
    if extra.errors:
        told = {extra.add_prefix(name): " ".join(errors) for name, errors in extra.errors.items()}
        return JsonResponse({"message": " ".join(told.values()), "errors": told}, status=422)
    draft = ReportDraft.objects.filter(report__activity=activity, report__period=sheet.work.period).first()
    attached = list(draft.evidence.all()) if draft else []
    html = render_to_string(
        "actionplans/following/report_attached.html",
        {"attached": attached, "entity": entity, "notes": extra.notes},
        request=request,
    )
    return JsonResponse(_saved(draft) | {"html": html})


def _keep(request, sheet):
    """`again`: the answer to the person's last saving was lost, so what stands may be their own text."""
    try:
        return keep(request, sheet)
    except StaleDraft as stale:
        draft = stale.draft
        is_own = (
            draft is not None and draft.by_id == request.user.pk and draft.revision == (sheet.revision or 0) + 1
        )
        if not (is_own and request.POST.get("again")):
            raise
        return keep(request, replace(sheet, revision=draft.revision))


def _sheet(request, entity, period, activity):
    work, part = work_and_part(request, entity, period, activity)
    if not part.writes:
        raise PermissionDenied("actionplans.report_activity")
    return posted(request, work, part)


def _saved(draft) -> dict:
    """`was`: the marks by which the next saving tells what the person changed."""
    return {
        "revision": draft.revision if draft else None,
        "was": json.dumps(marks_of(draft.answers if draft else {})),
        "at": f"{timezone.localtime():%H:%M}",
    }


def _stale(sheet, stale) -> JsonResponse:
    """`answers` are what stands now as a form holds it; `both`, the own text with what only the other changed."""
    told = {
        "message": str(stale),
        "revision": sheet.revision,
        "seen": sheet.seen,
        "was": sheet.was_json,
        "who": sheet.conflict,
        "answers": sheet.work.answers,
        "both": sheet.form.typed,
        "fields": [vars(difference) for difference in sheet.differences],
    }
    return JsonResponse(told, status=409)
