"""The queue of reports: what waits, in which order, and several answered at once."""

from datetime import date

import pytest
from django.urls import reverse

from actionplans.domain.following.reporting.reviewing import return_report
from actionplans.models import Report
from planning.enums import Role
from tests.factories import make_published_plan, make_user
from tests.following import close, reopen, report, reported

from .pages import LIST, activity, answer, listed, page_of, text_of


def test_the_queue_has_what_waits_oldest_first(house, plan, first, planning):
    second, early = report(house, activity(plan, 2), first, 2), report(house, activity(plan, 1), first, 1)
    done = reported(house, activity(plan, 3), first, 3)
    back = return_report(
        report(house, activity(plan, 4), first, 4), by=house.planning, number=1, comment="Falta la lista."
    )
    seen = planning.get(LIST)
    assert listed(seen) == [second.pk, early.pk]
    assert "2 reportes esperan" in text_of(seen)
    assert listed(planning.get(LIST, {"estado": "returned"})) == [back.pk]
    assert listed(planning.get(LIST, {"estado": "validated"})) == [done.pk]
    assert len(listed(planning.get(LIST, {"estado": "todos"}))) == 4


def test_the_queue_is_narrowed_by_period_policy_and_office(house, plan, first, planning, health):
    sent = report(house, activity(plan, 1), first, 1)
    other = make_published_plan(house.entity, title="Otro", office=health)
    nurse = make_user("salud@cartago.example", house.entity, Role.LEADER, [health])
    of_health = report(house, other.activities.first(), first, by=nurse)
    assert listed(planning.get(LIST)) == [sent.pk, of_health.pk]  # what has a policy comes first
    assert listed(planning.get(LIST, {"politica": "participacion"})) == [sent.pk]
    assert listed(planning.get(LIST, {"dependencia": health.slug})) == [of_health.pk]
    assert listed(planning.get(LIST, {"periodo": first.pk, "dependencia": house.office.slug})) == [sent.pk]
    strange = planning.get(LIST, {"politica": "inventada"})
    assert "Escoja una de las opciones" in text_of(strange)
    assert len(listed(strange)) == 2


def test_validar_y_seguir_goes_on_with_the_next_of_the_same_list(house, plan, first, planning, health):
    rows = [report(house, activity(plan, number), first, number) for number in (1, 2, 3)]
    own = report(house, activity(plan, 4), first, 1, by=house.planning, on_behalf=True, source="Correo")
    where = {"dependencia": house.office.slug}
    address = f"{page_of(rows[1])}?dependencia={house.office.slug}"
    after = planning.post(address, {"number": 1, "action": "validar-y-seguir"}, follow=True)
    assert after.redirect_chain[-1][0] == f"{page_of(rows[2])}?dependencia={house.office.slug}"
    after = answer(planning, rows[2], "validar-y-seguir")  # what planning sent itself is passed over
    assert after.redirect_chain[-1][0] == page_of(rows[0])
    after = answer(planning, rows[0], "validar-y-seguir")
    assert "No queda ninguno por validar" in text_of(after)
    assert listed(planning.get(LIST, where)) == [own.pk]


def test_several_are_validated_at_once_and_those_that_changed_are_named(house, plan, first, planning):
    rows = [report(house, activity(plan, number), first, number) for number in (1, 2, 3)]
    chosen = [f"{row.pk}-{row.current.number}" for row in rows]
    report(house, activity(plan, 2), first, 9)
    after = planning.post(reverse("review_many", args=["cartago"]), {"report": chosen}, follow=True)
    page = text_of(after)
    assert "2 reportes quedaron validados." in page
    assert "No se validó «Actividad número 2»: Llegó la versión 2" in page
    states = dict(Report.objects.values_list("activity__versions__position", "status"))
    assert states == {1: "validated", 2: "submitted", 3: "validated"}


def test_choosing_nothing_is_said(house, plan, first, planning):
    report(house, activity(plan, 1), first, 1)
    after = planning.post(
        reverse("review_many", args=["cartago"]), {"report": ["x", "9-", "-1", "1"]}, follow=True
    )
    assert "Elija al menos un reporte." in text_of(after)


def test_what_a_closing_left_unanswered_waits_no_more(house, plan, first, planning):
    sent, other = report(house, activity(plan, 1), first, 4), report(house, activity(plan, 2), first, 4)
    close(house, first)
    seen = planning.get(LIST)
    assert listed(seen) == []
    assert "Ningún reporte espera revisión. 2 no se validaron antes del cierre" in text_of(seen)
    unanswered = planning.get(LIST, {"estado": "sin-validar"})
    assert sorted(listed(unanswered)) == [sent.pk, other.pk]
    assert text_of(unanswered).count("No se validó antes del cierre") == 2
    assert not planning.get(LIST, {"estado": "todos"}).context["has_choices"]
    reopen(house, first, [activity(plan, 1)], until=date(2024, 5, 3))
    again = report(house, activity(plan, 1), first, 5)
    seen = planning.get(LIST)
    assert listed(seen) == [again.pk]
    assert "1 reporte espera" in text_of(seen)
    assert listed(planning.get(LIST, {"estado": "sin-validar"})) == [other.pk]


def test_all_of_a_page_are_chosen_at_once(house, plan, first, planning):
    for number in (1, 2):
        report(house, activity(plan, number), first, number)
    own = report(house, activity(plan, 3), first, 1, by=house.planning, on_behalf=True, source="Correo")
    assert " checked" not in text_of(planning.get(LIST))
    seen = planning.get(LIST, {"elegir": "todos"})
    assert text_of(seen).count(" checked") == 2
    assert f'value="{own.pk}-1"' not in text_of(seen)
    assert "elegir" not in seen.context["question"]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_queue_asks_the_same_whatever_the_number_of_reports(
    rows, house, plan, first, planning, django_assert_num_queries
):
    for number in range(1, rows + 1):
        report(house, activity(plan, number), first, number)
    planning.get(LIST)
    with django_assert_num_queries(12):
        seen = planning.get(LIST)
    assert len(listed(seen)) == rows
