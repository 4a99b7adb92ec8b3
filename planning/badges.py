"""The badge of a state as markup: a word with a shape and a tone, so that it is told without colour."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

SHAPES = {"good": "●", "warn": "▲", "bad": "■", "none": "○"}


def state(tone: str, words: str, shape: str = "") -> SafeString:
    """A badge: `tone` is good, warn, bad or none; `shape` replaces the tone's own."""
    return format_html(
        '<span class="state state-{}"><span aria-hidden="true">{}</span>{}</span>',
        tone,
        shape or SHAPES[tone],
        words,
    )
