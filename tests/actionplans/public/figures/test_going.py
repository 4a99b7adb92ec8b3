"""What the first sentence of a page says of how a plan and an activity go, and where the proof is missing."""

import datetime
from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace as Row

import pytest

from actionplans.domain.contents.content import ActivityContent, IndicatorContent, PlanContent, ResponsibleContent
from actionplans.models import Activity, Evidence
from actionplans.reports.board.drawings import _told
from tests.factories import make_published_plan
from tests.following import close, link, make_year, months, on_day, reported, shipped_lights
from tests.reading import text_of

pytestmark = pytest.mark.django_db
PLAN = "/cartago/planes/2024/plan-de-ferias/"


def lead_of(client, address) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    page = " ".join(answer.content.decode().split())
    return page.split('<p class="lead">')[1].split("</p>")[0]


@pytest.fixture
def quarter(house):
    """One activity that reported, without evidence in one case, one that nobody reported and one cancelled."""
    shipped_lights()

    def promise(description, **more):
        return ActivityContent(
            description=description,
            months=months(2, 5),
            indicators=(
                IndicatorContent(
                    name="Ferias", target=Decimal(4), unit="ferias", kind="count", accumulation="flow"
                ),
            ),
            responsibles=(ResponsibleContent(text="", office=house.office),),
            **more,
        )

    cancelled = replace(promise("Evaluar"), is_cancelled=True, cancel_reason="No va")
    rows = (promise("Hacer ferias"), promise("Contar ferias"), promise("Ver ferias"), cancelled)
    make_published_plan(house.entity, content=PlanContent(title="Plan de ferias", activities=rows))
    first = make_year(house)[0]
    with on_day(2024, 4, 5):
        one, two, *_ = Activity.objects.order_by("key")
        reported(house, one, first, 2, executed_months=months(2))
        reported(house, two, first, 2, executed_months=months(2), evidence=(link(house),))
    with on_day(2024, 4, 20):
        close(house, first)
    return house.office.name


def test_a_plan_says_first_how_it_goes(client, quarter):
    assert lead_of(client, PLAN) == (
        "El plan lleva 50 % ejecutado de 50 % programado al 31 de marzo de 2024 (semáforo: al día). "
        f"Promete 3 actividades entre febrero y mayo de 2024. Responde: {quarter}."
    )


def test_an_activity_gives_its_result_first(client, quarter):
    assert lead_of(client, f"{PLAN}actividades/1/") == (
        "Lleva 50 % ejecutado de 50 % programado al 31 de marzo de 2024 (semáforo: al día). "
        f"Programada en febrero y mayo; ejecutada en febrero de 2024. Responde: {quarter}."
    )
    assert lead_of(client, f"{PLAN}actividades/3/").startswith(
        "Al 31 de marzo de 2024 no tiene cifra: sin reporte. Programada en febrero y mayo de 2024."
    )


def test_a_cancelled_activity_says_so_first(client, quarter):
    assert lead_of(client, f"{PLAN}actividades/4/") == (
        "Esta actividad fue cancelada por una modificación aprobada del plan. "
        f"Estaba programada en febrero y mayo de 2024. Responde: {quarter}."
    )


def test_missing_evidence_is_said_where_the_report_is(client, quarter):
    assert "Sin evidencias en lo reportado." in text_of(client, f"{PLAN}actividades/1/")
    assert "Sin evidencias en lo reportado." not in text_of(client, f"{PLAN}actividades/2/")


def test_the_words_of_a_drawing_tell_all_that_it_draws():
    cuts = [Row(period=Row(ends=datetime.date(2024, month, 28))) for month in (3, 6, 9)]
    assert _told(cuts, (Decimal(0), Decimal(50), None), (None, Decimal(40), None)) == (
        "A marzo, 0 % programado, sin cifra de lo ejecutado; a junio, 40 % ejecutado de 50 % programado."
    )
    assert _told(cuts, (None, None, None), (Decimal(10), None, None)) == (
        "A marzo, 10 % ejecutado, sin cifra de lo programado."
    )


def test_an_evidence_leads_back_through_its_activity(client, quarter):
    item = Evidence.objects.get()
    page = text_of(client, f"/cartago/evidencias/{item.pk}/")
    trail = page.split('aria-label="Ruta de navegación"')[1].split("</nav>")[0]
    assert f'href="{PLAN}"' in trail
    assert f'href="{PLAN}actividades/2/"' in trail
    assert page.count(f'<p><a href="{PLAN}actividades/2/">Contar ferias</a></p>') == 1
    assert f"?sobre=/cartago/evidencias/{item.pk}/" in page


def test_privacy_tells_what_is_published_of_reserved_evidence(client, quarter):
    assert "una copia con lo reservado tachado, esa copia sí se publica" in text_of(client, "/cartago/privacidad/")
