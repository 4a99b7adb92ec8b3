"""The strategic framework page."""

import datetime

import pytest

from actionplans.public.frameworks import choose_framework
from planning.enums import FrameworkKind
from planning.models import Axis, Line, Objective, Pillar, Programme, Purpose, StrategicFramework
from tests.factories import make_entity, make_framework

pytestmark = pytest.mark.django_db


def fill(framework, number):
    """`number` of everything that hangs from a framework."""
    for position in range(1, number + 1):
        Pillar.objects.create(framework=framework, position=position, name=f"Pilar {position}")
        axis = Axis.objects.create(framework=framework, position=position, name=f"Eje de prueba {position}")
        Objective.objects.create(axis=axis, position=1, name=f"Objetivo {position}")
        line = Line.objects.create(axis=axis, position=1, name=f"Línea {position}")
        programme = Programme.objects.create(line=line, position=1, name=f"Programa {position}")
        Purpose.objects.create(programme=programme, position=1, text=f"Propósito {position}")


def test_the_page_shows_all_the_parts(client):
    framework = make_framework(make_entity(), mission="Servir", vision="Ser", general_objective="Lograr")
    fill(framework, 2)

    page = client.get("/cartago/plataforma-estrategica/").content.decode()

    for words in ("Servir", "Pilar 2", "Eje de prueba 2", "Objetivo 1", "Línea 2", "Programa 2", "Propósito 2"):
        assert words in page
    assert "Contiene 2 pilares, 2 ejes estratégicos, 2 objetivos y 2 programas." in page


def test_a_period_that_is_over_is_said(client):
    make_framework(make_entity(), first_year=2020, last_year=2023)

    page = client.get("/cartago/plataforma-estrategica/").content.decode()

    assert "Periodo terminado" in page
    assert "ya terminó" in page


def test_a_candidates_programme_is_not_shown_as_an_adopted_plan(client):
    make_framework(make_entity(), kind=FrameworkKind.GOVERNMENT_PROGRAMME)

    page = client.get("/cartago/plataforma-estrategica/").content.decode()

    assert "No es un plan adoptado por la entidad" in page


def test_an_unpublished_framework_leaks_nothing(client):
    entity = make_entity()
    make_framework(entity, slug="oculto", title="Marco oculto", is_published=False)

    assert "Marco oculto" not in client.get("/cartago/plataforma-estrategica/").content.decode()
    assert client.get("/cartago/plataforma-estrategica/?marco=oculto").status_code == 404


def test_the_framework_of_another_entity_is_not_found(client):
    make_entity("cartago")
    make_framework(make_entity("candelaria"), slug="ajeno")

    assert client.get("/cartago/plataforma-estrategica/?marco=ajeno").status_code == 404


def test_an_earlier_framework_can_still_be_read(client):
    entity = make_entity()
    make_framework(entity, slug="nuevo", title="Marco nuevo", first_year=2024, last_year=2027)
    make_framework(entity, slug="viejo", title="Marco viejo")

    assert "?marco=viejo" in client.get("/cartago/plataforma-estrategica/").content.decode()
    assert "<h1>Marco viejo</h1>" in client.get("/cartago/plataforma-estrategica/?marco=viejo").content.decode()


def test_without_framework_the_page_says_what_will_be_here(client):
    make_entity()

    assert "Aún no hay un marco" in client.get("/cartago/plataforma-estrategica/").content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_the_same_queries_however_many_rows(client, django_assert_num_queries, number):
    fill(make_framework(make_entity()), number)

    with django_assert_num_queries(15):
        client.get("/cartago/plataforma-estrategica/")


def a_framework(**fields):
    return StrategicFramework(
        **{"kind": FrameworkKind.DIRECTION, "first_year": 2020, "last_year": 2023, "slug": "x", **fields}
    )


def test_the_framework_in_force_is_chosen_before_a_newer_one():
    current, future = a_framework(), a_framework(first_year=2024, last_year=2027)

    assert choose_framework([future, current], 2022) is current


def test_an_adopted_document_is_chosen_before_a_candidates_programme():
    adopted = a_framework()
    promised = a_framework(kind=FrameworkKind.GOVERNMENT_PROGRAMME)

    assert choose_framework([promised, adopted], 2022) is adopted


def test_without_one_in_force_the_newest_is_chosen():
    old, older = a_framework(), a_framework(first_year=2016, last_year=2019)

    assert choose_framework([older, old], datetime.date(2026, 1, 1).year) is old
