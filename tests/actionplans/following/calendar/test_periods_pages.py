"""The calendar of follow-up on its pages: who sees it, who changes it, and what it says of each period."""

import datetime

import pytest
from django.urls import reverse
from pytest_django.asserts import assertNumQueries

from actionplans.domain.following.calendar.extensions import extend
from actionplans.domain.following.calendar.periods import open_year
from actionplans.domain.following.figures.tallies import tallies
from actionplans.domain.following.reporting.reviewing import return_report
from actionplans.enums import PeriodScheme
from actionplans.models import ReportingPeriod
from planning.models import AuditEvent
from tests.factories import make_published_plan
from tests.following import close, make_year, on_day, reopen, report, reported, shipped_lights
from tests.steps import approve_by_act, modify

from .pages import LIST, activities, activities_of, page_of, shown, text

# --- The list ------------------------------------------------------------------------------------------------


def test_each_period_says_in_words_where_it_stands(house, quarters, planning):
    with on_day(2024, 4, 16):
        close(house, quarters[0])
    with on_day(2024, 7, 10):
        said = shown(planning.get(LIST))
    assert "Cerrado el 16/04/2024" in said
    assert "Abierto hasta el 15/07/2024" in said
    assert "Por abrir el 01/10/2024" in said
    assert "Del 01/07/2024 al 15/07/2024" in said
    with on_day(2024, 7, 16):
        assert "Plazo vencido el 15/07/2024" in shown(planning.get(LIST))
        assert "El plazo venció el 15 de julio de 2024" in text(planning.get(page_of("period_page", quarters[1])))
        reopen(house, quarters[0], activities_of(house)[:1], until=datetime.date(2024, 7, 30))
        assert "Reabierto hasta el 30/07/2024" in shown(planning.get(LIST))


def test_it_counts_what_was_promised_reported_and_validated(house, plan, quarters):
    first, second, *_ = activities(plan)
    with on_day(2024, 4, 3):
        reported(house, first, quarters[0], 2)
        report(house, second, quarters[0], 3)
    found = tallies(quarters)[quarters[0].pk]
    assert (found.plans, found.activities, found.scheduled) == (1, 4, 3)
    assert (found.reported, found.to_review, found.returned, found.validated) == (2, 1, 0, 1)
    later = tallies(quarters)[quarters[1].pk]
    assert (later.activities, later.scheduled, later.reported) == (4, 1, 0)


def test_it_counts_by_the_version_in_force_at_each_cut(house, plan, quarters):
    draft = modify(plan, house, month=7)
    draft.activities.filter(position=4).update(is_cancelled=True, cancel_reason="Ya no hace falta.")
    approve_by_act(draft, house, date=datetime.date(2024, 7, 1))
    found = tallies(quarters)
    assert [found[quarter.pk].activities for quarter in quarters] == [4, 4, 3, 3]


def test_the_year_is_chosen_among_those_with_plans_or_periods(house, quarters, planning):
    with on_day(2024, 5, 2):
        answer = planning.get(LIST)
        assert (answer.context["year"], answer.context["years"]) == (2024, [2024])
        open_year(house.entity, 2023, PeriodScheme.FOUR_MONTH, by=house.planning)
        answer = planning.get(LIST, {"vigencia": "2023"})
    assert answer.context["years"] == [2024, 2023]
    assert "se reporta en 3 cuatrimestres" in text(answer)


def test_a_year_without_periods_offers_to_create_them(house, plan, planning):
    make_year(house, 2023)
    with on_day(2024, 2, 1):
        said = text(planning.get(LIST, {"vigencia": "2024"}))
        assert "Crear los trimestres de 2024" in said
        assert "1 plan publicado se sigue por trimestres, y los de 2024 no están creados" in said
        planning.force_login(house.leader)
        assert "Crear los trimestres" not in text(planning.get(LIST, {"vigencia": "2024"}))


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_with_one_plan_and_with_three(number, house, planning):
    for n in range(number):
        version = make_published_plan(house.entity, title=f"Plan {n}", office=house.office)
    quarters = make_year(house)
    with on_day(2024, 4, 3):
        for activity in version.activities.all()[:number]:
            report(house, activity, quarters[0])
    with on_day(2024, 4, 20):
        close(house, quarters[0])
        planning.get(LIST)
        with assertNumQueries(13):
            planning.get(LIST, {"vigencia": "2024"})


# --- Opening a year, schemes, dates --------------------------------------------------------------------------


def test_a_year_is_created_with_the_dates_as_they_were_typed(house, plan, planning):
    address = f"{reverse('period_year', args=['cartago'])}?vigencia=2025&cada=trimestre"
    form = planning.get(address).context["form"]
    data = {name: field.initial.isoformat() for name, field in form.fields.items()}
    assert (data["opens_1"], data["closes_1"]) == ("2025-04-01", "2025-04-15")
    answer = planning.post(address, data | {"closes_1": "2025-04-30"})
    assert answer.url == f"{LIST}?vigencia=2025"
    rows = ReportingPeriod.objects.filter(year=2025).order_by("ordinal")
    assert [row.closes.isoformat() for row in rows] == ["2025-04-30", "2025-07-15", "2025-10-15", "2026-01-15"]
    again = planning.post(address, data)
    assert "ya están creados" in text(again)


def test_dates_in_the_wrong_order_are_said_beside_their_field(house, plan, planning):
    address = f"{reverse('period_year', args=['cartago'])}?vigencia=2025&cada=cuatrimestre"
    fields = planning.get(address).context["form"].fields
    data = {name: field.initial.isoformat() for name, field in fields.items()}
    answer = planning.post(address, data | {"closes_1": "2025-04-20", "closes_2": "2025-08-01"})
    errors = answer.context["form"].errors
    assert "anterior al primero" in errors["closes_1"][0]
    assert "anterior al primero" in errors["closes_2"][0]
    assert not ReportingPeriod.objects.exists()


@pytest.mark.parametrize("query", ["", "?vigencia=abc&cada=trimestre", "?vigencia=2025&cada=mes"])
def test_an_address_without_year_or_scheme_is_a_bad_request(query, house, planning):
    assert planning.get(reverse("period_year", args=["cartago"]) + query).status_code == 400


def test_a_plan_changes_how_often_it_is_followed_until_something_is_reported(house, plan, quarters, planning):
    address = reverse("period_scheme", args=["cartago", plan.plan_id])
    planning.post(address, {"scheme": "cuatrimestre"})
    plan.plan.refresh_from_db()
    assert plan.plan.scheme == PeriodScheme.FOUR_MONTH
    planning.post(address, {"scheme": "trimestre"})
    with on_day(2024, 4, 3):
        report(house, activities(plan)[0], quarters[0])
    assert "Ya tiene reportes" in text(planning.get(f"{LIST}planes/?vigencia=2024"))
    assert "no cambia hasta la vigencia siguiente" in text(planning.post(address, {"scheme": "cuatrimestre"}))


@pytest.mark.parametrize("number", [1, 3])
def test_the_schemes_of_the_plans_cost_the_same_with_one_and_with_three(number, house, planning):
    for n in range(number):
        make_published_plan(house.entity, title=f"Plan {n}")
    planning.get(LIST)
    with assertNumQueries(6):
        planning.get(f"{LIST}planes/?vigencia=2024")


def test_the_dates_of_a_period_change_until_it_was_closed(house, quarters, planning):
    address = page_of("period_dates", quarters[0])
    later = {"opens": "2024-03-25", "closes": "2024-04-20"}
    refused = planning.post(address, later)
    assert "Diga por qué se reporta después del 15 de abril de 2024" in refused.context["form"].errors["reason"][0]
    planning.post(address, later | {"reason": "Las oficinas pidieron más tiempo."})
    quarters[0].refresh_from_db()
    assert quarters[0].opens == datetime.date(2024, 3, 25)
    assert quarters[0].announced == datetime.date(2024, 4, 15)
    assert AuditEvent.objects.get(event="change_dates").comment == "Las oficinas pidieron más tiempo."
    with on_day(2024, 4, 21):
        close(house, quarters[0])
    assert "sus fechas quedaron en el acta" in text(planning.get(address))
    answer = planning.post(address, {"opens": "2024-03-25", "closes": "2024-06-20"})
    assert "sus fechas no cambian" in text(answer)


# --- One period ----------------------------------------------------------------------------------------------


def test_the_states_of_reports_are_counted_apart_and_in_the_singular(house, plan, quarters, planning):
    with on_day(2024, 4, 3):
        sent = report(house, activities(plan)[0], quarters[0], 2)
        return_report(sent, by=house.planning, number=1, comment="Falta la lista.")
        said = text(planning.get(page_of("period_page", quarters[0])))
        listed = text(planning.get(LIST))
    assert "1 enviado: 0 por validar, 1 devuelto, 0 validados" in said
    assert '<td data-label="Por validar">0</td> <td data-label="Devueltas">1</td>' in listed


def test_what_is_pending_is_told_by_office_and_only_to_who_follows_the_entity(house, plan, quarters, client):
    with on_day(2024, 4, 3):
        report(house, activities(plan)[0], quarters[0], 2)
    with on_day(2024, 4, 10):
        for person, sees in ((house.planning, True), (house.committee, True), (house.leader, False)):
            client.force_login(person)
            said = text(client.get(page_of("period_page", quarters[0])))
            assert ("Pendiente antes de cerrar" in said) is sees
            assert (f"{house.office.name}: 3 actividades" in said) is sees


def test_the_page_of_a_period_of_another_entity_is_not_found(house, neighbour, quarters, client):
    client.force_login(neighbour.planning)
    assert client.get(page_of("period_page", quarters[0])).status_code == 404
    theirs = reverse("period_page", args=["candelaria", quarters[0].pk])
    assert client.get(theirs).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_a_period_costs_the_same_with_one_activity_and_with_three(number, house, planning):
    shipped_lights()
    version = make_published_plan(house.entity, activities=number, office=house.office)
    quarters = make_year(house)
    rows = list(version.activities.select_related("activity__plan"))
    with on_day(2024, 4, 3):
        for row in rows:
            report(house, row, quarters[0])
        extend(
            quarters[0],
            [row.activity for row in rows],
            by=house.planning,
            until=datetime.date(2024, 4, 30),
            reason="Inundación",
        )
        planning.get(LIST)
        with assertNumQueries(36):
            planning.get(page_of("period_page", quarters[0]))
