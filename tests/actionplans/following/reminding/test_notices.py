"""The mails of follow-up: who gets which, and that no failure of mail undoes anything."""

import datetime
from decimal import Decimal

import pytest
from django.core import mail

from actionplans.domain.following.reporting.reviewing import return_report
from actionplans.enums import ReportStatus
from actionplans.models import Reopening, Report
from planning.enums import Role
from tests.factories import make_office, make_user
from tests.following import close, reopen, report, reported, validate

LINK = "http://127.0.0.1:8000/seguimiento/cartago/"


@pytest.fixture
def commits(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def activity(plan, position):
    return plan.activities.get(position=position)


def give_back(sent, house):
    return return_report(sent, by=house.planning, number=sent.current.number, comment="Falta la lista.")


def addresses():
    return sorted(address for message in mail.outbox for address in message.to)


def test_who_answers_for_the_office_and_who_sent_hear_of_a_returned_report(house, plan, first, commits):
    other = make_user("apoyo@cartago.example", house.entity, Role.LEADER, [house.office])
    health = make_office(house.entity, "Secretaría de Salud")
    make_user("salud@cartago.example", house.entity, Role.LEADER, [health])
    house.entity.memberships.update(valid_from="2020-01-01")
    sent = report(house, activity(plan, 2), first)
    with commits():
        give_back(sent, house)
    assert addresses() == sorted([other.email, house.leader.email])
    message = mail.outbox[0]
    assert message.subject == "Devolvieron un reporte del trimestre I de 2024"
    assert "Plan de talleres, actividad 2: Actividad número 2" in message.body
    assert "Falta la lista." in message.body
    assert f"{LINK}{first.pk}/{sent.activity_id}/\n" in message.body
    assert "&" not in message.body


def test_who_reviewed_is_not_told_of_the_own_deed(house, plan, first, commits):
    house.entity.allows_self_validation = True
    house.entity.save()
    sent = report(house, activity(plan, 2), first, by=house.planning, on_behalf=True, source="Correo")
    with commits():
        give_back(sent, house)
    assert addresses() == [house.leader.email]


def test_a_validation_is_told_only_where_a_value_was_corrected(house, plan, first, commits):
    with commits():
        reported(house, activity(plan, 1), first)
    assert mail.outbox == []
    sent = report(house, activity(plan, 2), first, declared=Decimal(50))
    with commits():
        validate(house, sent, comment="La lista dice otra cosa.", corrected_declared=Decimal(40))
    (message,) = mail.outbox
    assert message.to == [house.leader.email]
    assert "La lista dice otra cosa." in message.body


def test_control_interno_and_the_offices_hear_of_a_reopening(house, plan, first, commits):
    health = make_office(house.entity, "Secretaría de Salud")
    make_user("salud@cartago.example", house.entity, Role.LEADER, [health])
    house.entity.memberships.update(valid_from="2020-01-01")
    close(house, first)
    with commits():
        reopen(house, first, [activity(plan, 2)], until=datetime.date(2024, 5, 10))
    assert addresses() == sorted([house.auditor.email, house.leader.email])
    told = {message.to[0]: message for message in mail.outbox}
    audit = told[house.auditor.email]
    assert "estaba cerrado" in audit.subject
    for part in ("Se encontró un error.", "Acta n.º 9", "actividad 2: Actividad número 2", "10 de mayo de 2024"):
        assert part in audit.body
        assert part in told[house.leader.email].body
    assert "Actividad número 1" not in audit.body
    assert LINK in told[house.leader.email].body


def test_nothing_is_sent_of_what_was_rolled_back(house, plan, first, commits):
    from django.db import transaction

    sent = report(house, activity(plan, 2), first)

    def fail():
        with transaction.atomic():
            give_back(sent, house)
            raise RuntimeError

    with commits(), pytest.raises(RuntimeError):
        fail()
    assert mail.outbox == []
    assert Report.objects.get().status == ReportStatus.SUBMITTED


@pytest.mark.parametrize(
    "broken", ["django.core.mail.message.EmailMessage.send", "planning.mail.render_to_string"]
)
def test_a_mail_that_fails_undoes_nothing_and_is_logged(broken, house, plan, first, commits, monkeypatch, caplog):
    def fail(*args, **kwargs):
        raise ConnectionRefusedError("no hay servidor")

    monkeypatch.setattr(broken, fail)
    sent = report(house, activity(plan, 2), first)
    with commits():
        give_back(sent, house)
    assert Report.objects.get().status == ReportStatus.RETURNED
    assert "No se pudo" in caplog.text
    close(house, first)
    with commits():
        reopen(house, first, [activity(plan, 2)], until=datetime.date(2024, 5, 10))
    assert Reopening.objects.exists()


def test_one_address_that_fails_does_not_keep_the_others_from_hearing(house, plan, first, commits, monkeypatch):
    from django.core.mail import EmailMessage

    make_user("apoyo@cartago.example", house.entity, Role.LEADER, [house.office])
    house.entity.memberships.update(valid_from="2020-01-01")
    send = EmailMessage.send

    def picky(message, *args, **kwargs):
        if message.to == ["apoyo@cartago.example"]:
            raise ConnectionRefusedError("buzón lleno")
        return send(message, *args, **kwargs)

    monkeypatch.setattr(EmailMessage, "send", picky)
    sent = report(house, activity(plan, 2), first)
    with commits():
        give_back(sent, house)
    assert addresses() == [house.leader.email]
