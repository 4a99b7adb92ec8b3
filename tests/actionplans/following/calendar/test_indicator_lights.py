"""Traffic lights of single indicators: given, given back, copied, and what they change."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertNumQueries

from actionplans.domain.contents.content import IndicatorContent, PlanContent
from actionplans.models import IndicatorLight
from actionplans.months import MonthSet
from planning.models import AuditEvent
from tests.factories import activity_contents, make_published_plan
from tests.following import close, make_year, on_day, reported, shipped_lights

from .pages import LIST, activities, text


@pytest.fixture
def own_light(house):
    light = house.entity.traffic_lights.create(key="estricto", name="Estricto")
    light.bands.create(floor=0, label="Baja", tone="atrasada", shape="■")
    light.bands.create(floor=95, label="Alta", tone="al-dia", shape="●")
    return light


def test_an_indicator_gets_a_light_of_its_own_and_gives_it_back(house, plan, own_light, planning):
    activity = activities(plan)[0].activity_id
    address = reverse("period_light", args=["cartago", activity, 1])
    assert "Estricto: Baja desde 0 %, Alta desde 95 %" in text(planning.get(address))
    planning.post(address, {"preset": own_light.pk})
    [row] = IndicatorLight.objects.all()
    assert (row.activity_id, row.key, row.preset, row.entity) == (activity, 1, own_light, house.entity)
    assert "Estricto" in text(planning.get(f"{LIST}semaforos/"))
    planning.post(address, {"preset": ""})
    assert not IndicatorLight.objects.exists()
    events = AuditEvent.objects.filter(event="set_light").order_by("sequence")
    assert [event.new["light"] for event in events] == ["Estricto", None]


def test_the_light_changes_the_reading_of_that_activity_alone(house, plan, own_light, planning):
    shipped_lights()
    content = PlanContent(
        title="Otro",
        activities=activity_contents(
            2,
            house.office,
            months=MonthSet([1]),
            indicators=(IndicatorContent(name="Charlas", kind="count", accumulation="flow", target=10),),
        ),
    )
    first, second = activities(make_published_plan(house.entity, content=content))
    quarters = make_year(house)
    planning.post(reverse("period_light", args=["cartago", first.activity_id, 1]), {"preset": own_light.pk})
    with on_day(2024, 4, 3):
        reported(house, first, quarters[0], 9)
        reported(house, second, quarters[0], 9)
        closing = close(house, quarters[0])
    words = {
        row.activity_id: row.light[1] for row in closing.figures.filter(scope="actividad").exclude(light=None)
    }
    assert words == {first.activity_id: "Baja", second.activity_id: "Al día"}


def test_a_light_of_another_entity_cannot_be_chosen(house, neighbour, plan, planning):
    theirs = neighbour.entity.traffic_lights.create(key="ajeno", name="Ajeno")
    address = reverse("period_light", args=["cartago", activities(plan)[0].activity_id, 1])
    assert "preset" in planning.post(address, {"preset": theirs.pk}).context["form"].errors
    assert not IndicatorLight.objects.exists()


def test_indicators_are_found_by_their_words(house, plan, planning):
    rows = planning.get(f"{LIST}semaforos/", {"texto": "número 3"}).context["page"].object_list
    assert [row.indicator.activity_version.position for row in rows] == [3]
    assert planning.get(f"{LIST}semaforos/").context["page"].object_list == []


def test_a_light_is_copied_with_a_plain_button_by_who_keeps_the_entity(house, plan, neighbour, client):
    shipped = shipped_lights()
    address = reverse("period_light_copy", args=["cartago", shipped.pk])
    for person, may in ((house.leader, False), (house.planning, True)):
        client.force_login(person)
        assert ("Copiar para mi entidad" in text(client.get(f"{LIST}semaforos/"))) is may
        assert client.post(address).status_code == (302 if may else 403)
    copy = house.entity.traffic_lights.get()
    assert copy.name == f"Tres franjas (de {house.entity.label})"
    assert copy.name in text(client.get(f"{LIST}semaforos/"))
    theirs = neighbour.entity.traffic_lights.create(key="ajeno", name="Ajeno")
    assert client.post(reverse("period_light_copy", args=["cartago", theirs.pk])).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_indicators_costs_the_same_with_one_and_with_three(number, house, own_light, planning):
    indicator = IndicatorContent(name="Talleres", kind="count", accumulation="flow", target=10)
    content = PlanContent(title="Plan", activities=activity_contents(number, indicators=(indicator,)))
    for row in make_published_plan(house.entity, content=content).activities.all():
        IndicatorLight.objects.create(activity_id=row.activity_id, entity=house.entity, key=1, preset=own_light)
    planning.get(LIST)
    with assertNumQueries(11):
        answer = planning.get(f"{LIST}semaforos/")
    assert len(answer.context["page"].object_list) == number
