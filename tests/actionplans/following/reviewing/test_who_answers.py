"""Who answers reports, who only reads them, and who does not reach them."""

import pytest
from django.urls import reverse

from actionplans.enums import ReportStatus
from actionplans.models import Report
from planning.enums import Role
from tests.factories import make_user
from tests.following import close, report

from .pages import LIST, activity, answer, page_of, text_of


def test_nobody_is_offered_to_validate_the_own_report(house, plan, first, planning):
    sent = report(house, activity(plan, 1), first, 4, by=house.planning, on_behalf=True, source="Correo del 2")
    assert not planning.get(LIST).context["has_choices"]
    page = text_of(planning.get(page_of(sent)))
    assert "debe validarlo otra persona" in page
    assert "Su respuesta" not in page
    assert "Correo del 2" in page
    assert answer(planning, sent, "validar").status_code == 403
    refused = planning.post(reverse("review_many", args=["cartago"]), {"report": f"{sent.pk}-1"}, follow=True)
    assert "Lo envió usted" in text_of(refused)
    assert Report.objects.get().status == ReportStatus.SUBMITTED


def test_who_else_may_validate_the_own_entry_is_named(house, plan, first, planning):
    sent = report(house, activity(plan, 1), first, 4, by=house.planning, on_behalf=True, source="Correo del 2")
    other = make_user("otra@cartago.example", house.entity, Role.PLANNING)
    other.memberships.update(valid_from="2020-01-01")
    page = text_of(planning.get(page_of(sent)))
    assert 'Puede hacerlo <a href="mailto:otra@cartago.example">' in page
    assert "nadie más tiene la función" not in page
    assert f'<a href="/seguimiento/cartago/{first.pk}/{sent.activity_id}/">Corregir lo que registré</a>' in page


def test_where_nobody_else_may_the_way_out_is_told(house, plan, first, planning):
    sent = report(house, activity(plan, 1), first, 4, by=house.planning, on_behalf=True, source="Correo del 2")
    page = text_of(planning.get(page_of(sent)))
    assert "Hoy nadie más tiene la función de planeación" in page
    assert f'<a href="mailto:{house.administrator.email}">' in page
    assert f'<a href="/admin/planning/entity/{house.entity.pk}/change/">' in page
    house.planning.is_staff = False
    house.planning.save()
    assert "/admin/planning/entity/" not in text_of(planning.get(page_of(sent)))


def test_nothing_is_said_of_it_to_others_nor_once_it_is_closed(house, plan, first, planning, client):
    sent = report(house, activity(plan, 1), first, 4, by=house.planning, on_behalf=True, source="Correo del 2")
    client.force_login(house.committee)
    assert "Corregir lo que registré" not in text_of(client.get(page_of(sent)))
    close(house, first)
    client.force_login(house.planning)
    assert "Corregir lo que registré" not in text_of(client.get(page_of(sent)))


def test_a_one_person_office_validates_its_own_and_the_pages_say_so(house, plan, first, planning):
    house.entity.allows_self_validation = True
    house.entity.save()
    sent = report(house, activity(plan, 1), first, 4, by=house.planning, on_behalf=True, source="Correo del 2")
    assert planning.get(LIST).context["has_choices"]
    page = text_of(answer(planning, sent, "validar"))
    assert "Lo validó quien lo envió" in page
    assert "Lo validó quien lo envió" in text_of(planning.get(LIST, {"estado": "validated"}))


@pytest.mark.parametrize("post", ["committee", "auditor"])
def test_committee_and_control_interno_read_and_answer_nothing(post, house, plan, first, client):
    sent = report(house, activity(plan, 1), first, 4)
    client.force_login(getattr(house, post))
    assert not client.get(LIST).context["has_choices"]
    assert "Su respuesta" not in text_of(client.get(page_of(sent)))
    assert answer(client, sent, "validar").status_code == 403
    many = client.post(reverse("review_many", args=["cartago"]), {"report": f"{sent.pk}-1"})
    assert many.status_code == 403
    assert Report.objects.get().status == ReportStatus.SUBMITTED


def test_leaders_and_other_entities_do_not_reach_it(house, neighbour, plan, first, client):
    neighbour.planning.memberships.update(valid_from="2020-01-01")
    sent = report(house, activity(plan, 1), first, 4)
    for person, status in ((house.leader, 403), (neighbour.planning, 404)):
        client.force_login(person)
        assert client.get(LIST).status_code == status
        assert client.get(page_of(sent)).status_code == status
    client.force_login(neighbour.planning)
    assert client.get(reverse("review_report", args=["candelaria", sent.pk])).status_code == 404
    there = client.post(reverse("review_many", args=["candelaria"]), {"report": f"{sent.pk}-1"}, follow=True)
    assert "Elija al menos un reporte." in text_of(there)
    assert Report.objects.get().status == ReportStatus.SUBMITTED


def test_a_closed_period_takes_no_answer(house, plan, first, planning):
    sent = report(house, activity(plan, 1), first, 4)
    close(house, first)
    page = text_of(planning.get(page_of(sent)))
    assert "Su respuesta" not in page
    assert "está cerrado" in page
    assert "está cerrado" in text_of(answer(planning, sent, "validar"))
    assert Report.objects.get().status == ReportStatus.SUBMITTED
