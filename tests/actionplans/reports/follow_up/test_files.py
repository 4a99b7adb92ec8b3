"""The page that takes the follow-up along: what it says before, small files at once, large ones by the worker."""

import io
import zipfile
from io import BytesIO

import pytest
from openpyxl import load_workbook

from actionplans.forms.follow_up_files import FILES
from actionplans.jobs.contract import JobRefused
from actionplans.jobs.follow_up import params_of, write_follow_up
from actionplans.models import Job
from actionplans.reports import evidence_zip
from actionplans.reports.follow_up import files as follow_up_files
from actionplans.reports.follow_up import forms as follow_up_forms
from actionplans.reports.follow_up.builder import follow_up_sheet
from actionplans.reports.follow_up.pdf import html_of
from actionplans.reports.plan import pdf
from tests.actionplans.reports.conftest import run_on
from tests.factories import make_policy, make_published_plan
from tests.following import close, on_day, reported
from tests.reading import words_of

from .steps import brought, fresh, selection

pytestmark = pytest.mark.django_db
ADDRESS = "/gestion/cartago/descargas/"
FIRST = "2024-trimestre-1"


def test_every_file_that_the_form_offers_can_be_made():
    assert [key for key, _ in FILES] == list(follow_up_files.KINDS)


def asked(client, archivo="libro", **data):
    return client.post(ADDRESS, {"periodo": FIRST, "archivo": archivo, **data})


def body(answer):
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


@pytest.mark.parametrize("post", ["planning", "committee", "auditor"])
def test_the_page_says_what_goes_and_that_it_is_provisional(house, client, told, post):
    client.force_login(getattr(house, post))
    with on_day(2024, 4, 10):
        page = words_of(client.get(ADDRESS))
        assert "Trimestre I de 2024: 3 actividades van en el archivo." in page
        assert "abierto hasta el 15 de abril de 2024, con datos abiertos y provisionales</li>" in page
    with on_day(2024, 4, 20):
        close(house, told)
        page = words_of(client.get(ADDRESS, {"periodo": "2024"}))
    assert "Año 2024: 3 actividades van en el archivo." in page
    assert "provisionales</li>" not in page


def test_to_see_what_goes_leads_to_an_address_that_says_it(house, client, told):
    client.force_login(house.planning)
    answer = asked(client, "evidencias", ver="")
    assert answer.url == f"{ADDRESS}?periodo={FIRST}&archivo=evidencias"


def test_an_entity_without_periods_says_what_will_be_here(house, client):
    client.force_login(house.planning)
    assert "todavía no ha abierto periodos" in words_of(client.get(ADDRESS))
    assert client.post(ADDRESS).status_code == 200


def test_what_is_not_of_the_entity_cannot_be_chosen(house, neighbour, client, told):
    client.force_login(house.planning)
    strange = make_published_plan(neighbour.entity, title="Vecino")
    for choice in (
        {"plan": strange.plan_id}, {"politica": make_policy().pk}, {"dependencia": neighbour.office.pk},
        {"periodo": "2023"}, {"archivo": "todo"},
    ):  # fmt: skip
        answer = asked(client, **choice)
        assert set(answer.context["form"].errors) == set(choice)
        assert "Revise lo elegido" in words_of(answer)
    assert not Job.objects.exists()


@pytest.mark.parametrize("more", [0, 2])
def test_the_page_costs_the_same_for_few_plans_and_for_many(
    house,
    client,
    told,
    more,
    django_assert_num_queries,
):
    for number in range(more):
        make_published_plan(house.entity, title=f"Plan {number}", office=house.office)
    client.force_login(house.planning)
    with on_day(2024, 4, 10), django_assert_num_queries(11):
        client.get(ADDRESS)


def test_a_small_workbook_comes_at_once(house, client, told):
    client.force_login(house.auditor)
    with on_day(2024, 4, 10):
        answer = asked(client)
        book = load_workbook(BytesIO(body(answer)))
    assert answer["Content-Disposition"] == (
        'attachment; filename="cartago-seguimiento-2024-trimestre-i-2024-04-10.xlsx"'
    )
    assert "no-store" in answer["Cache-Control"]
    assert [row[10] for row in book["Seguimiento"].iter_rows(min_row=2, values_only=True)] == [
        "Aplicar encuestas", "Publicar el informe", "Sensibilizar",
    ]  # fmt: skip
    assert not Job.objects.exists()


def test_the_form_of_one_plan_comes_as_it_is_and_several_in_a_zip(house, client, told, followed, offices):
    client.force_login(house.planning)
    with on_day(2024, 4, 10):
        one = asked(client, "formato", plan=followed.plan_id)
        several = asked(client, "formato")
    assert (
        one["Content-Disposition"] == 'attachment; filename="cartago-plan-de-percepcion-2024-v1-trimestre-i.xlsx"'
    )
    assert "Treinta encuestas" in str(list(load_workbook(BytesIO(body(one))).active.iter_rows(values_only=True)))
    archive = zipfile.ZipFile(io.BytesIO(body(several)))
    plans = ("ingresos", "percepcion")
    assert archive.namelist() == [f"cartago-plan-de-{plan}-2024-v1-trimestre-i.xlsx" for plan in plans]
    assert load_workbook(BytesIO(archive.read(archive.namelist()[0]))).sheetnames[0] == "PLAN DE ACCION"


def test_the_evidence_comes_as_a_zip_or_the_page_says_that_there_is_none(house, client, tracked, quarters):
    client.force_login(house.planning)
    with on_day(2024, 4, 5):
        page = words_of(asked(client, "evidencias"))
        assert "No hay evidencias: ningún reporte de lo elegido trae una." in page
        assert "en el archivo" not in page
        shown = words_of(client.get(ADDRESS, {"periodo": FIRST, "archivo": "evidencias"}))
        assert "Trimestre I de 2024. No hay evidencias" in shown
        reported(house, tracked[0], quarters[0], 3, evidence=(brought(house, "acta.pdf"),))
        answer = asked(client, "evidencias")
        shown = words_of(client.get(ADDRESS, {"periodo": FIRST, "archivo": "evidencias"}))
        assert "Trimestre I de 2024: 1 evidencia va en la carpeta." in shown
        shown = words_of(client.get(ADDRESS, {"periodo": FIRST, "archivo": "formato"}))
        assert "Trimestre I de 2024: 1 formato va lleno al corte." in shown
    assert answer["Content-Type"] == "application/zip"
    assert answer.streaming
    assert "SHA256SUMS" in zipfile.ZipFile(io.BytesIO(body(answer))).namelist()


@pytest.mark.parametrize("kind", ["libro", "formato", "evidencias"])
def test_a_large_file_waits_for_the_worker_with_what_was_chosen(
    house, client, tracked, quarters, followed, settings, monkeypatch, kind
):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    monkeypatch.setitem(follow_up_files.MOST_ROWS_AT_ONCE, "libro", 0)
    monkeypatch.setattr(follow_up_forms, "MOST_AT_ONCE", 0)
    monkeypatch.setattr(evidence_zip, "MOST_AT_ONCE", 0)
    client.force_login(house.committee)
    with on_day(2024, 4, 5):
        reported(house, tracked[0], quarters[0], 3, evidence=(brought(house, "acta.pdf"),))
        answer = asked(client, kind, plan=followed.plan_id)
        job = Job.objects.get()
        assert answer.url == f"/gestion/cartago/trabajos/{job.pk}/"
        assert job.params == {
            "kind": kind, "year": 2024, "period": quarters[0].pk, "plan": followed.plan_id, "policy": None,
            "office": None,
        }  # fmt: skip
        outcome = write_follow_up(job, lambda *said: None)
    assert zipfile.ZipFile(outcome.path).testzip() is None
    outcome.path.unlink()
    assert outcome.name.startswith("cartago-")
    assert "plan-de-percepcion" in outcome.name


def test_what_is_gone_leaves_no_file_of_everything(house, told):
    params = params_of(selection(house, told), "libro")
    for gone in ("period", "plan", "policy", "office"):
        job = Job(entity=house.entity, requested_by=house.planning, params=params | {gone: 987654})
        with pytest.raises(JobRefused, match="Ninguna actividad"):
            write_follow_up(job, None)


@pytest.mark.usefixtures("pdf_tools")
def test_the_pdf_shows_the_figures_the_rules_the_proof_and_where_to_sign(house, client, told, tracked):
    client.force_login(house.planning)
    with on_day(2024, 4, 20):
        closing = close(house, told)
        content = body(asked(client, "pdf"))
    shown = " ".join(run_on("pdftotext", content, "-raw").split())
    for text in (
        "Seguimiento · Trimestre I de 2024", "Promedio simple de 1 de 3 actividades", "Treinta encuestas", "200 %",
        "Control interno", "Página 1 de ", f"Hecho n.º {closing.chain_sequence}",
    ):  # fmt: skip
        assert text in shown
    assert closing.digest in shown.replace(" ", "")
    assert "Tagged: yes" in " ".join(run_on("pdfinfo", content).split())


def test_without_its_libraries_the_pdf_says_how_to_install_them(house, client, told, monkeypatch):
    def missing():
        raise pdf.PdfUnavailable

    monkeypatch.setattr(pdf, "_weasyprint", missing)
    client.force_login(house.planning)
    with on_day(2024, 4, 10):
        assert asked(client, "pdf").status_code == 503


def test_the_pdf_writes_people_s_words_as_text(house, tracked, quarters):
    with on_day(2024, 4, 5):
        reported(house, tracked[0], quarters[0], 3, narrative="<b>uno</b>")
        page = html_of(follow_up_sheet(selection(house, fresh(quarters[0]))))
    assert "&lt;b&gt;uno&lt;/b&gt;" in page
