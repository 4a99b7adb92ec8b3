"""What the public reads of reports that did not count: whether they were owed, and how far they had come."""

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest

from actionplans.domain.contents.content import (
    ActivityContent,
    ComponentContent,
    IndicatorContent,
    PlanContent,
    ResponsibleContent,
)
from actionplans.domain.following.calendar.duties import Duty
from actionplans.domain.following.reporting.words import GIVEN_BACK, NOT_COUNTED, lacks_validated, report_words
from actionplans.enums import ReportStatus
from actionplans.models import Activity
from tests.factories import adopt, make_policy, make_published_plan
from tests.following import close, make_year, months, on_day, reopen, report, reported, shipped_lights
from tests.reading import text_of

pytestmark = pytest.mark.django_db

PLAN = "/cartago/planes/2024/plan-de-participacion/"


@pytest.mark.parametrize(
    ("duty", "status", "is_closed", "words", "lacks"),
    [
        (Duty.DUE, None, False, "Sin reporte", True),
        (Duty.OVERDUE, ReportStatus.PENDING, True, "Sin reporte", True),
        (Duty.LATER, None, True, "No le tocaba reportar", False),
        (Duty.FINISHED, ReportStatus.PENDING, True, "Terminada, no se le pidió reporte", False),
        (Duty.CANCELLED, ReportStatus.SUBMITTED, True, "Cancelada", False),
        (Duty.DUE, ReportStatus.SUBMITTED, False, "Enviado, por validar", True),
        (Duty.DUE, ReportStatus.RETURNED, False, "Devuelto", True),
        (Duty.DUE, ReportStatus.RETURNED, True, GIVEN_BACK, True),
        (Duty.LATER, ReportStatus.SUBMITTED, True, NOT_COUNTED, True),
        (Duty.FINISHED, ReportStatus.VALIDATED, True, "Reporte validado", False),
    ],
)
def test_one_vocabulary_for_the_report_of_a_period(duty, status, is_closed, words, lacks):
    assert report_words(duty, status, is_closed=is_closed) == words
    assert lacks_validated(duty, status) is lacks


def activity(description, scheduled, office, target=4, component=None):
    return ActivityContent(
        description=description,
        months=months(*scheduled),
        component=component,
        indicators=(
            IndicatorContent(
                name="Ferias", target=Decimal(target), unit="ferias", kind="count", accumulation="flow"
            ),
        ),
        responsibles=(ResponsibleContent(text=office.name, office=office),),
    )


@pytest.fixture
def year(house):
    """1 finished in March, 2 due in both quarters, 3 only in July."""
    shipped_lights()
    policy = make_policy()
    adopt(house.entity, policy)
    content = PlanContent(
        title="Plan de participación",
        components=(ComponentContent(name="Preparar"), ComponentContent(name="Hacer")),
        activities=(
            activity("Publicar", (2, 3), house.office, target=1, component="Preparar"),
            activity("Reunir", (3, 5), house.office, component="Hacer"),
            activity("Evaluar", (7,), house.office, component="Hacer"),
        ),
    )
    make_published_plan(house.entity, content=content, policy=policy, kind="politica")
    return make_year(house)


def activities():
    return list(Activity.objects.order_by("key"))


@pytest.fixture
def two_quarters(house, year):
    first, second, _third = activities()
    with on_day(2024, 4, 5):
        reported(house, first, year[0], 1, executed_months=months(2, 3))
        reported(house, second, year[0], 2, executed_months=months(3))
    with on_day(2024, 4, 20):
        close(house, year[0])
    return year


def test_a_closed_period_says_of_each_why_it_has_no_report(house, two_quarters, client):
    with on_day(2024, 7, 20):
        close(house, two_quarters[1])

    page = text_of(client, PLAN)
    assert "trimestre II: terminada, no se le pidió reporte" in page
    assert "trimestre II: sin reporte" in page
    assert "Trimestre II: no le tocaba reportar" in page
    assert "1 actividad sin reporte validado del trimestre II." in page
    for number, words in (
        (1, "Terminada, no se le pidió reporte."),
        (2, "Sin reporte."),
        (3, "No le tocaba reportar."),
    ):
        assert f'<p class="muted">{words}</p>' in text_of(client, f"{PLAN}actividades/{number}/")


def test_what_a_figure_rests_on_is_said_where_it_is_of_an_earlier_period(house, two_quarters, client):
    _first, second, _third = activities()
    with on_day(2024, 7, 5):
        report(house, second, two_quarters[1], 1, executed_months=months(5))
    with on_day(2024, 7, 20):
        close(house, two_quarters[1])

    for address in (PLAN, f"{PLAN}actividades/2/"):
        page = text_of(client, address)
        assert "50 % ejecutado de 100 % programado a junio" in page
        assert "rimestre II: la dependencia reportó; planeación no lo validó antes del cierre" in page


def test_a_reopened_period_says_what_it_said_at_its_closing(house, two_quarters, client):
    first, second, _third = activities()
    before = text_of(client, PLAN), text_of(client, f"{PLAN}actividades/2/")
    with on_day(2024, 5, 2):
        reopen(house, two_quarters[0], [first, second], until=datetime.date(2024, 5, 20))
    assert "sin reporte validado" not in text_of(client, PLAN)
    with on_day(2024, 5, 21):
        close(house, two_quarters[0])

    # Sent back by the reopening and sent again by nobody: what had counted counts no more, in figures or words.
    page = text_of(client, f"{PLAN}actividades/2/")
    assert "Se hizo lo previsto." in before[1]
    assert "Se hizo lo previsto." not in page
    assert "Planeación lo devolvió y la dependencia no lo volvió a enviar." in page
    assert "1 actividad sin reporte validado" not in before[0]
    assert "2 actividades sin reporte validado del trimestre I." in text_of(client, PLAN)


def test_components_and_the_measured_version_are_in_the_account(house, two_quarters, client):
    page = text_of(client, PLAN)

    for name in ("Preparar", "Hacer"):
        assert f"<strong>Componente: {name}</strong>" in page
        assert f"La cuenta, paso por paso: Componente: {name}</caption>" in page
    assert page.count("Se midió lo que promete la versión 1 del plan.") == 1
    assert "Se midió lo que promete la versión 1 del plan." in text_of(client, f"{PLAN}actividades/1/")


def test_every_figure_leads_to_its_account(house, two_quarters, client):
    one = f'<a href="{PLAN}#avance">Plan de participación</a>'
    for address in ("/cartago/", "/cartago/mipg/participacion/?vigencia=2024"):
        assert f"Es la cifra de un solo plan: {one}" in text_of(client, address)
    assert f'<a href="{PLAN}#avance">¿Cómo se calculó?' in text_of(client, "/cartago/planes/")
    page = text_of(client, "/cartago/mipg/?vigencia=2024")
    assert 'href="/cartago/mipg/participacion/?vigencia=2024#avance">¿Cómo se calculó?' in page
    assert page.count('<details class="more account-of-figure">') == 1
    assert f'href="{PLAN}actividades/1/#avance">¿Cómo se calculó?' in text_of(client, PLAN)


@pytest.mark.parametrize("number", [1, 3])
def test_what_nobody_reported_again_asks_the_same_queries_however_many(
    house, client, django_assert_num_queries, number
):
    """Those that had been reported before: whether they were finished is asked of all at once."""
    shipped_lights()
    rows = tuple(activity(f"Actividad {one}", (2, 5), house.office) for one in range(number))
    make_published_plan(house.entity, content=PlanContent(title="Plan de participación", activities=rows))
    periods = make_year(house)
    with on_day(2024, 4, 5):
        for row in activities():
            reported(house, row, periods[0], 1, executed_months=months(2))
    for period, month in ((periods[0], 4), (periods[1], 7)):
        with on_day(2024, month, 20):
            close(house, period)

    for address, queries in {PLAN: 32, f"{PLAN}actividades/1/": 33}.items():
        with django_assert_num_queries(queries, info=address):
            assert "sin reporte" in text_of(client, address)


def test_the_account_of_an_earlier_closing_stays(house, two_quarters, client):
    with on_day(2024, 7, 20):
        close(house, two_quarters[1])

    for address in (PLAN, f"{PLAN}actividades/2/"):
        page = text_of(client, address)
        assert "Trimestre I de 2024, cierre 1 del 20 de abril de 2024" in page
        assert page.count('<details class="more account-of-figure">') == 2


def test_the_count_of_activities_is_that_of_the_live_ones_everywhere(house, client):
    cancelled = replace(activity("Evaluar", (7,), house.office), is_cancelled=True, cancel_reason="No va")
    rows = (activity("Publicar", (2,), house.office), activity("Reunir", (3,), house.office), cancelled)
    policy = make_policy()
    adopt(house.entity, policy)
    content = PlanContent(title="Plan de participación", activities=rows)
    make_published_plan(house.entity, content=content, policy=policy, kind="politica")
    for address in ("/cartago/", "/cartago/planes/", "/cartago/mipg/participacion/?vigencia=2024"):
        assert "<span>2 actividades</span>" in text_of(client, address), address


def test_one_and_runs_of_months_are_told_as_people_say_them(house, two_quarters, client):
    page = text_of(client, f"{PLAN}actividades/1/")
    assert "Meta: 1 feria<" in page
    assert "Se hizo de febrero a marzo." in page or "Se hizo en febrero y marzo." in page
    assert "<strong>1 feria</strong>" in page


def test_paper_says_where_the_page_is(house, two_quarters, client, settings):
    settings.SITE_URL = "https://planeacion.example"
    assert f"Impreso de {settings.SITE_URL}{PLAN}, donde cada actividad tiene su página." in text_of(client, PLAN)
