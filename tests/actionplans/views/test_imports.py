"""The pages of imports: what is refused, what is asked, what changes meanwhile, and who sees it."""

import pytest
from django.urls import reverse
from openpyxl import Workbook

from actionplans import jobs
from actionplans.imports import preview_size
from actionplans.models import ColumnTemplate, ImportRun, Job, PlanVersion
from planning.models import AuditEvent
from tests.factories import make_draft, make_office
from tests.messy_workbook import HEADINGS, ROWS, messy_workbook, saved
from tests.steps import bring

from .importing import LIST, address, clean_rows, clean_workbook, send, text_of


@pytest.fixture
def planner(house, client):
    make_office(house.entity, "Secretaría de Hacienda", slug="hacienda")
    client.force_login(house.planning)
    return client


# --- What is refused -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("viejo.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "Excel"),
        ("roto.xlsx", b"PK\x03\x04 nada", "dañado"),
        ("texto.docx", b"hola", "documento de Word (.docx)"),
    ],
)
def test_a_refused_file_says_why_and_keeps_the_other_fields(name, content, words, planner):
    answer = send(planner, content, name, title="Plan de Archivo", year="2025")
    [error] = answer.context["form"].errors["file"]
    assert words in error
    assert 'value="Plan de Archivo"' in text_of(answer)
    assert not ImportRun.objects.exists()


def test_a_file_too_large_is_not_even_read(planner, monkeypatch):
    monkeypatch.setattr("actionplans.forms.imports.MAX_FILE_BYTES", 1000)
    answer = send(planner, clean_workbook())
    assert "pesa más de" in answer.context["form"].errors["file"][0]


def test_nothing_and_two_things_at_once_are_asked_again(planner):
    assert "Elija el archivo" in send(planner).context["form"].errors["file"][0]
    both = send(planner, clean_workbook(), pasted="a\tb")
    assert "una sola cosa" in both.context["form"].errors["file"][0]


def test_a_sheet_that_nobody_understands_offers_to_choose_its_columns(planner):
    book = Workbook()
    for row in (
        ["Algo", "Cosa", "Quien"],
        *[[f"Hacer la tarea número {n}", "Acta", "Hacienda"] for n in range(1, 5)],
    ):
        book.active.append(row)
    answer = send(planner, saved(book), year="2025")
    page = planner.get(answer.url)
    assert page.context["asks_for_columns"]
    assert page.context["obstacles"]
    planner.post(answer.url, {"columna-1": "activity", "columna-2": "deliverable", "columna-3": "responsible"})
    page = planner.get(answer.url)
    assert [row.content.deliverable for row in page.context["preview"].rows][:2] == ["Acta", "Acta"]


# --- What arrives otherwise ----------------------------------------------------------------------------------


def test_pasted_rows_ask_for_a_title_and_a_year(planner):
    rows = "N°\tACTIVIDADES\tRESPONSABLE\tPRODUCTO\n" + "".join(
        f"{n}\tHacer {n}\tHacienda\tActa\n" for n in (1, 2)
    )
    run = send(planner, pasted=rows).url
    assert "Falta corregir 1 error." in planner.get(run).context["obstacles"]
    planner.post(run, {"year": "2025"})
    assert planner.get(run).context["obstacles"] == ["Escriba el título del plan."]
    planner.post(run, {"year": "2025", "title": "Plan pegado"})
    planner.post(run, {"year": "2025", "title": "Plan pegado", "step": "apply"})
    plan = PlanVersion.objects.get()
    assert (plan.title, plan.plan.year, plan.activities.count()) == ("Plan pegado", 2025, 2)
    assert ImportRun.objects.get().source == "pegado"


def test_a_word_document_is_looked_at_in_the_same_way(planner):
    from docx import Document

    document = Document()
    table = document.add_table(rows=1, cols=4)
    for cell, text in zip(table.rows[0].cells, ["N°", "ACTIVIDADES", "RESPONSABLE", "FECHA FIN"], strict=True):
        cell.text = text
    for number, when in ((1, "30/06/2025"), (2, "31/02/2025")):
        for cell, text in zip(table.add_row().cells, [str(number), f"Hacer {number}", "Nadie", when], strict=True):
            cell.text = text
    run = send(planner, saved(document), "plan.docx", year="2025").url
    page = planner.get(run)
    flaws = {row.label: row.flaws for row in page.context["preview"].rows}
    assert flaws["1"] == ()
    [flaw] = flaws["2"]
    assert "31/02/2025" in flaw.message
    planner.post(run, {f"celda-{flaw.cell}": "28/02/2025"})
    rows = planner.get(run).context["preview"].rows
    assert f"{rows[1].content.ends:%d/%m/%Y}" == "28/02/2025"
    assert [flaw.is_corrected for flaw in rows[1].flaws] == [True]
    planner.post(run, {f"celda-{flaw.cell}": ""})  # taken back
    assert planner.get(run).context["preview"].rows[1].content.ends is None


def test_another_sheet_of_the_book_is_read_with_its_own_answers(planner, house):
    book = Workbook()
    for sheet, name in ((book.active, "Archivo"), (book.create_sheet(), "Gobierno")):
        sheet.title = f"Plan {name}"
        for row in (
            ["N°", "ACTIVIDADES", "RESPONSABLE", "FECHA FIN"],
            [1, f"Hacer {name}", "Nadie", "31/02/2025"],
        ):
            sheet.append(row)
    run = bring(house, saved(book), year=2025)
    url = address(run)
    assert planner.get(url).context["run"].found["sheets"] == ["Plan Gobierno"]
    planner.post(url, {"celda-D2": "28/02/2025", "year": "2025"})
    planner.post(url, {"sheet": "Plan Gobierno", "year": "2025"})
    [row] = planner.get(url).context["preview"].rows
    assert (row.content.description, row.content.ends) == ("Hacer Gobierno", None)


def test_a_big_file_is_read_and_applied_by_jobs(planner, monkeypatch):
    monkeypatch.setattr(preview_size, "MOST_AT_ONCE", 10)
    monkeypatch.setattr("actionplans.views.import_posts.LARGE_PLAN", 2)
    answer = send(planner, clean_workbook())
    job = Job.objects.get()
    assert answer.url == reverse("job", kwargs={"entity": "cartago", "pk": job.pk})
    assert (job.kind, job.status) == ("read_import", "done")
    assert planner.get(job.result_address).context["page"].paginator.count == 3
    planner.post(job.result_address, {"step": "apply"})
    last = Job.objects.first()
    assert (last.kind, last.status, last.result_address) == ("apply_import", "done", job.result_address)
    assert PlanVersion.objects.get().activities.count() == 3


def test_a_job_applies_nothing_to_a_draft_that_changed(planner, house):
    draft = make_draft(house.entity, title="Plan de Archivo", year=2025, activities=1)
    run = bring(house, clean_workbook(), target=draft)
    seen = planner.get(address(run)).context["expected"]
    draft.activities.update(description="Otra persona la cambió")
    params = {"run": run.pk, "expected": seen}
    jobs.start("apply_import", entity=house.entity, by=house.planning, title="Aplicar", params=params)
    job = Job.objects.get()
    assert (job.status, draft.activities.count()) == ("failed", 1)
    assert "El borrador cambió mientras tanto" in job.message


def test_the_follow_up_in_the_file_is_told_and_kept(planner, house):
    headings = [*HEADINGS, "SEGUIMIENTO I TRIMESTRE"]
    rows = [[*ROWS[0], "Se hizo"], [*ROWS[1], None], [*ROWS[2], None]]
    run = bring(house, messy_workbook(rows, headings))
    assert "1 actividad trae textos de seguimiento" in text_of(planner.get(address(run)))
    assert run.reading["activities"][0]["followups"]["1"]["text"] == "Se hizo"


# --- Columns and offices -------------------------------------------------------------------------------------


def test_a_saved_reading_of_columns_serves_the_next_file_of_the_same_titles(planner, house):
    run = bring(house, messy_workbook())
    planner.post(
        address(run), {"columna-3": "deliverable", "template_name": "Nuestro formato", "step": "template"}
    )
    assert AuditEvent.objects.filter(event="save_reading").exists()
    other = bring(house, messy_workbook([[1, "Otra cosa", "Acta", "Nadie", None, None, 100, "Actas"]]))
    page = planner.get(address(other))
    assert page.context["preview"].rows[0].content.deliverable == "Acta"
    assert "su plantilla «Nuestro formato»" in text_of(page)
    assert ColumnTemplate.objects.get().entity == house.entity


def test_the_name_of_a_template_is_asked_for(planner, house):
    run = bring(house, messy_workbook())
    answer = planner.post(address(run), {"step": "template"}, follow=True)
    assert "Escriba un nombre" in text_of(answer)
    assert not ColumnTemplate.objects.exists()


def test_answers_that_the_page_never_offered_are_ignored(planner, house, neighbour):
    office = make_office(neighbour.entity, "Ajena", slug="ajena")
    run = bring(house, messy_workbook())
    [first, *_] = planner.get(address(run)).context["questions"]
    planner.post(
        address(run),
        {f"oficina-{first['mark']}": office.slug, "columna-3": "nada", "columna-99": "activity", "celda-zz": "x"},
    )
    run.refresh_from_db()
    assert not any(run.corrections.values())


# --- Who, and how much ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["import_preview", "import_undo", "import_discard", "import_file"])
def test_another_entity_finds_nothing_even_under_its_own_address(page, planner, house, neighbour, client):
    run = bring(house, clean_workbook())
    client.force_login(neighbour.planning)
    url = reverse(page, kwargs={"entity": "candelaria", "pk": run.pk})
    assert client.get(url).status_code == 404
    assert client.post(url).status_code in (404, 405)


def test_a_draft_of_another_entity_is_no_target(planner, house, neighbour):
    foreign = make_draft(neighbour.entity, year=2025)
    assert "target" in send(planner, clean_workbook(), target=foreign.pk).context["form"].errors
    run = bring(house, clean_workbook())
    planner.post(address(run), {"target": str(foreign.pk)})
    run.refresh_from_db()
    assert run.target is None


def test_a_post_without_its_token_is_refused(house):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(house.planning)
    assert client.post(LIST, {"pasted": "a\tb"}).status_code == 403


@pytest.mark.parametrize("number", [1, 3])
def test_lists_and_previews_ask_no_more_for_more_rows(number, planner, house, django_assert_num_queries):
    for _ in range(number):
        run = bring(house, clean_workbook(number, f"PLAN {_} DE 2025"))
    draft = make_draft(house.entity, title="Plan de Archivo", year=2025, activities=number)
    planner.get(LIST)
    with django_assert_num_queries(11):
        planner.get(LIST)
    with django_assert_num_queries(15):
        planner.get(address(run))
    ImportRun.objects.filter(pk=run.pk).update(target=draft)
    with django_assert_num_queries(21):
        planner.get(address(run))


def test_a_long_plan_shows_first_what_to_look_at(planner, house):
    rows = [[*row[:5], "31/02/2025" if row[0] % 100 == 0 else None, *row[6:]] for row in clean_rows(450)]
    run = bring(house, messy_workbook(rows))
    page = planner.get(address(run))
    assert [row.label for row in page.context["page"]] == ["100", "200", "300", "400"]
    assert (page.context["folded_count"], len(page.context["folded"]), page.context["folded_rest"]) == (
        446,
        300,
        146,
    )
