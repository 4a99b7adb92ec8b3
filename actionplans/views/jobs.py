"""The person's own jobs: how far they are, and what came of them."""

from pathlib import Path

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from actionplans.enums import JobStatus
from actionplans.jobs import cancel, start
from actionplans.jobs.kinds import KINDS
from actionplans.jobs.resuming import is_unattended, resume_abandoned
from actionplans.jobs.words import say
from actionplans.models import Job

from .access import entity_page

ON_A_PAGE = 20
AGAIN = (JobStatus.FAILED, JobStatus.CANCELLED)


@require_safe
@entity_page("planning.view_entity_record")
def job_list(request, entity):
    """What the person asked for in this entity, newest first."""
    jobs = _own(request, entity)
    page = Paginator(jobs, ON_A_PAGE).get_page(request.GET.get("pagina"))
    return render(request, "actionplans/jobs/list.html", _context(entity, page=page))


@require_http_methods(["GET", "HEAD", "POST"])
@entity_page("planning.view_entity_record")
def job_page(request, entity, pk):
    """A job as it stands; a POST stops it or asks for it once more."""
    job = _looked_after(request, entity, pk)
    if request.method == "POST":
        return _again(request, job) if "again" in request.POST else _stop(request, job)
    unattended = is_unattended(job)
    return render(
        request,
        "actionplans/jobs/job.html",
        _context(
            entity,
            job=job,
            said=say(job),
            file_format=Path(job.result_name).suffix.lstrip(".").upper(),
            unattended=unattended,
            phase=_phase(job, unattended),
            may_repeat=_may_repeat(request.user, job),
        ),
    )


@require_safe
@entity_page("planning.view_entity_record")
def job_state(request, entity, pk):
    """How far the job is, for the page that waits for it."""
    job = _looked_after(request, entity, pk)
    far = {"open": job.is_open, "done": job.done, "total": job.total}
    words = {"state": job.get_status_display(), "said": say(job)}
    return JsonResponse({**far, **words, "phase": _phase(job, is_unattended(job))})


@require_safe
@entity_page("planning.view_entity_record")
def job_file(request, entity, pk):
    """The file that was made, to be saved: nothing in it runs here, and no cache keeps it."""
    job = get_object_or_404(_own(request, entity).exclude(result=""), pk=pk, status=JobStatus.DONE)
    kind = KINDS.get(job.kind)
    if kind is None:
        raise Http404("El portal ya no hace esta clase de trabajo.")
    if not request.user.has_perm(kind.permission, entity):
        raise PermissionDenied(kind.permission)
    try:
        content = job.result.open("rb")
    except FileNotFoundError as gone:
        raise Http404("El archivo ya no está.") from gone
    response = FileResponse(content, as_attachment=True, filename=job.result_name, content_type=job.result_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _own(request, entity):
    return Job.objects.visible_to(request.user).filter(entity=entity)


def _looked_after(request, entity, pk) -> Job:
    """The job, put back in the queue first where its worker died."""
    own = _own(request, entity).filter(pk=pk)
    resume_abandoned(own)
    return get_object_or_404(own.select_related("entity", "requested_by"))


def _phase(job, unattended: bool) -> str:
    """Changes when the page must show something else than another figure."""
    return "".join([job.status, " cancelling" * job.is_cancelling, " idle" * unattended])


def _stop(request, job):
    if cancel(job, by=request.user):
        messages.success(request, "El trabajo se cancela.")
    else:
        messages.warning(request, "El trabajo ya había terminado.")
    return redirect("job", entity=job.entity.slug, pk=job.pk)


def _again(request, job):
    if not _may_repeat(request.user, job):
        raise PermissionDenied("No se puede pedir de nuevo.")
    repeated = start(job.kind, entity=job.entity, by=request.user, title=job.title, params=job.params)
    return redirect("job", entity=job.entity.slug, pk=repeated.pk)


def _may_repeat(user, job) -> bool:
    """It ended without its result, or the result is gone; and the person may still ask for it."""
    lost = job.status in AGAIN or job.result_removed_at is not None
    return lost and job.kind in KINDS and user.has_perm(KINDS[job.kind].permission, job.entity)


def _context(entity, **more):
    return {"entity": entity, "section": "trabajos", **more}
