"""Reminders of what is owed: who gets one today, in which words, and that nobody gets the same one twice."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.urls import reverse

from actionplans.domain.following.reminding.owed import OfficeOwes, Owed, by_office, owed_in
from actionplans.domain.following.reminding.recipients import holders_of, leaders_by_office
from actionplans.enums import PeriodStatus
from actionplans.models import ReminderSent, ReportingPeriod
from planning.addresses import absolute
from planning.enums import Role
from planning.mail import compose, send
from planning.models import User

DAYS = (-15, -7, -1, 1, 7, 15)
"""When: so many days before (below zero) and after the last day to report."""

OLDEST = datetime.timedelta(days=30)
"""What was due before that is nobody's news: periods of a past year may be created long after it."""

Occasion = tuple[datetime.date, int]
"""A deadline and one of `DAYS`."""


@dataclass(frozen=True, kw_only=True)
class Reminder:
    """One mail to one account about one period; `occasions` are those that it serves."""

    period: ReportingPeriod
    recipient: User
    occasions: tuple[Occasion, ...]
    owed: tuple[Owed, ...]
    is_summary: bool
    offices: tuple[OfficeOwes, ...] = ()


def due(last_day: datetime.date, today: datetime.date) -> int | None:
    """The latest of `DAYS` that has come: one that was missed is made good, those before it are not."""
    passed = (today - last_day).days
    return max((day for day in DAYS if day <= passed), default=None)


def reminders(today: datetime.date) -> Iterator[Reminder]:
    """Those that are to be sent on that day and were not: of every period that takes reports and is not closed."""
    periods = ReportingPeriod.objects.filter(opens__lte=today).exclude(status=PeriodStatus.CLOSED)
    for period in periods.select_related("entity").order_by("entity", "opens", "pk"):
        yield from _of_period(period, today)


def deliver(reminder: Reminder) -> bool:
    """Send it unless another run did; False where the mail could not leave, which leaves it for the next run."""
    claimed = _claim(reminder)
    if not claimed:
        return True
    if send([letter(reminder)]):
        return True
    ReminderSent.objects.filter(pk__in=[row.pk for row in claimed]).delete()
    return False


def letter(reminder: Reminder) -> EmailMessage:
    entity = reminder.period.entity
    is_late = all(row.is_late for row in reminder.owed)
    page = "missing" if reminder.is_summary else "follow_up_entity"
    return compose(
        "reminder_summary" if reminder.is_summary else "reminder",
        reminder.recipient.email,
        entity=entity,
        period=reminder.period,
        owed=reminder.owed,
        offices=reminder.offices,
        is_late=is_late,
        has_late=any(row.is_late for row in reminder.owed),
        last_day=min(row.last_day for row in reminder.owed if is_late or not row.is_late),
        address=absolute(reverse(page, args=[entity.slug])),
    )


def _of_period(period, today) -> Iterator[Reminder]:
    owed = [row for row in owed_in(period, today) if row.last_day >= today - OLDEST]
    if not owed:
        return
    sent = set(period.reminders.values_list("recipient", "is_summary", "deadline", "days"))
    leaders = leaders_by_office(period.entity, today)
    offices = by_office(owed, leaders)
    for user, rows in _by_leader(offices):
        if occasions := _unserved((user.pk, False), rows, today, sent):
            yield Reminder(period=period, recipient=user, occasions=occasions, owed=tuple(rows), is_summary=False)
    for user in holders_of(period.entity, Role.PLANNING, today):
        if occasions := _unserved((user.pk, True), owed, today, sent):
            yield Reminder(
                period=period,
                recipient=user,
                occasions=occasions,
                owed=tuple(owed),
                is_summary=True,
                offices=tuple(offices),
            )


def _by_leader(offices: Iterable[OfficeOwes]) -> list[tuple[User, list[Owed]]]:
    people: dict[User, list[Owed]] = {}
    for office in offices:
        for user in office.people:
            people.setdefault(user, []).extend(office.owed)
    return sorted(people.items(), key=lambda pair: pair[0].email)


def _unserved(whose, rows, today, sent) -> tuple[Occasion, ...]:
    occasions = {(row.last_day, day) for row in rows if (day := due(row.last_day, today)) is not None}
    return tuple(sorted(pair for pair in occasions if (*whose, *pair) not in sent))


def _claim(reminder) -> list[ReminderSent]:
    """Write the rows before the mail leaves: of two runs at once one sends, the other gets an empty list.

    The transaction is over before the mail begins, so that a slow mail server holds nobody up.
    """
    rows = [
        ReminderSent(
            period=reminder.period,
            entity=reminder.period.entity,
            recipient=reminder.recipient,
            is_summary=reminder.is_summary,
            deadline=deadline,
            days=days,
        )
        for deadline, days in reminder.occasions
    ]
    try:
        with transaction.atomic():
            return ReminderSent.objects.bulk_create(rows)
    except IntegrityError:
        return []
