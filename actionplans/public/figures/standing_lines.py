"""How activities stood at a cut, each in one line, written once for all that stand alike."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString

from actionplans.badges import figure_line
from actionplans.domain.following.figures.words import percent

from .published import FollowedActivity


class StandingLines:
    """The lines of one cut: hundreds of activities share a few figures, and their markup is what costs."""

    def __init__(self, period):
        self.period = period
        self.known: dict[tuple, SafeString] = {}

    def of(self, followed: FollowedActivity) -> SafeString:
        """«● Al día 50 % ejecutado de 50 % programado a junio; control interno verificó 40 %.»"""
        progress, verified = followed.figure.progress, followed.verification
        alike = (
            progress.state,
            progress.reason,
            progress.executed,
            progress.programmed,
            followed.figure.light,
            followed.missing_words,
            verified.value if verified else None,
            followed.is_self_validated,
        )
        if alike not in self.known:
            self.known[alike] = self._line(followed)
        return self.known[alike]

    def _line(self, followed: FollowedActivity) -> SafeString:
        said = figure_line(followed.figure, self.period, followed.missing_words)
        verified = followed.verification
        return format_html(
            "{}{}{}.",
            said,
            f"; control interno verificó {percent(verified.value)}"
            if verified and verified.value is not None
            else "",
            "; lo validó quien lo envió" if followed.is_self_validated else "",
        )
