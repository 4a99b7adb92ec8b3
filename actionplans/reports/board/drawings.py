"""The drawings of a dashboard: programmed against executed by month and by cut."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from actionplans.charts import Chart, Series, bar_chart, line_chart
from actionplans.domain.following.figures.activities import ActivityStanding
from actionplans.models import ReportingPeriod
from actionplans.models.period import ROMAN, Moment
from actionplans.months import MONTH_NAMES
from actionplans.progress.numbers import percent

from .cuts import CutFigures
from .subject import Subject

MONTHS = range(1, 13)
PROGRAMMED, EXECUTED = "programmed", "executed"


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
    """The share programmed and executed at every cut of the year, as far as there are figures."""
    figures = [cut.figure(subject.scope, subject.key) for cut in cuts]
    programmed = tuple(figure.progress.programmed if figure else None for figure in figures)
    executed = tuple(figure.progress.executed if figure else None for figure in figures)
    return line_chart(
        "cortes",
        "Avance programado y ejecutado a cada corte",
        _told(cuts, programmed, executed),
        [(ROMAN[cut.period.ordinal - 1], cut_name(cut.period)) for cut in cuts],
        [Series("Programado", PROGRAMMED, programmed), Series("Ejecutado", EXECUTED, executed)],
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
