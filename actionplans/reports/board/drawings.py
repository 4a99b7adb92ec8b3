"""The drawings of a dashboard: programmed against executed by month and by cut."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from actionplans.charts import Chart, Series, bar_chart, line_chart
from actionplans.domain.following.figures.activities import ActivityStanding
from actionplans.domain.following.figures.figure import Figure
from actionplans.enums import FigureScope
from actionplans.models import ReportingPeriod
from actionplans.models.period import ROMAN, Moment
from actionplans.months import MONTH_NAMES
from actionplans.progress.numbers import percent
from planning.words import long_date

from .cuts import CutFigures
from .subject import Subject

MONTHS = range(1, 13)
PROGRAMMED, EXECUTED = "programmed", "executed"
OF_ONE_PLAN = (FigureScope.ACTIVITY, FigureScope.PLAN)


def months_chart(items: Iterable[ActivityStanding], period: ReportingPeriod, on: datetime.date) -> Chart:
    """How many activities had each month scheduled, and how many say that they did it; to the cut only."""
    live = [item for item in items if not item.promise.is_cancelled]
    scheduled = tuple(sum(month in item.promise.months - item.prior for item in live) for month in MONTHS)
    last = told_until(period, on)
    executed = tuple(sum(month in item.executed for item in live) if month <= last else None for month in MONTHS)
    return bar_chart(
        "meses",
        "Actividades programadas y ejecutadas por mes",
        _told_months(last, sum(scheduled[:last]), sum(executed[:last])),
        [(name[0].upper(), name.capitalize()) for name in MONTH_NAMES],
        [Series("Programadas", PROGRAMMED, scheduled), Series("Ejecutadas", EXECUTED, executed)],
    )


def told_until(period: ReportingPeriod, on: datetime.date) -> int:
    """The last month of which offices could have told: of a period that has not opened, that before it."""
    return period.starts.month - 1 if period.moment(on) == Moment.TO_COME else period.ends.month


def _told_months(last: int, scheduled: int, executed: int) -> str:
    if not last:
        return "Todavía no se pide reporte de ningún mes."
    return (
        f"De enero a {MONTH_NAMES[last - 1]} había {scheduled} meses de actividad programados, "
        f"y los reportes dicen que se ejecutaron {executed}."
    )


def cuts_chart(cuts: Sequence[CutFigures], subject: Subject) -> Chart:
    """Shares programmed and executed at every cut of the year; of those to come what is programmed, if known."""
    figures = [cut.figure(subject.scope, subject.key) for cut in cuts]
    programmed = tuple(figure.progress.programmed if figure else None for figure in figures)
    executed = tuple(figure.progress.executed if figure else None for figure in figures)
    told = _told(cuts, programmed, executed)
    newest = max((place for place, cut in enumerate(cuts) if cut.figures), default=0)
    ahead = _ahead(cuts[newest:], figures[newest]) if figures else ()
    if ahead:
        programmed = (*programmed[: newest + 1], *ahead)
        told = f"{told} {_told_ahead(cuts[newest + 1 :], ahead)}"
    chart = line_chart(
        "cortes",
        "Avance programado y ejecutado a cada corte",
        told,
        [(ROMAN[cut.period.ordinal - 1], cut_name(cut.period)) for cut in cuts],
        [Series("Programado", PROGRAMMED, programmed, len(ahead)), Series("Ejecutado", EXECUTED, executed)],
    )
    return replace(chart, note=_note(cuts[newest].period, figures[newest])) if ahead else chart


def _ahead(cuts: Sequence[CutFigures], figure: Figure | None) -> tuple[Decimal | None, ...]:
    """What `figure`, of the first of the cuts, knows of the others; nothing where it knows of none."""
    if figure is None or all(share is None for share in figure.ahead):
        return ()
    first = cuts[0].period.ordinal + 1
    return tuple(figure.ahead[cut.period.ordinal - first] for cut in cuts[1:])


def _told_ahead(cuts: Sequence[CutFigures], ahead: Sequence[Decimal | None]) -> str:
    told = [
        f"{percent(share)} programado a {MONTH_NAMES[cut.period.ends.month - 1]}"
        for cut, share in zip(cuts, ahead, strict=True)
        if share is not None
    ]
    return f"Por cumplir: {'; '.join(told)}."


def _note(period: ReportingPeriod, figure: Figure) -> str:
    promised = "promete el plan vigente" if figure.scope in OF_ONE_PLAN else "prometen los planes vigentes"
    return (
        "La línea a trazos es lo que está por cumplir: lo programado para los cortes que faltan, según lo que "
        f"{promised} al {long_date(period.ends)}. Cambia si un plan se modifica."
    )


def cut_name(period: ReportingPeriod) -> str:
    """«Trimestre II, a junio»."""
    return f"{period.label}, a {MONTH_NAMES[period.ends.month - 1]}"


def _told(cuts, programmed, executed) -> str:
    told = [
        f"a {MONTH_NAMES[cut.period.ends.month - 1]}, {_shares(planned, done)}"
        for cut, planned, done in zip(cuts, programmed, executed, strict=True)
        if (planned, done) != (None, None)
    ]
    text = "; ".join(told)
    return f"{text[:1].upper()}{text[1:]}." if text else "Todavía no hay cifras."


def _shares(planned, done) -> str:
    if done is None:
        return f"{percent(planned)} programado, sin cifra de lo ejecutado"
    if planned is None:
        return f"{percent(done)} ejecutado, sin cifra de lo programado"
    return f"{percent(done)} ejecutado de {percent(planned)} programado"
