"""Bringing a plan from a file: send it, look at what was read, answer, apply, undo."""

import hashlib

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from actionplans import jobs
from actionplans.domain.workflow import TransitionRefused
from actionplans.forms.imports import UploadForm
from actionplans.imports.merge import discard_run, undo_obstacles, undo_run
from actionplans.imports.preview_reading import may_be_read_by_hand, read_run
from actionplans.imports.preview_size import is_big
from actionplans.models import ImportRun, ImportState

from .access import entity_page
from .import_pages import preview_context
from .import_posts import answer

PAGE_SIZE = 20
IMPORT = "actionplans.import_plan"


@require_http_methods(["GET", "HEAD", "POST"])
@entity_page(IMPORT)
def import_list(request, entity):
    """Send a file or pasted rows; under it, what the entity brought before."""
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = UploadForm(*posted, entity=entity, initial={"target": request.GET.get("plan")})
    if form.is_bound and form.is_valid():
        run = _new_run(entity, form, request.user)
        if is_big(run.content):
            return redirect("job", entity=entity.slug, pk=_read_later(run, request.user).pk)
        read_run(run, first=True)
        if may_be_read_by_hand(run.found):
            return redirect("import_preview", entity=entity.slug, pk=run.pk)
        for problem in run.found["problems"]:
            form.add_error("pasted" if form.cleaned_data["pasted"].strip() else "file", problem["message"])
        run.delete()
    runs = _runs(request, entity).light().select_related("by", "version__plan", "target__plan")
    return render(
        request,
        "actionplans/imports/list.html",
        _context(entity, form=form, page=Paginator(runs, PAGE_SIZE).get_page(request.GET.get("pagina"))),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@entity_page(IMPORT)
def import_preview(request, entity, pk):
    """What was read as the plan that it will become; a POST answers, and applies where it asks to."""
    run = _run(request, entity, pk)
    if run.state == ImportState.READ:
        if request.method == "POST":
            return redirect(answer(request, run))
        return render(
            request, "actionplans/imports/preview.html", _context(entity, **preview_context(request, run))
        )
    obstacles = undo_obstacles(run) if run.state == ImportState.APPLIED else []
    return render(request, "actionplans/imports/result.html", _context(entity, run=run, obstacles=obstacles))


@require_http_methods(["GET", "HEAD", "POST"])
@entity_page(IMPORT)
def import_undo(request, entity, pk):
    """Say what will be undone, then undo it."""
    run = _run(request, entity, pk)
    if request.method == "POST":
        return _done(request, undo_run, run, "La importación se deshizo.")
    return render(
        request, "actionplans/imports/undo.html", _context(entity, run=run, obstacles=undo_obstacles(run))
    )


@require_http_methods(["GET", "HEAD", "POST"])
@entity_page(IMPORT)
def import_discard(request, entity, pk):
    """Say what will be lost, then lose it."""
    run = _run(request, entity, pk)
    if request.method == "POST":
        return _done(request, discard_run, run, "La importación se descartó.")
    return render(request, "actionplans/imports/discard.html", _context(entity, run=run))


@require_safe
@entity_page(IMPORT)
def import_file(request, entity, pk):
    """The file as it came, to be saved: nothing in it runs here, and no cache keeps it."""
    run = _run(request, entity, pk)
    if not run.content:
        raise Http404("La importación no guarda su archivo.")
    name = run.file_name if "." in run.file_name else f"{run.file_name}.txt"
    response = HttpResponse(bytes(run.content), content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _runs(request, entity):
    return ImportRun.objects.visible_to(request.user).filter(entity=entity)


def _run(request, entity, pk) -> ImportRun:
    runs = _runs(request, entity).select_related(
        "entity", "policy", "by", "version__plan", "version__entity", "target__plan", "target__entity"
    )
    return get_object_or_404(runs, pk=pk)


def _new_run(entity, form, user) -> ImportRun:
    source, name, content = form.source()
    data = form.cleaned_data
    return ImportRun.objects.create(
        entity=entity,
        state=ImportState.WAITING,
        source=source,
        file_name=name,
        file_digest=hashlib.sha256(content).hexdigest(),
        content=content,
        by=user,
        target=data["target"],
        year=data["year"],
        policy=data["policy"],
        title=data["title"],
    )


def _read_later(run, user):
    return jobs.start(
        "read_import",
        entity=run.entity,
        by=user,
        title=f"Leer {run.file_name}",
        params={"run": run.pk, "first": True},
    )


def _done(request, verb, run, words):
    try:
        verb(run, by=request.user)
    except TransitionRefused as refusal:
        for reason in refusal.reasons:
            messages.error(request, reason)
        return redirect("import_preview", entity=run.entity.slug, pk=run.pk)
    messages.success(request, words)
    return redirect("imports", entity=run.entity.slug)


def _context(entity, **more):
    return {"entity": entity, "section": "gestion", **more}
