"""What pages of review say of a report: its state, and its figures in short."""

from django import template

from actionplans.domain.following.reporting.revisions import reading_words
from actionplans.enums import ReportStatus
from actionplans.templatetags.figures import capitalised, percent
from planning.templatetags.ui import state

register = template.Library()

TONES = {
    ReportStatus.PENDING: ("none", "○"),
    ReportStatus.SUBMITTED: ("warn", "▲"),
    ReportStatus.RETURNED: ("bad", "■"),
    ReportStatus.VALIDATED: ("good", "●"),
}


@register.simple_tag
def report_state(report):
    """The badge of a report's state; «Sin reporte» where there is none."""
    if report is None:
        return state("none", "Sin reporte", "○")
    if report.status == ReportStatus.SUBMITTED and not getattr(report, "takes_review", True):
        return state("none", "No se validó antes del cierre", "○")
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
