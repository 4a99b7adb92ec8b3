"""Whether a report that is being sent is the one that stands: a button pressed twice is no new version."""

from __future__ import annotations

from actionplans.enums import ReportStatus
from actionplans.models import Report

ANSWERED_FOR = (ReportStatus.SUBMITTED, ReportStatus.VALIDATED)
"""One that was given back is sent anew even in the same words."""


def is_said_already(report: Report, content, *, by) -> bool:
    """Whether the same person sent the same `ReportContent` last, and it was not given back."""
    sent = report.current
    if sent is None or report.status not in ANSWERED_FOR or sent.by_id != by.pk:
        return False
    return (
        _words(sent) == _words(content)
        and _readings(sent.measurements.all())
        == _readings(() if content.is_without_progress else content.readings)
        and {piece.pk for piece in sent.evidence.all()} == {piece.pk for piece in content.evidence}
    )


def _words(said) -> tuple:
    texts = (said.narrative, said.difficulties, said.source)
    return (said.executed_months, said.is_without_progress, said.declared, *(text.strip() for text in texts))


def _readings(rows) -> dict:
    figures = {row.key: (row.numerator, row.denominator, row.value) for row in rows}
    return {key: values for key, values in figures.items() if values != (None, None, None)}
