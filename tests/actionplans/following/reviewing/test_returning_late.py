"""A report returned after the deadline: its office gets days to correct it, and is told until when."""

import datetime

import pytest
from django.core import mail

from actionplans.domain.following.reporting.reviewing import return_report
from actionplans.domain.workflow import TransitionRefused
from actionplans.enums import ReportStatus
from actionplans.models import Extension, Report
from planning.models import AuditEvent
from tests.following import on_day, report

from .pages import activity, answer, page_of, text_of

FIFTH = datetime.date(2024, 4, 25)


@pytest.fixture
def late(house, plan, first, planning):
    """A report sent in time; it is the 20th of April and the deadline was the 15th."""
    sent = report(house, activity(plan, 1), first, 4)
    with on_day(2024, 4, 20):
        planning.force_login(house.planning)
        yield sent


def test_five_days_are_proposed_and_given_with_the_return(house, first, late, planning):
    page = text_of(planning.get(page_of(late)))
    assert "El plazo venció el 15 de abril de 2024" in page
    assert 'value="2024-04-25"' in page
    after = answer(planning, late, "devolver", comment="Falta la lista.", until="2024-04-25")
    assert "puede corregirlo hasta el 25 de abril de 2024." in text_of(after)
    assert Report.objects.get().status == ReportStatus.RETURNED
    given = Extension.objects.get()
    assert (given.until, given.activity_id) == (FIFTH, late.activity_id)
    assert given.reason == "Para corregir el reporte que se devolvió: Falta la lista."
    assert AuditEvent.objects.filter(event="extend").count() == 1
    planning.force_login(house.leader)
    page = text_of(planning.get(f"/seguimiento/cartago/{first.pk}/{late.activity_id}/"))
    assert "Puede enviarlo corregido hasta el 25 de abril de 2024." in page
    assert "Enviar esta actividad</button>" in page


@pytest.mark.parametrize(
    ("until", "refusal"),
    [("", "Diga hasta qué día"), ("2024-04-19", "Ese día ya pasó"), ("2030-01-01", "no puede pasar del")],
)
def test_a_day_that_helps_nobody_is_refused_and_nothing_is_returned(until, refusal, late, planning):
    after = answer(planning, late, "devolver", comment="Falta la lista.", until=until)
    assert refusal in after.context["form"].errors["until"][0]
    assert Report.objects.get().status == ReportStatus.SUBMITTED
    assert not Extension.objects.exists()


def test_validating_asks_for_no_day(late, planning):
    answer(planning, late, "validar", until="")
    assert Report.objects.get().status == ReportStatus.VALIDATED
    assert not Extension.objects.exists()


def test_before_the_deadline_no_day_is_asked_nor_given(house, plan, first, planning):
    sent = report(house, activity(plan, 1), first, 4)
    assert 'name="until"' not in text_of(planning.get(page_of(sent)))
    answer(planning, sent, "devolver", comment="Falta la lista.")
    assert Report.objects.get().status == ReportStatus.RETURNED
    assert not Extension.objects.exists()


def test_the_verb_proposes_and_refuses_by_itself(house, late):
    with pytest.raises(TransitionRefused, match="ya pasó"):
        return_report(
            late, by=house.planning, number=1, comment="Falta la lista.", until=datetime.date(2024, 4, 18)
        )
    assert Report.objects.get().status == ReportStatus.SUBMITTED
    return_report(late, by=house.planning, number=1, comment="Falta la lista.")
    assert Extension.objects.get().until == FIFTH


def test_the_mail_says_until_when(house, late, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        return_report(late, by=house.planning, number=1, comment="Falta la lista.")
    (told,) = [message for message in mail.outbox if message.to == [house.leader.email]]
    assert "envíelo otra vez, a más tardar el 25 de abril de 2024, aquí:" in told.body
