"""The light of a figure of follow-up as markup: its word with its shape, and the line that a list says of it.

Markup for tags and for what writes hundreds of rows; the words come from `domain/following/figures/words.py`.
"""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from actionplans.domain.following.figures.words import (
    is_declared,
    is_measured,
    is_told_by_its_report,
    of_period,
    words_of,
)
from actionplans.progress import ProgressState
from planning.badges import state
from planning.models import LightTone
from planning.words import capitalised

TONES = {LightTone.ON_TRACK: "good", LightTone.AT_RISK: "warn", LightTone.LATE: "bad"}
STATE_SHAPES = {
    ProgressState.NO_TARGET: "◇",
    ProgressState.NO_SCHEDULE: "◇",
    ProgressState.UNDEFINED: "◇",
    ProgressState.NOT_SCHEDULED: "–",
    ProgressState.CANCELLED: "–",
    ProgressState.PRIOR: "–",
}
NO_LIGHT = "Sin semáforo"


def tone_of(light) -> str:
    """The class of a band: good, warn or bad; none without a band."""
    return TONES.get(light.tone, "none") if light else "none"


def state_shape(progress_state: ProgressState) -> str:
    """The shape of a state that has no figure."""
    return STATE_SHAPES.get(progress_state, "○")


def light_tag(figure, told="") -> SafeString:
    """The word and the shape of the band; of the state where there is no band, or `told` of a missing report."""
    progress = figure.progress
    if light := figure.light:
        return state(tone_of(light), light.label, light.shape)
    if is_told_by_its_report(progress, told):
        return state("none", told, state_shape(progress.state))
    if is_measured(progress):
        return state("none", NO_LIGHT)
    return state("none", capitalised(progress.state.label), state_shape(progress.state))


def figure_line(figure, period, told="") -> SafeString:
    """The light and the words in one line of a list; where there is no figure, only why, once."""
    progress = figure.progress
    if is_told_by_its_report(progress, told):
        return light_tag(figure, told)
    more = f"; {words}" if (words := of_period(period, told)) else ""
    if progress.executed is None:
        why = state("none", words_of(progress, period.ends.month), state_shape(progress.state))
        return format_html("{} {}", why, capitalised(of_period(period, told))) if told else why
    declared = " (declarado por la dependencia)" if is_declared(progress) else ""
    return format_html("{} {}{}{}", light_tag(figure), words_of(progress, period.ends.month), declared, more)
