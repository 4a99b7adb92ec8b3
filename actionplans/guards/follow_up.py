"""What follow-up refuses: any change to what a closing sealed, and to what is only ever added."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from actionplans.enums import PeriodStatus

from .triggers import ALWAYS, DIFFERS, Guard, changed

PERIODS = "actionplans_reportingperiod"
CLOSED = "El periodo está cerrado: lo reportado no cambia."
ADDED_ONLY = "Lo que se registró no cambia: agregue una fila nueva."
SEQUENCE = "El periodo solo se cierra con su cierre y se reabre con su acto."

_BY_REVISION = "(SELECT v.report_id FROM actionplans_reportrevision v WHERE v.id = {row}.revision_id)"
# How to get from a row (OLD or NEW) to its report, for each table below reports.
_REPORT_OF = {
    "actionplans_reportrevision": "{row}.report_id",
    "actionplans_measurement": _BY_REVISION,
    "actionplans_reportrevision_evidence": (
        "(SELECT v.report_id FROM actionplans_reportrevision v WHERE v.id = {row}.reportrevision_id)"
    ),
    "actionplans_validation": _BY_REVISION,
    "actionplans_correction": (
        "(SELECT v.report_id FROM actionplans_reportrevision v JOIN actionplans_validation w"
        " ON w.revision_id = v.id WHERE w.id = {row}.validation_id)"
    ),
    "actionplans_contribution": "{row}.report_id",
    "actionplans_contribution_evidence": (
        "(SELECT n.report_id FROM actionplans_contribution n WHERE n.id = {row}.contribution_id)"
    ),
}
_MUTABLE_WHILE_OPEN = ("actionplans_contribution", "actionplans_contribution_evidence")
_IDENTITY_OF_EVIDENCE = ("entity_id", "url", "file", "name", "media_type", "size", "sha256", "by_id", "at")


def guards(columns_of: Callable[[str], list[str]]) -> Iterator[Guard]:
    yield _of_periods([c for c in columns_of(PERIODS) if c not in ("status", "sequence")])
    yield _of_reports()
    for table in _REPORT_OF:
        yield _below_a_report(table)
    yield from _of_closings()
    for table in ("actionplans_verification", "actionplans_extension"):
        yield Guard(name=_name(table), table=table, refusal=ADDED_ONLY, update=ALWAYS, delete=ALWAYS)
    yield Guard(
        name="kept_evidence",
        table="actionplans_evidence",
        refusal=ADDED_ONLY,
        update=changed(_IDENTITY_OF_EVIDENCE),
    )


def _of_periods(dates: list[str]) -> Guard:
    """A period moves open → closed → reopened → closed…, each time with the row that stands for it."""
    opened, closed, reopened = PeriodStatus.OPEN, PeriodStatus.CLOSED, PeriodStatus.REOPENED
    closing = (
        "EXISTS (SELECT 1 FROM actionplans_closing c WHERE c.period_id = OLD.id AND c.sequence = NEW.sequence)"
    )
    reopening = (
        "EXISTS (SELECT 1 FROM actionplans_reopening r JOIN actionplans_closing c ON c.id = r.closing_id"
        " WHERE c.period_id = OLD.id AND c.sequence = OLD.sequence)"
    )
    is_closing = (
        f"(OLD.status IN ('{opened}', '{reopened}') AND NEW.status = '{closed}'"
        f" AND NEW.sequence = OLD.sequence + 1 AND {closing})"
    )
    is_reopening = (
        f"(OLD.status = '{closed}' AND NEW.status = '{reopened}' AND NEW.sequence = OLD.sequence AND {reopening})"
    )
    moves = f"(OLD.status {DIFFERS} NEW.status OR OLD.sequence {DIFFERS} NEW.sequence)"
    return Guard(
        name=_name(PERIODS),
        table=PERIODS,
        refusal=SEQUENCE,
        update=(
            f"(OLD.status <> '{opened}' AND {changed(dates)})"
            f" OR ({moves} AND NOT {is_closing} AND NOT {is_reopening})"
        ),
        delete=f"OLD.status <> '{opened}'",
    )


def _of_reports() -> Guard:
    old, new = _is_closed("OLD.period_id", "OLD.activity_id"), _is_closed("NEW.period_id", "NEW.activity_id")
    return Guard(
        name=_name("actionplans_report"),
        table="actionplans_report",
        refusal=CLOSED,
        insert=new,
        update=f"({old} OR {new})",
        delete=old,
    )


def _below_a_report(table: str) -> Guard:
    old, new = _report_is_closed(table, "OLD"), _report_is_closed(table, "NEW")
    if table in _MUTABLE_WHILE_OPEN:
        return Guard(
            name=_name(table), table=table, refusal=CLOSED, insert=new, update=f"({old} OR {new})", delete=old
        )
    return Guard(name=_name(table), table=table, refusal=CLOSED, insert=new, update=ALWAYS, delete=ALWAYS)


def _of_closings() -> Iterator[Guard]:
    """Closings, their figures and their reopenings are written in their moment and never again."""
    a_period = (
        "EXISTS (SELECT 1 FROM actionplans_closing c JOIN actionplans_reportingperiod p ON p.id = c.period_id"
    )
    a_reopening = (
        "EXISTS (SELECT 1 FROM actionplans_reopening r JOIN actionplans_closing c ON c.id = r.closing_id"
        " JOIN actionplans_reportingperiod p ON p.id = c.period_id"
    )
    not_now = f"NOT {a_period} WHERE c.id = NEW.closing_id AND c.sequence = p.sequence AND p.status = 'closed')"
    refused = {
        "actionplans_closing": (
            "EXISTS (SELECT 1 FROM actionplans_reportingperiod p"
            " WHERE p.id = NEW.period_id AND (p.status = 'closed' OR p.sequence + 1 <> NEW.sequence))"
        ),
        "actionplans_closedfigure": f"{a_period} WHERE c.id = NEW.closing_id AND c.sequence <= p.sequence)",
        "actionplans_reopening": not_now,
        "actionplans_reopening_activities": (
            f"NOT {a_reopening} WHERE r.id = NEW.reopening_id AND p.status = 'closed')"
        ),
    }
    for table, insert in refused.items():
        yield Guard(
            name=_name(table), table=table, refusal=ADDED_ONLY, insert=insert, update=ALWAYS, delete=ALWAYS
        )


def _report_is_closed(table: str, row: str) -> str:
    report = _REPORT_OF[table].format(row=row)
    period = _is_closed("t.period_id", "t.activity_id")
    return f"EXISTS (SELECT 1 FROM actionplans_report t WHERE t.id = {report} AND {period})"  # noqa: S608 - ours


def _is_closed(period: str, activity: str) -> str:
    """SQL: the period is closed, or reopened for other activities."""
    named = (
        "SELECT 1 FROM actionplans_reopening_activities ra"  # noqa: S608 - names of ours
        " JOIN actionplans_reopening r ON r.id = ra.reopening_id"
        " JOIN actionplans_closing c ON c.id = r.closing_id"
        f" WHERE c.period_id = p.id AND c.sequence = p.sequence AND ra.activity_id = {activity}"
    )
    return (
        f"EXISTS (SELECT 1 FROM {PERIODS} p WHERE p.id = {period}"  # noqa: S608 - names of ours
        f" AND (p.status = '{PeriodStatus.CLOSED}'"
        f" OR (p.status = '{PeriodStatus.REOPENED}' AND NOT EXISTS ({named}))))"
    )


def _name(table: str) -> str:
    return f"kept_{table.removeprefix('actionplans_')}"
