"""Reminders before and after the last day: once each, to who owes and to planning, missed days made good."""

import datetime
from io import StringIO

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command

from actionplans.domain.following.calendar.extensions import extend
from actionplans.domain.following.reminding.reminders import due
from actionplans.domain.following.reporting.reviewing import return_report
from actionplans.models import ReminderSent
from planning.enums import Role
from planning.management.refusal import REFUSED, Error
from tests.cast import make_house
from tests.factories import make_office, make_published_plan, make_user
from tests.following import close, make_year, on_day, report, reported

DEADLINE = datetime.date(2024, 4, 15)


class DeadServer(EmailBackend):
    """A mail server that refuses one address."""

    def send_messages(self, messages):
        if any("leader@" in to for message in messages for to in message.to):
            raise ConnectionRefusedError("no hay servidor")
        return super().send_messages(messages)


@pytest.fixture
def plan(house):
    """Three activities of the leader's office: January, February and March."""
    return make_published_plan(house.entity, title="Plan", office=house.office)


@pytest.fixture
def first(house, plan):
    return make_year(house)[0]


def run(day, **options):
    out = StringIO()
    call_command("send_reminders", today=day, stdout=out, **options)
    return out.getvalue()


def sent_to(person):
    return [message for message in mail.outbox if message.to == [person.email]]


def activity(plan, position):
    return plan.activities.get(position=position)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2024-03-30", None),
        ("2024-03-31", -15),
        ("2024-04-07", -15),
        ("2024-04-08", -7),
        ("2024-04-13", -7),
        ("2024-04-14", -1),
        ("2024-04-15", -1),
        ("2024-04-16", 1),
        ("2024-04-21", 1),
        ("2024-04-22", 7),
        ("2024-04-30", 15),
        ("2025-01-01", 15),
    ],
)
def test_the_latest_reminder_that_has_come(day, expected):
    assert due(DEADLINE, datetime.date.fromisoformat(day)) == expected


def test_a_leader_is_told_what_is_owed_and_planning_who_owes_it(house, plan, first):
    with on_day(2024, 4, 2):
        reported(house, activity(plan, 1), first)
        report(house, activity(plan, 2), first)
    assert "2 recordatorios enviados." in run("2024-04-08")
    (told,) = sent_to(house.leader)
    assert told.subject == "Falta reportar el trimestre I de 2024: el plazo vence el 15 de abril de 2024"
    assert "actividad 3: Actividad número 3" in told.body
    assert "Actividad número 1" not in told.body
    assert "Actividad número 2" not in told.body
    assert "Faltan 7 días" in told.body
    assert "http://127.0.0.1:8000/seguimiento/cartago/" in told.body
    (summary,) = sent_to(house.planning)
    assert summary.subject == "Quién falta por reportar el trimestre I de 2024"
    assert (
        f"{house.office.name}: 1 actividad. Faltan 7 días. Se le escribió a {house.leader.email}" in summary.body
    )
    assert "http://127.0.0.1:8000/gestion/cartago/sin-reporte/" in summary.body
    assert len(mail.outbox) == 2


def test_the_same_reminder_is_sent_once_and_the_next_one_again(house, plan, first):
    days = ("2024-03-31", "2024-04-01", "2024-04-01", "2024-04-07", "2024-04-08", "2024-04-08", "2024-04-14",
            "2024-04-16", "2024-04-22", "2024-04-29", "2024-04-30", "2024-05-30")  # fmt: skip
    counts = []
    for day in days:
        run(day)
        counts.append(len(sent_to(house.leader)))
    assert counts == [0, 1, 1, 1, 2, 2, 3, 4, 5, 5, 6, 6]
    late = sent_to(house.leader)[3]
    assert late.subject == "Está atrasado el reporte del trimestre I de 2024"
    assert "1 día de retraso" in late.body
    recorded = ReminderSent.objects.filter(recipient=house.leader).values_list("deadline", "days")
    assert list(recorded) == [(DEADLINE, day) for day in (-15, -7, -1, 1, 7, 15)]


def test_days_that_were_missed_are_made_good_once(house, plan, first):
    run("2024-04-19")
    run("2024-04-20")
    assert [row.days for row in ReminderSent.objects.filter(recipient=house.leader)] == [1]
    assert "4 días de retraso" in sent_to(house.leader)[0].body


def test_an_extension_has_its_own_days(house, plan, first):
    with on_day(2024, 4, 10):
        extend(
            first,
            [activity(plan, 1).activity],
            by=house.planning,
            until=datetime.date(2024, 4, 25),
            reason="Lluvias",
        )
    run("2024-04-16")
    (told,) = sent_to(house.leader)
    assert "Faltan 9 días (vence el 25 de abril de 2024)" in told.body
    assert "1 día de retraso (venció el 15 de abril de 2024)" in told.body
    run("2024-04-18")  # seven days before the extension ends; the others have nothing new
    assert len(sent_to(house.leader)) == 2
    run("2024-04-18")
    assert len(sent_to(house.leader)) == 2


def test_what_was_returned_is_owed_again(house, plan, first):
    with on_day(2024, 4, 2):
        for number in (1, 2, 3):
            sent = report(house, activity(plan, number), first)
        return_report(sent, by=house.planning, number=1, comment="Falta la lista.")
    run("2024-04-08")
    (told,) = sent_to(house.leader)
    assert "actividad 3" in told.body
    assert "Planeación lo devolvió" in told.body
    assert "actividad 1" not in told.body


def test_nobody_is_written_to_when_nothing_is_owed_or_the_period_is_closed(house, plan, first):
    with on_day(2024, 4, 2):
        for number in (1, 2, 3):
            reported(house, activity(plan, number), first)
    assert "0 recordatorios enviados." in run("2024-04-08")
    second = first.entity.periods.get(ordinal=2)
    with on_day(2024, 7, 2):
        close(house, second)
    run("2024-07-20")
    assert mail.outbox == []


def test_each_leader_hears_of_the_own_office_alone_and_inactive_accounts_of_nothing(house, plan, first):
    health = make_office(house.entity, "Secretaría de Salud")
    nurse = make_user("salud@cartago.example", house.entity, Role.LEADER, [health])
    gone = make_user("retirado@cartago.example", house.entity, Role.LEADER, [house.office], is_active=False)
    nurse.memberships.update(valid_from="2024-01-01")
    gone.memberships.update(valid_from="2024-01-01")
    make_published_plan(house.entity, title="De salud", office=health, activities=1)
    run("2024-04-08")
    assert "De salud" in sent_to(nurse)[0].body
    assert "De salud" not in sent_to(house.leader)[0].body
    assert sent_to(gone) == []


def test_who_answers_for_an_office_and_plans_too_gets_both(house, plan, first):
    house.leader.memberships.create(entity=house.entity, role=Role.PLANNING, valid_from="2020-01-01")
    run("2024-04-08")
    run("2024-04-08")
    assert sorted(message.subject.split()[0] for message in sent_to(house.leader)) == ["Falta", "Quién"]


def test_other_entities_get_their_own(house, plan, first, neighbour):
    make_published_plan(neighbour.entity, title="Vecino", office=neighbour.office)
    make_year(neighbour)
    run("2024-04-08")
    assert "Vecino" not in sent_to(house.leader)[0].body
    assert "Vecino" in sent_to(neighbour.leader)[0].body
    assert len(mail.outbox) == 4


def test_a_dry_run_says_whom_it_would_write_to_and_writes_nothing(house, plan, first):
    said = run("2024-04-08", dry_run=True)
    assert f"{house.leader.email}: Falta reportar el trimestre I de 2024" in said
    assert "Se escribirían 2 recordatorios." in said
    assert mail.outbox == []
    assert not ReminderSent.objects.exists()


def test_a_mail_that_does_not_leave_is_tried_again(house, plan, first, settings):
    settings.EMAIL_BACKEND = f"{__name__}.DeadServer"
    with pytest.raises(Error) as refusal:
        run("2024-04-08")
    assert refusal.value.returncode == REFUSED
    assert "leader@cartago.example" in str(refusal.value)
    assert list(ReminderSent.objects.values_list("recipient__email", flat=True)) == [house.planning.email]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    run("2024-04-09")
    assert len(sent_to(house.leader)) == 1
    assert len(sent_to(house.planning)) == 1


def test_another_run_at_the_same_time_sends_nothing_twice(house, plan, first):
    from actionplans.domain.following.reminding.reminders import deliver, reminders

    both = list(reminders(datetime.date(2024, 4, 8))), list(reminders(datetime.date(2024, 4, 8)))
    assert [deliver(row) for row in (*both[0], *both[1])] == [True] * 4
    assert len(mail.outbox) == 2


@pytest.mark.parametrize("day", ["ayer", "2024-13-01", "08/04/2024"])
def test_what_is_no_date_is_refused(day, db):
    with pytest.raises(Error, match="no es una fecha") as refusal:
        run(day)
    assert refusal.value.returncode == REFUSED


@pytest.mark.parametrize("offices", [1, 3])
def test_the_queries_do_not_grow_with_what_is_owed(offices, django_assert_num_queries, db):
    from actionplans.domain.following.reminding.reminders import reminders

    house = make_house("cartago")
    for number in range(offices):
        office = make_office(house.entity, f"Dependencia {number}")
        make_user(f"lider{number}@cartago.example", house.entity, Role.LEADER, [office])
        make_published_plan(house.entity, title=f"Plan {number}", office=office, activities=2)
    make_year(house)
    with django_assert_num_queries(20):
        found = list(reminders(datetime.date(2024, 4, 8)))
    assert len(found) == offices + 1


def test_the_subject_names_the_day_that_is_still_to_come_and_what_is_over_needs_an_extension(house, plan, first):
    with on_day(2024, 4, 10):
        chosen = [activity(plan, 1).activity]
        extend(first, chosen, by=house.planning, until=datetime.date(2024, 4, 20), reason="Vacaciones.")
    run("2024-04-08")
    assert "prórroga" not in sent_to(house.leader)[-1].body
    run("2024-04-16")
    told = sent_to(house.leader)[-1]
    assert told.subject == "Falta reportar el trimestre I de 2024: el plazo vence el 20 de abril de 2024"
    assert "venció el 15 de abril de 2024" in told.body
    assert "Lo que ya venció no se puede enviar en el portal sin una prórroga" in told.body


def test_nobody_is_reminded_of_a_year_that_was_over_long_ago(house, plan, first):
    """A past year that is created today asks for nothing by mail; an extension given now does."""
    run("2024-05-16")
    assert mail.outbox == []
    with on_day(2024, 5, 16):
        chosen = [activity(plan, 1).activity]
        extend(first, chosen, by=house.planning, until=datetime.date(2024, 5, 20), reason="Se carga tarde.")
    run("2024-05-16")
    (told,) = sent_to(house.leader)
    assert "Actividad número 1" in told.body
    assert "Actividad número 2" not in told.body


def test_thirty_days_after_the_deadline_it_is_still_worth_a_mail(house, plan, first):
    run("2024-05-15")
    assert len(sent_to(house.leader)) == 1
