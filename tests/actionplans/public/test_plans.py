"""The list of plans, the page of a plan and the page of an activity."""

from decimal import Decimal

import pytest
from django.utils import timezone

from actionplans.domain.contents.content import (
    ActivityContent,
    ComponentContent,
    IndicatorContent,
    PlanContent,
    ResponsibleContent,
)
from actionplans.domain.plan import publish_document
from actionplans.enums import VersionStatus
from actionplans.models import PlanVersion
from actionplans.months import MonthSet
from planning.models import Axis, Objective
from tests.factories import (
    activity_contents,
    make_draft,
    make_entity,
    make_framework,
    make_office,
    make_policy,
    make_published_plan,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def cartago(db):
    return make_entity("cartago")


def text_of(client, address, **params):
    answer = client.get(address, params)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def open_to_review(version):
    """The draft as it stands in review, without the workflow that this test is not about."""
    PlanVersion.objects.filter(pk=version.pk).update(status=VersionStatus.IN_REVIEW, origin="documento")
    return version


# --- The list -------------------------------------------------------------------------------------


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


# --- A plan ---------------------------------------------------------------------------------------


def full_content(cartago):
    office = make_office(cartago, "Secretaría de Gobierno")
    responsible = (ResponsibleContent(text="Sec. Gobierno", office=office),)
    return PlanContent(
        title="Plan completo",
        objective="Lograr lo que dice",
        source="Documento de la entidad",
        note="El documento no trae metas.",
        printed_participants=("Todas",),
        sections=(("Introducción", "Texto de la introducción"), ("Marco", "Normas"), ("Método", "Pasos")),
        objectives=(("Servir", "Mejor cada día"),),
        components=(
            ComponentContent(
                name="Diagnóstico",
                weight=Decimal("40"),
                indicators=(IndicatorContent(name="Diagnósticos", target=Decimal("2")),),
            ),
        ),
        activities=(
            ActivityContent(
                description="Hacer el diagnóstico",
                component="Diagnóstico",
                months=MonthSet([2, 3]),
                tasks=("Preguntar",),
                deliverable="Informe",
                indicators=(IndicatorContent(name="Informes hechos", target=Decimal("1250.5"), unit="informes"),),
                responsibles=responsible,
                weight=Decimal("12.5"),
                budget=Decimal("2000000"),
            ),
            ActivityContent(description="Conversar", schedule_text="Segundo semestre", responsibles=responsible),
        ),
    )


def test_the_page_shows_all_that_the_plan_says(client, cartago):
    make_published_plan(cartago, content=full_content(cartago))

    page = text_of(client, "/cartago/planes/2024/plan-completo/")

    for words in (
        "El plan promete 2 actividades entre febrero y marzo de 2024. Responde: Secretaría de Gobierno.",
        "Tomado de un documento oficial",
        "Documento de la entidad",
        "El documento no trae metas.",
        "Texto de la introducción",
        "Mejor cada día",
        "Preguntar",
        "Informe",
        "Meta: 1.250,5 informes",
        "Indicador del componente:",
        "12,5 %",
        "$ 2.000.000",
        "Programada en febrero y marzo",
        "Segundo semestre",
        "En esta página",
    ):
        assert words in page


def test_what_the_plan_does_not_say_is_said_and_never_zero(client, cartago):
    content = PlanContent(
        title="Plan sin metas",
        activities=(
            ActivityContent(description="Una", months=MonthSet([1]), indicators=(IndicatorContent(name="Algo"),)),
            ActivityContent(description="Otra"),
        ),
    )
    make_published_plan(cartago, content=content)

    page = text_of(client, "/cartago/planes/2024/plan-sin-metas/")

    for words in ("Sin meta definida", "Sin programación", "Sin indicador", "Sin entregable"):
        assert words in page
    assert "0 %" not in page


def test_the_grid_is_a_table_with_headers_and_hidden_words(client, cartago):
    make_published_plan(cartago, activities=1)

    page = text_of(client, "/cartago/planes/2024/plan-de-prueba/")

    assert "<caption>" in page
    assert page.count('<th scope="col" class="month') == 12
    assert page.count('<span class="visually-hidden">Programada</span>') == 1
    assert '<th scope="row"' in page


def test_the_current_month_is_marked_only_in_the_plans_own_year(client, cartago):
    this_year = timezone.localdate().year
    make_published_plan(cartago, year=this_year)
    make_published_plan(cartago, year=this_year - 1)

    assert " now" in text_of(client, f"/cartago/planes/{this_year}/plan-de-prueba/")
    assert " now" not in text_of(client, f"/cartago/planes/{this_year - 1}/plan-de-prueba/")


def test_a_plan_without_months_has_no_grid(client, cartago):
    make_published_plan(cartago, content=PlanContent(title="Plan", activities=(ActivityContent(description="A"),)))

    page = text_of(client, "/cartago/planes/2024/plan/")

    assert "por eso no hay cronograma" in page
    assert 'class="month' not in page


def test_markup_in_a_plan_is_shown_as_text(client, cartago):
    content = PlanContent(title="Plan", activities=(ActivityContent(description="<script>alert(1)</script>"),))
    make_published_plan(cartago, content=content)

    page = text_of(client, "/cartago/planes/2024/plan/")

    assert "<script>" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("asked", ["2", "x", "-1", "99999999999999999999"])
def test_a_version_that_does_not_exist_is_not_found(client, cartago, asked):
    make_published_plan(cartago)

    assert client.get("/cartago/planes/2024/plan-de-prueba/", {"version": asked}).status_code == 404


@pytest.mark.parametrize("number", [9, 300])
def test_the_page_asks_the_same_queries_however_many_activities(
    client, cartago, django_assert_num_queries, number
):
    office = make_office(cartago)
    content = PlanContent(
        title="Plan",
        sections=(("Introducción", "Texto"),),
        objectives=(("Objetivo", ""),),
        components=(ComponentContent(name="Uno", indicators=(IndicatorContent(name="I"),)),),
        activities=activity_contents(
            number, office, component="Uno", tasks=("Tarea",), indicators=(IndicatorContent(name="I"),)
        ),
    )
    make_published_plan(cartago, content=content)

    with django_assert_num_queries(20):
        assert client.get("/cartago/planes/2024/plan/").status_code == 200


def test_an_earlier_version_is_listed_and_can_be_read(client, cartago):
    first = make_published_plan(cartago, title="Plan de prueba")
    PlanVersion.objects.filter(pk=first.pk).update(status=VersionStatus.SUPERSEDED)
    PlanVersion.objects.create(
        plan=first.plan,
        entity=cartago,
        number=2,
        status=VersionStatus.APPROVED,
        title="Plan modificado",
        origin="documento",
        reason="Cambió el calendario",
        published_at=timezone.now(),
        digest="0" * 64,
    )

    newest = text_of(client, "/cartago/planes/2024/plan-de-prueba/")
    earlier = text_of(client, "/cartago/planes/2024/plan-de-prueba/", version="1")

    assert "<h1>Plan modificado</h1>" in newest
    assert '<a href="?version=1">Versión 1</a>' in newest
    assert "Esta versión ya no rige" in earlier
    assert "Actividad número 1" in earlier
    assert "Plan modificado" not in text_of(client, "/cartago/planes/", texto="inexistente")


def test_a_cancelled_activity_is_kept_and_said(client, cartago):
    version = make_draft(cartago, activities=2, origin="documento")
    version.activities.filter(position=2).update(is_cancelled=True)
    publish_document(version)

    page = text_of(client, "/cartago/planes/2024/plan-de-prueba/")

    assert "El plan promete 1 actividad" in page
    assert "Cancelada" in page
    assert "Actividad cancelada" in text_of(client, "/cartago/planes/2024/plan-de-prueba/actividades/2/")


@pytest.mark.parametrize(
    "address", ["99999999999999999999/x/", "2024/plan-de-prueba/actividades/99999999999999999999/"]
)
def test_numbers_that_no_column_holds_are_not_found(client, cartago, address):
    make_published_plan(cartago)

    assert client.get(f"/cartago/planes/{address}").status_code == 404


# --- An activity ----------------------------------------------------------------------------------


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
