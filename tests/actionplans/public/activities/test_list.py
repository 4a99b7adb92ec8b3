"""The list of the activities of a year: which are late, in one place, whatever plan they are of."""

import pytest

from actionplans.domain.contents.content import PlanContent
from actionplans.models import Activity
from tests.actionplans.public.transparency.year import activity
from tests.factories import make_draft, make_entity, make_office, make_policy, make_published_plan
from tests.following import close, make_year, on_day, reported, shipped_lights
from tests.reading import words_of

from .asking import PAGE, ask, listed

pytestmark = pytest.mark.django_db


def test_before_any_closing_all_are_listed_by_plan_and_nothing_is_said_of_how_they_go(year, client):
    page = ask(client)

    assert "Los planes de acción de 2024 prometen 5 actividades." in page
    assert listed(page) == [
        "Organizar archivos",
        "Atender consultas",
        "Capacitar",
        "Hacer mesas",
        "Rendir cuentas",
    ]
    assert "La entidad aún no publica" in page
    assert page.count("Aún sin un cierre que diga cómo va.") == 5


def test_the_most_behind_come_first_with_their_light_and_who_answers(year, client):
    year.first_cut()

    page = ask(client)

    assert listed(page)[0] == "Organizar archivos"
    first = page.partition("Organizar archivos")[2].partition("</li>")[0]
    assert "Atrasada" in first
    assert "Responde: Archivo General" in first
    assert 'href="/cartago/planes/2024/plan-de-archivos/actividades/1/#avance"' in first
    assert "Primero las que van más atrás" in page


def test_the_late_ones_can_be_asked_for(year, client):
    year.first_cut()

    page = ask(client, estado="atrasada")

    assert "1 actividad cumple lo que busca." in page
    assert listed(page) == ["Organizar archivos"]
    assert "Estado: Atrasada" in page


def test_a_new_closing_changes_what_is_late(year, client):
    year.first_cut()
    year.mend_the_first_cut()

    page = ask(client, estado="atrasada")

    assert "Ninguna actividad cumple lo que busca." in page
    assert "Organizar archivos" in listed(ask(client, estado="al-dia"))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"politica": "documental"}, ["Organizar archivos", "Atender consultas", "Capacitar"]),
        ({"dependencia": "archivo", "texto": "ARCHIVO organizár"}, ["Organizar archivos"]),
        ({"plan": "plan-de-participacion"}, ["Hacer mesas", "Rendir cuentas"]),
        ({"plan": "plan-de-participacion", "dependencia": "archivo"}, []),
        ({"politica": "participacion", "texto": "cuentas"}, ["Rendir cuentas"]),
        ({"texto": "de la"}, []),
    ],
)
def test_filters_combine(year, client, asked, found):
    page = ask(client, **asked)

    assert listed(page) == found
    if not found:
        assert "Sin resultados" in page
        assert f'href="{PAGE}?vigencia=2024"' in page


@pytest.mark.parametrize("name", ["vigencia", "estado", "plan", "politica", "dependencia"])
def test_a_value_that_is_not_offered_is_said_and_filters_nothing(year, client, name):
    page = ask(client, **{name: "1900"})

    assert "Escoja una de las opciones de la lista." in page
    assert len(listed(page)) == 5


def test_each_year_has_its_own_list(year, client):
    make_published_plan(year.house.entity, title="Plan de 2023", year=2023, activities=2)

    assert len(listed(ask(client))) == 5
    page = ask(client, vigencia=2023)
    assert len(listed(page)) == 2
    assert "<h1>Actividades de 2023</h1>" in page
    assert 'href="/cartago/datos/2023/actividades.csv"' in page
    assert client.get("/cartago/datos/2023/actividades.csv").status_code == 200


def test_drafts_and_other_entities_are_not_listed(year, client):
    make_draft(year.house.entity, title="Plan secreto")
    make_published_plan(make_entity("candelaria"), title="Plan del vecino")

    page = ask(client)

    assert len(listed(page)) == 5
    assert "Plan secreto" not in page
    assert "Plan del vecino" not in page


def test_an_entity_without_plans_says_what_will_be_here(client, cartago):
    page = ask(client)

    assert "Aún no hay actividades publicadas" in page
    assert "<form" not in page


def test_the_list_goes_by_pages_and_keeps_its_filters(client, house):
    content = PlanContent(
        title="Plan largo", activities=[activity(f"Hacer {n:02}", (1,), house.office, 2) for n in range(26)]
    )
    make_published_plan(house.entity, content=content)

    page = ask(client, estado="sin-cifra")

    assert "26 actividades cumplen lo que busca." in page
    assert "?estado=sin-cifra&amp;pagina=2" in page
    assert listed(ask(client, estado="sin-cifra", pagina=2)) == ["Hacer 25"]


def fill(house, number):
    """So many plans, policies, offices and closings; of each plan one activity is late, of others nobody tells."""
    shipped_lights()
    for position in range(1, number + 1):
        office = make_office(house.entity, f"Oficina {position}")
        house.leader.memberships.get().offices.add(office)
        policy = make_policy(position, f"Política {position}", f"politica-{position}")
        rows = [activity(f"Hacer {n} de {position}", (n,), office, 2) for n in range(1, number + 2)]
        content = PlanContent(title=f"Plan {position}", activities=rows)
        make_published_plan(house.entity, content=content, policy=policy, kind="politica")
    quarters = make_year(house)
    for position in range(1, number + 1):
        late = Activity.objects.get(versions__description=f"Hacer 1 de {position}")
        with on_day(2024, 4, 5):
            reported(house, late, quarters[0], 0)
    for quarter in quarters[: number + 1]:
        with on_day(2025, 1, 20):
            close(house, quarter)


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("state", "queries"), [("", 15), ("atrasada", 16), ("sin-reporte-validado", 25)])
def test_the_list_asks_the_same_queries_however_many_rows(
    client, house, django_assert_num_queries, number, state, queries
):
    fill(house, number)

    with django_assert_num_queries(queries):
        answer = client.get(PAGE, {"estado": state} if state else {})

    assert len(listed(words_of(answer))) >= number
