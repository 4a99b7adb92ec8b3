"""Modifying an approved plan, dropping a draft, comparing two versions, reading the copy of an act."""

from pathlib import Path

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render

from actionplans.domain import versions as verbs
from actionplans.domain.comparing.differences import compare_versions
from actionplans.forms.scans import MEDIA_TYPES
from actionplans.forms.transitions import CancellationForm, ConfirmForm, ModificationForm
from actionplans.models import ApprovalAct

from .access import entity_page, readable_versions
from .transitions import Question, ask, form_for, take


@entity_page("actionplans.edit_plan")
def start_modification(request, entity, pk):
    """Ask why and from when, then open the draft."""
    version = get_object_or_404(readable_versions(request.user, entity), pk=pk)
    form = form_for(request, ModificationForm, year=version.plan.year)
    if form.is_bound and form.is_valid():
        done = "La modificación quedó abierta: cambie el borrador y envíelo a revisión."
        draft = take(request, done, verbs.start_modification, version, **form.cleaned_data)
        return redirect("version", entity=entity.slug, pk=(draft or version).pk)
    question = Question(
        title="Modificar el plan aprobado",
        words=(
            "Se abre un borrador con todo lo que dice la versión aprobada, que sigue publicada hasta que se "
            "apruebe la nueva. Lo que se agregue para meses anteriores a esa aprobación nunca cuenta como atraso."
        ),
        button="Abrir la modificación",
        obstacles=tuple(verbs.modification_obstacles(version)),
    )
    return ask(request, version, question, form)


@entity_page("actionplans.edit_plan")
def discard_draft(request, entity, pk):
    """Say what will be lost, then lose it."""
    version = get_object_or_404(readable_versions(request.user, entity), pk=pk)
    form = form_for(request, ConfirmForm)
    if form.is_bound and form.is_valid():
        if take(request, "El borrador se descartó.", verbs.discard_draft, version):
            return redirect("management_entity", entity=entity.slug)
        return redirect("version", entity=entity.slug, pk=pk)
    kept = (
        "La versión aprobada sigue publicada."
        if version.is_modification
        else "El plan nunca se publicó: desaparece con su borrador."
    )
    question = Question(
        title="Descartar el borrador",
        words=f"Se borra todo lo escrito en la versión {version.number} y no se puede recuperar. {kept}",
        button="Sí, descartar el borrador",
        obstacles=tuple(verbs.draft_obstacles(version)),
        is_destructive=True,
    )
    return ask(request, version, question, form)


@entity_page("actionplans.edit_plan")
def cancel_activity(request, entity, pk, number):
    """Ask why the modification gives up an approved activity."""
    activity = _activity(request, entity, pk, number)
    form = form_for(request, CancellationForm)
    if form.is_bound and form.is_valid():
        done = "La actividad quedó cancelada en este borrador."
        take(request, done, verbs.cancel_activity, activity, **form.cleaned_data)
        return redirect("version", entity=entity.slug, pk=pk)
    question = Question(
        title=f"Cancelar la actividad {number}",
        words=f"«{activity.description}» seguirá a la vista como cancelada, con su motivo, y dejará de contar.",
        button="Cancelar la actividad",
        obstacles=tuple(verbs.cancellation_obstacles(activity)),
        is_destructive=True,
    )
    return ask(request, activity.version, question, form)


@entity_page("actionplans.edit_plan")
def restore_activity(request, entity, pk, number):
    """Ask before a cancelled activity counts again."""
    activity = _activity(request, entity, pk, number)
    form = form_for(request, ConfirmForm)
    if form.is_bound and form.is_valid():
        take(request, "La actividad vuelve a contar en este borrador.", verbs.restore_activity, activity)
        return redirect("version", entity=entity.slug, pk=pk)
    question = Question(
        title=f"Restablecer la actividad {number}",
        words=f"«{activity.description}» volverá a contar cuando se apruebe esta versión.",
        button="Restablecer la actividad",
        obstacles=tuple(verbs.restoration_obstacles(activity)),
    )
    return ask(request, activity.version, question, form)


@entity_page("planning.view_entity_record")
def compare(request, entity, pk, other):
    """What changes between two versions of a plan that the person may read; `other` is a version's number."""
    version = get_object_or_404(readable_versions(request.user, entity), pk=pk)
    versions = readable_versions(request.user, entity).filter(plan=version.plan_id)
    second = get_object_or_404(versions.exclude(pk=pk), number=other)
    return render(
        request,
        "actionplans/staff/compare.html",
        {
            "entity": entity,
            "section": "gestion",
            "version": version,
            "comparison": compare_versions(version, second),
        },
    )


@entity_page("planning.view_entity_record")
def act_scan(request, entity, pk):
    """The copy of an act, to be saved: nothing in it runs here, and no cache keeps it."""
    act = get_object_or_404(ApprovalAct.objects.visible_to(request.user).filter(entity=entity), pk=pk)
    try:
        content = act.scan.open("rb") if act.scan else None
    except FileNotFoundError:
        content = None
    if content is None:
        raise Http404("El acto no tiene copia.")
    media_type = MEDIA_TYPES.get(Path(act.scan.name).suffix, "application/octet-stream")
    response = FileResponse(content, as_attachment=True, filename=act.scan_name, content_type=media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _activity(request, entity, pk, number):
    version = get_object_or_404(readable_versions(request.user, entity), pk=pk)
    activity = get_object_or_404(version.activities.select_related("activity"), activity__key=number)
    activity.version = version
    return activity
