"""The page of an activity: what, who, when, and where one goes from it."""

import pytest

from actionplans.domain.contents.content import ComponentContent, IndicatorContent, PlanContent
from tests.factories import activity_contents, make_office, make_published_plan
from tests.reading import text_of

from .full_plan import full_content

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address", ["99999999999999999999/x/", "2024/plan-de-prueba/actividades/99999999999999999999/"]
)
def test_numbers_that_no_column_holds_are_not_found(client, cartago, address):
    make_published_plan(cartago)

    assert client.get(f"/cartago/planes/{address}").status_code == 404


def test_an_activity_says_what_who_and_when(client, cartago):
    make_published_plan(cartago, content=full_content(cartago))

    page = text_of(client, "/cartago/planes/2024/plan-completo/actividades/1/")

    for words in (
        "Hacer el diagnóstico",
        "Programada en febrero y marzo de 2024.",
        "Responde: Secretaría de Gobierno.",
        "Impreso: «Sec. Gobierno»",
        "Meta: 1.250,5 informes",
        "Actividad siguiente",
    ):
        assert words in page
    assert "Actividad anterior" not in page


def test_the_last_activity_leads_back(client, cartago):
    make_published_plan(cartago, activities=3)

    page = text_of(client, "/cartago/planes/2024/plan-de-prueba/actividades/3/")

    assert 'href="/cartago/planes/2024/plan-de-prueba/actividades/2/"' in page
    assert "Actividad siguiente" not in page


def test_an_unknown_activity_is_not_found(client, cartago):
    make_published_plan(cartago, activities=3)

    assert client.get("/cartago/planes/2024/plan-de-prueba/actividades/4/").status_code == 404


@pytest.mark.parametrize("number", [3, 30])
def test_an_activity_asks_the_same_queries_however_many_there_are(
    client, cartago, django_assert_num_queries, number
):
    make_published_plan(cartago, activities=number, office=make_office(cartago))

    with django_assert_num_queries(15):
        client.get("/cartago/planes/2024/plan-de-prueba/actividades/2/")


def test_an_activity_measured_by_its_component_shows_that_indicator(client, cartago):
    content = PlanContent(
        title="Plan por componentes",
        components=(ComponentContent(name="Diagnóstico", indicators=(IndicatorContent(name="Informes"),)),),
        activities=activity_contents(1, component="Diagnóstico"),
    )
    make_published_plan(cartago, content=content)
    page = client.get("/cartago/planes/2024/plan-por-componentes/actividades/1/").content.decode()
    assert "Informes" in page
    assert "De todo el componente" in page
    assert "El plan no lo dice.</dd>" not in page.split("Indicador")[1].split("</dd>")[0]
