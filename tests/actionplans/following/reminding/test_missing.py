"""Who has not reported, and the message that is ready to send."""

from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from actionplans.domain.following.reporting.drafts import save_draft
from actionplans.domain.following.reporting.reviewing import return_report
from planning.enums import Role
from tests.factories import make_office, make_published_plan, make_user
from tests.following import close, on_day, promised, report

PAGE = reverse("missing", args=["cartago"])


def activity(plan, position):
    return plan.activities.get(position=position)


def owed(response):
    return {
        row.owes.name: [(item.promise.position, item.days) for item in row.owes.owed]
        for row in response.context["rows"]
    }


def text_of(response):
    return unescape(response.content.decode())


def test_each_office_with_what_it_owes_the_days_that_are_left_and_its_people(house, plan, first, planning):
    health = make_office(house.entity, "Secretaría de Salud")
    make_published_plan(house.entity, title="De salud", office=health, activities=1)
    report(house, activity(plan, 2), first)
    seen = planning.get(PAGE)
    assert owed(seen) == {house.office.name: [(1, 7), (3, 7)], health.name: [(1, 7)]}
    page = text_of(seen)
    assert "faltan 3 reportes, de 2 dependencias" in page
    assert "Faltan 7 días" in page
    assert "Nadie tiene cuenta para responder por esta dependencia" in page
    with on_day(2024, 4, 17):
        planning.force_login(house.planning)
        assert "2 días de retraso" in text_of(planning.get(PAGE))


def test_what_is_begun_and_what_was_returned_is_said(house, plan, first, planning):
    save_draft(promised(activity(plan, 1), first), first, {"narrative": "x"}, by=house.leader, revision=None)
    sent = report(house, activity(plan, 2), first)
    return_report(sent, by=house.planning, number=1, comment="Falta la lista.")
    page = text_of(planning.get(PAGE))
    assert "tiene un borrador" in page
    assert "devuelto, falta corregirlo" in page


def test_the_message_is_ready_to_copy_and_to_open_in_the_mail_program(house, plan, first, planning):
    second = make_user("apoyo@cartago.example", house.entity, Role.LEADER, [house.office])
    second.memberships.update(valid_from="2020-01-01")
    (row,) = planning.get(PAGE).context["rows"]
    parts = urlsplit(row.link)
    asked = parse_qs(parts.query)
    assert parts.scheme == "mailto"
    assert parts.path == "apoyo@cartago.example,leader@cartago.example"
    assert asked["subject"] == [f"Reporte del trimestre I de 2024: {house.office.name}"]
    body = asked["body"][0]
    assert "faltan los reportes de 3 actividades" in body
    assert "Plan de talleres, actividad 2: Actividad número 2 (vence el 15 de abril de 2024)" in body
    assert "http://testserver/seguimiento/cartago/" in body
    assert body.replace("\r\n", "\n") in row.message
    assert row.message in text_of(planning.get(PAGE))


def test_after_the_deadline_the_message_asks_for_nothing_that_the_portal_refuses(house, plan, first, planning):
    sent = report(house, activity(plan, 2), first)
    return_report(sent, by=house.planning, number=1, comment="Falta la lista.")
    with on_day(2024, 4, 20):
        planning.force_login(house.planning)
        (row,) = planning.get(PAGE).context["rows"]
    assert "(venció el 15 de abril de 2024). Planeación lo devolvió: «Falta la lista.»" in row.message
    assert (
        "Lo que ya venció no se puede enviar en el portal sin una prórroga. Responda este mensaje" in row.message
    )
    assert "Se reporta aquí" not in row.message


def test_a_plan_with_strange_characters_breaks_neither_page_nor_link(house, first, planning):
    make_published_plan(house.entity, title='Agua & "luz" <b>', office=house.office, activities=1)
    seen = planning.get(PAGE)
    (row,) = seen.context["rows"]
    assert 'Agua & "luz" <b>' in parse_qs(urlsplit(row.link).query)["body"][0]
    assert "<b>" not in seen.content.decode()


def test_nothing_missing_nothing_begun_and_a_closed_period_are_said(house, plan, first, planning):
    with on_day(2024, 3, 1):
        planning.force_login(house.planning)
        assert "Todavía no hay nada que reportar. Abre el 1 de abril de 2024." in text_of(planning.get(PAGE))
    planning.force_login(house.planning)
    for number in (1, 2, 3):
        report(house, activity(plan, number), first)
    assert "todas las dependencias reportaron" in text_of(planning.get(PAGE))
    close(house, first)
    assert "está cerrado" in text_of(planning.get(PAGE))


def test_without_periods_the_page_says_so(house, planning):
    assert "todavía no tiene periodos" in text_of(planning.get(PAGE))


def test_the_committee_reads_it_and_nobody_else(house, neighbour, plan, first, client):
    neighbour.planning.memberships.update(valid_from="2020-01-01")
    people = {
        house.committee: 200, house.leader: 403, house.auditor: 403, house.administrator: 403,
        neighbour.planning: 404,
    }  # fmt: skip
    for person, status in people.items():
        client.force_login(person)
        assert client.get(PAGE).status_code == status


@pytest.mark.parametrize("offices", [1, 3])
def test_the_page_asks_the_same_whatever_the_number_of_offices(
    offices, house, first, planning, django_assert_num_queries
):
    for number in range(offices):
        office = make_office(house.entity, f"Dependencia {number}")
        person = make_user(f"lider{number}@cartago.example", house.entity, Role.LEADER, [office])
        person.memberships.update(valid_from="2020-01-01")
        make_published_plan(house.entity, title=f"Plan {number}", office=office, activities=2)
    planning.get(PAGE)
    with django_assert_num_queries(25):
        seen = planning.get(PAGE)
    assert len(seen.context["rows"]) == offices + 1
