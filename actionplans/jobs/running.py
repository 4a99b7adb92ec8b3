"""Asking for a job, doing it, and its ways to end. Every change of status is a compare-and-set on the row."""

from __future__ import annotations

import logging

from django.core.exceptions import PermissionDenied
from django.core.files import File
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django_tasks import task

from actionplans.enums import JobStatus
from actionplans.models import Job

from .contract import Cancelled, JobRefused, Outcome
from .kinds import KINDS
from .progress import Progress, Pulse

logger = logging.getLogger(__name__)

PERMISSION_LOST = "Su cuenta ya no tiene el permiso que este trabajo necesita."
BROKEN = (
    "Ocurrió un error en el portal y no se guardó nada. Vuelva a pedirlo; si se repite, dé el número de "
    "trabajo {pk} a quien administra el portal."
)


def start(kind: str, *, entity, by, title: str, params: dict, small: bool = False) -> Job:
    """A job of `kind` for `by`: done before this returns where `small`, else by the worker.

    The same request while the first one is still open gives the first one. Raises PermissionDenied, and
    KeyError for a kind that does not exist.
    """
    if not by.has_perm(KINDS[kind].permission, entity):
        raise PermissionDenied(KINDS[kind].permission)
    same = Job.objects.open().filter(entity=entity, kind=kind, requested_by=by, params=params)
    if not small and (known := same.filter(cancel_asked_at=None).first()):
        return known
    with transaction.atomic():  # the queue is in the same database: job and task are there together or not at all
        job = Job.objects.create(entity=entity, kind=kind, title=title[:250], params=params, requested_by=by)
        if not small:
            enqueue(job)
    if small:
        run(job.pk)
    job.refresh_from_db()
    return job


def enqueue(job: Job) -> None:
    """Put a waiting job in the queue; delivered twice, it is done once."""
    result = run_job.enqueue(job.pk)
    Job.objects.filter(pk=job.pk).update(task_id=result.id, beat_at=timezone.now())


@task()
def run_job(pk: int) -> None:
    """What the queue holds of a job."""
    try:
        run(pk)
    except SystemExit:  # the worker is being stopped and its loop ends by itself: no failure to tell of
        logger.warning("Job %s goes back to the queue because its worker stops", pk)


def run(pk: int) -> None:
    """Do the job if it is waiting; nothing where somebody else has it or it ended."""
    job = _claim(pk)
    if job is None:
        return
    try:
        with Pulse(job):
            outcome = _work_on(job)
            _finish(job, outcome)
    except Cancelled:
        end(job, JobStatus.CANCELLED)
    except JobRefused as refusal:
        end(job, JobStatus.FAILED, message=str(refusal))
    except Exception:
        logger.exception("Job %s (%s) failed", job.pk, job.kind)
        end(job, JobStatus.FAILED, message=BROKEN.format(pk=job.pk))
    except BaseException:  # the worker is being stopped: the next one begins it again
        put_back(job)
        raise


def cancel(job: Job, *, by) -> bool:
    """Drop a waiting job, ask a running one to stop; False where it had already ended."""
    now = timezone.now()
    of_person = Job.objects.filter(pk=job.pk, requested_by=by)
    waiting = of_person.filter(status=JobStatus.WAITING)
    if waiting.update(status=JobStatus.CANCELLED, cancel_asked_at=now, finished_at=now):
        return True
    return bool(of_person.filter(status=JobStatus.RUNNING).update(cancel_asked_at=now))


def put_back(job: Job) -> bool:
    """A job that nobody holds any more waits again; one that the person cancelled ends so instead."""
    with transaction.atomic():
        held = Job.objects.held(job)
        if held.exclude(cancel_asked_at=None).exists():
            return end(job, JobStatus.CANCELLED)
        if not held.update(status=JobStatus.WAITING, done=0, total=0, step=""):
            return False
        remove_results(job)
        enqueue(job)
    return True


def end(job: Job, status: JobStatus, **values) -> bool:
    """The job ends so, if this attempt still holds it."""
    ended = Job.objects.held(job).update(status=status, finished_at=timezone.now(), step="", **values)
    if ended and status != JobStatus.DONE:
        remove_results(job)
    return bool(ended)


def remove_results(job: Job) -> None:
    """Remove the files of every attempt; there may be none."""
    for attempt in range(1, job.attempts + 1):
        job.result.storage.delete(job.result_path_of(attempt))


def _claim(pk: int) -> Job | None:
    now = timezone.now()
    waiting = Job.objects.filter(pk=pk, status=JobStatus.WAITING)
    if not waiting.update(status=JobStatus.RUNNING, attempts=F("attempts") + 1, started_at=now, beat_at=now):
        return None
    return Job.objects.select_related("entity", "requested_by").get(pk=pk)


def _work_on(job: Job) -> Outcome:
    kind = KINDS[job.kind]
    if not job.requested_by.has_perm(kind.permission, job.entity):
        raise JobRefused(PERMISSION_LOST)
    return kind.work(job, Progress(job))


def _finish(job: Job, outcome: Outcome) -> None:
    values = {"result_address": outcome.address}
    if outcome.path is not None or outcome.content is not None:
        values |= _keep(job, outcome)
    if not end(job, JobStatus.DONE, **values) and "result" in values:
        job.result.storage.delete(values["result"])  # another attempt took the job over meanwhile


def _keep(job: Job, outcome: Outcome) -> dict:
    """Copy the outcome's file to the private storage; the columns that tell of it."""
    if outcome.path is None:
        content = ContentFile(outcome.content)
        size = len(outcome.content)
        job.result.save("", content, save=False)
    else:
        size = outcome.path.stat().st_size
        with outcome.path.open("rb") as source:
            job.result.save("", File(source), save=False)
        outcome.path.unlink()
    return {
        "result": job.result.name,
        "result_name": outcome.name[:250],
        "result_type": outcome.content_type,
        "result_size": size,
    }
