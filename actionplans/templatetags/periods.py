"""What pages say of reporting periods: their state in words, with the day that matters."""

from django import template
from django.utils import timezone

from actionplans.domain.following.periods import words
from actionplans.models.period import Moment
from planning.templatetags.ui import long_date, state

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


@register.filter
def of(found: dict, key):
    """What a dict of rows has under a number; nothing where it has none."""
    return found.get(key, ())


@register.filter
def clause(sentence: str) -> str:
    """A sentence as the end of another: «se corrigió la lista», an acronym as it is."""
    said = sentence.strip().rstrip(".")
    return f"{said[0].lower()}{said[1:]}" if said[1:2].islower() or said[1:2] == " " else said
