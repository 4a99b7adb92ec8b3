"""The page of a plan: all that it says, what it does not say, and its versions."""

import pytest
from django.utils import timezone

from actionplans.domain.contents.content import ActivityContent, ComponentContent, IndicatorContent, PlanContent
from actionplans.domain.plan import publish_document
from actionplans.enums import VersionStatus
from actionplans.models import PlanVersion
from actionplans.months import MonthSet
from tests.factories import activity_contents, make_draft, make_office, make_published_plan
from tests.reading import text_of

from .full_plan import full_content

pytestmark = pytest.mark.django_db


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
