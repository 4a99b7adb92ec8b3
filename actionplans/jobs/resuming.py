"""What no process looks after any more: jobs whose worker died go back to the queue, old results go."""

from __future__ import annotations

import datetime
import logging

from django.conf import settings
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from actionplans.enums import JobStatus
from actionplans.models import Job

from .running import end, enqueue, put_back, remove_results

logger = logging.getLogger(__name__)

SILENCE = datetime.timedelta(seconds=60)  # four beats: whoever is silent for so long is dead
MAX_ATTEMPTS = 3
KEEP_ROWS = datetime.timedelta(days=90)

GIVEN_UP = (
    "El trabajo se interrumpió {attempts} veces antes de terminar. Puede que sea muy grande para este equipo: "
    "pídalo por partes o dé el número de trabajo {pk} a quien administra el portal."
)


def resume_abandoned(jobs=None) -> int:
    """Put back in the queue the jobs (of the queryset; all) of which nobody gave a sign for a minute.

    Any number of processes may do this at once. Returns how many jobs it moved.
    """
    silent = (Job.objects.all() if jobs is None else jobs).filter(beat_at__lt=timezone.now() - SILENCE)
    moved = 0
    for job in silent.filter(status=JobStatus.RUNNING).select_related("entity"):
        moved += _resume(job)
    for job in _lost(silent.filter(status=JobStatus.WAITING)):
        enqueue(job)
        moved += 1
    return moved


def _resume(job: Job) -> bool:
    if job.attempts >= MAX_ATTEMPTS:
        message = GIVEN_UP.format(attempts=job.attempts, pk=job.pk)
        return end(job, JobStatus.FAILED, message=message)
    logger.warning("Job %s was left unfinished by its worker; it waits again.", job.pk)
    return put_back(job)


def _lost(waiting) -> list[Job]:
    """Waiting jobs that no worker will take: the one that took their task died before it began them."""
    jobs = list(waiting)
    tasks = [job.task_id for job in jobs if job.task_id]
    queued = {str(pk) for pk in DBTaskResult.objects.ready().filter(pk__in=tasks).values_list("pk", flat=True)}
    return [job for job in jobs if job.task_id not in queued]


def remove_old() -> int:
    """Remove the files that were made long ago, and then the rows themselves. Returns how many files."""
    now = timezone.now()
    ended = Job.objects.exclude(finished_at=None).select_related("entity")
    old = ended.filter(finished_at__lt=now - datetime.timedelta(days=settings.JOB_RESULT_DAYS))
    removed = 0
    for job in old.exclude(result=""):
        remove_results(job)
        removed += Job.objects.filter(pk=job.pk).update(result="", result_removed_at=now)
    ended.filter(finished_at__lt=now - max(KEEP_ROWS, datetime.timedelta(days=settings.JOB_RESULT_DAYS))).delete()
    DBTaskResult.objects.finished().filter(finished_at__lt=now - KEEP_ROWS).delete()
    DBTaskResult.objects.running().filter(started_at__lt=now - KEEP_ROWS).delete()  # of workers that were killed
    return removed


def is_unattended(job: Job) -> bool:
    """The job has waited for a minute while nobody works on any: most likely no worker runs."""
    if job.status != JobStatus.WAITING or job.created_at > timezone.now() - SILENCE:
        return False
    alive = Job.objects.filter(status=JobStatus.RUNNING, beat_at__gte=timezone.now() - SILENCE)
    return not alive.exists()
