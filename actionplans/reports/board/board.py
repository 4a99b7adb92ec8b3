"""A dashboard of follow-up: one subject at one cut, with the year around it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from actionplans.charts import Chart
from actionplans.domain.following.measuring import Counting
from actionplans.domain.following.standing import ActivityStanding, Figure, standing
from actionplans.enums import FigureScope, ReportStatus
from actionplans.models import Closing, ReportingPeriod

from .cuts import CutFigures, year_cuts
from .drawings import cuts_chart, months_chart
from .lists import LateActivity, SilentOffice, is_unsent, late_activities, reference_day, silent_offices
from .matrix import HeatRow, heat_rows
from .subject import Subject, choices, chosen_subject, subject_of

TABLES = (
    (FigureScope.PLAN, "Por plan", "Plan"),
    (FigureScope.OFFICE, "Por dependencia", "Dependencia que reporta"),
    (FigureScope.AXIS, "Por eje estratégico", "Eje"),
    (FigureScope.DIMENSION, "Por dimensión de MIPG", "Dimensión"),
)


@dataclass(frozen=True)
class Counts:
    """Of the live activities of the subject: what the period asks for and how far its reports have come."""

    activities: int
    owed: int
    unsent: int
    to_review: int
    returned: int
    validated: int


@dataclass(frozen=True)
class Table:
    """Figures side by side, each with the subject that its own dashboard would have."""

    key: str
    title: str
    heading: str
    rows: tuple[tuple[Subject, Figure], ...]


@dataclass(frozen=True, kw_only=True)
class Board:
    period: ReportingPeriod
    counting: Counting
    on: datetime.date
    late_on: datetime.date
    subject: Subject
    figure: Figure | None
    closing: Closing | None
    cuts: tuple[CutFigures, ...]
    counts: Counts
    months: Chart
    line: Chart
    heat: tuple[HeatRow, ...]
    late: tuple[LateActivity, ...]
    silent: tuple[SilentOffice, ...]
    tables: tuple[Table, ...]
    items: tuple[ActivityStanding, ...]
    options: list

    @property
    def missing(self) -> int:
        """How many reports are owed and were not sent."""
        return sum(len(row.missing) for row in self.silent)


def board_of(
    period: ReportingPeriod, *, counting: Counting = Counting.VALIDATED, code: str = "", on: datetime.date
) -> Board:
    """Measured in a number of queries that does not grow with the entity; `code` names the subject."""
    now = standing(period, counting=counting)
    subject = chosen_subject(now, code)
    cuts = year_cuts(now, on)
    this = next(cut for cut in cuts if cut.period.pk == period.pk)
    items = [item for item in now.activities.values() if subject.holds(item)]
    return Board(
        period=period,
        counting=counting,
        on=on,
        late_on=reference_day(period, on),
        subject=subject,
        figure=this.figure(subject.scope, subject.key),
        closing=this.closing,
        cuts=tuple(cuts),
        counts=_counts(items),
        months=months_chart(items, period),
        line=cuts_chart(cuts, subject),
        heat=tuple(heat_rows(now, cuts, subject)),
        late=tuple(late_activities(items, period, on)),
        silent=tuple(silent_offices(items, period, on)),
        tables=tuple(_tables(this)) if subject.is_entity else (),
        items=() if subject.is_entity else tuple(items),
        options=choices(now.figures),
    )


def _counts(items) -> Counts:
    live = [item for item in items if not item.promise.is_cancelled]
    owed = [item for item in live if item.duty.is_owed]

    def with_status(status) -> int:
        return sum(item.report is not None and item.report.status == status for item in live)

    return Counts(
        activities=len(live),
        owed=len(owed),
        unsent=sum(map(is_unsent, owed)),
        to_review=with_status(ReportStatus.SUBMITTED),
        returned=with_status(ReportStatus.RETURNED),
        validated=with_status(ReportStatus.VALIDATED),
    )


def _tables(cut: CutFigures):
    for scope, title, heading in TABLES:
        rows = tuple((subject_of(figure), figure) for figure in cut.figures.values() if figure.scope == scope)
        if rows:
            yield Table(str(scope), title, heading, rows)
