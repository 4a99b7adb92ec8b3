"""A job from being asked for to its end, in one process."""

import datetime
import time

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from actionplans.enums import JobStatus
from actionplans.jobs import JobRefused, Outcome, cancel
from actionplans.jobs.progress import Pulse
from actionplans.jobs.running import put_back, run
from actionplans.models import Job
from planning.enums import Role
from tests.factories import make_user


def test_a_small_job_is_done_when_start_returns(ask, house):
    job = ask(small=True)
    assert (job.status, job.attempts, job.requested_by) == (JobStatus.DONE, 1, house.planning)
    assert (job.result_name, job.result_type, job.result_size) == ("plan.csv", "text/csv", 4)
    with job.result.open() as content:
        assert content.read() == b"a;b\n"
    assert job.result.name.startswith("trabajos/cartago/")
    assert "plan" not in job.result.name


def test_a_large_job_waits_in_the_queue_until_somebody_runs_it(ask, queue, work):
    job = ask()
    assert job.status == JobStatus.WAITING
    task = DBTaskResult.objects.get()
    assert task.args_kwargs == {"args": [job.pk], "kwargs": {}}
    assert (job.task_id, work.calls) == (str(task.pk), [])


def test_a_job_and_its_place_in_the_queue_are_there_together_or_not_at_all(ask, queue):
    with transaction.atomic():
        ask()
        transaction.set_rollback(True)
    assert not Job.objects.exists()
    assert not DBTaskResult.objects.exists()


def test_a_task_delivered_twice_does_nothing_the_second_time(ask, queue, work):
    job = ask()
    run(job.pk)
    run(job.pk)
    assert work.calls == [1]


def test_asking_twice_for_the_same_gives_the_job_that_is_open(ask, queue):
    first = ask()
    assert ask() == first
    assert ask(params={"year": 2025}) != first
    run(first.pk)
    assert ask() != first


def test_only_who_has_the_permission_of_the_kind_may_ask(ask, house):
    with pytest.raises(PermissionDenied):
        ask(by=house.committee)
    assert not Job.objects.exists()


def test_who_lost_the_permission_meanwhile_gets_no_file(ask, queue, house, work):
    job = ask()
    house.planning.memberships.update(role=Role.AUDITOR)
    run(job.pk)
    job.refresh_from_db()
    assert (job.status, work.calls) == (JobStatus.FAILED, [])
    assert "permiso" in job.message


def test_a_refusal_is_told_in_its_own_words(ask, work):
    def refuse(job, progress):
        raise JobRefused("La vigencia no tiene planes.")

    work.does = refuse
    job = ask(small=True)
    assert (job.status, job.message) == (JobStatus.FAILED, "La vigencia no tiene planes.")
    assert job.finished_at is not None


def test_any_other_error_is_logged_and_told_without_its_details(ask, work, caplog):
    work.does = lambda job, progress: 1 / 0
    job = ask(small=True)
    assert job.status == JobStatus.FAILED
    assert f"trabajo {job.pk}" in job.message
    assert "division" not in job.message
    assert "ZeroDivisionError" in caplog.text


def test_progress_is_written_at_most_twice_a_second(ask, work, monkeypatch):
    clock, seen = [0.0], []
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])

    def count(job, progress):
        for done in range(1, 11):
            clock[0] += 0.1
            progress(done, 10, f"Plan {done}")
            seen.append(Job.objects.get(pk=job.pk).done)
        return Outcome()

    work.does = count
    job = ask(small=True)
    assert seen == [1, 1, 1, 1, 1, 6, 6, 6, 6, 6]
    assert (job.status, job.percent, job.step) == (JobStatus.DONE, 60, "")


def test_progress_inside_a_transaction_of_the_work_touches_nothing(ask, work, django_assert_num_queries):
    def count(job, progress):
        with transaction.atomic():
            with django_assert_num_queries(0):
                progress(1, 2)
            assert Job.objects.get(pk=job.pk).total == 0
        progress(1, 2)
        return Outcome()

    work.does = count
    assert ask(small=True).total == 2


def test_a_running_job_stops_where_it_next_says_how_far_it_is(ask, work, house):
    def cancelled_on_the_way(job, progress):
        assert cancel(job, by=house.planning)
        progress(1, 2)
        raise AssertionError("it went on")

    work.does = cancelled_on_the_way
    job = ask(small=True)
    assert (job.status, bool(job.result)) == (JobStatus.CANCELLED, False)


def test_a_job_that_ended_before_it_noticed_is_done_all_the_same(ask, work, house):
    """What was written is written: the page must not say that it was cancelled."""

    def too_late(job, progress):
        cancel(job, by=house.planning)
        return Outcome(address="/gestion/cartago/")

    work.does = too_late
    job = ask(small=True)
    assert (job.status, job.result_address) == (JobStatus.DONE, "/gestion/cartago/")


def test_a_waiting_job_is_cancelled_at_once_and_only_by_who_asked(ask, queue, house, work):
    job = ask()
    assert not cancel(job, by=house.committee)
    assert cancel(job, by=house.planning)
    run(job.pk)
    job.refresh_from_db()
    assert (job.status, work.calls) == (JobStatus.CANCELLED, [])
    assert not cancel(job, by=house.planning)


def test_the_first_attempt_keeps_nothing_once_a_second_one_took_the_job_over(ask, queue, work):
    def lose_it(job, progress):
        if job.attempts == 1:
            put_back(job)
            run(job.pk)
            return Outcome(name="primero.csv", content=b"first")
        return Outcome(name="segundo.csv", content=b"second")

    work.does = lose_it
    job = ask()
    run(job.pk)
    job.refresh_from_db()
    assert (work.calls, job.attempts, job.result_name) == ([1, 2], 2, "segundo.csv")
    kept = [name for name in default_storage.listdir("trabajos/cartago")[1] if name.startswith(job.result_key)]
    assert kept == [f"{job.result_key}-2"]


def test_a_worker_that_is_stopped_puts_its_job_back(ask, queue, work):
    def stop(job, progress):
        raise SystemExit(0)

    work.does = stop
    job = ask()
    with pytest.raises(SystemExit):
        run(job.pk)
    job.refresh_from_db()
    assert job.status == JobStatus.WAITING
    assert DBTaskResult.objects.count() == 2  # the one delivered, and the new one


def test_a_file_on_disk_is_taken_over(ask, work, tmp_path):
    path = tmp_path / "grande.xlsx"
    path.write_bytes(b"x" * 1000)
    work.does = lambda job, progress: Outcome(name="grande.xlsx", path=path)
    assert ask(small=True).result_size == 1000
    assert not path.exists()


@pytest.mark.django_db(transaction=True)
def test_the_pulse_keeps_a_silent_job_alive(ask, queue, house):
    job = ask()
    Job.objects.update(status=JobStatus.RUNNING, attempts=1, beat_at=timezone.now() - datetime.timedelta(hours=1))
    job.refresh_from_db()
    with Pulse(job, every=0.01):
        for _ in range(200):
            time.sleep(0.01)
            if Job.objects.get(pk=job.pk).beat_at > timezone.now() - datetime.timedelta(minutes=1):
                break
    assert Job.objects.get(pk=job.pk).beat_at > timezone.now() - datetime.timedelta(minutes=1)


def test_everybody_sees_only_the_jobs_that_they_asked_for_where_they_still_work(ask, house, neighbour, superuser):
    job = ask(small=True)
    seen = {
        post: list(Job.objects.visible_to(user))
        for post, user in {
            "planning": house.planning,
            "colleague": make_user("otra@cartago.example", house.entity, Role.PLANNING),
            "administrator": house.administrator,
            "neighbour": neighbour.planning,
            "superuser": superuser,
        }.items()
    }
    assert seen == {"planning": [job], "colleague": [], "administrator": [], "neighbour": [], "superuser": []}
    house.planning.memberships.update(
        valid_to=timezone.localdate() - datetime.timedelta(days=1),
        valid_from=timezone.localdate() - datetime.timedelta(days=9),
    )
    gone = type(house.planning).objects.get(pk=house.planning.pk)
    assert list(Job.objects.visible_to(gone)) == []
