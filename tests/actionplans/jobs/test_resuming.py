"""Jobs that nobody looks after any more, and results that nobody fetched."""

import datetime

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from actionplans.enums import JobStatus
from actionplans.jobs import cancel
from actionplans.jobs.resuming import MAX_ATTEMPTS, is_unattended, remove_old, resume_abandoned
from actionplans.models import Job

# The worker closes connections that a test's transaction would keep open.
as_a_process = pytest.mark.django_db(transaction=True)


def ago(**amount):
    return timezone.now() - datetime.timedelta(**amount)


@pytest.fixture
def abandoned(ask, queue):
    """A job whose worker died at its first attempt."""
    job = ask()
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING)
    Job.objects.update(status=JobStatus.RUNNING, attempts=1, done=3, total=9, beat_at=ago(seconds=61))
    job.refresh_from_db()
    return job


@as_a_process
def test_a_job_left_by_its_worker_is_done_by_the_next_one(abandoned, work):
    call_command("run_jobs", once=True)
    abandoned.refresh_from_db()
    assert (abandoned.status, abandoned.attempts, work.calls) == (JobStatus.DONE, 2, [2])


def test_it_goes_back_once_whoever_looks(abandoned):
    assert (resume_abandoned(), resume_abandoned()) == (1, 0)
    abandoned.refresh_from_db()
    assert (abandoned.status, abandoned.done, abandoned.total) == (JobStatus.WAITING, 0, 0)
    assert DBTaskResult.objects.ready().count() == 1


def test_a_job_with_a_fresh_sign_of_life_is_left_alone(abandoned):
    Job.objects.update(beat_at=ago(seconds=40))
    assert resume_abandoned() == 0


def test_after_three_attempts_it_is_given_up_and_said(abandoned):
    Job.objects.update(attempts=MAX_ATTEMPTS)
    resume_abandoned()
    abandoned.refresh_from_db()
    assert abandoned.status == JobStatus.FAILED
    assert "3 veces" in abandoned.message


def test_an_abandoned_job_that_was_cancelled_ends_so(abandoned, house):
    cancel(abandoned, by=house.planning)
    resume_abandoned()
    abandoned.refresh_from_db()
    assert abandoned.status == JobStatus.CANCELLED


@as_a_process
def test_a_task_lost_before_its_job_began_is_queued_again(ask, queue, work):
    """The worker died between taking the task and claiming the job."""
    job = ask()
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING)
    Job.objects.update(beat_at=ago(seconds=61))
    call_command("run_jobs", once=True)
    job.refresh_from_db()
    assert (job.status, work.calls) == (JobStatus.DONE, [1])


def test_a_job_in_a_long_queue_is_not_queued_twice(ask, queue):
    ask()
    Job.objects.update(beat_at=ago(hours=2), created_at=ago(hours=2))
    assert resume_abandoned() == 0
    assert DBTaskResult.objects.count() == 1


@as_a_process
def test_the_worker_does_all_that_waits_and_only_once(ask, queue, work):
    jobs = [ask(params={"year": year}) for year in (2022, 2023, 2024)]
    call_command("run_jobs", once=True)
    call_command("run_jobs", once=True)
    assert work.calls == [1, 1, 1]
    assert set(Job.objects.values_list("pk", "status")) == {(job.pk, JobStatus.DONE) for job in jobs}


def test_files_are_removed_after_the_days_of_the_setting_and_rows_later(ask, settings):
    settings.JOB_RESULT_DAYS = 7
    fresh, old, ancient = (ask(small=True) for _ in range(3))
    for job, days in ((fresh, 6), (old, 8), (ancient, 91)):
        Job.objects.filter(pk=job.pk).update(finished_at=ago(days=days))
    assert remove_old() == 2
    assert [default_storage.exists(job.result.name) for job in (fresh, old, ancient)] == [True, False, False]
    assert set(Job.objects.all()) == {fresh, old}
    old.refresh_from_db()
    assert (bool(old.result), old.result_removed_at is not None) == (False, True)


def test_a_queue_where_nothing_moves_for_a_minute_has_no_worker(ask, queue):
    job = ask()
    assert not is_unattended(job)
    job.created_at = ago(seconds=61)
    assert is_unattended(job)
    busy = ask(params={"year": 2025})
    Job.objects.filter(pk=busy.pk).update(status=JobStatus.RUNNING, beat_at=timezone.now())
    assert not is_unattended(job)
