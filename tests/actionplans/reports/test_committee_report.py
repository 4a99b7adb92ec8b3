"""The committee's page: one sheet, whatever there is to tell, with what waits for a decision."""

import re

import pytest

from actionplans.domain.contents.content import IndicatorContent, PlanContent
from actionplans.domain.following.figures.measuring import Counting
from actionplans.domain.following.reporting.reviewing import return_report
from actionplans.models import Activity
from actionplans.reports.board import board_of
from actionplans.reports.committee import committee_pdf, committee_sheet
from actionplans.reports.issued.verification import Mark
from actionplans.reports.plan import pdf
from tests.factories import activity_contents, make_office, make_policy, make_published_plan
from tests.following import close, make_year, months, on_day, report, reported, shipped_lights

from .conftest import run_on

pytestmark = pytest.mark.django_db

ADDRESS = "/gestion/cartago/tablero/informe/"


@pytest.fixture
def year(house):
    shipped_lights()
    make_published_plan(
        house.entity, title="Plan de participación", office=house.office, policy=make_policy(), kind="politica"
    )
    return make_year(house)


def sheet_of(house, period, moment, **chosen):
    return committee_sheet(board_of(period, on=moment.date(), **chosen), house.entity)


def test_a_year_that_waits_for_everything_says_so_in_order(house, year):
    first, second, third = Activity.objects.order_by("key")
    with on_day(2024, 4, 5):
        report(house, first, year[0], executed_months=months(1), declared=20)
        sent = report(house, second, year[0], executed_months=months(2), declared=5)
        return_report(sent, by=house.planning, number=1, comment="Falta el acta.")
    with on_day(2024, 4, 30) as moment:
        sheet = sheet_of(house, year[0], moment)

    assert third  # nobody reported it
    assert list(sheet.decisions) == [
        "Falta 1 reporte que se debía y no llegó, de 1 dependencia.",
        "3 actividades tienen meses programados sin ejecutar: ponerse al día o modificar el plan.",
        "1 reporte espera la validación de planeación: lo que no se valida no cuenta al cerrar.",
        "1 reporte devuelto espera su corrección.",
        "El plazo venció el 15 de abril de 2024 y el trimestre no se ha cerrado.",
        "3 actividades no tienen meta ni entran en el avance: definirla en una modificación del plan.",
    ]
    assert sheet.title == "Seguimiento a marzo de 2024 (trimestre I)"


def test_of_a_closed_period_nothing_is_asked_that_only_an_act_could_change(house, year):
    first, second, _third = Activity.objects.order_by("key")
    with on_day(2024, 4, 5):
        report(house, first, year[0], executed_months=months(1), declared=20)
        sent = report(house, second, year[0], executed_months=months(2), declared=5)
        return_report(sent, by=house.planning, number=1, comment="Falta el acta.")
    with on_day(2024, 4, 30) as moment:
        close(house, year[0])
        year[0].refresh_from_db()
        told = sheet_of(house, year[0], moment).decisions

    assert [sentence for sentence in told if "espera" in sentence] == []
    assert (
        "El trimestre se cerró con 1 reporte sin validar y 1 devuelto sin reenviar, que no cuentan: "
        "solo se cambia si se reabre por acto."
    ) in told


def test_what_has_no_schedule_is_to_be_decided_as_what_has_no_target(house):
    shipped_lights()
    indicator = IndicatorContent(name="Talleres", kind="count", accumulation="flow", target=10)
    content = PlanContent(
        title="Sin meses", activities=activity_contents(2, house.office, indicators=(indicator,), months=months())
    )
    make_published_plan(house.entity, content=content)
    quarter = make_year(house)[0]
    with on_day(2024, 4, 5) as moment:
        for activity in Activity.objects.all():
            reported(house, activity, quarter, 1)
        told = sheet_of(house, quarter, moment).decisions

    assert (
        "2 actividades no tienen programación ni entran en el avance: definirla en una modificación del plan."
    ) in told


def test_while_reports_are_taken_nobody_is_blamed_for_one(house, year):
    with on_day(2024, 4, 5) as moment:
        sheet = sheet_of(house, year[0], moment)

    assert not [sentence for sentence in sheet.decisions if sentence.startswith(("Falta", "El plazo"))]


def test_what_is_below_is_named_with_its_word(house, year):
    with on_day(2024, 4, 5):
        for activity in Activity.objects.order_by("key"):
            reported(house, activity, year[0], declared=10, executed_months=months(1, 2, 3))
    with on_day(2024, 4, 20) as moment:
        close(house, year[0])
        year[0].refresh_from_db()
        sheet = sheet_of(house, year[0], moment)

    assert (
        "Por debajo de lo programado: Participación Ciudadana en la Gestión Pública (atrasada)." in sheet.decisions
    )
    assert sheet.source == "Cierre del 20 de abril de 2024. Cuenta lo que validó planeación."


def test_the_source_says_whose_values_count(house, year):
    with on_day(2024, 4, 5) as moment:
        sheet = sheet_of(house, year[0], moment, counting=Counting.REPORTED)

    assert sheet.source.startswith("Abierto hasta el 15 de abril de 2024; cifras al 5 de abril de 2024.")
    assert "aunque planeación no lo haya validado" in sheet.source


@pytest.fixture
def crowded(house):
    """More policies, more late activities and longer names than a sheet holds."""
    shipped_lights()
    for number in range(1, 26):
        policy = make_policy(
            number, f"Política número {number} de gestión y desempeño institucional", f"p-{number}"
        )
        office = make_office(house.entity, f"Secretaría de asuntos muy diversos y de nombre largo número {number}")
        make_published_plan(
            house.entity, title=f"Plan de la política {number}", policy=policy, kind="politica", office=office
        )
    return make_year(house)


def test_the_name_of_an_office_is_whole(house, crowded, client):
    client.force_login(house.planning)
    with on_day(2024, 4, 30):
        page = client.get(ADDRESS).content.decode()

    assert "Secretaría de asuntos muy diversos y de nombre largo número 1</td>" in page


def test_the_lists_are_cut_and_say_how_many_more(house, crowded):
    with on_day(2024, 4, 30) as moment:
        sheet = sheet_of(house, crowded[0], moment)

    # 25 plans of three activities, in January, February and March: all 75 missed a month.
    assert (len(sheet.heat), sheet.heat_more) == (19, 6)
    assert (len(sheet.late), sheet.late_more) == (10, 65)


@pytest.mark.usefixtures("pdf_tools")
def test_the_pdf_is_one_letter_sheet_even_when_there_is_much_to_tell(house, crowded, client):
    with on_day(2024, 12, 30) as moment:
        content = committee_pdf(board_of(crowded[3], on=moment.date()), house.entity, Mark("7K3M-9QXT-2RVB"))
        client.force_login(house.committee)
        answer = client.get("/gestion/cartago/tablero/informe.pdf")

    told = run_on("pdfinfo", content)
    assert re.search(r"Pages: +1\n", told)
    assert re.search(r"Page size: +612 x 792 pts \(letter\)", told)
    shown = " ".join(run_on("pdftotext", content, "-raw").split())
    assert "Qué hay que decidir" in shown
    assert "más en el tablero." in shown
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'inline; filename="seguimiento-cartago-2024-trimestre-3.pdf"'


def test_without_the_libraries_the_answer_says_what_is_missing(house, year, client, monkeypatch):
    def unavailable(*args, **options):
        raise pdf.PdfUnavailable

    monkeypatch.setattr("actionplans.reports.committee.laid_out", unavailable)
    client.force_login(house.committee)
    with on_day(2024, 4, 5):
        answer = client.get("/gestion/cartago/tablero/informe.pdf")

    assert answer.status_code == 503
    assert "apt-get install" in answer.content.decode()


def test_the_page_and_the_pdf_are_of_the_same_sheet(house, year, client):
    client.force_login(house.auditor)
    with on_day(2024, 4, 30):
        page = " ".join(client.get(ADDRESS, {"conteo": "reportado"}).content.decode().split())

    assert "<h1>Seguimiento a marzo de 2024 (trimestre I)</h1>" in page
    assert "Qué hay que decidir" in page
    assert "/tablero/informe.pdf?corte=2024-trimestre-1&amp;conteo=reportado" in page
