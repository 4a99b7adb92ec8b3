"""Steps of the follow-up that several tests take on their way to what they are about."""

import datetime
from contextlib import contextmanager
from decimal import Decimal
from unittest import mock

from django.utils import timezone

from actionplans.domain.following.calendar.periods import open_year
from actionplans.domain.following.closing.closing import close_period, reopen_period
from actionplans.domain.following.evidence.bringing import bring_link
from actionplans.domain.following.figures.promises import promise_of
from actionplans.domain.following.reporting.reviewing import validate_report
from actionplans.domain.following.reporting.sending import ReadingContent, ReportContent, submit_report
from actionplans.enums import PeriodScheme
from actionplans.months import MonthSet
from planning.models import Membership, TrafficLightPreset


@contextmanager
def on_day(year: int, month: int, day: int, hour: int = 10):
    """Inside, it is that day at that hour, for whoever asks Django."""
    moment = datetime.datetime(year, month, day, hour, tzinfo=timezone.get_default_timezone())
    with mock.patch("django.utils.timezone.now", return_value=moment):
        yield moment


def make_year(house, year=2024, scheme=PeriodScheme.QUARTER):
    """The periods of the house's year, opened by planning; its people were there all along."""
    Membership.objects.filter(entity=house.entity).update(valid_from=datetime.date(2020, 1, 1))
    for post in (house.administrator, house.planning, house.leader, house.committee, house.auditor):
        post.__dict__.pop("current_memberships", None)
    return open_year(house.entity, year, scheme, by=house.planning)


def shipped_lights():
    """The set of bands that counts where an entity has none of its own: below 60, below 80, from 80."""
    preset = TrafficLightPreset.objects.create(key="tres", name="Tres franjas", is_in_use=True)
    for floor, label, tone, shape in (
        (0, "Atrasada", "atrasada", "■"),
        (60, "En riesgo", "en-riesgo", "▲"),
        (80, "Al día", "al-dia", "●"),
    ):
        preset.bands.create(floor=floor, label=label, tone=tone, shape=shape)
    return preset


def promised(activity, period):
    """The promise of an `Activity` (or of one of its versions) at the cut of the period."""
    return promise_of(getattr(activity, "activity", activity), period)


def content(value=None, **said):
    """What a report says; `value` is the reading of indicator 1."""
    readings = (ReadingContent(key=1, name="Indicador", value=Decimal(value)),) if value is not None else ()
    return ReportContent(**{"narrative": "Se hizo lo previsto.", "readings": readings, **said})


def report(house, activity, period, value=None, *, by=None, on_behalf=False, **said):
    """The report of an activity, sent by the leader (or by `by`)."""
    return submit_report(
        promised(activity, period),
        period,
        content(value, **said),
        by=by or house.leader,
        on_behalf=on_behalf,
    )


def validate(house, sent, *, by=None, **said):
    """The report as planning validated it."""
    return validate_report(sent, by=by or house.planning, number=sent.current.number, **said)


def reported(house, activity, period, value=None, **said):
    """The report, sent and validated."""
    return validate(house, report(house, activity, period, value, **said))


def close(house, period):
    return close_period(period, by=house.planning)


def reopen(house, period, activities, *, until, **said):
    return reopen_period(
        period,
        by=house.planning,
        activities=[getattr(row, "activity", row) for row in activities],
        until=until,
        **{"reason": "Se encontró un error.", "act_name": "Acta n.º 9", "act_date": timezone.localdate(), **said},
    )


def months(*numbers) -> MonthSet:
    return MonthSet(numbers)


def link(house, url="https://ejemplo.gov.co/informe.pdf", **fields):
    """Evidence that is a link, brought by the leader's office."""
    said = {"by": house.leader, "office": house.office, "classification": "publica", **fields}
    return bring_link(house.entity, url, **said)
