"""What pages say of jobs."""

from django import template

from actionplans.enums import JobStatus
from actionplans.jobs.words import say
from planning.badges import state

register = template.Library()

TONES = {
    JobStatus.WAITING: ("none", "○"),
    JobStatus.RUNNING: ("warn", "▲"),
    JobStatus.DONE: ("good", "●"),
    JobStatus.FAILED: ("bad", "■"),
    JobStatus.CANCELLED: ("none", "–"),
}


@register.simple_tag
def job_state(job):
    """The badge of a job's state."""
    tone, shape = TONES[job.status]
    return state(tone, job.get_status_display(), shape)


@register.simple_tag
def job_words(job) -> str:
    return say(job)
