"""The page of a job while it waits, runs and ends, without being loaded again."""

import pytest
from playwright.sync_api import expect

from actionplans.enums import JobStatus
from actionplans.jobs import Kind, Outcome, start
from actionplans.jobs.kinds import KINDS
from actionplans.jobs.running import run
from actionplans.models import Job


@pytest.fixture
def job(transactional_db, house, monkeypatch, settings):
    """A job of the planning office that waits in the queue."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    outcome = Outcome(name="planes.csv", content_type="text/csv", content=b"a;b\n")
    monkeypatch.setitem(
        KINDS, "prueba", Kind(work=lambda job, progress: outcome, permission="actionplans.edit_plan")
    )
    return start("prueba", entity=house.entity, by=house.planning, title="Planes de 2024", params={})


@pytest.fixture
def address(job):
    return f"/gestion/cartago/trabajos/{job.pk}/"


@pytest.mark.parametrize("width", [360, 1280])
def test_the_page_follows_its_job_to_the_file(width, job, address, house, open_page, sign_in, violations):
    page = sign_in(open_page(width), house.planning.email)
    page.goto(address)
    page.evaluate("window.sameDocument = true")
    expect(page.get_by_text("En espera")).to_be_visible()
    expect(page.get_by_role("link", name="Ver cómo va")).to_have_count(0)
    assert violations(page) == []
    Job.objects.update(status=JobStatus.RUNNING, attempts=1, done=3, total=12, step="Plan de Archivo")
    expect(page.get_by_text("3 de 12")).to_be_visible(timeout=15_000)
    expect(page.get_by_role("progressbar")).to_have_attribute("value", "3")
    assert violations(page) == []
    Job.objects.update(status=JobStatus.WAITING)
    run(job.pk)
    expect(page.get_by_role("link", name="Guardar el archivo (CSV, 4 bytes)")).to_be_visible(timeout=15_000)
    expect(page.locator("#trabajo-aviso")).to_contain_text("Terminado.")
    assert violations(page) == []
    with page.expect_download() as download:
        page.get_by_role("link", name="Guardar el archivo").click()
    assert download.value.suggested_filename == "planes.csv"
    assert page.evaluate("window.sameDocument")


def test_without_javascript_a_link_shows_how_it_goes(job, address, house, open_page, sign_in):
    page = sign_in(open_page(java_script_enabled=False), house.planning.email)
    page.goto(address)
    run(job.pk)
    page.get_by_role("link", name="Ver cómo va").click()
    expect(page.get_by_role("link", name="Guardar el archivo")).to_be_visible()


def test_a_waiting_job_is_cancelled_with_a_button(job, address, house, open_page, sign_in):
    page = sign_in(open_page(), house.planning.email)
    page.goto(address)
    page.get_by_role("button", name="Cancelar este trabajo").click()
    expect(page.get_by_text("El trabajo se cancela.")).to_be_visible()
    job.refresh_from_db()
    assert job.status == JobStatus.CANCELLED
