"""The offices of an entity: what each answers for, how it goes, what is late first."""

import datetime

import pytest
from django.utils import timezone

from actionplans.domain.contents.content import (
    ActivityContent,
    IndicatorContent,
    PlanContent,
    ResponsibleContent,
)
from actionplans.enums import ResponsibilityRole
from actionplans.models import Activity
from actionplans.months import MonthSet
from mipg.enums import LeadershipRole
from mipg.models import PolicyLeadership
from tests.factories import make_draft, make_entity, make_office, make_policy, make_published_plan
from tests.following import close, link, make_year, on_day, report, reported, shipped_lights

pytestmark = pytest.mark.django_db


def promise(description, *offices, months=(1, 4), target=4):
    """An activity for which the first office answers and which the others support."""
    roles = [ResponsibilityRole.LEADS] + [ResponsibilityRole.SUPPORTS] * len(offices)
    responsibles = tuple(
        ResponsibleContent(text=office.name, office=office, role=role, reports=role == ResponsibilityRole.LEADS)
        for office, role in zip(offices, roles, strict=False)
    )
    return ActivityContent(
        description=description,
        months=MonthSet(months),
        responsibles=responsibles,
        indicators=(IndicatorContent(name="Talleres", target=target, unit="talleres"),),
    )


def publish(entity, *activities, title="Plan uno", **fields):
    return make_published_plan(entity, content=PlanContent(title=title, activities=activities), **fields)


def address(office, query=""):
    return f"/{office.entity.slug}/dependencias/{office.slug}/{query}"


def read(client, where) -> str:
    answer = client.get(where)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


@pytest.fixture
def other(house):
    return make_office(house.entity, "Oficina de Archivo")


def test_an_office_says_what_it_answers_for_and_what_it_supports(client, house, other):
    publish(house.entity, promise("Dar talleres", house.office), promise("Ordenar cajas", other, house.office))

    page = read(client, address(house.office))

    assert "En 2024 responde por 1 actividad y apoya 1 actividad." in page
    assert "Dar talleres" in page
    assert "Programada en enero y abril" in page
    assert "Aún sin un cierre que diga cómo va." in page
    assert "Ordenar cajas" in page
    assert "<span>Apoya</span>" in page


def test_activities_of_other_offices_drafts_and_cancelled_ones_are_left_out(client, house, other):
    publish(house.entity, promise("Dar talleres", house.office), promise("Ordenar cajas", other))
    make_draft(house.entity, title="Borrador secreto", office=house.office)

    page = read(client, address(house.office))

    assert "Ordenar cajas" not in page
    assert "Borrador secreto" not in page
    assert "Actividad número 1" not in page


def test_an_office_without_activities_says_so(client, house, other):
    publish(house.entity, promise("Dar talleres", house.office))
    page = read(client, address(other))
    assert f"Ningún plan publicado de {timezone.localdate().year} le asigna actividades." in page
    assert "Sin actividades publicadas" in page


def test_what_is_most_behind_comes_first_with_its_figure_and_evidence(client, house):
    shipped_lights()
    publish(house.entity, promise("Va bien", house.office), promise("Va mal", house.office))
    first, *_ = make_year(house)
    well, badly = Activity.objects.order_by("key")
    with on_day(2024, 4, 5):
        reported(house, well, first, 4, evidence=(link(house), link(house, "https://ejemplo.gov.co/otro.pdf")))
        reported(house, badly, first, "0.1")
    with on_day(2024, 4, 20):
        close(house, first)

    page = read(client, address(house.office))

    assert page.index(">Va mal<") < page.index(">Va bien<")
    assert "; al 31 de marzo de 2024 lleva" in page
    assert ". 1 va atrasada." in page
    assert "2 evidencias con lo reportado." in page
    assert "Sin evidencias en lo reportado." in page
    assert "¿Cómo se calculó?" in page
    assert 'id="avance"' in page
    anchor = f"{address(house.office)}?vigencia=2024#avance"
    assert f'href="{anchor}"' in page
    assert (
        f"/cartago/preguntar/?sobre={anchor.replace('?', '%3F').replace('=', '%3D').replace('#', '%23')}" in page
    )


def test_what_nobody_closed_is_not_told(client, house):
    publish(house.entity, promise("Dar talleres", house.office))
    first, *_ = make_year(house)
    with on_day(2024, 4, 5):
        report(house, Activity.objects.get(), first, 3, narrative="Secreto", evidence=(link(house),))

    page = read(client, address(house.office))

    assert "lleva" not in page
    assert "evidencia" not in page
    assert "Secreto" not in page


def test_previous_years_stay_at_their_address(client, house):
    publish(house.entity, promise("De este año", house.office), year=2024)
    publish(house.entity, promise("De antes", house.office), title="Plan viejo", year=2023)

    newest, older = read(client, address(house.office)), read(client, address(house.office, "?vigencia=2023"))

    assert "De este año" in newest
    assert "De antes" not in newest
    assert 'href="?vigencia=2023"' in newest
    assert "De antes" in older
    assert "En 2023 responde por 1 actividad." in older


def test_the_policies_that_it_leads_are_shown_with_their_role(client, house):
    policy = make_policy()
    publish(house.entity, promise("Dar talleres", house.office))
    for position, role in enumerate((LeadershipRole.SUPPORTS, LeadershipRole.LEADS), start=1):
        PolicyLeadership.objects.create(
            entity=house.entity, policy=policy, office=house.office, role=role, source="Decreto", position=position
        )

    page = read(client, address(house.office))

    assert page.count(">Participación Ciudadana en la Gestión Pública<") == 1
    assert "<span>Lidera</span>" in page


def test_an_office_leads_to_the_ones_before_and_after_it(client, house):
    first = make_office(house.entity, "Archivo")
    last = make_office(house.entity, "Tránsito")
    page = read(client, address(house.office))
    for neighbour, words in ((first, "Dependencia anterior"), (last, "Dependencia siguiente")):
        assert f'href="{address(neighbour)}?vigencia=' in page
        assert words in page


def test_an_office_is_found_only_under_its_own_entity(client, house):
    make_entity("candelaria")
    assert client.get(f"/candelaria/dependencias/{house.office.slug}/").status_code == 404
    assert client.get("/cartago/dependencias/no-existe/").status_code == 404


def test_the_list_tells_what_each_answers_for(client, house, other):
    publish(
        house.entity,
        promise("Uno", house.office),
        promise("Dos", house.office, other),
    )
    make_office(house.entity, "Oficina suprimida", valid_to=datetime.date(2020, 1, 1))
    make_office(make_entity("candelaria"), "Oficina de otra entidad")

    page = read(client, "/cartago/dependencias/")

    assert (
        "En 2024, 1 dependencia responde por las actividades de los planes publicados: son 2 actividades." in page
    )
    assert "Responde por 2 actividades" in page
    assert "Sin actividades a su cargo" in page
    assert "Apoya 1 actividad" in page
    assert "Oficina suprimida" not in page
    assert "Oficina de otra entidad" not in page


def test_an_entity_without_offices_says_what_will_be_there(client, db):
    make_entity("candelaria")
    assert "Aún no hay dependencias" in read(client, "/candelaria/dependencias/")


def test_a_year_of_which_nothing_is_said_is_said(client, house):
    publish(house.entity, promise("Dar talleres", house.office))
    for where in ("/cartago/dependencias/?vigencia=1999", address(house.office, "?vigencia=1999")):
        assert "La entidad no tiene información de la vigencia «1999»: se muestra 2024." in read(client, where)


def fill(house, number):
    """So many offices, each with so many activities that were reported and closed, and a policy."""
    shipped_lights()
    policy = make_policy()
    offices = [house.office, *(make_office(house.entity, f"Oficina {n}") for n in range(number - 1))]
    for position, office in enumerate(offices, start=1):
        PolicyLeadership.objects.create(
            entity=house.entity, policy=policy, office=office, role="leads", source="Decreto", position=position
        )
    publish(house.entity, *(promise(f"{n} de {o}", o) for o in offices for n in range(number)))
    first, *_ = make_year(house)
    with on_day(2024, 4, 5):
        for row in Activity.objects.filter(versions__responsibilities__office=house.office):
            reported(house, row, first, 1, evidence=(link(house),))
    with on_day(2024, 4, 20):
        close(house, first)


@pytest.mark.parametrize("number", [1, 3])
def test_offices_ask_the_same_queries_however_many_rows(client, house, django_assert_num_queries, number):
    fill(house, number)
    for where, queries in {"/cartago/dependencias/": 10, address(house.office): 21}.items():
        client.get(where)
        with django_assert_num_queries(queries, info=where):
            client.get(where)


def test_an_office_with_very_many_activities_has_pages(client, house):
    publish(house.entity, *(promise(f"Hacer la cosa {n}", house.office) for n in range(1, 28)))
    first = read(client, address(house.office))
    second = read(client, address(house.office, "?vigencia=2024&pagina=2"))
    assert "Página 1 de 2" in first
    assert first.count("Hacer la cosa") == 25
    assert second.count("Hacer la cosa") == 2
    assert "En 2024 responde por 27 actividades." in second
