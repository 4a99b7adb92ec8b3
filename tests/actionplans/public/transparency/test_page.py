"""The transparency page as a page: its tables, its addresses, its years, and what it costs."""

import re

import pytest
from django.conf import settings

from actionplans.domain.contents.content import PlanContent
from mipg.documents import load_obligations
from mipg.models import InstitutionalPlan, InstitutionalPlanKind, PolicyLeadership
from planning.documents import read
from planning.models import Axis, Objective
from tests.factories import adopt, make_framework, make_office, make_policy, make_published_plan
from tests.following import close, make_year, on_day, shipped_lights

from .year import PAGE, YEAR, activity, page_of, text_of

pytestmark = pytest.mark.django_db


def test_every_table_has_a_title_for_who_hears_it(year, client):
    year.first_cut()
    year.mend_the_first_cut()
    load_obligations(read("obligations.json"))
    InstitutionalPlan.objects.create(
        entity=year.house.entity,
        year=2024,
        kind=InstitutionalPlanKind.objects.create(number=1, key="pinar", name="PINAR", norm="Decreto 612 de 2018"),
    )
    plan = "/cartago/planes/2024/plan-de-archivos/"
    for address in (
        YEAR,
        plan,
        f"{plan}actividades/1/",
        "/cartago/mipg/?vigencia=2024",
        "/cartago/datos/diccionario/",
    ):
        page = page_of(client, address)
        tables = re.findall(r"<table[^>]*> ?(<\w+)", page)
        assert tables, address
        assert set(tables) == {"<caption"}, address


def test_each_obligation_has_an_address_and_a_way_to_ask(year, client):
    load_obligations(read("obligations.json"))
    page = page_of(client)

    for place in ("publicar-plan-de-accion", "seguimiento-trimestral-1", "seguimiento-trimestral-4"):
        assert page.count(f'<tr id="obligacion-{place}">') == 1
        assert f'href="{YEAR}#obligacion-{place}"' in page
        assert f"?sobre={YEAR}%23obligacion-{place}" in page


def test_the_page_can_be_taken_along(year, client):
    page = page_of(client, PAGE)

    assert f'value="{settings.SITE_URL}{YEAR}"' in page
    assert page.index("Última actualización") < page.index("<h2")


def test_the_newest_year_that_has_begun_is_shown_and_each_has_its_address(year, client):
    make_published_plan(year.house.entity, title="Plan de 2023", year=2023)
    make_published_plan(year.house.entity, title="Plan de 2025", year=2025)

    assert "Lo que prometimos y lo que hemos hecho en 2024" in text_of(client, PAGE)
    page = page_of(client, PAGE)
    for other in (2023, 2025):
        assert f'href="/cartago/transparencia/{other}/"' in page
    assert "Plan de 2023" in text_of(client, "/cartago/transparencia/2023/")
    with on_day(2024, 5, 2):
        assert client.get("/cartago/transparencia/2019/").status_code == 404


def test_every_block_of_figures_has_an_address_and_a_way_to_ask(year, client):
    year.first_cut()
    page = page_of(client)

    for anchor in (
        "avance-trimestre",
        "ano-trimestre",
        "politicas",
        "dimensiones",
        "ejes",
        "dependencias",
        "cierres",
    ):
        assert page.count(f'id="{anchor}"') == 1
        assert f'<a href="{YEAR}#{anchor}">Dirección de esta cifra' in page
    assert page.count("<summary>¿Cómo se calculó?") == 5  # the entity and the four lists
    assert page.count(' id="') == len(set(re.findall(r' id="([^"]+)"', page)))


def test_what_may_be_downloaded_is_linked(year, client):
    page = page_of(client)

    for suffix in ("xlsx", "pdf", "csv", "json"):
        assert f'href="/cartago/planes/2024/plan-de-archivos/descargar.{suffix}"' in page


def test_the_last_change_is_that_of_the_newest_closing(year, client):
    year.first_cut()

    assert "Última actualización: 20 de abril de 2024" not in text_of(client)  # plans were published today
    with on_day(2027, 1, 2):
        close(year.house, year.quarters[1])
    assert "Última actualización: 2 de enero de 2027" in text_of(client)


def fill(house, number):
    """So many policies, plans, offices, axes and closings."""
    shipped_lights()
    framework = make_framework(house.entity)
    for position in range(1, number + 1):
        office = make_office(house.entity, f"Oficina {position}")
        policy = make_policy(position, f"Política {position}", f"politica-{position}")
        axis = Axis.objects.create(framework=framework, position=position, name=f"Eje {position}")
        objective = Objective.objects.create(axis=axis, position=1, name="Uno")
        rows = tuple(
            activity(f"Hacer {n}", (n,), office, 2, objectives=(objective,)) for n in range(1, number + 1)
        )
        content = PlanContent(title=f"Plan {position}", activities=rows)
        make_published_plan(house.entity, content=content, policy=policy, kind="politica")
        kind = InstitutionalPlanKind.objects.create(number=position, key=f"p{position}", name=f"P {position}")
        InstitutionalPlan.objects.create(entity=house.entity, year=2024, kind=kind, office=office)
        PolicyLeadership.objects.create(
            entity=house.entity, policy=policy, office=office, role="leads", source="Decreto", position=1
        )
    adopt(house.entity, policy)
    for quarter in make_year(house)[:number]:
        with on_day(2025, 1, 20):
            close(house, quarter)


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_the_same_queries_however_many_rows(client, house, django_assert_num_queries, number):
    fill(house, number)

    with django_assert_num_queries(25):
        client.get(YEAR)
