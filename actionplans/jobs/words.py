"""How far a job is, in one sentence."""

from django.utils import timezone
from django.utils.formats import date_format

from actionplans.enums import JobStatus


def say(job) -> str:
    """What a person reads beside the name of the job's state."""
    if job.is_cancelling:
        return "Se está cancelando."
    if job.status == JobStatus.WAITING:
        return f"Desde las {_hour(job.created_at)}."
    if job.status == JobStatus.RUNNING:
        return _advance(job)
    return f"El {_moment(job.finished_at)}."


def _advance(job) -> str:
    what = f": {job.step}" if job.step else ""
    if job.percent is None:
        return f"{job.step}." if job.step else ""
    return f"{job.done} de {job.total} ({job.percent}\N{NO-BREAK SPACE}%){what}."


def _hour(moment) -> str:
    return date_format(timezone.localtime(moment), "H:i")


def _moment(moment) -> str:
    return date_format(timezone.localtime(moment), r"d/m/Y \a \l\a\s H:i")
