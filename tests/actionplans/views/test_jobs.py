"""The pages of jobs: only one's own, left and found again, files behind their permission."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from actionplans.enums import JobStatus
from actionplans.jobs import JobRefused, Kind, Outcome, start
from actionplans.jobs.kinds import KINDS
from actionplans.models import Job
from planning.enums import Role
from tests.factories import make_user

NAME = "Planes de acción «2024».csv"


@pytest.fixture
def ask(house, monkeypatch):
    """Ask for a job; `does` is its work."""

    def ask_(does=None, by=None, **options):
        does = does or (lambda job, progress: Outcome(name=NAME, content_type="text/csv", content=b"a;b\n"))
        monkeypatch.setitem(KINDS, "prueba", Kind(work=does, permission="actionplans.work_on_plans"))
        options = {"title": "Planes de 2024", "params": {}, "small": True, **options}
        return start("prueba", entity=house.entity, by=by or house.planning, **options)

    return ask_


@pytest.fixture
def queue(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def address(job, name="job"):
    return reverse(name, kwargs={"entity": job.entity.slug, "pk": job.pk})


def ago(seconds):
    return timezone.now() - datetime.timedelta(seconds=seconds)


@pytest.fixture
def planning(client, house):
    client.force_login(house.planning)
    return client


def text_of(answer):
    return answer.content.decode()


def test_a_finished_job_offers_its_file_with_format_and_size(ask, planning):
    job = ask()
    page = text_of(planning.get(address(job)))
    assert address(job, "job_file") in page
    assert "(CSV, 4\xa0bytes)" in page
    assert "jobs.js" not in page


def test_the_file_bears_its_name_and_runs_nothing(ask, planning):
    answer = planning.get(address(ask(), "job_file"))
    assert b"".join(answer.streaming_content) == b"a;b\n"
    assert answer["Content-Type"] == "text/csv"
    assert answer["Content-Disposition"] == (
        "attachment; filename*=utf-8''Planes%20de%20acci%C3%B3n%20%C2%AB2024%C2%BB.csv"
    )
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("name", ["job", "job_file", "job_state"])
def test_nobody_else_finds_a_job_not_even_a_colleague(name, ask, client, house, neighbour, superuser):
    job = ask()
    colleague = make_user("otra@cartago.example", house.entity, Role.PLANNING)
    for person in (colleague, house.committee, house.administrator, neighbour.planning, superuser):
        client.force_login(person)
        assert client.get(address(job, name)).status_code == 404
        assert client.post(address(job)).status_code == 404
    client.logout()
    assert "/cuenta/ingresar/" in client.get(address(job, name)).url


def test_a_job_is_not_found_under_the_address_of_another_entity(ask, client, house, neighbour):
    job = ask()
    make_user("dos@portal.example")
    house.planning.memberships.create(entity=neighbour.entity, role=Role.PLANNING)
    client.force_login(house.planning)
    assert client.get(reverse("job", args=[neighbour.entity.slug, job.pk])).status_code == 404


def test_who_lost_the_role_keeps_the_page_and_not_the_file(ask, house, planning):
    job = ask()
    house.planning.memberships.update(role=Role.AUDITOR)
    assert planning.get(address(job)).status_code == 200
    assert planning.get(address(job, "job_file")).status_code == 403


def test_a_failed_job_says_why_and_can_be_asked_for_again(ask, planning):
    def refuse(job, progress):
        raise JobRefused("La vigencia 2024 no tiene planes.")

    job = ask(refuse)
    page = text_of(planning.get(address(job)))
    assert "La vigencia 2024 no tiene planes." in page
    assert "Pedirlo de nuevo" in page
    assert planning.get(address(job, "job_file")).status_code == 404
    answer = planning.post(address(job), {"again": "1"})
    again = Job.objects.exclude(pk=job.pk).get()
    assert answer.url == address(again)
    assert (again.kind, again.params, again.requested_by) == (job.kind, job.params, job.requested_by)


def test_what_is_there_is_not_asked_for_again(ask, planning):
    job = ask()
    assert "Pedirlo de nuevo" not in text_of(planning.get(address(job)))
    assert planning.post(address(job), {"again": "1"}).status_code == 403
    assert Job.objects.count() == 1


def test_a_waiting_job_can_be_left_and_cancelled(ask, queue, planning):
    job = ask(small=False)
    page = text_of(planning.get(address(job)))
    assert "Puede cerrar esta página" in page
    assert "Ver cómo va" in page  # without JavaScript
    planning.post(address(job))
    job.refresh_from_db()
    assert job.status == JobStatus.CANCELLED
    assert "Cancelar este trabajo" not in text_of(planning.get(address(job)))


def test_the_state_tells_how_far_a_running_job_is(ask, queue, planning):
    job = ask(small=False)
    Job.objects.update(status=JobStatus.RUNNING, attempts=1, done=3, total=12, step="Plan de Archivo")
    assert planning.get(address(job, "job_state")).json() == {
        "open": True,
        "done": 3,
        "total": 12,
        "state": "En curso",
        "said": "3 de 12 (25\N{NO-BREAK SPACE}%): Plan de Archivo.",
        "phase": "running",
    }
    assert '<progress class="job-progress" aria-label="Avance del trabajo" max="12" value="3">' in text_of(
        planning.get(address(job))
    )


def test_a_queue_that_nobody_attends_says_so_and_what_to_do(ask, queue, planning):
    job = ask(small=False)
    assert "Nadie atiende la cola" not in text_of(planning.get(address(job)))
    Job.objects.update(created_at=ago(61))
    assert "manage.py run_jobs" in text_of(planning.get(address(job)))
    assert planning.get(address(job, "job_state")).json()["phase"] == "waiting idle"


def test_looking_at_a_job_whose_worker_died_puts_it_back(ask, queue, planning):
    job = ask(small=False)
    Job.objects.update(status=JobStatus.RUNNING, attempts=1, beat_at=ago(61))
    assert planning.get(address(job, "job_state")).json()["phase"] == "waiting"


def test_a_file_that_was_removed_says_when_and_offers_to_make_it_again(ask, planning):
    job = ask()
    Job.objects.update(result="", result_removed_at=timezone.now())
    page = text_of(planning.get(address(job)))
    assert "El archivo ya no está" in page
    assert "Pedirlo de nuevo" in page


def test_a_job_whose_result_is_a_page_leads_there(ask, planning):
    job = ask(lambda job, progress: Outcome(address="/gestion/cartago/"))
    assert '<a class="button button-primary" href="/gestion/cartago/">Ver el resultado</a>' in text_of(
        planning.get(address(job))
    )


def test_the_list_is_of_the_person_newest_first_and_asks_nothing_row_by_row(
    ask, house, planning, client, django_assert_num_queries
):
    list_address = reverse("jobs", args=["cartago"])
    assert "Aquí estará lo que toma tiempo" in text_of(planning.get(list_address))
    ask(title="Primero")
    with django_assert_num_queries(7):
        planning.get(list_address)
    ask(title="Segundo")
    ask(title="Tercero")
    ask(by=house.committee, title="De otra persona")
    with django_assert_num_queries(7):
        page = text_of(planning.get(list_address))
    assert page.index("Tercero") < page.index("Segundo") < page.index("Primero")
    assert "De otra persona" not in page
