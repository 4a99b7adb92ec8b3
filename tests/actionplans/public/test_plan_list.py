"""The list of plans: what is published, filtered and by pages, and nothing else."""

import pytest

from actionplans.domain.plan import publish_document
from actionplans.enums import VersionStatus
from actionplans.models import PlanVersion
from planning.models import Axis, Objective
from tests.factories import make_draft, make_entity, make_framework, make_office, make_policy, make_published_plan
from tests.reading import text_of

pytestmark = pytest.mark.django_db


def open_to_review(version):
    """The draft as it stands in review, without the workflow that this test is not about."""
    PlanVersion.objects.filter(pk=version.pk).update(status=VersionStatus.IN_REVIEW, origin="documento")
    return version


def test_the_list_shows_what_is_published_and_counts_it_in_words(client, cartago):
    make_published_plan(cartago, title="Plan de archivos", activities=2)

    page = text_of(client, "/cartago/planes/")

    assert "La entidad publica 1 plan de acción." in page
    assert "Plan de archivos 2024" in page
    assert "2 actividades" in page


@pytest.mark.parametrize("prepare", [lambda version: version, open_to_review])
def test_drafts_and_plans_in_review_leak_nowhere(client, cartago, prepare):
    version = prepare(make_draft(cartago, title="Plan secreto"))

    assert "Plan secreto" not in text_of(client, "/cartago/planes/")
    assert "Plan secreto" not in text_of(client, "/cartago/")
    address = f"/cartago/planes/2024/{version.plan.slug}/"
    for part in ("", "?version=1", "actividades/1/"):
        assert client.get(address + part).status_code == 404


def test_the_plans_of_another_entity_are_neither_listed_nor_found_here(client, cartago):
    version = make_published_plan(make_entity("candelaria"), title="Plan del vecino")

    assert "Plan del vecino" not in text_of(client, "/cartago/planes/")
    for part in ("", "actividades/1/"):
        assert client.get(f"/cartago/planes/2024/{version.plan.slug}/{part}").status_code == 404


def test_an_empty_list_says_what_will_be_here(client, cartago):
    assert "Aún no hay planes publicados" in text_of(client, "/cartago/planes/")


def test_filters_combine(client, cartago):
    policy = make_policy()
    office = make_office(cartago, "Secretaría de Gobierno", slug="gobierno")
    wanted = {"kind": "politica", "policy": policy, "office": office}
    make_published_plan(cartago, title="Plan de diálogos", year=2024, **wanted)
    make_published_plan(cartago, title="Plan de diálogos de antes", year=2023, **wanted)
    make_published_plan(cartago, title="Plan de diálogos sin política", year=2024, office=office)
    make_published_plan(cartago, title="Plan de archivos", year=2024, **wanted)
    other_office = wanted | {"office": make_office(cartago, "Hacienda")}
    make_published_plan(cartago, title="Plan de diálogos ajenos", year=2024, **other_office)

    page = text_of(
        client,
        "/cartago/planes/",
        vigencia="2024",
        politica=policy.key,
        dependencia="gobierno",
        texto="DIALOGOS",
    )

    assert "1 plan cumple lo que busca." in page
    assert "/cartago/planes/2024/plan-de-dialogos/" in page
    assert "Quitar filtros" in page


def test_the_axis_filter_finds_the_plans_whose_activities_serve_it(client, cartago):
    axis = Axis.objects.create(framework=make_framework(cartago), position=1, name="Gobierno eficaz")
    objective = Objective.objects.create(axis=axis, position=1, name="Servir mejor")
    version = make_draft(cartago, title="Plan que aporta", origin="documento")
    version.activities.first().objectives.add(objective)
    publish_document(version)
    make_published_plan(cartago, title="Plan que no aporta")

    page = text_of(client, "/cartago/planes/", eje=axis.pk)

    assert "Plan que aporta 2024" in page
    assert "Plan que no aporta" not in page


@pytest.mark.parametrize(
    "params", [{"vigencia": "abc"}, {"vigencia": "1900"}, {"politica": "no-existe"}, {"dependencia": "ajena"}]
)
def test_a_value_that_is_not_offered_is_said_and_filters_nothing(client, cartago, params):
    make_published_plan(
        cartago, title="Plan visible", kind="politica", policy=make_policy(), office=make_office(cartago)
    )

    page = text_of(client, "/cartago/planes/", **params)

    assert "Escoja una de las opciones de la lista." in page
    assert "Plan visible" in page


def test_no_result_says_how_to_go_on(client, cartago):
    make_published_plan(cartago)

    assert "Ningún plan cumple lo que busca." in text_of(client, "/cartago/planes/", texto="inexistente")


def test_the_list_goes_by_twenties_and_keeps_its_filters(client, cartago):
    for number in range(21):
        make_published_plan(cartago, title=f"Plan {number:02}", activities=1)

    first = text_of(client, "/cartago/planes/", vigencia="2024")

    assert "Página 1 de 2" in first
    assert "?vigencia=2024&amp;pagina=2" in first
    assert "Plan 20" in text_of(client, "/cartago/planes/", vigencia="2024", pagina="2")


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_same_queries_however_many_plans(client, cartago, django_assert_num_queries, number):
    office, policy = make_office(cartago), make_policy()
    for position in range(number):
        make_published_plan(cartago, title=f"Plan {position}", office=office, kind="politica", policy=policy)

    with django_assert_num_queries(10):
        client.get("/cartago/planes/")
