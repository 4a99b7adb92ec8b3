"""What the public reads of follow-up: the figures of closings, their words, their evidence, their history."""

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest

from actionplans.domain.contents.content import IndicatorContent, PlanContent
from actionplans.domain.following.calendar.periods import set_scheme
from actionplans.domain.following.reporting.reviewing import verify_progress
from actionplans.domain.following.reporting.sending import ReadingContent
from actionplans.enums import PeriodScheme
from actionplans.models import Activity
from mipg.models import Policy
from tests.factories import adopt, make_policy, make_published_plan
from tests.following import (
    close,
    link,
    make_year,
    months,
    on_day,
    promised,
    reopen,
    report,
    reported,
    shipped_lights,
    validate,
)
from tests.reading import text_of

from .plan import ACTIVITY, PAGES, PLAN, activities, activity, first_cut

pytestmark = pytest.mark.django_db
PROGRAMME = "/cartago/planes/2024/programa/"


def test_before_the_first_closing_there_is_neither_figure_nor_light(house, year, client):
    first, _second = activities()
    with on_day(2024, 4, 5):
        reported(house, first, year[0], 2)

    for address in PAGES:
        page = text_of(client, address)
        assert "ejecutado de" not in page, address
        assert "state-" not in page.replace("state-none", ""), address
    for address in (PLAN, ACTIVITY):
        assert (
            "El primer corte, a 31 de marzo de 2024, se publicará cuando la entidad cierre el trimestre I."
            in text_of(client, address)
        )


def test_without_periods_nothing_is_said_of_cuts(house, client):
    make_published_plan(house.entity, title="Plan de participación", office=house.office)

    assert "primer corte" not in text_of(client, PLAN)


def test_after_a_closing_every_page_shows_its_figures(house, year, client):
    first, second = activities()
    with on_day(2024, 4, 5):
        reported(house, first, year[0], 2, executed_months=months(1))
        reported(house, second, year[0], 1, executed_months=months(2, 3))
    with on_day(2024, 4, 20):
        close(house, year[0])

    # 2 of 4 with 2 of 4 months programmed; 1 of 2 with 1 of 2 months. Both 50 of 50: 100 % of what was due.
    for address in PAGES:
        page = text_of(client, address)
        assert "50 % ejecutado de 50 % programado a marzo" in page, address
        assert "Al día" in page, address
    assert "Trimestre I de 2024, a 31 de marzo. Cerrado el 20 de abril de 2024." in text_of(client, PLAN)
    for address in ("/cartago/", PLAN, ACTIVITY, PAGES[-1]):
        assert "¿Cómo se calculó?" in text_of(client, address), address


def test_the_months_tell_what_was_done_what_was_missed_and_what_came_unasked(house, year, client):
    first, second = activities()
    with on_day(2024, 4, 5):
        reported(house, first, year[0], 1, executed_months=months(1))
        reported(house, second, year[0], 1, executed_months=months(2, 3))
    with on_day(2024, 4, 20):
        close(house, year[0])

    page = text_of(client, ACTIVITY)
    assert "enero</abbr" not in page  # the strip has short names, the whole one in their title
    for month, words in (
        ("ene", "programada y ejecutada"),
        ("feb", "programada, sin ejecutar"),
        ("abr", "programada"),
    ):
        assert f">{month}</abbr>" in page
        assert f": {words}</span>" in page
    assert "Programada en enero, febrero, abril y julio; ejecutada en enero de 2024." in page
    assert "Ejecutada sin estar programada" in text_of(client, PLAN)


def test_a_report_is_read_with_its_words_values_evidence_and_correction(house, year, client):
    first, _second = activities()
    withheld = {"classification": "datos-personales", "ground": "Ley 1581 de 2012"}
    proof = link(house)
    hidden = link(house, "https://ejemplo.gov.co/lista.pdf", description="Lista de asistentes", **withheld)
    with on_day(2024, 4, 5):
        sent = report(
            house,
            first,
            year[0],
            3,
            narrative="Se hicieron mesas en dos comunas.",
            difficulties="Llovió mucho.",
            evidence=(proof, hidden),
        )
        validate(
            house,
            sent,
            comment="Una mesa no tiene acta.",
            corrections=(ReadingContent(key=1, name="Mesas", value=Decimal(2)),),
        )
    with on_day(2024, 4, 20):
        close(house, year[0])

    page = text_of(client, ACTIVITY)
    for words in (
        "Se hicieron mesas en dos comunas.",
        "Llovió mucho.",
        "Indicador: <strong>2 mesas</strong>",
        "Resultado a marzo: <strong>2 de 4 mesas</strong>",
        '<a href="#reportes">Ver la prueba: 2 evidencias</a>',
        "(planeación corrigió el valor reportado: Una mesa no tiene acta.)",
        "Planeación corrigió el valor reportado",
        proof.name,
        f"Evidencia n.º {hidden.pk}, que no es pública: contiene datos personales",
    ):
        assert words in page, words
    assert "3 mesas" not in page, "what the office had said was not validated"
    assert "Lista de asistentes" not in page
    assert house.leader.email not in page


def test_the_value_that_control_interno_verified_stands_beside_the_one_that_counted(house, year, client):
    first, _second = activities()
    first_cut(house, year[0], first, 2)
    with on_day(2024, 5, 2):
        for value, opinion in ((20, "Faltan actas."), (25, "Llegó un acta más.")):
            verify_progress(
                promised(first, year[0]), year[0], by=house.auditor, value=Decimal(value), opinion=opinion
            )

    page = text_of(client, ACTIVITY)
    assert "verificó <strong>25 %</strong> el 2 de mayo de 2024: Llegó un acta más." in page
    assert "Faltan actas." not in page
    assert "50 % ejecutado" in page
    assert "control interno verificó 25 %" in text_of(client, PLAN)


def test_a_period_closed_twice_shows_both_figures_and_why(house, year, client):
    first, _second = activities()
    first_cut(house, year[0], first, 2)
    with on_day(2024, 5, 2):
        reopen(house, year[0], [first], until=datetime.date(2024, 5, 20))
    with on_day(2024, 5, 5):
        reported(house, first, year[0], 1)
    with on_day(2024, 5, 21):
        close(house, year[0])

    page = text_of(client, ACTIVITY)
    assert page.count('<td data-label="Ejecutado en el año">50 %</td>') == 1
    assert page.count('<td data-label="Ejecutado en el año">25 %</td>') == 1
    assert "Se reabrió el 2 de mayo de 2024 por «Acta n.º 9»: Se encontró un error." in page
    assert "25 % ejecutado de 50 % programado a marzo" in page
    assert "Cierre 2, hecho el 21 de mayo de 2024." in page


def test_what_was_reopened_for_another_activity_is_not_told_of_this_one(house, year, client):
    first, second = activities()
    first_cut(house, year[0], first, 2)
    with on_day(2024, 5, 2):
        reopen(house, year[0], [second], until=datetime.date(2024, 5, 20), reason="Era de la otra.")
    with on_day(2024, 5, 21):
        close(house, year[0])
    page = text_of(client, ACTIVITY)
    assert "Era de la otra." not in page
    # The closing that the page shows stands in its list, also where it repeats the one before.
    assert page.count('<td data-label="Ejecutado en el año">50 %</td>') == 2
    assert page.count("Las mismas cifras que en el cierre anterior.") == 1
    assert "Cierre 2, hecho el 21 de mayo de 2024." in page
    for address in (PLAN, f"{PLAN}actividades/2/"):
        assert "Era de la otra." in text_of(client, address)


def test_a_cut_that_was_closed_before_an_earlier_one_was_corrected_says_so(house, year, client):
    first, _other = activities()
    first_cut(house, year[0], first, 2)
    with on_day(2024, 7, 5):
        reported(house, first, year[1], 1)
        close(house, year[1])
    told = "Después de este cierre se corrigió el trimestre I (cierre 2, del 21 de julio de 2024)"
    groups = (
        "/cartago/transparencia/2024/",
        f"/cartago/mipg/{Policy.objects.get().key}/?vigencia=2024",
        f"/cartago/dependencias/{house.office.slug}/?vigencia=2024",
    )
    with on_day(2024, 7, 10):
        assert told[:30] not in "".join(text_of(client, address) for address in (ACTIVITY, PLAN, *groups))
        reopen(house, year[0], [first], until=datetime.date(2024, 7, 20))
        reported(house, first, year[0], 1)
    with on_day(2024, 7, 21):
        close(house, year[0])
        for address in (ACTIVITY, PLAN, *groups):
            assert text_of(client, address).count(told) == 1, address
        assert text_of(client, ACTIVITY).count("se corrigió el trimestre I (cierre 2") == 2  # beside its row too
        other = text_of(client, f"{PLAN}actividades/2/")
        assert "se corrigió" not in other
    with on_day(2024, 7, 22):
        reopen(house, year[1], [first], until=datetime.date(2024, 7, 25))
        reported(house, first, year[1], 1)
        close(house, year[1])
        assert told not in text_of(client, ACTIVITY)


def test_that_no_target_is_defined_is_said_once_in_a_row(house, client):
    shipped_lights()
    rows = (
        activity("Hacer mesas", (1, 2), house.office, target=4),
        activity("Recibir quejas", (1,), house.office),
    )
    unmeasured = replace(rows[1], indicators=(IndicatorContent(name="Quejas", kind="count"),))
    content = PlanContent(title="Plan de quejas", activities=(rows[0], unmeasured))
    make_published_plan(house.entity, content=content)
    (first, *_) = make_year(house)
    with on_day(2024, 4, 5):
        reported(house, Activity.objects.get(key=1), first, 2)
        close(house, first)
    page = text_of(client, "/cartago/planes/2024/plan-de-quejas/")
    row = page[page.index("Recibir quejas</a>") :].partition("</tr>")[0]
    assert row.count("in meta definida") == 1


def test_a_plan_of_four_month_periods_is_headed_by_them(house, client):
    plan = make_published_plan(house.entity, title="Programa", office=house.office).plan
    assert text_of(client, PROGRAMME).count('colspan="3" class="month quarter">Trim.') == 4
    set_scheme(plan, PeriodScheme.FOUR_MONTH, by=house.planning)
    page = text_of(client, PROGRAMME)
    assert "Trim." not in page
    assert page.count('colspan="4" class="month quarter">Cuatr.') == 3


# --- What it costs -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 3])
def test_pages_with_figures_ask_the_same_queries_however_many_rows(
    house, client, django_assert_num_queries, number
):
    shipped_lights()
    policy = make_policy()
    adopt(house.entity, policy)
    for position in range(number):
        content = PlanContent(
            title=f"Plan {position}",
            activities=tuple(activity(f"Actividad {n}", (1, 4), house.office) for n in range(number)),
        )
        make_published_plan(house.entity, content=content, policy=policy, kind="politica")
    periods = make_year(house)
    for period, month in ((periods[0], 4), (periods[1], 7)):
        with on_day(2024, month, 5):
            for row in Activity.objects.all():
                reported(house, row, period, 1, evidence=(link(house),))
        with on_day(2024, month, 20):
            close(house, period)

    for address, queries in {
        "/cartago/": 12,
        "/cartago/planes/": 10,
        "/cartago/planes/2024/plan-0/": 28,
        "/cartago/planes/2024/plan-0/actividades/1/": 29,
        "/cartago/mipg/?vigencia=2024": 16,
        "/cartago/mipg/participacion/?vigencia=2024": 25,
    }.items():
        client.get(address)
        with django_assert_num_queries(queries, info=address):
            assert client.get(address).status_code == 200
