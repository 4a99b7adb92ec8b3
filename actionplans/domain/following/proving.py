"""Proof that what was closed is as it was closed: rows against snapshots, snapshots against the audit trail."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from actionplans.domain.following.facts import digest_of, revision_facts, verification_facts
from actionplans.domain.following.procedure import SEND
from actionplans.domain.following.snapshot import report_facts, reports_now
from actionplans.enums import PeriodStatus
from actionplans.models import ClosedFigure, Closing, Report, ReportingPeriod, ReportRevision, Verification
from planning.models import AuditEvent

FIGURE_COLUMNS = ("executed", "programmed", "to_date", "of_period")


def flaws_of(periods: Iterable[ReportingPeriod], events) -> Iterator[str]:
    """In Spanish, a sentence for each thing that is not as it was; `events` are those of the entities' chains."""
    for period in periods:
        closings = list(period.closings.select_related("entity", "period"))
        yield from _period_flaws(period, closings)
        for closing in closings:
            yield from _closing_flaws(closing)
        if closings and period.status != PeriodStatus.OPEN:
            yield from _flaws_since(period, closings[-1])
    yield from _trail_flaws(events)


def _period_flaws(period, closings) -> Iterator[str]:
    if [closing.sequence for closing in closings] != list(range(1, period.sequence + 1)):
        yield f"{_named(period)}: sus cierres no son los {period.sequence} que dice tener."
    is_open = period.status == PeriodStatus.OPEN
    if is_open == bool(closings):
        yield f"{_named(period)}: está en «{period.get_status_display()}» y tiene {len(closings)} cierres."
    dates = {"opens": period.opens.isoformat(), "closes": period.closes.isoformat()}
    if any(dates != {name: closing.snapshot.get(name) for name in dates} for closing in closings):
        yield f"{_named(period)}: sus fechas no son las del cierre."
    reopened = bool(closings) and hasattr(closings[-1], "reopening")
    if (period.status == PeriodStatus.REOPENED) != reopened:
        yield f"{_named(period)}: está en «{period.get_status_display()}» sin la reapertura que lo explique."


def _closing_flaws(closing) -> Iterator[str]:
    """The snapshot is the one that was sealed, and the figures that people read are those of the snapshot."""
    if digest_of(closing.snapshot) != closing.digest:
        yield f"{closing.entity}, {closing}: lo guardado no es lo que se selló."
    rows = list(closing.figures.order_by("pk"))
    written = [_figure_facts(row) for row in rows]
    columns = all(_column_agrees(row, name) for row in rows for name in FIGURE_COLUMNS)
    if written != closing.snapshot.get("figures") or not columns:
        yield f"{closing.entity}, {closing}: las cifras que se publican no son las del cierre."


def _flaws_since(period, closing) -> Iterator[str]:
    """No report of a closed period says anything else than its closing, but for those that it was reopened for."""
    reopened = set()
    if period.status == PeriodStatus.REOPENED and hasattr(closing, "reopening"):
        reopened = set(closing.reopening.activities.values_list("pk", flat=True))
    sealed = {row["activity"]: _without_verification(row) for row in closing.snapshot.get("reports", [])}
    now = {report.activity_id: report_facts(report) for report in reports_now(period)}
    for activity in sorted((sealed.keys() | now.keys()) - reopened):
        if sealed.get(activity) != _without_verification(now.get(activity)):
            yield f"{_named(period)}: el reporte de la actividad con fila {activity} no es el que se cerró."


def _trail_flaws(events) -> Iterator[str]:
    """What the trail says was written is there, and says the same."""
    closings = {str(pk): digest for pk, digest in Closing.objects.values_list("pk", "digest")}
    for event in _about(events, Closing, "close_period"):
        if closings.get(event.object_id) != event.new["digest"]:
            yield f"{_in_chain(event)}: se cerró y el cierre no está, o tiene otra huella."
    yield from _unreported(events)
    revisions = _revisions()
    for event in _about(events, Report, SEND.name):
        if revisions.get((event.object_id, event.new["revision"])) != event.new["digest"]:
            yield f"{_in_chain(event)}: la versión {event.new['revision']} del reporte no es la que se envió."
    verifications = {str(row.pk): digest_of(verification_facts(row)) for row in Verification.objects.all()}
    for event in _about(events, Verification, "verify_progress"):
        if verifications.get(event.object_id) != event.new["digest"]:
            yield f"{_in_chain(event)}: la verificación no está, o dice otra cosa."


def _unreported(events) -> Iterator[str]:
    """Closings of which the trail knows nothing."""
    known = {event.object_id for event in _about(events, Closing, "close_period")}
    chains = {event.chain.entity_id for event in _about(events, Closing, "close_period")}
    for closing in Closing.objects.select_related("entity", "period").filter(entity__in=chains):
        if str(closing.pk) not in known:
            yield f"{closing.entity}, {closing}: la cadena de auditoría no sabe de él."


def _revisions() -> dict[tuple[str, int], str]:
    rows = ReportRevision.objects.select_related("office", "promise__version").prefetch_related(
        "measurements", "evidence"
    )
    return {(str(row.report_id), row.number): digest_of(revision_facts(row)) for row in rows.iterator(500)}


def _figure_facts(row: ClosedFigure) -> dict:
    return {
        "scope": row.scope,
        "key": row.key,
        "label": row.label,
        "plan": row.plan_id,
        "activity": row.activity_id,
        "light": row.light,
        "data": row.data,
    }


def _column_agrees(row: ClosedFigure, name: str) -> bool:
    """The column says what the data beside it says; SQLite keeps about fifteen digits of it."""
    column, said = getattr(row, name), row.data[name]
    if column is None or said is None:
        return column is said
    return math.isclose(column, float(said), rel_tol=1e-12)


def _without_verification(facts: dict | None) -> dict | None:
    """A verification is a layer of its own: it comes when it comes."""
    return {**facts, "verification": None} if facts else None


def _about(events, model, name) -> Iterator[AuditEvent]:
    rows = events.filter(object_type=model._meta.label_lower, event=name).select_related("chain__entity")
    return rows.order_by("chain", "sequence").iterator()


def _named(period) -> str:
    return f"{period.entity}, {period}"


def _in_chain(event) -> str:
    return f"{event.chain}, evento n.º {event.sequence}, «{event.object_label}» (fila {event.object_id})"
