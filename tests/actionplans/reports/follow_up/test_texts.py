"""The files of a plan say what was reported: the public after each closing, its people before too."""

import csv
import datetime
import io
import json
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from actionplans.domain.contents.snapshots import from_json
from actionplans.domain.following.reporting.reviewing import return_report, verify_progress
from actionplans.domain.following.reporting.sending import ReadingContent
from actionplans.enums import ReportStatus
from actionplans.imports.merge import apply_run, merge_of
from actionplans.models import Closing
from actionplans.reports.plan import pdf, tables
from actionplans.reports.plan.builders import own_form, plan_sheet
from actionplans.reports.plan.files import FORMATS, fingerprint
from tests.actionplans.reports.conftest import run_on
from tests.factories import make_office, make_user
from tests.following import close, on_day, promised, reopen, report, reported, validate
from tests.steps import approve_by_act, bring

pytestmark = pytest.mark.django_db
FIFTEEN = "Quince encuestas\nDificultades: Llovió"
NOTHING = ("", "", "", "")


def texts(version, reader=None):
    return [line.followups for line in plan_sheet(version, reader=reader).activities]


def results(version, reader=None):
    return [line.result_text for line in plan_sheet(version, reader=reader).activities]


@pytest.fixture
def first_quarter(house, quarters, tracked):
    """Validated, sent and returned: one activity each, before the closing."""
    with on_day(2024, 4, 5):
        reported(house, tracked[0], quarters[0], 15, narrative="Quince encuestas", difficulties="Llovió")
        report(house, tracked[1], quarters[0], 1, narrative="Publicado")
        back = report(house, tracked[2], quarters[0], narrative="Dos charlas")
        return_report(back, by=house.planning, number=1, comment="Falta la lista")
    return quarters[0]


def test_before_the_closing_only_its_own_people_read_it(house, neighbour, followed, first_quarter):
    assert texts(followed) == [NOTHING] * 3
    assert results(followed) == ["", "Por publicar", ""]
    assert [line.cuts for line in plan_sheet(followed).activities] == [()] * 3
    told = [FIFTEEN, "Publicado\n(Enviado, por validar.)", "Dos charlas\n(Devuelto.)"]
    for reader in (house.planning, house.committee, house.auditor, house.leader):
        assert texts(followed, reader) == [(text, "", "", "") for text in told]
        assert results(followed, reader) == ["15 de 60 encuestas", "Sí", ""]
    treasury = make_office(house.entity, "Secretaría de Hacienda")
    other_leader = make_user("otro@cartago.example", house.entity, "leader", offices=[treasury])
    for reader in (other_leader, neighbour.planning, house.administrator):
        assert texts(followed, reader) == [NOTHING] * 3


def test_the_public_reads_what_was_validated_when_it_was_closed(house, followed, tracked, first_quarter):
    with on_day(2024, 4, 20):
        close(house, first_quarter)
    assert texts(followed) == [(FIFTEEN, "", "", ""), NOTHING, NOTHING]
    assert results(followed) == ["15 de 60 encuestas", "Por publicar", ""]
    [cut] = plan_sheet(followed).activities[0].cuts
    assert (cut.period, cut.closing, cut.programmed, cut.executed, cut.to_date) == (
        "Trimestre I", 1, 25, 25, 100,
    )  # fmt: skip
    assert (cut.light, cut.verified) == ("Al día", None)
    with on_day(2024, 9, 1):
        verify_progress(
            promised(tracked[0], first_quarter), first_quarter, by=house.auditor, value=20, opinion="Doce vistas"
        )
    [cut] = plan_sheet(followed).activities[0].cuts
    assert (cut.verified, cut.opinion) == (20, "Doce vistas")


def test_what_changes_in_a_reopened_period_is_not_public_until_it_is_closed_again(
    house, followed, tracked, first_quarter
):
    with on_day(2024, 4, 20):
        close(house, first_quarter)
    first_quarter.refresh_from_db()
    with on_day(2024, 5, 2):
        reopen(house, first_quarter, tracked[:1], until=first_quarter.closes.replace(month=5, day=10))
    with on_day(2024, 5, 3):
        reported(house, tracked[0], first_quarter, 12, narrative="Doce encuestas")
    assert texts(followed)[0][0] == FIFTEEN
    assert results(followed)[0] == "15 de 60 encuestas"
    assert texts(followed, house.planning)[0][0] == "Doce encuestas"
    assert results(followed, house.planning)[0] == "12 de 60 encuestas"
    first_quarter.refresh_from_db()
    with on_day(2024, 5, 12):
        close(house, first_quarter)
    assert (texts(followed)[0][0], results(followed)[0]) == ("Doce encuestas", "12 de 60 encuestas")
    assert plan_sheet(followed).activities[0].cuts[0].closing == 2


def test_a_report_sent_back_by_a_reopening_and_never_sent_again_counts_no_more(
    house, followed, tracked, first_quarter
):
    with on_day(2024, 4, 20):
        close(house, first_quarter)
    first_quarter.refresh_from_db()
    with on_day(2024, 5, 2):
        reopen(house, first_quarter, tracked[:1], until=first_quarter.closes.replace(month=5, day=10))
    first_quarter.refresh_from_db()
    with on_day(2024, 5, 12):
        close(house, first_quarter)
    [old, new] = Closing.objects.order_by("sequence")
    assert counted_in(old) == {tracked[0].pk: "Quince encuestas"}
    assert counted_in(new) == {}
    assert texts(followed) == [NOTHING] * 3


def counted_in(closing):
    return {
        row["activity"]: row["revision"]["narrative"]
        for row in closing.snapshot["reports"]
        if row["status"] == ReportStatus.VALIDATED
    }


def test_without_progress_is_said_with_its_reason(house, followed, tracked, quarters):
    with on_day(2024, 4, 5):
        reported(
            house, tracked[2], quarters[0], narrative="", is_without_progress=True, difficulties="Sin contrato"
        )
    with on_day(2024, 4, 20):
        close(house, quarters[0])
    assert texts(followed)[2][0] == "Sin avance: Sin contrato"


def test_what_planning_corrected_is_said_after_the_words_of_the_office(house, followed, tracked, quarters):
    with on_day(2024, 4, 5):
        sent = report(house, tracked[0], quarters[0], 15, narrative="Quince encuestas")
        ten = ReadingContent(key=1, name="Encuestas", value=Decimal(10))
        validate(house, sent, comment="Cinco son de 2023", corrections=(ten,))
    told = (
        "Quince encuestas\nPlaneación corrigió el valor. Encuestas: 10. Motivo: Cinco son de 2023.", "", "", "",
    )  # fmt: skip
    assert texts(followed, house.planning)[0] == told
    with on_day(2024, 4, 20):
        close(house, quarters[0])
    assert texts(followed)[0] == told
    assert results(followed)[0] == "10 de 60 encuestas"


def test_a_declared_percentage_is_called_so(house, followed, tracked, quarters):
    with on_day(2024, 4, 5):
        reported(house, tracked[2], quarters[0], declared=45)
    with on_day(2024, 4, 20):
        close(house, quarters[0])
    assert results(followed)[2] == "Avance declarado: 45 %"


@pytest.fixture
def closed(house, followed, tracked, first_quarter):
    with on_day(2024, 4, 20):
        close(house, first_quarter)
    return followed


def test_the_file_of_a_plan_changes_with_its_closings(house, followed, first_quarter):
    before = {suffix: fingerprint(plan_sheet(followed), suffix) for suffix in FORMATS}
    with on_day(2024, 4, 20):
        close(house, first_quarter)
    after = {suffix: fingerprint(plan_sheet(followed), suffix) for suffix in FORMATS}
    assert all(before[suffix] != after[suffix] for suffix in FORMATS)


@pytest.mark.parametrize("suffix", ["csv", "json", "xlsx"])
def test_the_public_door_never_shows_what_is_open(house, client, followed, tracked, first_quarter, suffix):
    def words(answer):
        if suffix != "xlsx":
            return answer.content.decode()
        book = load_workbook(BytesIO(answer.content))
        return " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)

    address = f"/cartago/planes/2024/plan-de-percepcion/descargar.{suffix}"
    own = f"/gestion/cartago/planes/{followed.pk}/descargar.{suffix}/"
    assert "encuestas\n" not in words(client.get(address))
    assert "Quince" not in words(client.get(address))
    client.force_login(house.planning)
    assert "Quince" in words(client.get(own))
    assert "Quince" not in words(client.get(address))
    assert "ETag" not in client.get(own)
    with on_day(2024, 4, 20):
        close(house, first_quarter)
    client.logout()
    shown = words(client.get(address))
    assert "Quince" in shown
    assert "Publicado\n(Enviado" not in shown


def test_the_table_and_the_data_carry_the_closed_figures(closed):
    sheet = plan_sheet(closed)
    [first, second, _] = csv.DictReader(io.StringIO(tables.csv_bytes(sheet).decode("utf-8-sig")))
    assert (first["resultado"], first["trimestre_1"]) == (
        "15 de 60 encuestas", FIFTEEN,
    )  # fmt: skip
    assert [first[f"{name}_1"] for name in tables.CUT_COLUMNS] == [
        "1",
        "25",
        "25",
        "100",
        "100",
        "medida",
        "Al día",
        "",
    ]
    assert {first[f"{name}_2"] for name in tables.CUT_COLUMNS} == {""}
    assert (second["estado_avance_1"], second["ejecutado_1"]) == ("sin reporte validado", "")
    told = json.loads(tables.json_bytes(sheet))
    assert told["follow_up"][0].startswith("Trimestre I: cierre n.º 1 del 20/04/2024, huella ")
    assert told["activities"][0]["cuts"][0]["executed"] == 25


def test_the_form_goes_out_with_the_follow_up_and_comes_back_as_the_same_plan(house, closed):
    content = FORMATS["xlsx"].draw(plan_sheet(closed, reader=house.planning), own_form(closed))
    book = load_workbook(BytesIO(content))
    form = book["PLAN DE ACCION"]
    shown = {cell.value for row in form.iter_rows() for cell in row}
    assert {"15 de 60 encuestas", "Sí", FIFTEEN, "Dos charlas\n(Devuelto.)"} <= shown
    run = bring(house, content, name="exportado.xlsx")
    run.target = closed
    assert merge_of(run, from_json(run.found["content"], run.entity)).is_empty
    assert run.reading["activities"][1]["result"] is None
    [indicator] = from_json(run.found["content"], run.entity).activities[1].indicators
    assert indicator.printed_result == "Por publicar"


def test_a_result_that_somebody_changed_in_the_file_is_what_the_file_says(house, closed):
    content = FORMATS["xlsx"].draw(plan_sheet(closed), own_form(closed))
    book = load_workbook(BytesIO(content))
    [cell] = [
        cell for row in book["PLAN DE ACCION"].iter_rows() for cell in row if cell.value == "15 de 60 encuestas"
    ]
    cell.value = "16 encuestas"
    file = BytesIO()
    book.save(file)
    run = bring(house, file.getvalue(), name="corregido.xlsx")
    run.target = closed
    found = merge_of(run, from_json(run.found["content"], run.entity))
    assert not found.is_empty


@pytest.mark.usefixtures("pdf_tools")
def test_the_pdf_shows_texts_result_and_closed_figures(closed):
    shown = " ".join(run_on("pdftotext", pdf.render(plan_sheet(closed)), "-raw").split())
    for text in ("Quince encuestas", "15 de 60 encuestas", "Cifras de los cierres", "cierre n.º 1 del 20/04/2024"):
        assert text in shown


@pytest.mark.parametrize("more", [0, 2])
def test_the_queries_do_not_grow_with_what_was_reported(
    house, followed, tracked, first_quarter, more, django_assert_num_queries
):
    with on_day(2024, 4, 20):
        close(house, first_quarter)
    first_quarter.refresh_from_db()
    if more:
        reports = [tracked[1], tracked[2]]
        with on_day(2024, 5, 2):
            reopen(house, first_quarter, reports, until=first_quarter.closes.replace(month=5, day=10))
        with on_day(2024, 5, 3):
            for activity in reports:
                reported(house, activity, first_quarter)
    with django_assert_num_queries(23):
        plan_sheet(followed)


F17 = Path("fixtures/forms/MESG-AS-F17-participacion-ciudadana-2024.xlsx")


def test_the_entitys_own_workbook_goes_out_filled_and_comes_back_as_the_same_plan(house, quarters):
    run = apply_run(bring(house, F17.read_bytes(), name=F17.name, year=2024), by=house.planning)
    version = run.version
    version.activities.get(position=1).responsibilities.update(office=house.office, reports=True)
    version = approve_by_act(version, house, date=datetime.date(2024, 1, 10))
    with on_day(2024, 4, 5):
        first = version.activities.get(position=1).activity
        reported(house, first, quarters[0], narrative="Estrategia adoptada", declared=30)
    with on_day(2024, 4, 20):
        close(house, quarters[0])
    assert own_form(version) is not None
    content = FORMATS["xlsx"].draw(plan_sheet(version), own_form(version))
    shown = {cell.value for row in load_workbook(BytesIO(content)).worksheets[0].iter_rows() for cell in row}
    assert {"Estrategia adoptada", "Avance declarado: 30 %"} <= shown
    again = bring(house, content, name="exportado.xlsx", year=2024)
    again.target = version
    assert merge_of(again, from_json(again.found["content"], again.entity)).is_empty
