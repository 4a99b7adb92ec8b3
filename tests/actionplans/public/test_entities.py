"""The list of entities, an entity's first page and the files that dress it."""

import datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.core.files.base import ContentFile
from django.db import DatabaseError

from actionplans.public.views import entities
from tests.factories import make_draft, make_entity, make_framework, make_published_plan
from tests.following import close, make_year, months, on_day, reported, shipped_lights

pytestmark = pytest.mark.django_db


def test_one_entity_is_the_home(client):
    make_entity("cartago")

    assert client.get("/").headers["Location"] == "/cartago/"


def test_several_entities_are_listed_with_their_plans(client):
    make_published_plan(make_entity("cartago"))
    make_draft(make_entity("candelaria"))

    page = client.get("/").content.decode()

    assert 'href="/cartago/"' in page
    assert "1 plan de acción publicado" in page
    assert "Aún no publica planes de acción" in page


def test_no_entity_says_what_will_be_here(client):
    assert "Aún no hay entidades" in client.get("/").content.decode()


def test_the_search_of_entities_ignores_accents_and_case(client):
    make_entity("cartago", municipality="Cartago")
    make_entity("bogota", name="Alcaldía Mayor de Bogotá")

    page = client.get("/", {"texto": "BOGOTA"}).content.decode()

    assert "1 entidad coincide" in page
    assert 'href="/cartago/"' not in page


@pytest.mark.parametrize("number", [2, 4])
def test_the_home_asks_six_queries(client, django_assert_num_queries, number):
    for position in range(number):
        make_published_plan(make_entity(f"entidad-{position}"))

    with django_assert_num_queries(6):
        client.get("/")


def test_the_home_counts_every_entity_that_publishes_also_beyond_its_page(client, monkeypatch):
    monkeypatch.setattr(entities, "ENTITIES_PER_PAGE", 2)
    for position in range(3):
        make_published_plan(make_entity(f"entidad-{position}"))
    make_entity("entidad-3")

    first = " ".join(client.get("/").content.decode().split())
    assert "4 entidades están en este portal; 3 ya publican planes de acción" in first
    assert first.count('<li class="card">') == 2
    assert client.get("/?pagina=2").content.decode().count('<li class="card">') == 2


def test_the_home_shows_the_newest_figure_of_each_entity(client, house, neighbour):
    shipped_lights()
    plan = make_published_plan(house.entity, title="Con cierres", office=house.office).plan
    make_published_plan(neighbour.entity, title="Sin cierres")
    first, second, *_rest = make_year(house)
    with on_day(2024, 4, 5):
        reported(house, plan.activities.get(key=1), first, declared=Decimal(40), executed_months=months(1))
    with on_day(2024, 8, 1):
        close(house, first)
        page = " ".join(client.get("/").content.decode().split())
        assert page.count("ejecutado") == 1
        assert "Avance de 2024" in page
        assert "programado a marzo" in page
        close(house, second)
        page = " ".join(client.get("/").content.decode().split())
        assert page.count("ejecutado") == 1
        assert "programado a junio" in page
    with on_day(2026, 1, 2):
        assert "ejecutado" not in client.get("/").content.decode()  # too old to tell how it goes


def test_the_first_page_opens_with_the_figure_and_lists_the_newest_closings(client, house):
    shipped_lights()
    plan = make_published_plan(house.entity, office=house.office).plan
    first, *_rest = make_year(house)
    with on_day(2024, 4, 5):
        reported(house, plan.activities.get(key=1), first, declared=Decimal(40))
    with on_day(2024, 4, 20):
        close(house, first)
    with on_day(2024, 5, 2):
        page = " ".join(client.get("/cartago/").content.decode().split())

    # Three activities of one month each, all of it over: 40 declared, two without a report.
    assert "El avance programado a marzo era 100 %; el ejecutado es 40 %." in page.replace("\xa0", " ")
    closing = first.closings.get()
    assert f'<a href="/cartago/transparencia/2024/#cierre-{closing.pk}">Trimestre I de 2024</a>' in page
    assert "Cierre 1, del 20 de abril de 2024" in page
    for address in ("/cartago/transparencia/", "/cartago/plataforma-estrategica/", "/cartago/mipg/"):
        assert f'href="{address}"' in page


def test_the_first_page_says_what_is_programmed_this_month(client, monkeypatch):
    monkeypatch.setattr(entities.timezone, "localdate", lambda: datetime.date(2024, 2, 10))
    make_published_plan(make_entity("cartago"), activities=3)

    page = client.get("/cartago/").content.decode()

    assert "Programado para febrero" in page
    assert "Actividad número 2" in page
    assert "Actividad número 3" not in page


def test_the_first_page_does_not_speak_of_the_month_of_another_year(client):
    make_published_plan(make_entity("cartago"), year=2020)

    assert "Programado para" not in client.get("/cartago/").content.decode()


def test_the_first_page_tells_nothing_of_drafts_or_neighbours(client):
    make_draft(make_entity("cartago"), title="Plan en borrador")
    make_published_plan(make_entity("candelaria"), title="Plan del vecino")

    page = client.get("/cartago/").content.decode()

    assert "Plan en borrador" not in page
    assert "Plan del vecino" not in page
    assert "Aún no hay planes publicados" in page


@pytest.mark.parametrize("number", [1, 3])
def test_the_first_page_asks_the_same_queries_however_many_plans(client, django_assert_num_queries, number):
    entity = make_entity("cartago")
    make_framework(entity)
    for position in range(number):
        make_published_plan(entity, title=f"Plan {position}")

    with django_assert_num_queries(10):
        client.get("/cartago/")


def test_the_footer_shows_only_what_the_entity_has_filled_in(client):
    make_entity("cartago", nit="891.900.493-2", website="https://www.cartago.gov.co")

    page = client.get("/cartago/").content.decode()

    assert "891.900.493-2" in page
    assert "https://www.cartago.gov.co" in page
    assert "Conmutador" not in page


def test_the_colour_of_the_entity_is_a_stylesheet_that_browsers_keep(client):
    make_entity("cartago", colour="#7A1F1F")

    answer = client.get("/cartago/estilo.css")

    assert answer.content.decode() == ":root { --brand: #7A1F1F; }\n"
    assert answer["Content-Type"] == "text/css"
    assert "max-age" in answer["Cache-Control"]


def test_a_colour_that_white_text_cannot_be_read_on_gives_way(client):
    make_entity("cartago", colour="#FFEE00")

    assert "#FFEE00" not in client.get("/cartago/estilo.css").content.decode()


def test_the_logo_is_served_as_a_picture_and_nothing_else(client):
    entity = make_entity("cartago")
    entity.logo.save("logo.png", ContentFile(b"\x89PNG"))

    answer = client.get("/cartago/logo")

    assert answer["Content-Type"] == "image/png"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert 'src="/cartago/logo"' in client.get("/cartago/").content.decode()


def test_without_logo_there_is_no_picture(client):
    make_entity("cartago")

    assert client.get("/cartago/logo").status_code == 404
    assert "<img" not in client.get("/cartago/").content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "",
        "estilo.css",
        "logo",
        "plataforma-estrategica/",
        "mipg/",
        "mipg/integridad/",
        "planes/",
        "planes/2024/x/",
    ],
)
def test_an_unknown_entity_is_not_found(client, address):
    make_entity("cartago")

    assert client.get(f"/nadie/{address}").status_code == 404


def test_health_says_that_the_database_answers(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        answer = client.get("/salud/")

    assert answer.status_code == 200
    assert answer.json() == {"estado": "bien", "base_de_datos": "bien"}


def test_health_says_that_the_database_does_not_answer(client, monkeypatch):
    def broken():
        raise DatabaseError

    monkeypatch.setattr(entities, "connection", SimpleNamespace(cursor=broken))

    answer = client.get("/salud/")

    assert answer.status_code == 503
    assert answer.json() == {"estado": "mal", "base_de_datos": "mal"}


def test_a_signed_in_person_of_two_entities_can_go_to_the_work_of_each(client, house, neighbour):
    house.planning.memberships.create(entity=neighbour.entity, role="auditor")
    client.force_login(house.planning)

    page = client.get("/cartago/").content.decode()

    assert "Mi trabajo" in page
    assert "Cerrar sesión" in page
    assert "Alcaldía de Candelaria: Control interno" in page
