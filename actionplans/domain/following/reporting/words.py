"""What is said of the report of an activity in a period: one vocabulary for pages, dashboards and files. Pure."""

from __future__ import annotations

from actionplans.domain.following.calendar.duties import Duty
from actionplans.enums import ReportStatus

NOT_COUNTED = "La dependencia reportó; planeación no lo validó antes del cierre"
GIVEN_BACK = "Planeación lo devolvió y la dependencia no lo volvió a enviar"
SILENT = "Sin reporte"
AT_CLOSING = {ReportStatus.SUBMITTED: NOT_COUNTED, ReportStatus.RETURNED: GIVEN_BACK}
"""What is said of a report that a closing found sent and not validated."""
IN_SHORT = {
    ReportStatus.PENDING: SILENT,
    ReportStatus.SUBMITTED: "No se validó antes del cierre",
    ReportStatus.RETURNED: "Devuelto, sin reenviar",
}
"""The same for a badge, which offers nothing that can no longer be done."""
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
    if status in AT_CLOSING:
        return AT_CLOSING[status] if is_closed else ReportStatus(status).label
    return NOT_ASKED.get(duty, SILENT)


def lacks_validated(duty: Duty, status: str | None) -> bool:
    """Whether a figure lacks the report of its own period: it was owed, or sent, and nobody validated it."""
    if duty == Duty.CANCELLED or status == ReportStatus.VALIDATED:
        return False
    return duty.is_owed or status in AT_CLOSING
