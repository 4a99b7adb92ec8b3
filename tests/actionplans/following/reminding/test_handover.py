"""What somebody leaves whose membership ends."""

import datetime

import pytest
from django.urls import reverse

from actionplans.domain.contents.content import PlanContent
from actionplans.domain.following.reporting.drafts import save_draft
from actionplans.domain.following.reporting.reviewing import return_report
from actionplans.months import MonthSet
from planning.enums import Role
from tests.factories import activity_contents, make_office, make_published_plan, make_user
from tests.following import close, months, on_day, promised, report, reported

PAGE = reverse("handover", args=["cartago"])


@pytest.fixture
def membership(house, first):
    """The leader leaves in a week."""
    row = house.leader.memberships.get()
    row.valid_to = datetime.date(2024, 4, 15)
    row.save()
    return row


def activity(plan, position):
    return plan.activities.get(position=position)


def of(client, membership):
    return client.get(PAGE, {"vinculacion": membership.pk})


def test_the_list_has_who_left_and_who_leaves_within_a_month(house, first, planning):
    def somebody(name, until):
        row = make_user(f"{name}@cartago.example", house.entity, Role.LEADER, [house.office]).memberships.get()
        row.valid_from, row.valid_to = datetime.date(2020, 1, 1), until
        row.save()
        return row

    left = somebody("antes", datetime.date(2024, 3, 31))
    soon = somebody("pronto", datetime.date(2024, 5, 8))
    somebody("despues", datetime.date(2024, 5, 9))
    seen = planning.get(PAGE)
    assert list(seen.context["page"]) == [soon, left]
    assert seen.content.decode().count("Por terminar") == 1


def test_what_is_left_activities_drafts_and_returned_reports(house, plan, first, planning, membership):
    save_draft(promised(activity(plan, 1), first), first, {"narrative": "x"}, by=house.leader, revision=None)
    sent = report(house, activity(plan, 2), first)
    return_report(sent, by=house.planning, number=1, comment="Falta la lista.")
    reported(house, activity(plan, 3), first)
    seen = of(planning, membership)
    (period, rows), _next = seen.context["handover"].work
    assert period == first
    assert [(row.promise.position, row.is_unfinished) for row in rows] == [(1, True), (2, True), (3, False)]
    page = seen.content.decode()
    assert "Deja 2 reportes sin terminar." in page
    assert "Borrador de Líder de política o enlace" in page
    assert [draft.by for draft in seen.context["handover"].own_drafts] == [house.leader]


def test_between_two_quarters_it_has_the_year_and_what_comes_next(house, plan, first, planning, membership):
    activities = activity_contents(2, house.office, months=MonthSet([2, 5]))
    other = make_published_plan(house.entity, content=PlanContent(title="De mayo", activities=activities))
    only_february = activity_contents(1, house.office, months=MonthSet([2]))
    make_published_plan(house.entity, content=PlanContent(title="De febrero", activities=only_february))
    reported(house, activity(other, 1), first, executed_months=months(2))
    close(house, first)
    with on_day(2024, 5, 20):
        planning.force_login(house.planning)
        seen = of(planning, membership)
    handover = seen.context["handover"]
    ((cut, rows),) = handover.year
    assert cut == first
    assert len(rows) == 6
    ((coming, asked),) = handover.work
    assert coming.ordinal == 2
    by_title = {row.promise.version.title: row.duty.label for row in asked}
    assert by_title["De mayo"] == "Le toca en este periodo"
    assert by_title["De febrero"] == "Atrasada"
    page = seen.content.decode()
    assert "Trimestre II de 2024: lo que sigue" in page
    assert "Abre el 1 de julio de 2024." in page
    assert "Sus actividades de 2024, a marzo" in page


def test_only_who_assigns_people_is_sent_to_the_assignments(house, plan, first, membership, client):
    place = reverse("admin:planning_membership_changelist")
    for person, may in ((house.administrator, True), (house.planning, False)):
        client.force_login(person)
        page = of(client, membership).content.decode()
        assert (place in page) == may
        assert ("Pida a quien administra el portal" in page) != may
        assert (client.get(place).status_code == 200) == may


def test_an_office_left_alone_is_said_and_who_can_go_on_is_named(house, plan, first, planning, membership):
    assert "Sin otra persona que responda" in of(planning, membership).content.decode()
    other = make_user("apoyo@cartago.example", house.entity, Role.LEADER, [house.office], post="Profesional")
    other.memberships.update(valid_from="2020-01-01")
    (left,) = of(planning, membership).context["handover"].offices
    assert left.others == (other,)
    assert "Puede continuar: Profesional (apoyo@cartago.example)." in of(planning, membership).content.decode()
    other.memberships.update(valid_to="2024-04-15")  # leaves on the same day
    (left,) = of(planning, membership).context["handover"].offices
    assert left.others == ()


def test_activities_that_the_office_only_supports_are_not_on_it(house, plan, first, planning, membership):
    health = make_office(house.entity, "Secretaría de Salud")
    make_published_plan(house.entity, title="De salud", office=health, activities=1)
    handover = of(planning, membership).context["handover"]
    for _, rows in handover.work:
        assert {row.promise.version.title for row in rows} == {"Plan de talleres"}
    ((_, rows),) = handover.year
    assert {item.promise.version.title for item in rows} == {"Plan de talleres"}


def test_a_role_without_offices_leaves_no_activities(house, plan, first, planning):
    row = house.committee.memberships.get()
    row.valid_to = datetime.date(2024, 4, 15)
    row.save()
    assert "no responde por ninguna dependencia" in of(planning, row).content.decode()


def test_only_planning_and_administrators_of_the_entity_read_it(house, neighbour, plan, first, membership, client):
    neighbour.planning.memberships.update(valid_from="2020-01-01")
    people = {
        house.planning: 200, house.administrator: 200, house.leader: 403, house.committee: 403,
        house.auditor: 403, neighbour.planning: 404,
    }  # fmt: skip
    for person, status in people.items():
        client.force_login(person)
        assert of(client, membership).status_code == status
    client.force_login(neighbour.planning)
    there = reverse("handover", args=["candelaria"])
    assert client.get(there, {"vinculacion": membership.pk}).status_code == 404


@pytest.mark.parametrize("people", [1, 3])
def test_the_list_asks_the_same_whatever_the_number_of_people(
    people, house, first, planning, django_assert_num_queries
):
    for number in range(people):
        row = make_user(f"sale{number}@cartago.example", house.entity, Role.LEADER, [house.office])
        row.memberships.update(valid_from="2020-01-01", valid_to="2024-04-15")
    planning.get(PAGE)
    with django_assert_num_queries(8):
        seen = planning.get(PAGE)
    assert len(seen.context["page"]) == people


@pytest.mark.parametrize("rows", [1, 3])
def test_a_handover_asks_the_same_whatever_the_number_of_drafts(
    rows, house, plan, first, planning, membership, django_assert_num_queries
):
    for number in range(1, rows + 1):
        promise = promised(activity(plan, number), first)
        save_draft(promise, first, {"narrative": "x"}, by=house.leader, revision=None)
    of(planning, membership)
    with django_assert_num_queries(44):
        seen = of(planning, membership)
    assert len(seen.context["handover"].own_drafts) == rows
