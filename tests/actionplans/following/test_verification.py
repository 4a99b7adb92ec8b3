"""Control interno's own values: beside what was reported and validated, at any time, every layer kept."""

from decimal import Decimal

import pytest
from django.urls import reverse

from actionplans.domain.contents.content import IndicatorContent, PlanContent
from actionplans.enums import ReportStatus
from actionplans.models import Closing, Report, Verification
from actionplans.months import MonthSet
from tests.factories import activity_contents, make_office, make_published_plan
from tests.following import close, make_year, on_day, report, reported, validate

LIST = reverse("verification", args=["cartago"])


@pytest.fixture
def plan(house):
    indicator = IndicatorContent(name="Talleres", kind="count", accumulation="flow", target=10)
    activities = activity_contents(3, house.office, indicators=(indicator,), months=MonthSet([2, 5]))
    return make_published_plan(house.entity, content=PlanContent(title="Plan de talleres", activities=activities))


@pytest.fixture
def first(house, plan):
    quarter = make_year(house)[0]
    with on_day(2024, 4, 3):
        yield quarter


@pytest.fixture
def auditor(house, client):
    client.force_login(house.auditor)
    return client


def activity(plan, position):
    return plan.activities.get(position=position)


def page_of(period, promise):
    return reverse("verify_activity", args=["cartago", period.pk, promise.activity_id])


def text_of(response):
    return response.content.decode().replace("\xa0", " ")


def rows_of(response):
    return {row.item.promise.position: row for row in response.context["page"]}


def test_the_list_has_the_three_values_side_by_side(house, plan, first, auditor):
    sent = report(house, activity(plan, 1), first, 4)
    validate(house, sent, comment="Uno no cuenta.", corrected_declared=None)
    report(house, activity(plan, 2), first, 2)
    auditor.post(page_of(first, activity(plan, 1)), {"value": "30", "opinion": "Hay tres listas."})
    rows = rows_of(auditor.get(LIST))
    one, two, three = rows[1], rows[2], rows[3]
    assert (one.reported.progress.executed, one.validated.progress.executed) == (40, 40)
    assert one.verification.value == 30
    assert one.differs
    assert (two.reported.progress.executed, two.validated.progress.executed) == (20, None)
    assert (three.reported, three.verification) == (None, None)
    assert "control interno verificó 1 de 3 actividades" in text_of(auditor.get(LIST))


def test_the_list_is_narrowed_by_plan_office_and_what_is_verified(house, plan, first, auditor):
    health = make_office(house.entity, "Secretaría de Salud")
    other = make_published_plan(house.entity, title="Otro", office=health, activities=1)
    auditor.post(page_of(first, activity(plan, 2)), {"opinion": "Sin novedad."})

    def shown(**asked):
        page = auditor.get(LIST, asked).context["page"]
        return [(row.item.promise.version.title, row.item.promise.position) for row in page]

    assert shown(plan=other.plan_id) == [("Otro", 1)]
    assert shown(dependencia=health.pk) == [("Otro", 1)]
    assert shown(estado="verificadas") == [("Plan de talleres", 2)]
    assert shown(estado="difieren") == []
    assert len(shown(estado="sin-verificar")) == 3
    assert len(shown(estado="inventado")) == 4


def test_an_opinion_is_required_and_a_value_is_not(house, plan, first, auditor):
    address = page_of(first, activity(plan, 1))
    assert "Concepto" in text_of(auditor.post(address, {"value": "30", "opinion": " "}))
    assert "no es una cifra" in text_of(auditor.post(address, {"value": "treinta", "opinion": "x"}))
    assert "el mínimo es 0" in text_of(auditor.post(address, {"value": "-1", "opinion": "x"}))
    assert not Verification.objects.exists()
    after = auditor.post(address, {"opinion": "Visité dos talleres."}, follow=True)
    assert "quedó registrada" in text_of(after)
    assert "Sin valor: solo concepto" in text_of(after)
    assert Verification.objects.get().value is None


def test_what_is_shown_equal_does_not_differ(house, plan, first, auditor):
    reported(house, activity(plan, 1), first, "5.7368")  # 57,368 % is shown as 57,37 %
    address = page_of(first, activity(plan, 1))
    auditor.post(address, {"value": "57,37", "opinion": "De acuerdo."})
    row = rows_of(auditor.get(LIST))[1]
    assert row.validated.progress.executed == Decimal("57.368")
    assert not row.differs
    assert "Difiere" not in text_of(auditor.get(LIST))
    auditor.post(address, {"value": "57,38", "opinion": "Casi."})
    assert "Difiere" in text_of(auditor.get(LIST))


def test_a_value_with_more_decimals_than_are_kept_is_not_rounded(house, plan, first, auditor):
    after = auditor.post(page_of(first, activity(plan, 1)), {"value": "66,666", "opinion": "Dos de tres."})
    assert after.context["form"].errors["value"] == ["Escriba a lo sumo 2 decimales: no se guardan más."]
    assert not Verification.objects.exists()


def test_what_was_not_owed_is_not_told_as_missing(house, first, auditor):
    later = activity_contents(1, house.office, months=MonthSet([11]))
    of_now = activity_contents(1, house.office, months=MonthSet([2]))
    for title, rows in (("De noviembre", later), ("De febrero", of_now)):
        make_published_plan(house.entity, content=PlanContent(title=title, activities=rows))
    page = auditor.get(LIST)
    assert text_of(page).count("No programada todavía") == 1
    promise = next(r.item.promise for r in page.context["page"] if r.item.promise.version.title == "De noviembre")
    head = text_of(auditor.get(page_of(first, promise))).partition("<dl")[0]
    assert "No programada todavía" in head
    assert "Sin reporte" not in head


def test_every_layer_is_kept_and_the_newest_counts(house, plan, first, auditor):
    address = page_of(first, activity(plan, 1))
    auditor.post(address, {"value": "30", "opinion": "Primer concepto."})
    after = auditor.post(address, {"value": "35,5", "opinion": "Segundo concepto."}, follow=True)
    assert [row.value for row in after.context["account"].verifications] == [Decimal("35.5"), Decimal(30)]
    page = text_of(after)
    assert page.index("Segundo concepto.") < page.index("Primer concepto.")
    assert rows_of(auditor.get(LIST))[1].verification.value == Decimal("35.5")


def test_after_the_closing_it_is_written_too_and_touches_nothing(house, plan, first, auditor):
    reported(house, activity(plan, 1), first, 4)
    closing = close(house, first)
    auditor.post(page_of(first, activity(plan, 1)), {"value": "20", "opinion": "Faltan dos listas."})
    assert Verification.objects.get().value == 20
    assert Report.objects.get().status == ReportStatus.VALIDATED
    assert Closing.objects.get().digest == closing.digest
    assert rows_of(auditor.get(LIST))[1].validated.progress.executed == 40


@pytest.mark.parametrize("post", ["planning", "committee"])
def test_others_who_follow_the_entity_read_and_do_not_write(post, house, plan, first, client):
    client.force_login(getattr(house, post))
    seen = client.get(LIST)
    assert seen.status_code == 200
    assert page_of(first, activity(plan, 1)) not in text_of(seen)
    assert client.post(page_of(first, activity(plan, 1)), {"opinion": "x"}).status_code == 403
    assert not Verification.objects.exists()


def test_another_entity_s_control_interno_reaches_nothing(house, neighbour, plan, first, client):
    neighbour.auditor.memberships.update(valid_from="2020-01-01")
    client.force_login(neighbour.auditor)
    assert client.get(LIST).status_code == 404
    there = reverse("verify_activity", args=["candelaria", first.pk, activity(plan, 1).activity_id])
    assert client.post(there, {"opinion": "x"}).status_code == 404
    assert client.get(reverse("verification", args=["candelaria"])).context["period"] is None
    assert not Verification.objects.exists()


def test_an_activity_that_is_not_followed_in_the_period_is_not_found(house, plan, first, auditor):
    other = make_published_plan(house.entity, title="De otro año", year=2025, activities=1)
    assert auditor.get(page_of(first, other.activities.get())).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_whatever_the_number_of_activities(
    rows, house, plan, first, auditor, django_assert_num_queries
):
    for number in range(1, rows + 1):
        reported(house, activity(plan, number), first, number)
        auditor.post(page_of(first, activity(plan, number)), {"opinion": "Sin novedad."})
    auditor.get(LIST)
    with django_assert_num_queries(46):
        seen = auditor.get(LIST)
    assert seen.context["verified"] == rows


@pytest.mark.parametrize("layers", [1, 3])
def test_the_page_asks_the_same_whatever_the_number_of_layers(
    layers, house, plan, first, auditor, django_assert_num_queries
):
    reported(house, activity(plan, 1), first, 4)
    address = page_of(first, activity(plan, 1))
    for _ in range(layers):
        auditor.post(address, {"opinion": "Sin novedad."})
    auditor.get(address)
    with django_assert_num_queries(53):
        seen = auditor.get(address)
    assert len(seen.context["account"].verifications) == layers
