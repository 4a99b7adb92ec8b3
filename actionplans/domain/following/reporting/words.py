"""What is said of the report of an activity in a period: one vocabulary for pages, dashboards and files. Pure."""

from __future__ import annotations

from actionplans.domain.following.calendar.duties import Duty
from actionplans.enums import ReportStatus

NOT_COUNTED = "La dependencia reportó; planeación no lo validó antes del cierre"
SILENT = "Sin reporte"
NOT_ASKED = {
    Duty.CANCELLED: "Cancelada",
    Duty.FINISHED: "Terminada, no se le pidió reporte",
    Duty.LATER: "No le tocaba reportar",
}


def report_words(duty: Duty, status: str | None, *, is_closed: bool) -> str:
    """`status` is that of the report, None without one; `is_closed`: the period was closed with it.

    «Sin reporte» is said only of what was owed; of what was sent, how far it came.
    """
    if duty == Duty.CANCELLED:
        return NOT_ASKED[duty]
    if status == ReportStatus.VALIDATED:
        return "Reporte validado"
    if status in (ReportStatus.SUBMITTED, ReportStatus.RETURNED):
        return NOT_COUNTED if is_closed else ReportStatus(status).label
    return NOT_ASKED.get(duty, SILENT)


def lacks_validated(duty: Duty, status: str | None) -> bool:
    """Whether a figure lacks the report of its own period: it was owed, or sent, and nobody validated it."""
    if duty == Duty.CANCELLED or status == ReportStatus.VALIDATED:
        return False
    return duty.is_owed or status in (ReportStatus.SUBMITTED, ReportStatus.RETURNED)
