"""The sheet: one page that edits a whole draft, and the small answers that its script asks for."""

from __future__ import annotations

import datetime

from django.contrib import messages
from django.db import transaction
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from actionplans.domain.drafting.header import StaleHeader, edit_header
from actionplans.domain.drafting.recovery import removed_activities
from actionplans.domain.workflow import TransitionRefused
from actionplans.enums import VersionStatus
from actionplans.forms.columns import columns_of
from actionplans.forms.header import HeaderForm

from .access import entity_page, readable_versions
from .sheet_rows import empty_row, header_differences, saved_now, sheet_rows, totals, wants_json
from .sheet_saving import MOST_ROWS, Asked, save_rows


def draft_of(request, entity, pk):
    """The version of the address with its plan; whether it is still a draft is asked by each verb."""
    rows = readable_versions(request.user, entity).select_related("plan__policy", "formulating_office")
    return get_object_or_404(rows, pk=pk)


@entity_page("actionplans.edit_plan")
def sheet(request, entity, pk):
    version = draft_of(request, entity, pk)
    if version.status != VersionStatus.DRAFT:
        messages.info(request, f"El plan está en «{version.get_status_display()}»: ya no se edita como borrador.")
        return redirect("version", entity=entity.slug, pk=pk)
    return _page(request, version, HeaderForm(instance=version, initial={}))


def _page(request, version, form, **context):
    status = 422 if form.is_bound else 200
    return render(
        request,
        "actionplans/sheet/page.html",
        {
            "entity": version.entity,
            "section": "gestion",
            "version": version,
            "form": form,
            "columns": columns_of(version.plan.scheme),
            "rows": sheet_rows(version),
            "empty": empty_row(version.plan.scheme),
            "totals": totals(version),
            "removed": removed_activities(version),
            "settings": _settings(version),
            **context,
        },
        status=status,
    )


def _settings(version) -> dict:
    """What the script needs to know, as data."""
    return {
        "columns": [
            {
                "name": column.name,
                "label": column.label,
                "kind": column.kind,
                "main": column.main,
                "choices": [str(label) for _, label in column.choices],
            }
            for column in columns_of(version.plan.scheme)
        ],
        "offices": list(version.entity.offices.in_force().values_list("name", flat=True)),
        "components": list(version.components.values_list("name", flat=True)),
        "mostRows": MOST_ROWS,
    }


@entity_page("actionplans.edit_plan")
@require_POST
def save_header(request, entity, pk):
    """The plan's data; answers the script in JSON, a person with the page. `part=facts` leaves the lists alone."""
    version = draft_of(request, entity, pk)
    form = HeaderForm(request.POST, instance=version, only_facts=request.POST.get("part") == "facts")
    as_data = wants_json(request)
    if not form.is_valid():
        return _flawed_header(form) if as_data else _page(request, version, form)
    try:
        version = edit_header(version, form.edit, by=request.user, revision=form.cleaned_data["revision"])
    except StaleHeader as refusal:
        return _stale_header(request, refusal.version, form, as_data)
    except TransitionRefused as refusal:
        return _refused(request, version, refusal, as_data)
    if as_data:
        return JsonResponse(saved_now() | {"revision": version.header_revision})
    messages.success(request, "Los datos del plan quedaron guardados.")
    return redirect("sheet", entity=entity.slug, pk=pk)


def _flawed_header(form):
    flaws = {form[name].html_name: " ".join(said) for name, said in form.errors.items() if name != "__all__"}
    return JsonResponse({"errors": flaws, "messages": form.non_field_errors()}, status=422)


def _stale_header(request, version, form, as_data):
    """Both texts, field by field: what the person typed stays in the form, what stands is told beside it."""
    if as_data:
        fresh = HeaderForm(instance=version)
        values = {name: _typed_as(fresh[name].value()) for name in fresh.fields if name != "revision"}
        return JsonResponse({"values": values, "revision": version.header_revision}, status=409)
    told = [vars(difference) for difference in header_differences(form, version)]
    form.data = form.data.copy()
    form.data["revision"] = version.header_revision  # saving again is then a choice made with open eyes
    return _page(request, version, form, stale_header=told)


def _typed_as(value) -> str:
    """What the field of a page holds for it."""
    if isinstance(value, (list, tuple)):
        return "\n".join(map(_typed_as, value))
    if isinstance(value, datetime.date):
        return value.isoformat()
    return "" if value is None else str(getattr(value, "pk", value))


@entity_page("actionplans.edit_plan")
@require_POST
def save_cells(request, entity, pk):
    """Rows typed or pasted in the sheet: each is saved, refused at its cells, or told to be stale or gone."""
    version = draft_of(request, entity, pk)
    try:
        asked = Asked.read(request.body)
    except ValueError:
        return JsonResponse({"message": "No se entendió lo que envió la página. Cárguela de nuevo."}, status=400)
    try:
        with transaction.atomic():  # an answer is about all of it, or about nothing
            answers = save_rows(version, asked, by=request.user)
    except TransitionRefused as refusal:
        return JsonResponse({"message": str(refusal), "closed": not is_still_a_draft(version)}, status=409)
    components = {"components": list(version.components.values_list("name", flat=True))}
    return JsonResponse(saved_now() | {"rows": answers, "totals": totals(version), "settings": components})


def is_still_a_draft(version) -> bool:
    return type(version).objects.filter(pk=version.pk, status=VersionStatus.DRAFT).exists()


def _refused(request, version, refusal, as_data):
    if as_data:
        return JsonResponse({"message": str(refusal), "closed": True}, status=409)
    messages.error(request, str(refusal))
    return redirect("version", entity=version.entity.slug, pk=version.pk)
