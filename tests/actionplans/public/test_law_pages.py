"""Accessibility, privacy, terms and map, of an entity and of the portal; and the footer that leads to them."""

import re

import pytest

from tests.factories import make_entity, make_framework, make_published_plan

from .frame import check_frame

pytestmark = pytest.mark.django_db
PLACES = ("accesibilidad", "privacidad", "terminos", "mapa-del-sitio")
EVERYWHERE = [f"/{place}/" for place in PLACES] + [f"/cartago/{place}/" for place in PLACES] + ["/glosario/"]


@pytest.fixture
def cartago(db):
    make_entity("candelaria")
    entity = make_entity(
        "cartago",
        email="contacto@cartago.example",
        address="Calle 8 n.º 6-52",
        opening_hours="Lunes a viernes, 8 a 12",
        anticorruption_line="123",
    )
    axis = make_framework(entity).axes.create(position=1, name="Eje del agua")
    axis.objectives.create(position=1, name="Cuidar el río")
    make_published_plan(entity)
    return entity


def read(client, where) -> str:
    answer = client.get(where)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize("address", EVERYWHERE)
def test_pages_of_the_law_share_the_frame_and_set_no_cookie(client, cartago, address):
    answer = client.get(address)
    assert answer.status_code == 200
    assert not answer.cookies
    page = answer.content.decode()
    # The licence is the one place outside the portal to which these pages lead.
    check_frame(re.sub(r'href="https://creativecommons\.org[^"]*"', 'href="#"', page))
    assert 'aria-label="Ruta de navegación"' in page


@pytest.mark.parametrize("address", ["/", "/cartago/", "/cartago/planes/"])
def test_reading_the_portal_sets_no_cookie(client, cartago, address):
    assert not client.get(address).cookies


@pytest.mark.parametrize("address", ["/cartago/", "/cartago/planes/2024/plan-de-prueba/"])
def test_the_footer_of_an_entity_leads_to_its_pages(client, cartago, address):
    footer = read(client, address).split('<footer class="site-footer">')[1]
    for place in PLACES:
        assert f'href="/cartago/{place}/"' in footer
    for place in ('href="/glosario/"', 'href="/cartago/preguntar/"', 'href="https://www.gov.co"'):
        assert place in footer
    for words in (
        "contacto@cartago.example",
        "Calle 8 n.º 6-52",
        "Lunes a viernes, 8 a 12",
        "Línea anticorrupción",
    ):
        assert words in footer


def test_the_footer_of_the_portal_leads_to_the_pages_of_the_portal(client, cartago):
    footer = read(client, "/").split('<footer class="site-footer">')[1]
    for place in PLACES:
        assert f'href="/{place}/"' in footer


def test_accessibility_says_what_is_missing_and_how_to_report_it(client, cartago):
    page = read(client, "/cartago/accesibilidad/")
    for words in (
        "WCAG 2.1, nivel AA",
        "Qué falta",
        "Cómo avisar de una barrera",
        "mailto:contacto@cartago.example",
    ):
        assert words in page
    assert re.search(r"Texto revisado el <time[^>]*>\d+ de \w+ de \d{4}</time>", page)


def test_privacy_names_the_policy_of_the_entity_or_says_that_there_is_none(client, cartago):
    assert "no ha registrado aquí la dirección de su política" in read(client, "/cartago/privacidad/")
    cartago.privacy_url = "https://cartago.example/datos-personales"
    cartago.save()
    assert "https://cartago.example/datos-personales" in read(client, "/cartago/privacidad/")


@pytest.mark.parametrize(
    ("licence", "words"),
    [
        ("CC-BY-4.0", "si cita la fuente («Alcaldía de Cartago»)."),
        ("CC-BY-SA-4.0", "y publica lo que haga con ellos con la misma licencia."),
        ("CC0-1.0", "Puede usarlos sin condiciones"),
    ],
)
def test_terms_say_the_licence_of_the_data(client, cartago, licence, words):
    cartago.data_licence = licence
    cartago.save()
    page = read(client, "/cartago/terminos/")
    assert words in page
    assert f"({licence})" in page
    assert 'rel="license"' in page


def test_the_map_of_an_entity_leads_to_all_that_it_has(client, cartago):
    page = read(client, "/cartago/mapa-del-sitio/")
    for place in (
        "/cartago/plataforma-estrategica/?marco=marco",
        "/cartago/plataforma-estrategica/marco/ejes/1/",
        "/cartago/planes/?vigencia=2024",
        "/cartago/mipg/",
        "/cartago/dependencias/",
        "/cartago/preguntar/",
        "/glosario/",
    ):
        assert f'href="{place}"' in page


def test_the_map_of_the_portal_lists_few_entities_and_leaves_many_to_the_home_page(client, cartago):
    assert 'href="/candelaria/mapa-del-sitio/"' in read(client, "/mapa-del-sitio/")
    for number in range(11):
        make_entity(f"municipio-{number}")
    page = read(client, "/mapa-del-sitio/")
    assert "Todas las entidades" in page
    assert "municipio-3" not in page


@pytest.mark.parametrize("number", [1, 3])
def test_pages_of_the_law_ask_the_same_queries_however_many_rows(
    client, cartago, django_assert_num_queries, number
):
    framework = cartago.frameworks.get()
    for position in range(2, number + 2):
        framework.axes.create(position=position, name=f"Eje {position}").objectives.create(position=1, name="Uno")
        make_published_plan(cartago, title=f"Plan {position}", year=2024 + position)
    for address, queries in {
        "/cartago/mapa-del-sitio/": 7,
        "/mapa-del-sitio/": 2,
        "/cartago/terminos/": 4,
    }.items():
        with django_assert_num_queries(queries, info=address):
            client.get(address)


@pytest.mark.parametrize("place", PLACES)
def test_an_unknown_entity_has_no_such_page(client, cartago, place):
    assert client.get(f"/otra/{place}/").status_code == 404
