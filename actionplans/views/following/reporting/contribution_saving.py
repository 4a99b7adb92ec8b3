"""What the script of a contribution asks for: its text saved as it is typed, and evidence beside it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_POST

from actionplans.domain.following.reporting.sending import CONTRIBUTE
from actionplans.views.access import entity_page

from .contributions import ContributionSheet, write_contribution
from .keeping import SEE, work_and_part

ATTACH = "adjuntar"


@entity_page(SEE)
@require_POST
def contribute_quietly(request, entity, period, activity):
    """The text as typed; with `?adjuntar=1` what was chosen as evidence too. Answers as a report's draft does."""
    work, part = work_and_part(request, entity, period, activity)
    if not part.contributes:
        raise PermissionDenied(CONTRIBUTE)
    attaches = ATTACH in request.GET
    sheet = write_contribution(request, work, attaches=attaches)
    if sheet.is_stale:
        return JsonResponse(_stale(sheet), status=409)
    if not sheet.is_saved:
        return JsonResponse({"message": " ".join(_errors(sheet))}, status=422)
    return JsonResponse(_saved(request, sheet, entity) if attaches else _saved(request, sheet))


def _saved(request, sheet: ContributionSheet, entity=None) -> dict:
    told = {"revision": sheet.revision, "is_own": True, "at": f"{timezone.localtime():%H:%M}"}
    if entity is None:
        return told
    context = {"attached": sheet.attached, "entity": entity, "notes": sheet.extra.notes}
    html = render_to_string("actionplans/following/report_attached.html", context, request=request)
    return told | {"html": html}


def _stale(sheet: ContributionSheet) -> dict:
    mine = sheet.form.cleaned_data["text"]
    return {
        "who": sheet.conflict,
        "revision": sheet.revision,
        "answers": {"text": sheet.theirs},
        "both": {"text": mine},
        "fields": [{"label": str(sheet.form.fields["text"].label), "mine": mine, "theirs": sheet.theirs}],
    }


def _errors(sheet: ContributionSheet) -> list[str]:
    forms = [sheet.form, sheet.extra] if sheet.extra.is_bound else [sheet.form]
    return [*sheet.refusals, *(error for form in forms for errors in form.errors.values() for error in errors)]
