"""What templates need beyond Django's own: the components of every page, and the Spanish of `planning/words.py`.

Registered as a builtin, so no template loads it. The markup lives here when it is one element and in
`templates/components/` when it is more.
"""

import re

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from planning import accounts, words
from planning.badges import state

register = template.Library()

register.simple_tag(state)
register.simple_tag(words.count)
for _filter in (words.whole, words.figure, words.money, words.long_date, words.with_year, words.initials):
    register.filter(_filter)


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


@register.filter
def phone_link(number: str) -> SafeString | str:
    """The number as a link that dials it; as it is written where that cannot be told."""
    said = re.split(r"\s*(?:ext|,|;|/|-\s)", number, maxsplit=1, flags=re.IGNORECASE)[0]
    digits = re.sub(r"[\s().-]", "", said)
    if not re.fullmatch(r"\+?\d{3,15}", digits):
        return number
    return format_html('<a href="tel:{}">{}</a>{}', digits, said, number[len(said) :])


@register.simple_tag
def workplace(membership, user) -> str:
    """Address of the page where the work of a membership of `user` is."""
    return accounts.workplace(membership, user)
