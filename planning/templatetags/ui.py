"""What templates need beyond Django's own: the components of every page, and Spanish for numbers and dates.

Registered as a builtin, so no template loads it. The markup lives here when it is one element and in
`templates/components/` when it is more.
"""

import datetime
import re
from decimal import Decimal

from django import template
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from planning import accounts

register = template.Library()

# A tone always comes with a shape, so that it is told without colour.
SHAPES = {"good": "●", "warn": "▲", "bad": "■", "none": "○"}


@register.simple_tag
def state(tone: str, words: str, shape: str = "") -> SafeString:
    """A badge: `tone` is good, warn, bad or none; `shape` replaces the tone's own."""
    return format_html(
        '<span class="state state-{}"><span aria-hidden="true">{}</span>{}</span>',
        tone,
        shape or SHAPES[tone],
        words,
    )


@register.simple_tag
def fact(label: str, value, css: str = "") -> SafeString | str:
    """One pair of a `<dl class="facts">`; nothing where there is no value."""
    if value in (None, ""):
        return ""
    return _pair(label, value, css)


@register.simple_block_tag
def factblock(content: str, label: str, css: str = "") -> SafeString | str:
    """As `fact`, for a value with markup inside."""
    return _pair(label, content, css) if content.strip() else ""


def _pair(label, value, css):
    opening = format_html('<div class="{}">', css) if css else SafeString("<div>")
    return format_html("{}<dt>{}</dt><dd>{}</dd></div>", opening, label, value)


@register.simple_block_tag
def notice(content: str, title: str = "", tone: str = "") -> SafeString:
    """A boxed remark beside the matter; `tone` good, warn or bad."""
    css = f" notice-{tone}" if tone else ""
    heading = format_html('<p class="notice-title">{}</p>', title) if title else ""
    return format_html('<div class="notice{}">{}{}</div>', css, heading, content)


@register.simple_block_tag
def empty_state(content: str, title: str, level: int = 2) -> SafeString:
    """What a list shows while it has nothing: what will be here, and how to go on."""
    return format_html('<div class="empty"><h{0}>{1}</h{0}>{2}</div>', level, title, content)


@register.simple_tag
def count(number: int, singular: str, plural: str) -> str:
    """«1 actividad», «3 actividades»; what to say of none is the caller's choice."""
    return f"{whole(number)} {singular if number == 1 else plural}"


@register.filter
def whole(number: int) -> str:
    return number_format(number, use_l10n=True, force_grouping=True)


@register.filter
def figure(value: Decimal | None) -> str:
    """A quantity as Colombians write it, without the zeros that the column adds: «1.250,5»."""
    if value is None:
        return ""
    value = Decimal(value)
    exponent = value.normalize().as_tuple().exponent
    return number_format(value, decimal_pos=max(0, -exponent), use_l10n=True, force_grouping=True)


@register.filter
def money(value: Decimal | None) -> str:
    return f"$ {figure(value)}" if value is not None else ""


@register.filter
def long_date(value: datetime.date | datetime.datetime | None) -> str:
    """«29 de octubre de 2024»; a moment is told by its day in the portal's time zone."""
    if not value:
        return ""
    if isinstance(value, datetime.datetime):
        value = timezone.localtime(value)
    return date_format(value, r"j \d\e F \d\e Y").lower()


@register.filter
def phone_link(number: str) -> SafeString | str:
    """The number as a link that dials it; as it is written where that cannot be told."""
    said = re.split(r"\s*(?:ext|,|;|/|-\s)", number, maxsplit=1, flags=re.IGNORECASE)[0]
    digits = re.sub(r"[\s().-]", "", said)
    if not re.fullmatch(r"\+?\d{3,15}", digits):
        return number
    return format_html('<a href="tel:{}">{}</a>{}', digits, said, number[len(said) :])


@register.filter
def with_year(title: str, year: int) -> str:
    """A plan's title with its year, said once."""
    return title if str(year) in title else f"{title} {year}"


@register.filter
def initials(name: str) -> str:
    """Up to two letters for the crest of an entity without logo: «Alcaldía de Cartago» gives «AC»."""
    words = [word for word in name.split() if word[0].isupper()]
    ends = words if len(words) < 2 else [words[0], words[-1]]
    return "".join(word[0] for word in ends) or name[:1].upper()


@register.simple_tag
def workplace(membership, user) -> str:
    """Address of the page where the work of a membership of `user` is."""
    return accounts.workplace(membership, user)
