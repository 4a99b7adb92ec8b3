"""The life of a report as a table: sent, returned as often as it must be, validated, perhaps looked at again;
reopened by act, and then sent anew or left as it was."""

from __future__ import annotations

from actionplans.domain.following.closing.facts import seals
from actionplans.domain.workflow import Transition
from actionplans.enums import SENDABLE_STATUSES, ReportStatus


def _what(report) -> dict:
    return {
        "activity": report.activity.key,
        "period": str(report.period),
        "revision": report.current.number if report.current_id else None,
    }


def _was_reviewed(report) -> list[str]:
    return [] if report.current_id else ["El reporte no se ha enviado."]


def _sent(report) -> dict:
    return _what(report) | seals(report.current)


SEND = Transition(
    name="send_report",
    address="enviar",
    label="Enviar esta actividad",
    noun="reporte",
    sources=frozenset(SENDABLE_STATUSES),
    target=ReportStatus.SUBMITTED,
    permission="actionplans.send_report",  # which office reports is asked of the promise
    trace=_sent,
)
VALIDATE = Transition(
    name="validate_report",
    address="validar",
    label="Validar",
    noun="reporte",
    sources=frozenset({ReportStatus.SUBMITTED}),
    target=ReportStatus.VALIDATED,
    permission="actionplans.review_report",
    guard=_was_reviewed,
    trace=_what,
)
RETURN = Transition(
    name="return_report",
    address="devolver",
    label="Devolver con comentario",
    noun="reporte",
    sources=frozenset({ReportStatus.SUBMITTED}),
    target=ReportStatus.RETURNED,
    permission="actionplans.review_report",
    needs_comment=True,
    guard=_was_reviewed,
    trace=_what,
)
RECONSIDER = Transition(
    name="reconsider_report",
    address="volver-a-revisar",
    label="Volver a revisar",
    noun="reporte",
    sources=frozenset({ReportStatus.VALIDATED}),
    target=ReportStatus.SUBMITTED,
    permission="actionplans.review_reports",
    needs_comment=True,
    trace=_what,
)
UPHOLD = Transition(
    name="uphold_report",
    address="mantener",
    label="Dejarlo como estaba",
    noun="reporte",
    sources=frozenset({ReportStatus.RETURNED}),
    target=ReportStatus.VALIDATED,
    permission="actionplans.review_report",
    needs_comment=True,
    guard=_was_reviewed,
    trace=_what,
)
REOPEN = Transition(
    name="reopen_report",
    address="reabrir",
    label="Reabrir",
    noun="reporte",
    sources=frozenset({ReportStatus.SUBMITTED, ReportStatus.VALIDATED}),
    target=ReportStatus.RETURNED,
    permission="actionplans.review_reports",
    needs_comment=True,
    trace=_what,
)
REPORT_TRANSITIONS = (SEND, VALIDATE, RETURN, RECONSIDER, REOPEN, UPHOLD)
