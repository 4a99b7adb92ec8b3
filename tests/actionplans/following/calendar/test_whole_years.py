"""Periods of a whole year: dates that can be, and taking back what was created by mistake."""

import datetime
import logging

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from actionplans.domain.following.calendar.periods import change_dates, current, open_year
from actionplans.domain.following.calendar.year_removal import delete_periods
from actionplans.domain.workflow import TransitionRefused
from actionplans.enums import PeriodScheme
from actionplans.models import ReminderSent, ReportingPeriod
from planning.models import AuditEvent
from tests.factories import make_published_plan
from tests.following import close, on_day, report

from .pages import LIST, text


@pytest.fixture
def plan(house):
    return make_published_plan(house.entity, activities=2, office=house.office)


# --- Dates ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("opens", "closes", "field", "told"),
    [
        ("2023-12-31", "2024-04-15", "opens", "El periodo empieza el 1 de enero de 2024"),
        ("2024-04-01", "2026-01-01", "closes", "no puede pasar del 31 de diciembre de 2025"),
        ("2024-04-01", "2024-03-30", "closes", "anterior al primero"),
        ("2024-01-01", "2024-03-30", "closes", "El periodo termina el 31 de marzo de 2024"),
    ],
)
def test_dates_that_cannot_be_are_refused_beside_their_field(
    opens, closes, field, told, house, quarters, planning
):
    first = quarters[0]
    with on_day(2024, 2, 1):
        data = {"opens": opens, "closes": closes}
        answer = planning.post(reverse("period_dates", args=["cartago", first.pk]), data)
        assert told in answer.context["form"].errors[field][0]
        days = {name: datetime.date.fromisoformat(day) for name, day in data.items()}
        with pytest.raises(TransitionRefused, match=told):
            change_dates(first, by=house.planning, **days)
    first.refresh_from_db()
    assert first.closes == datetime.date(2024, 4, 15)


def test_the_errors_of_a_new_year_say_of_which_period_they_are(house, plan, planning):
    address = f"{reverse('period_year', args=['cartago'])}?vigencia=2025&cada=trimestre"
    data = {
        name: field.initial.isoformat() for name, field in planning.get(address).context["form"].fields.items()
    }
    said = text(planning.post(address, data | {"closes_3": "2025-09-01"}))
    assert '<a href="#id_closes_3">Trimestre III, se reporta hasta: El último día' in said
    assert said.count('<li><a href="#id_') == 2


def test_what_is_asked_for_comes_before_what_only_takes_reports_early(house, quarters):
    with on_day(2024, 4, 1):
        second = quarters[1]
        change_dates(second, by=house.planning, opens=second.starts, closes=second.closes)
    assert current(house.entity, datetime.date(2024, 4, 5)) == quarters[0]
    assert current(house.entity, datetime.date(2024, 4, 20)) == second
    assert current(house.entity, datetime.date(2024, 9, 1)) == second
    assert current(house.entity, datetime.date(2024, 1, 20)) == quarters[0]


# --- Taking a year back --------------------------------------------------------------------------------------


def address(year, scheme="trimestre"):
    return f"{reverse('period_year_delete', args=['cartago'])}?vigencia={year}&cada={scheme}"


def test_a_year_created_by_mistake_is_taken_back_with_its_reminders(house, quarters, planning):
    ReminderSent.objects.create(
        period=quarters[0], entity=house.entity, recipient=house.leader, deadline=quarters[0].closes, days=-1
    )
    assert address(2024).replace("&", "&amp;") in text(planning.get(f"{LIST}?vigencia=2024"))
    said = text(planning.get(address(2024)))
    assert "Trimestre IV: se reporta del 1 de enero de 2025 al 15 de enero de 2025" in said
    assert "1 recordatorio enviado" in said
    assert "1 plan publicado se sigue así y quedará sin periodos" in said
    assert ReportingPeriod.objects.count() == 4
    assert planning.post(address(2024)).url == f"{LIST}?vigencia=2024"
    assert not ReportingPeriod.objects.exists()
    events = AuditEvent.objects.filter(event="delete_period").order_by("sequence")
    assert [event.old["opens"] for event in events] == ["2024-04-01", "2024-07-01", "2024-10-01", "2025-01-01"]
    open_year(house.entity, 2024, PeriodScheme.QUARTER, by=house.planning)


def test_only_that_scheme_and_year_go(house, quarters, planning):
    open_year(house.entity, 2024, PeriodScheme.FOUR_MONTH, by=house.planning)
    planning.post(address(2024, "cuatrimestre"))
    assert list(ReportingPeriod.objects.order_by("ordinal")) == quarters


def test_a_year_in_which_something_was_reported_stays(house, plan, quarters, planning):
    with on_day(2024, 4, 3):
        report(house, plan.activities.first(), quarters[0])
    with on_day(2024, 4, 20):
        close(house, quarters[0])
    said = text(planning.get(address(2024)))
    assert "Tienen 1 actividad con un reporte enviado o empezado: ya no se borran." in said
    assert "Tienen 1 cierre" in said
    assert 'class="button button-danger"' not in said
    planning.post(address(2024))
    assert ReportingPeriod.objects.count() == 4
    assert "Borrar los trimestres" not in text(planning.get(f"{LIST}?vigencia=2024"))


def test_only_planning_takes_a_year_back(house, quarters):
    for person in (house.committee, house.leader, house.auditor, house.administrator):
        with pytest.raises(PermissionDenied):
            delete_periods(house.entity, 2024, PeriodScheme.QUARTER, by=person)
    assert ReportingPeriod.objects.count() == 4


@pytest.mark.parametrize("name", ["period_year", "period_year_delete"])
def test_a_bad_address_leaves_no_traceback_in_the_log(name, house, planning, caplog):
    with caplog.at_level(logging.WARNING, logger="django.request"):
        assert planning.get(reverse(name, args=["cartago"]), {"vigencia": "mil"}).status_code == 400
    assert [record.exc_info for record in caplog.records if record.name == "django.request"] == [None]
