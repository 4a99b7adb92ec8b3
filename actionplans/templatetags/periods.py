"""What pages say of reporting periods: their state in words, with the day that matters."""

import datetime

from django import template
from django.utils import timezone
from django.utils.html import format_html

from actionplans.domain.following.calendar.periods import words
from actionplans.models.period import Moment
from planning.badges import state
from planning.words import long_date

register = template.Library()

TONES = {
    Moment.TO_COME: ("none", "–"),
    Moment.TAKING: ("good", "●"),
    Moment.LATE: ("bad", "■"),
    Moment.CLOSED: ("none", "◆"),
    Moment.REOPENED: ("warn", "▲"),
}


@register.simple_tag
def period_state(period):
    """The badge of a period whose closings are at hand."""
    tone, shape = TONES[period.moment(timezone.localdate())]
    return state(tone, period_words(period), shape)


@register.simple_tag
def period_badge(period):
    """The same for a cell of a table: the word in the badge, the day under it."""
    moment = period.moment(timezone.localdate())
    tone, shape = TONES[moment]
    joined = "hasta el" if moment in (Moment.TAKING, Moment.REOPENED) else "el"
    badge = state(tone, moment.value, shape)
    words = f"{joined} {_day(period, moment):%d/%m/%Y}"
    return format_html('{}<br><span class="muted nowrap">{}</span>', badge, words)


@register.simple_tag
def period_words(period) -> str:
    """«Cerrado el 20 de abril de 2024»: as `words`, with what only the closings know."""
    moment = period.moment(timezone.localdate())
    closings = list(period.closings.all())
    if moment == Moment.CLOSED and closings:
        return f"Cerrado el {long_date(closings[-1].at)}"
    reopening = getattr(closings[-1], "reopening", None) if closings else None
    if moment == Moment.REOPENED and reopening:
        return f"Reabierto hasta el {long_date(reopening.until)}"
    return words(period)


def _day(period, moment) -> datetime.date:
    """The day that matters of a period whose closings are at hand."""
    closings = list(period.closings.all())
    if moment == Moment.CLOSED and closings:
        return timezone.localdate(closings[-1].at)
    if moment == Moment.REOPENED and closings:
        return closings[-1].reopening.until
    return period.opens if moment == Moment.TO_COME else period.closes


@register.filter
def of(found: dict, key):
    """What a dict of rows has under a number; nothing where it has none."""
    return found.get(key, ())
