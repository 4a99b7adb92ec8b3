"""What a dashboard says of reports, of a period to come and of a choice that it cannot show."""

from decimal import Decimal

import pytest

from actionplans.domain.following.calendar.periods import set_scheme
from actionplans.domain.following.figures.measuring import Counting
from actionplans.domain.following.reporting.reviewing import return_report
from actionplans.enums import PeriodScheme
from actionplans.models import Activity
from actionplans.reports.board import board_of
from actionplans.reports.committee import committee_sheet, decisions
from tests.factories import make_policy, make_published_plan
from tests.following import close, make_year, months, on_day, report, reported, shipped_lights

pytestmark = pytest.mark.django_db

ADDRESS = "/gestion/cartago/tablero/"


@pytest.fixture
def year(house):
    """Three activities: in January, in February and in March."""
    shipped_lights()
    make_published_plan(
        house.entity, title="Plan de participación", office=house.office, policy=make_policy(), kind="politica"
    )
    return make_year(house)


def activities():
    return list(Activity.objects.order_by("key"))


def text_of(client, house, address=ADDRESS, **params):
    client.force_login(house.planning)
    answer = client.get(address, params)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_what_is_owed_and_what_came_unasked_add_up_to_what_there_is(house, year, client):
    """In quarter II the finished one is asked for nothing, but reports; another is returned, the third silent."""
    first, second, _third = activities()
    with on_day(2024, 4, 5):
        reported(house, first, year[0], declared=100, executed_months=months(1))
    with on_day(2024, 7, 5) as moment:
        report(house, first, year[1], declared=Decimal(100))
        sent = report(house, second, year[1], declared=Decimal(10))
        return_report(sent, by=house.planning, number=1, comment="Falta el acta.")
        counts = board_of(year[1], on=moment.date()).counts
        page = text_of(client, house, f"{ADDRESS}informe/", corte="2024-trimestre-2")

    assert (counts.owed, counts.unasked) == (2, 1)
    assert (counts.validated, counts.to_review, counts.returned, counts.unsent) == (0, 1, 1, 1)
    assert counts.owed + counts.unasked == 3
    assert "a 2 les toca reportar y 1 más reportó sin que le tocara" in page
    assert "0 reportes validados, 1 por validar, 1 devuelto y 1 sin enviar." in page


def test_a_returned_report_is_no_missing_one(house, year):
    first, second, third = activities()
    with on_day(2024, 4, 5) as moment:
        for activity in (first, second, third):
            sent = report(house, activity, year[0], declared=Decimal(10))
            return_report(sent, by=house.planning, number=1, comment="Falta el acta.")
        board = board_of(year[0], on=moment.date())

    assert (board.missing, board.silent, board.counts.returned) == (0, (), 3)
    assert "3 reportes devueltos esperan su corrección." in decisions(board)


def test_every_activity_says_what_the_period_has_of_its_report(house, year, client):
    first, second, _third = activities()
    with on_day(2024, 4, 5):
        reported(house, first, year[0], declared=100, executed_months=months(1))
        reported(house, second, year[0], declared=50, executed_months=months(2))
    with on_day(2024, 4, 20):
        close(house, year[0])
    with on_day(2024, 7, 5):
        report(house, second, year[1], declared=Decimal(60))
        page = text_of(client, house, ver="plan:plan-de-participacion")

    assert "Trimestre II: terminada, no se le pidió reporte." in page
    assert "50 % ejecutado de 100 % programado a junio" in page
    assert "Trimestre II: enviado, por validar." in page
    assert "Trimestre II: sin reporte." in page
    assert "2 actividades sin reporte validado del trimestre II." in page
    assert "Se midió lo que promete la versión 1 del plan." in page


def test_the_tables_say_how_many_lack_a_validated_report(house, year, client):
    first, *_ = activities()
    with on_day(2024, 4, 5) as moment:
        reported(house, first, year[0], declared=100)
        board = board_of(year[0], on=moment.date())
        page = text_of(client, house)

    assert {(table.key, row.without_validated) for table in board.tables for row in table.rows} == {
        ("plan", 2),
        ("dependencia", 2),
        ("dimension", 2),
    }
    assert page.count("2 actividades sin reporte validado.") == 3


def test_a_period_that_has_not_opened_has_neither_light_nor_debts(house, year, client):
    with on_day(2024, 4, 5):
        for activity in activities():
            reported(house, activity, year[0], declared=10)
    with on_day(2024, 4, 30) as moment:
        board = board_of(year[1], on=moment.date())
        page = text_of(client, house, corte="2024-trimestre-2")
        plan = text_of(client, house, corte="2024-trimestre-2", ver="plan:plan-de-participacion")
        sheet = committee_sheet(board, house.entity)

    assert (board.figure, board.late, board.silent, board.tables, board.items) == (None, (), (), (), ())
    assert (board.counts.activities, board.counts.owed, board.counts.unsent, board.without_validated) == (
        3,
        0,
        0,
        0,
    )
    assert sheet.decisions == ()
    assert board.months.series[1].values == (0, 0, 0, *[None] * 9)
    assert "el trimestre II de 2024 todavía no se reporta. Abre el 1 de julio de 2024." in page
    for words in ("Les toca reportar", "Actividades atrasadas", "Dependencias sin reporte"):
        assert words not in page
        assert words not in plan


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"corte": "1900-nada-9"}, "Ese corte no existe: se muestra el trimestre II de 2024."),
        ({"conteo": "x"}, "Eso no se puede contar: se cuenta lo que validó planeación."),
        ({"ver": "plan:nada"}, "En este corte no hay lo que se pidió ver: se muestra Alcaldía de Cartago."),
    ],
)
@pytest.mark.parametrize("address", [ADDRESS, f"{ADDRESS}informe/"])
def test_a_choice_that_cannot_be_shown_is_told(house, year, client, params, words, address):
    with on_day(2024, 7, 3):
        assert words in text_of(client, house, address, **params)
        assert "No es lo que se pidió" not in text_of(client, house, address)


@pytest.fixture
def programme(house, year):
    """A plan of the same year that is followed by four-month periods."""
    plan = make_published_plan(house.entity, title="Programa de transparencia", office=house.office).plan
    set_scheme(plan, PeriodScheme.FOUR_MONTH, by=house.planning)
    return make_year(house, scheme=PeriodScheme.FOUR_MONTH)


def test_a_plan_of_the_other_scheme_is_offered_and_leads_to_its_cuts(house, year, programme, client):
    with on_day(2024, 7, 3):
        page = text_of(client, house, corte="2024-trimestre-2")
        there = text_of(client, house, corte="2024-trimestre-2", ver="plan:programa-de-transparencia")

    assert '<optgroup label="Planes que se siguen por cuatrimestres">' in page
    assert '<option value="plan:programa-de-transparencia">Programa de transparencia</option>' in page
    assert "«Programa de transparencia» se sigue por cuatrimestres: se muestra el cuatrimestre I de 2024." in there
    assert '<option value="plan:programa-de-transparencia" selected>' in there
    assert '<option value="2024-cuatrimestre-1" selected>' in there
    assert '<optgroup label="Planes que se siguen por trimestres">' in there


def test_a_choice_of_its_own_cut_is_what_was_asked_for(house, year, programme, client):
    with on_day(2024, 7, 3):
        page = text_of(client, house, corte="2024-cuatrimestre-1", ver="plan:programa-de-transparencia")

    assert "No es lo que se pidió" not in page


def test_the_late_list_says_until_when_months_and_days_are_counted(house, year, client):
    with on_day(2024, 4, 10):
        page = text_of(client, house, corte="2024-trimestre-1")
        sheet = text_of(client, house, f"{ADDRESS}informe/", corte="2024-trimestre-1")

    assert (
        "Cuentan los meses hasta marzo, que es el corte; los días de atraso, hasta el 10 de abril de 2024." in page
    )
    assert "Actividades atrasadas: meses hasta marzo, días hasta el 10 de abril de 2024" in sheet


def test_the_version_of_a_closed_plan_is_that_of_its_closing(house, year):
    with on_day(2024, 4, 20) as moment:
        close(house, year[0])
        year[0].refresh_from_db()
        board = board_of(year[0], code="plan:plan-de-participacion", on=moment.date())
        told = board_of(year[0], code="plan:plan-de-participacion", counting=Counting.REPORTED, on=moment.date())

    assert (board.plan_version, told.plan_version) == (1, 1)
