"""Where the pages of a plan and of an activity lead: to what changed, to who answers, and onward."""

from unittest import mock

import pytest
from django.core.cache import caches

from actionplans.domain.comparing.differences import compare_versions
from actionplans.domain.contents.content import (
    ActivityContent,
    ComponentContent,
    IndicatorContent,
    PlanContent,
    ResponsibleContent,
)
from actionplans.models import ActivityVersion
from planning import content
from tests.factories import make_office, make_policy, make_published_plan
from tests.following import close, make_year, months, on_day, reported, shipped_lights
from tests.reading import text_of
from tests.steps import approve_by_act, modify

pytestmark = pytest.mark.django_db
PLAN = "/cartago/planes/2024/plan-de-prueba/"


@pytest.fixture
def version(house):
    return make_published_plan(house.entity, activities=8, office=house.office)


@pytest.fixture
def modified(house, version):
    """A second version: activity 1 says another deliverable, activity 2 is cancelled."""
    draft = modify(version, house)
    ActivityVersion.objects.filter(version=draft, activity__key=1).update(deliverable="Un informe")
    ActivityVersion.objects.filter(version=draft, activity__key=2).update(
        is_cancelled=True, cancel_reason="Ya no hace falta"
    )
    return approve_by_act(draft, house)


# --- What changed ---------------------------------------------------------------------------------


def test_a_plan_tells_what_changed_since_the_version_before(client, modified):
    page = text_of(client, PLAN)

    assert '<h2 id="cambios">Qué cambió desde la versión anterior</h2>' in page
    assert "La versión 2 cambia 1 actividad y cancela 1." in page
    assert f'Se cancela la actividad <a href="{PLAN}actividades/2/">2</a>: Actividad número 2' in page
    assert f'Cambia la actividad <a href="{PLAN}actividades/1/">1</a>: Entregable' in page
    assert f'<a href="{PLAN}comparar/1/2/">Ver lo que decía antes y lo que dice ahora</a>' in page


def test_a_first_version_changed_nothing(client, version):
    assert "Qué cambió" not in text_of(client, PLAN)
    assert "Qué cambió" not in text_of(client, f"{PLAN}actividades/1/")


def test_only_the_first_changes_are_told_and_the_others_counted(client, house, version):
    draft = modify(version, house)
    ActivityVersion.objects.filter(version=draft).update(note="Otra")
    approve_by_act(draft, house)

    page = text_of(client, PLAN)
    assert "La versión 2 cambia 8 actividades." in page
    assert page.count("Cambia la actividad <a") == 5
    assert "Ver los otros 3 cambios, con lo que decía antes y lo que dice ahora" in page


def test_an_activity_tells_what_the_version_changed_in_it(client, modified):
    changed, cancelled, same = (text_of(client, f"{PLAN}actividades/{number}/") for number in (1, 2, 3))

    assert "Qué cambió en la versión 2 del plan" in changed
    assert "<ins><span" in changed
    assert "Un informe" in changed
    assert "La versión 2 canceló esta actividad." in cancelled
    assert "Ya no hace falta" in cancelled
    assert "La versión 2 no cambió nada de esta actividad." in same
    assert f'href="{PLAN}comparar/1/2/"' in same


def test_an_earlier_version_is_compared_with_the_one_before_it(client, house, modified):
    approve_by_act(modify(modified, house, month=6), house, name="Acta n.º 3")

    assert f'href="{PLAN}comparar/1/2/">Ver' in text_of(client, f"{PLAN}?version=2")
    assert "La versión 3 dice lo mismo que la versión 2." in text_of(client, PLAN)


def test_two_versions_are_compared_once_and_again_after_a_renaming(client, house, modified, settings):
    settings.CACHES = settings.CACHES | {"pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    caches["pages"].clear()
    with mock.patch("actionplans.public.changes.compare_versions", wraps=compare_versions) as compared:
        for address in (PLAN, f"{PLAN}comparar/1/2/", f"{PLAN}?version=2"):
            client.get(address)
        assert compared.call_count == 1
        content.touch(house.entity)
        client.get(PLAN)
        assert compared.call_count == 2
    caches["pages"].clear()


# --- Who answers, and where to go on ----------------------------------------------------------------


def test_who_answers_is_counted_and_leads_to_the_office(client, house):
    other = make_office(house.entity, "Secretaría de Hacienda", slug="hacienda")
    rows = [(house.office, 1), (house.office, 2), (other, 3)]
    activities = tuple(
        ActivityContent(
            description=f"Número {number}",
            months=months(number),
            responsibles=(ResponsibleContent(text="", office=office),),
        )
        for office, number in rows
    )
    make_published_plan(house.entity, content=PlanContent(title="Plan de prueba", activities=activities))

    page = text_of(client, PLAN)
    first, second = page.index(f"{house.office.name}</a>: 2 actividades"), page.index("Hacienda</a>: 1 actividad<")
    assert first < second
    assert '<a href="/cartago/dependencias/hacienda/?vigencia=2024">Secretaría de Hacienda</a>' in page
    assert "/cartago/dependencias/hacienda/?vigencia=2024" in text_of(client, f"{PLAN}actividades/3/")


def test_a_plan_leads_to_the_same_one_of_other_years_and_no_further(client, house, neighbour):
    for year in (2023, 2024, 2026):
        make_published_plan(house.entity, year=year)
    make_published_plan(house.entity, title="Otro", year=2025)
    make_published_plan(neighbour.entity, year=2025)

    page = text_of(client, PLAN)
    before, after = "/cartago/planes/2023/plan-de-prueba/", "/cartago/planes/2026/plan-de-prueba/"
    assert f'<a rel="prev" href="{before}"><small>Vigencia anterior</small><span>Plan de prueba 2023' in page
    assert f'rel="next" href="{after}"><small>Vigencia siguiente</small><span>Plan de prueba 2026' in page
    assert "/planes/2025/" not in page
    assert 'rel="prev"' not in text_of(client, before)


def test_a_plan_that_began_with_another_is_the_same_one_under_another_name(client, house):
    earlier = make_published_plan(house.entity, year=2023, title="Plan viejo")
    later = make_published_plan(house.entity)
    type(later.plan).objects.filter(pk=later.plan_id).update(began_from=earlier.plan_id)

    assert "/cartago/planes/2023/plan-viejo/" in text_of(client, PLAN)
    assert f'rel="next" href="{PLAN}"' in text_of(client, "/cartago/planes/2023/plan-viejo/")


def test_a_new_year_of_a_plan_moves_the_pages_that_lead_to_it(house):
    make_published_plan(house.entity, title="Otro", year=2024)
    make_published_plan(house.entity, year=2024)
    version = make_published_plan(house.entity, year=2025)

    assert set(version.content_topics("publish")) == {"2025/plan-de-prueba", "2024/plan-de-prueba"}


def test_a_plan_of_a_policy_leads_to_its_other_plans(client, house):
    make_published_plan(house.entity, policy=make_policy(), kind="politica", office=house.office)

    assert '<a href="/cartago/mipg/participacion/?vigencia=2024">Otros planes de la política' in text_of(
        client, PLAN
    )


@pytest.mark.parametrize("address", [PLAN, f"{PLAN}actividades/1/"])
def test_the_address_is_there_to_copy_without_script_and_the_buttons_wait_for_it(
    client, version, settings, address
):
    page = text_of(client, address)

    assert f'<input id="direccion" type="text" readonly value="{settings.SITE_URL}{address}">' in page
    assert page.count("data-share-do=") == page.count("hidden>") == 3


def test_the_parts_of_a_long_plan_have_their_anchors(client, house):
    components = tuple(ComponentContent(name=f"Parte {number}") for number in range(1, 5))
    activities = tuple(ActivityContent(description=part.name, component=part.name) for part in components)
    make_published_plan(
        house.entity, content=PlanContent(title="Plan de prueba", components=components, activities=activities)
    )

    page = text_of(client, PLAN)
    for number in range(1, 5):
        assert f'<a href="#componente-{number}">Parte {number}</a>' in page
        assert f' id="componente-{number}"' in page


# --- Figures and their evidence ---------------------------------------------------------------------


def test_each_figure_has_its_address_and_may_be_asked_about(client, house):
    shipped_lights()
    measured = (IndicatorContent(name="Ferias", kind="count", accumulation="flow", target=2),)
    content = PlanContent(
        title="Plan de prueba",
        activities=(
            ActivityContent(
                description="Hacer ferias",
                months=months(1),
                indicators=measured,
                responsibles=(ResponsibleContent(text="", office=house.office),),
            ),
        ),
    )
    version = make_published_plan(house.entity, content=content)
    first = make_year(house)[0]
    with on_day(2024, 4, 5):
        reported(house, version.activities.get(), first, 1)
    with on_day(2024, 4, 20):
        close(house, first)

    for address in (PLAN, f"{PLAN}actividades/1/"):
        page = text_of(client, address)
        assert '<h2 id="avance">' in page
        assert f'<a href="{address}#avance">Dirección de esta cifra' in page
        assert "/cartago/preguntar/?sobre=" in page


# --- What it costs ----------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 3])
def test_pages_of_a_modified_plan_ask_the_same_queries_however_many_activities(
    client, house, django_assert_num_queries, number
):
    """The first time: the comparison, which is most of them, is kept for the next."""
    version = make_published_plan(house.entity, activities=number, office=house.office)
    draft = modify(version, house)
    ActivityVersion.objects.filter(version=draft).update(deliverable="Un informe")
    approve_by_act(draft, house)

    for address, queries in {PLAN: 48, f"{PLAN}actividades/1/": 21}.items():
        with django_assert_num_queries(queries, info=address):
            assert client.get(address).status_code == 200
