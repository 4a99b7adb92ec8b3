"""One activity of a draft on its own page, and what is done with a whole row: add, copy, move, remove."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.db import transaction
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from actionplans.domain.contents.content import ActivityContent
from actionplans.domain.contents.reading import content_of_activity
from actionplans.domain.drafting.editing import RowEdit, RowGone, edit_rows, row_of, rows_of
from actionplans.domain.drafting.recovery import recover_activity
from actionplans.domain.drafting.row_order import (
    FIRST,
    add_activities,
    added_before,
    move_activity,
    remove_activity,
)
from actionplans.domain.workflow import TransitionRefused
from actionplans.enums import VersionStatus
from actionplans.forms.activity import ActivityForm

from .access import entity_page
from .sheet import draft_of
from .sheet_rows import differences, last_change, row_html, saved_now, sheet_rows, totals, wants_json

LONGEST_NUMBER = 10  # digits
LONGEST_TOKEN = 80


@entity_page("actionplans.edit_plan")
def activity_page(request, entity, pk, number):
    """Everything that the draft says of activity `number`, to be changed."""
    version = draft_of(request, entity, pk)
    row = rows_of(version, [number]).first()
    if row is None:
        raise Http404
    content = content_of_activity(row)
    form = _form(request, version, content, row.revision)
    if not (form.is_bound and form.is_valid()):
        return _show(request, version, form, row=row)
    edit = RowEdit(key=number, revision=form.cleaned_data["revision"] or 0, content=form.edited)
    outcome = _done(request, lambda: edit_rows(version, [edit], by=request.user)[0])
    if outcome is None or outcome.row is None:
        return _back(request, version, number)
    if outcome.stale:
        return _stale(request, version, form, outcome.row)
    return _saved(request, version, number, f"La actividad {number} quedó guardada.")


def _stale(request, version, form, row):
    """Both texts. The form keeps what the person wrote; saving it again is then a choice with open eyes."""
    form.data = form.data.copy()
    form.data["revision"] = row.revision
    told = differences(form.edited, content_of_activity(row), version.plan.scheme)
    return _show(
        request, version, form, row=row, stale=told, writer=last_change(version, row.activity.key), status=409
    )


@entity_page("actionplans.edit_plan")
def new_activity(request, entity, pk):
    version = draft_of(request, entity, pk)
    form = _form(request, version, ActivityContent(description=""), None)
    if not (form.is_bound and form.is_valid()):
        return _show(request, version, form)
    rows = _done(request, lambda: add_activities(version, [form.edited], by=request.user))
    if rows is None:
        return redirect("version", entity=entity.slug, pk=pk)
    key = rows[0].activity.key
    return _saved(request, version, key, f"La actividad {key} quedó agregada.")


@entity_page("actionplans.edit_plan")
@require_POST
def row_action(request, entity, pk, number, action):
    """Copy, move, remove or bring back a row; the script gets the row, a person the sheet with a message."""
    version = draft_of(request, entity, pk)
    key = _done(request, lambda: ACTIONS[action](version, number, request))
    if not wants_json(request):
        return _back(request, version, key or number)
    said = {"message": " ".join(str(message) for message in messages.get_messages(request))}
    if key is None:
        return JsonResponse(said, status=409)
    html = "".join(row_html(version, row) for row in sheet_rows(version, [key]))
    return JsonResponse(saved_now() | said | {"key": key, "html": html, "totals": totals(version)})


@entity_page("actionplans.edit_plan")
@require_POST
def rows_action(request, entity, pk, action):
    """Remove rows or bring them back, all or none, for the sheet's script.

    `again`: it may have been done already, with its answer lost; then what is done is left as it is.
    """
    version = draft_of(request, entity, pk)
    keys = request.POST.get("keys", "").split(",")
    if action not in TOGETHER or not all(key.isdecimal() and len(key) < LONGEST_NUMBER for key in keys):
        raise Http404
    numbers = [int(key) for key in keys]
    verb, is_done = TOGETHER[action]
    done = _done(
        request, lambda: _all_of(version, numbers, verb, is_done if request.POST.get("again") else None, request)
    )
    said = {"message": " ".join(str(message) for message in messages.get_messages(request))}
    if done is None:
        return JsonResponse(said, status=409)
    html = {row.key: row_html(version, row) for row in sheet_rows(version, numbers)}
    return JsonResponse(saved_now() | {"html": html, "totals": totals(version)})


def _all_of(version, numbers, verb, is_done, request) -> bool:
    """The last is removed first and the first is brought back first, so that each finds its place."""
    order = _keys(version)
    if verb is remove_activity:
        numbers = sorted(numbers, key=lambda number: order.index(number) if number in order else -1, reverse=True)
    with transaction.atomic():
        for number in numbers:
            if is_done is None or not is_done(number in order):
                verb(version, number, by=request.user)
    return True


TOGETHER = {
    "quitar": (remove_activity, lambda is_there: not is_there),
    "recuperar": (recover_activity, lambda is_there: is_there),
}


def _copy(version, number, request):
    token = request.POST.get("token", "")[:LONGEST_TOKEN]
    if request.POST.get("again") and token and (known := added_before(version, token)):
        return known
    content = content_of_activity(row_of(version, number))
    copy = replace(
        content,
        key=None,
        printed_number="",
        is_cancelled=False,
        cancel_reason="",
        indicators=tuple(replace(indicator, key=None) for indicator in content.indicators),
    )
    tokens = [token] if token else []
    (row,) = add_activities(version, [copy], by=request.user, after=number, tokens=tokens)
    messages.success(request, f"Se agregó la actividad {row.activity.key}, copia de la {number}.")
    return row.activity.key


def _remove(version, number, request):
    remove_activity(version, number, by=request.user)
    messages.success(request, f"La actividad {number} se quitó del borrador.")
    return number


def _recover(version, number, request):
    recover_activity(version, number, by=request.user)
    messages.success(request, f"La actividad {number} volvió al borrador.")
    return number


def _move(version, number, request):
    """Behind activity `after` of the request; first where it says none."""
    after = request.POST.get("after") or str(FIRST)
    if not (after.isdecimal() and len(after) < LONGEST_NUMBER):
        raise Http404
    move_activity(version, number, by=request.user, after=int(after))
    return number


def _up(version, number, request):
    """Behind the one before the one above; the first one stays."""
    order = _order(version, number)
    place = order.index(number)
    move_activity(version, number, by=request.user, after=order[place - 2] if place > 1 else FIRST)
    return number


def _down(version, number, request):
    order = _order(version, number)
    move_activity(version, number, by=request.user, after=order[min(order.index(number) + 1, len(order) - 1)])
    return number


ACTIONS = {
    "duplicar": _copy,
    "quitar": _remove,
    "recuperar": _recover,
    "mover": _move,
    "subir": _up,
    "bajar": _down,
}


def _keys(version) -> list[int]:
    return list(version.activities.order_by("position").values_list("activity__key", flat=True))


def _order(version, number) -> list[int]:
    order = _keys(version)
    if number not in order:
        raise RowGone(number)
    return order


def _form(request, version, content, revision) -> ActivityForm:
    posted = request.POST if request.method == "POST" else None
    return ActivityForm(posted, content=content, revision=revision, plan=version.plan)


def _show(request, version, form, *, row=None, status=None, **context):
    if version.status != VersionStatus.DRAFT:
        return redirect("version", entity=version.entity.slug, pk=version.pk)
    shown = sheet_rows(version, [row.activity.key])[0] if row else None
    name = "form.html" if request.GET.get("parte") else "activity.html"
    return render(
        request,
        f"actionplans/sheet/{name}",
        {
            "entity": version.entity,
            "section": "gestion",
            "version": version,
            "form": form,
            "row": shown,
            "row_actions": _offered(shown),
            "components": version.components.values_list("name", flat=True),
            **context,
        },
        status=status or (422 if form.is_bound else 200),
    )


def _offered(row) -> list[tuple[str, str]]:
    """What a person may do with the row without the sheet, and how it is called."""
    if row is None:
        return []
    offered = [("duplicar", "Duplicar"), ("subir", "Subir"), ("bajar", "Bajar")]
    return offered if row.is_approved else [*offered, ("quitar", "Quitar del borrador")]


def _done(request, deed):
    """What the deed returns; None where it is refused, with the reasons as messages."""
    try:
        return deed()
    except RowGone as refusal:
        messages.error(request, str(refusal))
    except TransitionRefused as refusal:
        for reason in refusal.reasons:
            messages.error(request, reason)
    return None


def _saved(request, version, key, said):
    if wants_json(request):
        (row,) = sheet_rows(version, [key])
        said = {"key": key, "html": row_html(version, row), "totals": totals(version)}
        return JsonResponse(saved_now() | said)
    messages.success(request, said)
    return _back(request, version, key)


def _back(request, version, key):
    if version.status != VersionStatus.DRAFT:
        return redirect("version", entity=version.entity.slug, pk=version.pk)
    response = redirect("sheet", entity=version.entity.slug, pk=version.pk)
    response["Location"] += f"#actividad-{key}"
    return response
