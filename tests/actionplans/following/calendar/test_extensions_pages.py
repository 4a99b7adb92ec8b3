"""Extensions on the page of a period: for several activities, with day and reason."""

from actionplans.models import Extension
from tests.factories import make_published_plan
from tests.following import on_day

from .pages import activities, page_of, text


def test_an_extension_for_several_activities_is_listed_with_its_reason(house, plan, quarters, planning):
    first, second, *_ = activities(plan)
    data = {
        "activities": [first.activity_id, second.activity_id],
        "until": "2024-04-25",
        "reason": "Hubo una inundación.",
    }
    with on_day(2024, 4, 10):
        answer = planning.post(page_of("period_extend", quarters[0]), data)
        assert answer.url == page_of("period_page", quarters[0])
        said = text(planning.get(answer.url))
    assert Extension.objects.count() == 2
    assert "2 actividades pueden reportarse hasta el 25/04/2024" in said
    assert said.count("Hubo una inundación.") == 2
    assert "Actividad número 2" in said


def test_looking_for_activities_keeps_what_was_chosen_and_typed(house, plan, quarters, planning):
    first, second, *_ = activities(plan)
    data = {
        "buscar": "1",
        "texto": "NÚMERO 2",
        "activities": [first.activity_id],
        "reason": "Inundación",
        "until": "",
    }
    with on_day(2024, 4, 10):
        answer = planning.post(page_of("period_extend", quarters[0]), data)
    [group] = answer.context["form"].groups
    shown = {choice.number: choice.is_chosen for choice in group.choices}
    assert shown == {first.activity_id: True, second.activity_id: False}
    assert "Inundación" in text(answer)
    assert not Extension.objects.exists()


def test_an_activity_of_another_entity_is_not_offered_and_not_taken(house, neighbour, plan, quarters, planning):
    stranger = make_published_plan(neighbour.entity, title="Ajeno").activities.first()
    data = {"activities": [stranger.activity_id], "until": "2024-04-25", "reason": "Porque sí."}
    answer = planning.post(page_of("period_extend", quarters[0]), data)
    assert answer.context["form"].errors["activities"]
    assert not Extension.objects.exists()


def test_a_reason_and_a_later_day_are_asked_for(house, plan, quarters, planning):
    data = {"activities": [activities(plan)[0].activity_id], "until": "2024-04-10", "reason": "Inundación"}
    answer = planning.post(page_of("period_extend", quarters[0]), data)
    assert "La prórroga debe ir más allá del 15 de abril de 2024" in text(answer)
    answer = planning.post(page_of("period_extend", quarters[0]), data | {"reason": " "})
    assert "reason" in answer.context["form"].errors
