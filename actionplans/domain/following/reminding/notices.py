"""What people are told by mail of the follow-up. Called after commit; no failure here touches what was done."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from functools import wraps

from django.core.mail import EmailMessage
from django.urls import reverse

from actionplans.domain.following.calendar.periods import last_day
from actionplans.domain.following.figures.promises import promises
from actionplans.domain.following.reminding.recipients import holders_of, leaders_by_office
from actionplans.enums import ReviewOutcome
from actionplans.models import Reopening, Report, Validation
from planning.addresses import absolute
from planning.enums import Role
from planning.mail import compose, is_silent, send
from planning.models import User

logger = logging.getLogger(__name__)


def _never_in_the_way(write: Callable[..., Iterable[EmailMessage]]):
    """Send the mails that `write` gives; what fails, in the writing too, is logged and no more."""

    @wraps(write)
    def told(row) -> None:
        if is_silent():
            return
        try:
            send(write(row))
        except Exception:
            logger.exception("No se pudo avisar por correo: %s %s", write.__name__, row.pk)

    return told


@_never_in_the_way
def report_returned(report: Report) -> Iterable[EmailMessage]:
    """To who answers for the office that reports, and to who sent it."""
    report = _with_words(report)
    review = _last_review(report, ReviewOutcome.RETURNED)
    if review is None:  # sent again before the mail could leave
        return []
    return _to_the_office("report_returned", report, review, until=last_day(report.period, report.activity))


@_never_in_the_way
def report_validated(report: Report) -> Iterable[EmailMessage]:
    """Only of a value that planning corrected: that all is well needs no mail."""
    report = _with_words(report)
    review = _last_review(report, ReviewOutcome.VALIDATED)
    if review is None or not (review.corrections.all() or review.corrected_declared is not None):
        return []
    return _to_the_office("report_corrected", report, review)


@_never_in_the_way
def period_reopened(reopening: Reopening) -> Iterable[EmailMessage]:
    """To control interno, and to who answers for the offices that report the activities."""
    reopening = Reopening.objects.select_related("closing__period", "entity", "act").get(pk=reopening.pk)
    period = reopening.closing.period
    promised = _promised(reopening)
    offices = {office for office, _ in promised.values() if office}
    mails = [
        compose(
            "period_reopened_audit",
            user.email,
            entity=reopening.entity,
            period=period,
            reopening=reopening,
            activities=sorted(words for _, words in promised.values()),
            address=absolute(reverse("audit_entity", args=[reopening.entity.slug])),
        )
        for user in holders_of(reopening.entity, Role.AUDITOR)
    ]
    for user, own in _by_person(leaders_by_office(reopening.entity, offices=offices)).items():
        mails.append(
            compose(
                "period_reopened",
                user.email,
                entity=reopening.entity,
                period=period,
                reopening=reopening,
                activities=sorted(words for office, words in promised.values() if office in own),
                address=_own_page(reopening.entity),
            )
        )
    return mails


def _to_the_office(template, report, review, **told) -> list[EmailMessage]:
    office = report.current.office_id
    people = set(leaders_by_office(report.entity, offices=[office]).get(office, ())) if office else set()
    if report.current.by.is_active:
        people.add(report.current.by)
    people.discard(review.by)
    return [
        compose(
            template,
            user.email,
            entity=report.entity,
            report=report,
            promise=report.current.promise,
            review=review,
            address=_page_of(report),
            **told,
        )
        for user in sorted(people, key=lambda user: user.email)
    ]


def _with_words(report) -> Report:
    return (
        Report.objects.with_words()
        .select_related("entity", "period", "current__promise__version")
        .get(pk=report.pk)
    )


def _last_review(report, outcome) -> Validation | None:
    """The answer to what was sent last."""
    rows = [row for row in report.current.validations.all() if row.outcome == outcome]
    return max(rows, key=lambda row: row.pk, default=None)


def _promised(reopening) -> dict[int, tuple[int | None, str]]:
    """The office that reports each reopened activity, and its words, as the version of the cut promises them."""
    rows = promises(reopening.closing.period).filter(activity__in=reopening.activities.all())
    return {
        row.activity_id: (
            row.reporting_office_id,
            f"{row.version.title}, actividad {row.activity.key}: {row.description}",
        )
        for row in rows
    }


def _by_person(leaders: dict[int, list[User]]) -> dict[User, set[int]]:
    people: dict[User, set[int]] = {}
    for office, users in leaders.items():
        for user in users:
            people.setdefault(user, set()).add(office)
    return people


def _page_of(report) -> str:
    return absolute(reverse("report_page", args=[report.entity.slug, report.period_id, report.activity_id]))


def _own_page(entity) -> str:
    return absolute(reverse("follow_up_entity", args=[entity.slug]))
