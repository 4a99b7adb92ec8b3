"""A validation taken back: by planning alone, before the closing, and counted nowhere meanwhile."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command

from actionplans.domain.following.reporting.reviewing import reconsider_report
from actionplans.domain.workflow import TransitionRefused
from actionplans.enums import ReportStatus
from actionplans.models import Report, Validation
from actionplans.public.figures.follow_up import activity_progress
from planning.models import AuditEvent
from tests.following import close, reopen, report, reported

from .pages import LIST, activity, answer, listed, page_of, text_of


def test_a_mistaken_validation_is_taken_back_and_answered_anew(house, plan, first, planning):
    sent = report(house, activity(plan, 1), first, 4)
    answer(planning, sent, "validar", value_1="40", comment="Eran cuarenta.")
    back = {"otra-number": 1, "otra-comment": "Se corrigió la actividad que no era.", "action": "volver-a-revisar"}
    without = planning.post(page_of(sent), back | {"otra-comment": " "})
    assert "Escriba por qué retira la validación" in without.context["again"].errors["comment"][0]
    assert Report.objects.get().status == ReportStatus.VALIDATED
    page = text_of(planning.post(page_of(sent), back, follow=True))
    assert Report.objects.get().status == ReportStatus.SUBMITTED
    assert "Se retiró su validación" in page
    assert "Se corrigió la actividad que no era." in page
    assert '<p class="progress-words">40 % ejecutado de 50 % programado a marzo' in page
    assert listed(planning.get(LIST)) == [sent.pk]
    assert AuditEvent.objects.get(event="reconsider_report").comment == "Se corrigió la actividad que no era."
    page = text_of(answer(planning, sent, "validar"))
    assert '<p class="progress-words">40 % ejecutado de 50 % programado a marzo' in page
    assert "Planeación corrigió" not in page
    outcomes = Validation.objects.order_by("pk").values_list("outcome", flat=True)
    assert list(outcomes) == ["validated", "taken_back", "validated"]


def test_what_was_taken_back_and_not_validated_again_counts_nowhere(house, plan, first):
    sent = reported(house, activity(plan, 1), first, 4)
    reconsider_report(sent, by=house.planning, number=1, comment="Falta la lista.")
    close(house, first)
    told = activity_progress(activity(plan, 1).activity, ())
    assert told.newest.figure.progress.executed is None
    assert told.reports[0].validation is None
    call_command("verify_audit")


@pytest.mark.parametrize("post", ["leader", "committee", "auditor"])
def test_only_planning_takes_a_validation_back(post, house, plan, first, client):
    sent = reported(house, activity(plan, 1), first, 4)
    with pytest.raises(PermissionDenied):
        reconsider_report(sent, by=getattr(house, post), number=1, comment="x")
    client.force_login(getattr(house, post))
    data = {"otra-number": 1, "otra-comment": "x", "action": "volver-a-revisar"}
    assert client.post(page_of(sent), data).status_code == 403
    assert "Volver a revisar" not in text_of(client.get(page_of(sent)))


def test_a_validation_of_a_closed_period_is_not_taken_back(house, plan, first, planning):
    sent = reported(house, activity(plan, 1), first, 4)
    assert "Volver a revisar" in text_of(planning.get(page_of(sent)))
    close(house, first)
    assert "Volver a revisar" not in text_of(planning.get(page_of(sent)))
    with pytest.raises(TransitionRefused, match="está cerrado"):
        reconsider_report(sent, by=house.planning, number=1, comment="Falta la lista.")
    reopen(house, first, [activity(plan, 2)], until=date(2024, 5, 3))
    assert "Volver a revisar" not in text_of(planning.get(page_of(sent)))
    with pytest.raises(TransitionRefused, match="solo para otras actividades"):
        reconsider_report(sent, by=house.planning, number=1, comment="Falta la lista.")
    assert Report.objects.get().status == ReportStatus.VALIDATED
