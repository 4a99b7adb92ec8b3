"""What is found of plans follows what is published, in the same transaction; and nothing else is found."""

import pytest
from django.db import connection

from actionplans.domain.contents.content import (
    ActivityContent,
    ComponentContent,
    IndicatorContent,
    PlanContent,
    ResponsibleContent,
)
from actionplans.domain.finding.entries import LONGEST_TEXT
from actionplans.domain.plan import submit
from actionplans.enums import SearchKind
from actionplans.models import SearchEntry
from tests.factories import make_draft, make_policy, make_published_plan
from tests.steps import approve_by_act, modify

from .steps import found, plan_of

pytestmark = pytest.mark.django_db


# --- Plans and their activities ------------------------------------------------------------------------------


def test_a_published_plan_is_found_by_what_it_says_and_by_what_its_activities_say(house):
    content = PlanContent(
        title="Plan de archivos",
        objective="Ordenar la memoria",
        form_code="MESG-AS-F17",
        sections=(("Marco legal", "Acuerdo 001 de 2024"),),
        objectives=(("Conservar", "lo que vale"),),
        components=(ComponentContent(name="Diagnóstico", indicators=(IndicatorContent(name="Inventarios"),)),),
        activities=(
            ActivityContent(
                description="Levantar el inventario",
                detail="Con fichas",
                tasks=("Contar cajas",),
                deliverable="Cuadro de series",
                component="Diagnóstico",
                indicators=(IndicatorContent(name="Metros lineales", formula="medidos / totales"),),
                responsibles=(ResponsibleContent(text="Sec. Gobierno", office=house.office),),
            ),
        ),
    )
    make_published_plan(house.entity, content=content)
    plan, activity = "Plan de archivos", "Levantar el inventario"
    for text in ("archivos", "memoria", "F17", "acuerdo 001", "conservar vale"):
        assert plan in found(house.entity, text), text
    for text in ("fichas", "cajas", "cuadro series", "metros", "totales", "gobierno", "Secretaría Planeación"):
        assert found(house.entity, text) == [activity], text
    assert set(found(house.entity, "diagnóstico")) == {plan, activity}
    assert found(house.entity, "2024") == [plan, activity]


@pytest.mark.parametrize("text", ["PARTICIPACIÓN", "participacion", "Participación ciudadanas", "participaciones"])
def test_accents_case_and_number_do_not_count(house, text):
    plan_of(house.entity, "Promover la participación ciudadana")
    assert found(house.entity, text) == ["Promover la participación ciudadana"]


def test_every_word_counts(house):
    plan_of(house.entity, "Comprar cajas", "Comprar estantes")
    assert found(house.entity, "comprar cajas") == ["Comprar cajas"]
    assert found(house.entity, "comprar sillas") == []


@pytest.mark.postgresql
@pytest.mark.skipif(connection.vendor != "postgresql", reason="en SQLite no hay diccionario")
def test_kin_are_found_on_postgresql(house):
    plan_of(house.entity, "Promover la participación")
    assert found(house.entity, "participar") == ["Promover la participación"]


def test_words_that_say_nothing_find_nothing(house):
    plan_of(house.entity, "De la a la zeta")
    for text in ("", "de la", "%", "_", "'", '"', "\x00", "\\", "🙂", "() & | ! :*", "tengo"):
        assert found(house.entity, text) == [], text


def test_the_title_goes_first_and_then_the_newest_year(house):
    plan_of(house.entity, "Otra cosa", title="Primero", detail="cajas", deliverable="de 2024")
    content = PlanContent(title="Plan viejo", activities=(ActivityContent(description="Comprar cajas"),))
    make_published_plan(house.entity, content=content, year=2023)
    plan_of(house.entity, "Vender cajas", title="Segundo")
    assert found(house.entity, "cajas") == ["Vender cajas", "Comprar cajas", "Otra cosa"]


def test_drafts_and_plans_in_review_are_not_found(house):
    draft = make_draft(house.entity, title="Plan secreto", office=house.office)
    assert found(house.entity, "secreto") == []
    submit(draft, by=house.planning)
    assert found(house.entity, "secreto") == []
    assert not SearchEntry.objects.exists()


def test_a_modification_is_found_once_it_is_approved_and_what_it_replaced_no_more(house):
    first = plan_of(house.entity, "Comprar cajas", "Medir estantes")
    draft = modify(first, house)
    draft.activities.filter(position=1).update(description="Comprar carpetas")
    assert found(house.entity, "carpetas") == []
    approve_by_act(draft, house)
    assert found(house.entity, "carpetas") == ["Comprar carpetas"]
    assert found(house.entity, "cajas") == []
    assert found(house.entity, "estantes") == ["Medir estantes"]


def test_a_very_long_plan_is_cut_and_does_not_weigh(house):
    body = "palabra " * (LONGEST_TEXT // 4)
    content = PlanContent(title="Plan", objective="Objetivo claro", sections=(("Anexo", body),))
    make_published_plan(house.entity, content=content)
    row = SearchEntry.objects.get(kind=SearchKind.PLAN)
    assert len(row.text) == LONGEST_TEXT
    assert found(house.entity, "claro") == ["Plan"]


# --- Whose and which -----------------------------------------------------------------------------------------


def test_an_entity_finds_its_own_and_the_portal_everybodys(house, neighbour):
    plan_of(house.entity, "Comprar cajas rojas")
    plan_of(neighbour.entity, "Comprar cajas verdes")
    assert found(house.entity, "cajas") == ["Comprar cajas rojas"]
    assert sorted(found(None, "cajas")) == ["Comprar cajas rojas", "Comprar cajas verdes"]


def test_what_is_found_can_be_narrowed(house):
    policy = make_policy()
    make_published_plan(house.entity, title="Cajas de una política", kind="politica", policy=policy, activities=1)
    make_published_plan(house.entity, title="Cajas de antes", year=2023, activities=1)
    one, other = "Cajas de una política", "Cajas de antes"
    assert found(house.entity, "cajas", kind="plan") == [one, other]
    assert found(house.entity, "cajas", year=2023) == [other, "Actividad número 1"]
    assert found(house.entity, "cajas", policy=policy.key, kind="plan") == [one]
    assert found(house.entity, "cajas", policy="o'tra\\") == []
