"""The drawing of a year of anything that closings measured: programmed and executed, cut by cut."""

from __future__ import annotations

import datetime
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from actionplans.charts import Chart
from actionplans.domain.following.figures.figure import Figure
from actionplans.enums import PeriodScheme
from actionplans.models import ReportingPeriod
from actionplans.reports.board.cuts import CutFigures
from actionplans.reports.board.drawings import cuts_chart
from actionplans.reports.board.subject import Subject

from .published import PublishedFigure

IT = ("", "")
"""There is one thing in these cuts: its scope and key say nothing."""
TO_COME = "Los cortes que faltan no tienen cifra todavía: cada cierre fija lo programado solo hasta su fecha."
"""Of a closing of the first edition, which kept nothing of the cuts after it."""
NOT_KNOWN = "Los cortes que faltan no tienen cifra todavía, ni se sabe lo programado para ellos."
FEWEST = 2
"""A single point is no course: the figure itself says as much."""


def year_charts(history: Iterable[PublishedFigure]) -> list[Chart]:
    """Of the newest year of `history` (oldest first), a drawing for each way of following it with several cuts."""
    by_scheme = defaultdict(list)
    for shown in history:
        by_scheme[shown.period.year, shown.period.scheme].append(shown)
    newest = max((year for year, _scheme in by_scheme), default=None)
    return [
        year_chart(rows)
        for (year, _scheme), rows in sorted(by_scheme.items(), reverse=True)
        if year == newest and len({shown.period.ordinal for shown in rows}) >= FEWEST
    ]


def year_chart(history: Sequence[PublishedFigure]) -> Chart:
    """Of closings of one year and scheme, at least one; of cuts to come there is what the newest one promises."""
    year, scheme = history[-1].period.year, PeriodScheme(history[-1].period.scheme)
    last = {shown.period.ordinal: shown for shown in history}
    cuts = [
        CutFigures(last[ordinal].period, {IT: last[ordinal].figure})
        if ordinal in last
        else CutFigures(_to_come(year, scheme, ordinal))
        for ordinal in range(1, scheme.periods + 1)
    ]
    chart = cuts_chart(cuts, Subject(*IT, ""))
    note = "" if scheme.periods in last else chart.note or _note(last[max(last)].figure)
    return replace(chart, key=f"cortes-{scheme}", note=note)


def _note(newest: Figure) -> str:
    return NOT_KNOWN if newest.ahead else TO_COME


def _to_come(year: int, scheme: PeriodScheme, ordinal: int) -> ReportingPeriod:
    month = ordinal * scheme.months
    ends = datetime.date(year, month, monthrange(year, month)[1])
    return ReportingPeriod(year=year, scheme=scheme, ordinal=ordinal, ends=ends)
