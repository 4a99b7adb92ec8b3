"""Proof that what was closed is as it was closed: rows against snapshots, snapshots against the audit trail."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from actionplans.domain.following.closing.facts import SEALED, name_of
from actionplans.domain.following.closing.snapshot import report_facts, reports_now
from actionplans.enums import PeriodStatus
from actionplans.models import (
    ClosedFigure,
    Closing,
    Evidence,
    Extension,
    Reopening,
    ReportingPeriod,
    ReportRevision,
    Validation,
    Verification,
)
from planning.canonical import digest_of

_JOINED = {
    ReportRevision: ("office", "promise__version", "report__activity", "report__period"),
    Validation: ("revision__report__activity", "revision__report__period"),
    Verification: ("activity", "period"),
    Extension: ("activity", "period"),
    Closing: ("period",),
    Reopening: ("closing__period", "act"),
}
_FETCHED = {
    ReportRevision: ("measurements", "evidence"),
    Validation: ("corrections",),
    Reopening: ("activities",),
}
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
    if written != _sealed_figures(closing) or not columns:
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
    """Both ways: what was added according to the trail is there as it was, and nothing is there without event."""
    entities = set(events.values_list("chain__entity", flat=True)) - {None}
    found = dict(_seals_of_rows(entities))
    for event in events.filter(new__has_key="seals").select_related("chain__entity").order_by("chain", "sequence"):
        for name, digest in event.new["seals"].items():
            if found.pop(name, (None, None))[0] != digest:
                yield f"{_in_chain(event)}: «{name}» no está, o no dice lo que se registró."
    for name, (_, row) in found.items():
        yield f"{row.entity}, «{row}» ({name}): la cadena de auditoría no sabe de esta fila."
    yield from _evidence_flaws(events, entities)


def _seals_of_rows(entities) -> Iterator[tuple[str, tuple[str, object]]]:
    """(name, (digest, row)) of every row of the tables that are only added to."""
    for model, facts in SEALED.items():
        rows = model.objects.filter(entity__in=entities).select_related("entity", *_JOINED.get(model, ()))
        for row in rows.prefetch_related(*_FETCHED.get(model, ())).iterator(500):
            yield name_of(row), (digest_of(facts(row)), row)


def _evidence_flaws(events, entities) -> Iterator[str]:
    """A piece of evidence is what it was when it came, and is classed as somebody last decided."""
    classed: dict[str, str] = {}
    about = events.filter(object_type=Evidence._meta.label_lower, new__has_key="classification")
    for event in about.order_by("chain", "sequence").iterator():
        classed[event.object_id] = event.new["classification"]
    for row in Evidence.objects.filter(entity__in=entities).select_related("entity").iterator(500):
        if classed.get(str(row.pk)) != row.classification:
            yield f"{row.entity}, evidencia n.º {row.pk}: su clasificación no es la que alguien decidió."


def _sealed_figures(closing: Closing) -> list[dict]:
    """Those of the first edition say nothing of later cuts."""
    return [{"ahead": [], **figure} for figure in closing.snapshot.get("figures", ())]


def _figure_facts(row: ClosedFigure) -> dict:
    return {
        "scope": row.scope,
        "key": row.key,
        "label": row.label,
        "plan": row.plan_id,
        "activity": row.activity_id,
        "light": row.light,
        "data": row.data,
        "ahead": row.ahead,
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


def _named(period) -> str:
    return f"{period.entity}, {period}"


def _in_chain(event) -> str:
    return f"{event.chain}, evento n.º {event.sequence}, «{event.object_label}» (fila {event.object_id})"
