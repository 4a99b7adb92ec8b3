"""What a plan leaves unsaid is told, and never made up."""

from decimal import Decimal

from actionplans.domain.completeness import gaps
from actionplans.domain.contents.content import ActivityContent, ComponentContent, IndicatorContent, PlanContent
from actionplans.domain.contents.content import ResponsibleContent as Responsible
from actionplans.domain.plan import create_plan, submit
from actionplans.models import PlanVersion
from actionplans.months import MonthSet
from tests.factories import make_draft


def told(house, *activities, **plan):
    content = PlanContent(**{"title": "Plan", "objective": "Lograr", "activities": activities} | plan)
    version = create_plan(house.entity, 2024, content, by=None)
    return {gap.text: gap.activities for gap in gaps(PlanVersion.objects.with_activities().get(pk=version.pk))}


def complete(house, **fields):
    return ActivityContent(
        **{
            "description": "Hacer",
            "months": MonthSet([1]),
            "deliverable": "Informe",
            "budget": Decimal(0),
            "indicators": (IndicatorContent(name="Informes", target=Decimal(1)),),
            "responsibles": (Responsible(text="Planeación", office=house.office),),
        }
        | fields
    )


def test_a_complete_plan_lacks_nothing(house):
    assert told(house, complete(house), complete(house)) == {}


def test_each_thing_that_is_missing_is_told_with_its_activities(house):
    bare = ActivityContent(description="Hacer")
    without_target = complete(house, indicators=(IndicatorContent(name="Informes"),))
    assert told(house, bare, complete(house), without_target, bare, objective="") == {
        "No se leerá para qué es el plan: no tiene objetivo.": (),
        "No se sabrá qué dependencia responde: ninguna está reconocida": (1, 4),
        "No se sabrá cuándo se hace: sin meses ni plazo": (1, 4),
        "No se sabrá qué entrega: sin producto o entregable": (1, 4),
        "No se podrá medir: sin indicador": (1, 4),
        "Se medirá sin meta: el indicador no la dice": (3,),
    }


def test_a_plan_without_any_budget_is_told_once(house):
    found = told(house, complete(house, budget=None), complete(house, budget=None))
    assert found == {"No se leerá cuánto cuesta: ninguna actividad tiene presupuesto.": ()}


def test_weights_that_do_not_add_to_a_hundred_are_told(house):
    short = [complete(house, weight=Decimal("33.5")) for _ in range(2)]
    assert told(house, *short) == {"Las ponderaciones de las actividades suman 67 % y no 100 %.": ()}


def test_weights_may_add_up_in_the_plan_or_in_each_component(house):
    parts = {name: Decimal(50) for name in ("Uno", "Dos")}
    components = tuple(ComponentContent(name=name, weight=weight) for name, weight in parts.items())
    whole = [complete(house, component=name, weight=Decimal(100)) for name in parts]
    assert told(house, *whole, components=components) == {}
    half = [complete(house, component=name, weight=Decimal(50)) for name in parts]
    assert told(house, *half, title="Otro", components=components) == {}
    odd = [complete(house, component=name, weight=weight) for name, weight in {"Uno": 100, "Dos": 5}.items()]
    light = (components[0], ComponentContent(name="Dos", weight=5))
    assert told(house, *odd, title="Tercero", components=light) == {
        "Las ponderaciones de los componentes suman 55 % y no 100 %.": (),
        "Las ponderaciones de las actividades de «Dos» suman 5 % y no 100 %.": (),
    }


def test_the_indicator_of_the_component_serves_its_activities(house):
    measured = ComponentContent(name="Uno", indicators=(IndicatorContent(name="I", target=Decimal(1)),))
    assert told(house, complete(house, component="Uno", indicators=()), components=(measured,)) == {}


def test_a_cancelled_activity_is_not_asked_for_anything(house):
    version = make_draft(house.entity, activities=1)
    version.activities.update(is_cancelled=True)
    version = PlanVersion.objects.with_activities().get(pk=version.pk)
    assert [gap for gap in gaps(version) if gap.activities] == []


def test_gaps_never_block(house):
    version = make_draft(house.entity, activities=1)
    assert gaps(PlanVersion.objects.with_activities().get(pk=version.pk))
    assert submit(version, by=house.planning).status == "in_review"


def test_gaps_ask_the_database_nothing(house, django_assert_num_queries):
    draft = make_draft(house.entity, activities=9, office=house.office)
    version = PlanVersion.objects.with_activities().get(pk=draft.pk)
    with django_assert_num_queries(0):
        gaps(version)


def test_a_yes_or_no_needs_no_target(house):
    asked = complete(house, indicators=(IndicatorContent(name="Documento publicado", kind="yes_no"),))
    assert told(house, asked) == {}
