"""A messy workbook, answered to the end on one page, applied, brought again, changed, undone."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from actionplans.domain.sealing import digest
from actionplans.forms.import_answers import mark_of
from actionplans.models import ColumnTemplate, ImportRun, PlanVersion
from planning.models import AuditEvent
from tests.factories import make_office
from tests.messy_workbook import BAD_DATES, ROWS, UNCERTAIN, messy_workbook

LIST = reverse("imports", kwargs={"entity": "cartago"})


@pytest.fixture
def offices(house):
    return [
        make_office(house.entity, "Secretaría de Hacienda", slug="hacienda"),
        make_office(house.entity, "Oficina de Talento Humano", slug="talento"),
    ]


@pytest.fixture
def planner(house, offices, client):
    client.force_login(house.planning)
    return client


def send(client, content, name="plan-2025.xlsx", **fields):
    """The address of the preview of what was sent."""
    answer = client.post(LIST, {"file": SimpleUploadedFile(name, content), **fields})
    assert answer.status_code == 302, answer.context["form"].errors
    return answer.url


def answers():
    typo, unknown = (mark_of(text) for text in UNCERTAIN)
    return {
        f"oficina-{typo}": "hacienda",
        f"recordar-{typo}": "on",
        f"oficina-{unknown}": "talento",
        **{f"celda-{cell}": text for cell, text in BAD_DATES.items()},
        "columna-3": "deliverable",
    }


def said(client, address):
    return client.get(address).content.decode()


def test_a_messy_workbook_is_answered_to_the_end_and_applied(planner, offices):
    workbook = messy_workbook()
    address = send(planner, workbook)
    page = said(planner, address)
    assert "Se leyeron 3 actividades de la hoja «Plan 2025» de plan-2025.xlsx, para la vigencia 2025." in page
    assert "Quedan 2 preguntas, 3 avisos y 1 columna sin encontrar." in page
    for text in (*UNCERTAIN, "«31/02/2025»", "«pronto»", "«fin de mes»"):
        assert text in page
    assert not PlanVersion.objects.exists()

    assert planner.post(address, {**answers(), "step": "review"}).url == address
    page = said(planner, address)
    assert "No queda nada por responder." in page
    assert "Crear el borrador" in page
    planner.post(address, {"step": "template", "template_name": "Formato de servicio al ciudadano"})
    planner.post(address, {"step": "apply"})

    plan = PlanVersion.objects.get()
    rows = list(plan.activities.order_by("position"))
    assert [row.deliverable for row in rows] == ["Documento", "Informe", "Actas"]
    assert [f"{row.starts:%d/%m} {row.ends:%d/%m}" for row in rows] == [
        "15/01 28/02",
        "01/04 30/06",
        "01/07 31/07",
    ]
    assert [row.responsibilities.get().office for row in rows] == [offices[0], *offices]
    for office in offices:
        office.refresh_from_db()
    assert offices[0].alias_list == [UNCERTAIN[0]]
    assert offices[1].alias_list == []  # its box was not ticked
    assert ColumnTemplate.objects.get().name == "Formato de servicio al ciudadano"

    # The same file again: what was answered counts, and there is nothing to do.
    again = planner.get(send(planner, workbook))
    assert again.context["run"].target == plan
    assert again.context["nothing_to_do"], again.context["counts"]
    assert "El archivo dice lo mismo que el borrador" in again.content.decode()
    assert "Aplicar al borrador" not in again.content.decode()
    call_command("verify_audit")


def test_a_changed_file_is_applied_row_by_row_and_undone_by_one_button(planner, offices):
    address = send(planner, messy_workbook())
    planner.post(address, {**answers(), "step": "review"})
    planner.post(address, {"step": "apply"})
    plan = PlanVersion.objects.get()
    before = digest(plan)

    # Next month the file says one thing otherwise, has one row more and lost another.
    changed = [row[:] for row in ROWS]
    changed[0][1] = "Actualizar y publicar la caracterización de la ciudadanía"
    changed[2] = [
        4,
        "Medir la satisfacción de la ciudadanía",
        "Encuesta",
        "Secretaría de Hacienda",
        None,
        None,
        25,
    ]
    address = send(planner, messy_workbook(changed), name="plan-2025 corregido.xlsx")
    page = planner.get(address)
    assert page.context["run"].target == plan
    planner.post(address, {"columna-3": "deliverable", "celda-F3": "28/02/2025", "celda-E4": "01/04/2025"})
    page = planner.get(address)
    rows = {row.kind: row for row in page.context["preview"].rows}
    assert page.context["counts"] == "1 nueva, 1 cambia, 1 falta en el archivo y 1 igual"
    assert [change.label for change in rows["changed"].changes] == ["Actividad"]
    assert rows["missing"].content.description == "Capacitar a los servidores"

    # By default what is missing stays; here it goes.
    gone = f"fila-{rows['missing'].token}"
    planner.post(address, {gone: "remove", "expected": page.context["expected"], "step": "apply"})
    said_now = list(plan.activities.order_by("position").values_list("activity__key", "description"))
    assert said_now == [(1, changed[0][1]), (2, ROWS[1][1]), (4, changed[2][1])]
    event = AuditEvent.objects.about(plan).order_by("-sequence").first()
    assert (event.event, event.new["added"], event.new["changed"], event.new["removed"]) == ("import", 1, 1, 1)
    assert event.old["activities"]["1"]["description"] == ROWS[0][1]

    run = ImportRun.objects.latest("pk")
    undo = reverse("import_undo", kwargs={"entity": "cartago", "pk": run.pk})
    assert "Sí, deshacer la importación" in said(planner, undo)
    planner.post(undo)
    assert digest(plan) == before
    assert ImportRun.objects.get(pk=run.pk).state == "deshecho"
    call_command("verify_audit")
