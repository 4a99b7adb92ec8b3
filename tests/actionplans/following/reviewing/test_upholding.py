"""A report that a reopening gave back and that nobody sends again: planning leaves it as it was."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.urls import reverse

from actionplans.domain.following.reporting.reviewing import return_report, uphold_report
from actionplans.domain.following.reporting.sending import ReadingContent
from actionplans.domain.workflow import TransitionRefused
from actionplans.enums import FigureScope, ReportStatus
from actionplans.models import ClosedFigure, Report
from planning.enums import Role
from planning.models import AuditEvent
from tests.factories import make_user
from tests.following import close, reopen, report, validate

from .pages import activity, page_of, text_of

OFFER = "Dejarlo como estaba"


@pytest.fixture
def reopened(house, plan, first):
    """Activity 1 was validated with 3 instead of its 4, closed, and went back to its office by an act."""
    sent = report(house, activity(plan, 1), first, 4)
    three = ReadingContent(key=1, name="Talleres", value=3)
    validate(house, sent, corrections=[three], comment="Uno no tiene lista.")
    close(house, first)
    reopen(house, first, [activity(plan, 1)], until=date(2024, 5, 3))
    return Report.objects.get()


def give_back(client, sent, **fields):
    said = {"igual-number": 1, "igual-comment": "La dependencia confirmó la cifra.", "action": "dejar-como-estaba"}
    return client.post(page_of(sent), said | fields, follow=True)


def test_it_counts_again_with_the_value_that_was_corrected(house, first, plan, reopened, planning):
    page = text_of(planning.get(page_of(reopened)))
    assert "Lo que se validó ya no cuenta: el periodo se reabrió" in page
    assert OFFER in page
    refused = give_back(planning, reopened, **{"igual-comment": " "})
    assert "Escriba por qué queda como estaba" in refused.context["uphold"].errors["comment"][0]
    assert Report.objects.get().status == ReportStatus.RETURNED
    page = text_of(give_back(planning, reopened))
    assert "lo que se validó cuenta otra vez" in page
    assert "Corregido por planeación: 3" in page
    assert Report.objects.get().status == ReportStatus.VALIDATED
    assert AuditEvent.objects.get(event="uphold_report").comment == "La dependencia confirmó la cifra."
    first.refresh_from_db()
    close(house, first)
    own = activity(plan, 1).activity_id
    rows = ClosedFigure.objects.filter(scope=FigureScope.ACTIVITY, activity=own).order_by("closing__sequence")
    assert [row.executed for row in rows] == [Decimal(30)] * 2
    call_command("verify_audit")


def test_closing_warns_which_validated_figures_would_stop_counting(house, first, reopened, planning):
    first.refresh_from_db()
    page = text_of(planning.get(reverse("period_close", args=["cartago", first.pk])))
    assert "Lo que se validó y se publicó dejaría de contar" in page
    assert "el cierre n.º 1 publicó 30 % ejecutado de 50 % programado a marzo; quedaría" in page
    assert "Devuelto por la reapertura, sin reenviar" in page
    uphold_report(reopened, by=house.planning, number=1, comment="Sin cambios.")
    page = text_of(planning.get(reverse("period_close", args=["cartago", first.pk])))
    assert "dejaría de contar" not in page
    assert "Devuelto por la reapertura" not in page


def test_not_once_something_was_sent_since(house, plan, first, reopened, planning):
    sent = report(house, activity(plan, 1), first, 5)
    with pytest.raises(TransitionRefused, match="no espera por una reapertura"):
        uphold_report(sent, by=house.planning, number=2, comment="Sin cambios.")
    return_report(sent, by=house.planning, number=2, comment="Falta la lista.")
    page = text_of(planning.get(page_of(sent)))
    assert OFFER not in page
    assert "Se devolvió a la dependencia" in page
    with pytest.raises(TransitionRefused, match="no espera por una reapertura"):
        uphold_report(sent, by=house.planning, number=2, comment="Sin cambios.")


def test_who_entered_it_on_behalf_does_not_uphold_it(house, plan, first, planning):
    said = {"by": house.planning, "on_behalf": True, "source": "Oficio 12"}
    sent = report(house, activity(plan, 1), first, 4, **said)
    other = make_user("otra@cartago.example", house.entity, Role.PLANNING)
    validate(house, sent, by=other)
    close(house, first)
    reopen(house, first, [activity(plan, 1)], until=date(2024, 5, 3))
    assert OFFER not in text_of(planning.get(page_of(sent)))
    with pytest.raises(PermissionDenied):
        uphold_report(sent, by=house.planning, number=1, comment="Sin cambios.")
    assert Report.objects.get().status == ReportStatus.RETURNED
    uphold_report(sent, by=other, number=1, comment="Sin cambios.")
    assert Report.objects.get().status == ReportStatus.VALIDATED


@pytest.mark.parametrize("post", ["leader", "committee", "auditor"])
def test_only_planning(post, house, reopened, client):
    with pytest.raises(PermissionDenied):
        uphold_report(reopened, by=getattr(house, post), number=1, comment="Sin cambios.")
    client.force_login(getattr(house, post))
    assert give_back(client, reopened).status_code == 403


def test_not_after_the_period_was_closed_again(house, first, reopened):
    first.refresh_from_db()
    close(house, first)
    with pytest.raises(TransitionRefused, match="está cerrado"):
        uphold_report(reopened, by=house.planning, number=1, comment="Sin cambios.")
