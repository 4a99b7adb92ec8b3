"""What pages of review say of a report: its state, and its figures in short."""

from django import template

from actionplans.domain.following.figures.words import percent
from actionplans.domain.following.reporting.revisions import reading_words
from actionplans.domain.following.reporting.words import IN_SHORT
from actionplans.enums import ReportStatus
from planning.badges import state
from planning.words import capitalised

register = template.Library()

TONES = {
    ReportStatus.PENDING: ("none", "○"),
    ReportStatus.SUBMITTED: ("warn", "▲"),
    ReportStatus.RETURNED: ("bad", "■"),
    ReportStatus.VALIDATED: ("good", "●"),
}


@register.simple_tag
def report_state(report):
    """The badge of a report's state; «Sin reporte» without one. Of a closed period it offers no next step."""
    if report is None:
        return state("none", "Sin reporte", "○")
    if report.status in IN_SHORT and _is_settled(report):
        return state("none", IN_SHORT[report.status], "○")
    tone, shape = TONES[report.status]
    return state(tone, report.get_status_display(), shape)


@register.simple_tag
def promised_state(report, duty):
    """As `report_state`; where nothing was sent nor owed, why not: finished, not scheduled, cancelled."""
    if duty.is_owed or (report is not None and report.current_id):
        return report_state(report)
    return state("none", duty.label, "–")


@register.simple_tag
def short_figure(figure) -> str:
    """The share of the year alone, for a cell: «62 %»; its state where there is none."""
    progress = figure.progress
    return capitalised(progress.state.label) if progress.executed is None else percent(progress.executed)


@register.simple_tag
def reported_figure(figure, report, duty) -> str:
    """What the office sent, said to be returned where it was; a dash where it sent nothing, told if owed."""
    if figure is None:
        return "— (sin reporte)" if duty.is_owed else "—"
    returned = " (devuelto)" if report and report.status == ReportStatus.RETURNED else ""
    return f"{short_figure(figure)}{returned}"


@register.filter
def differs_as_shown(one, other) -> bool:
    """Whether two shares are told differently: figures are compared as people read them."""
    return percent(one) != percent(other)


@register.filter
def last_review(report):
    """The newest answer to what was sent last; None before any. Of fetched rows."""
    rows = report.current.validations.all() if report and report.current_id else ()
    return max(rows, key=lambda row: row.pk, default=None)


@register.filter
def reading(row) -> str:
    """«12», «3 de 4»."""
    return reading_words(row)


@register.filter
def of_key(rows, key: int):
    """The reading of an indicator among those of a revision; None where it says nothing of it."""
    return next((row for row in rows if row.key == key), None)


def _is_settled(report) -> bool:
    """Whether nothing can be done about it: `takes_review` knows of reopenings too, where it was asked for."""
    return not getattr(report, "takes_review", not report.period.is_closed)
