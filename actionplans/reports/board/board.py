"""A dashboard of follow-up: one subject at one cut, with the year around it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from actionplans.charts import Chart
from actionplans.domain.following.closing.compared import settled
from actionplans.domain.following.figures.activities import ActivityStanding
from actionplans.domain.following.figures.figure import Figure
from actionplans.domain.following.figures.measuring import Counting
from actionplans.domain.following.figures.standing import Standing
from actionplans.domain.following.reporting.words import lacks_validated, report_words
from actionplans.enums import FigureScope, ReportStatus
from actionplans.models import Closing, ReportingPeriod
from actionplans.models.period import Moment
from actionplans.reports.closing.closed import measured_versions

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
    """Of the live activities of the subject: what the period asks for and how far its reports have come.

    `unasked` are reports of activities that owed none. `owed` and `unasked` together are `unsent`, `to_review`,
    `returned` and `validated` together.
    """

    activities: int
    owed: int = 0
    unasked: int = 0
    unsent: int = 0
    to_review: int = 0
    returned: int = 0
    validated: int = 0


@dataclass(frozen=True)
class TableRow:
    """`without_validated`: how many of its activities count without a validated report of the period."""

    subject: Subject
    figure: Figure
    without_validated: int


@dataclass(frozen=True)
class Table:
    """Figures side by side, each with the subject that its own dashboard would have."""

    key: str
    title: str
    heading: str
    rows: tuple[TableRow, ...]


@dataclass(frozen=True)
class BoardItem:
    """An activity, with what the period has of its report; `missing` is empty where that is a validated one."""

    standing: ActivityStanding
    words: str
    missing: str


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
    items: tuple[BoardItem, ...]
    without_validated: int
    plan_version: int | None
    options: list

    @property
    def is_to_come(self) -> bool:
        """Before it opens a period has neither figures nor debts."""
        return self.period.moment(self.on) == Moment.TO_COME

    @property
    def missing(self) -> int:
        """How many reports are owed and were not sent."""
        return sum(len(row.missing) for row in self.silent)


def board_of(
    period: ReportingPeriod, *, counting: Counting = Counting.VALIDATED, code: str = "", on: datetime.date
) -> Board:
    """Measured in a number of queries that does not grow with the entity; `code` names the subject."""
    now = settled(period, counting=counting)
    subject = chosen_subject(now, code)
    cuts = year_cuts(now, on)
    this = next(cut for cut in cuts if cut.period.pk == period.pk)
    items = [item for item in now.activities.values() if subject.holds(item)]
    is_to_come = period.moment(on) == Moment.TO_COME
    return Board(
        period=period,
        counting=counting,
        on=on,
        late_on=reference_day(period, on),
        subject=subject,
        figure=this.figure(subject.scope, subject.key),
        closing=this.closing,
        cuts=tuple(cuts),
        counts=Counts(_live(items)) if is_to_come else _counts(items),
        months=months_chart(items, period, on),
        line=cuts_chart(cuts, subject),
        heat=tuple(heat_rows(now, cuts, subject)),
        late=tuple(late_activities(items, period, on)),
        silent=tuple(silent_offices(items, period, on)),
        tables=tuple(_tables(this, now)) if subject.is_entity else (),
        items=() if subject.is_entity or is_to_come else tuple(_item(item, period) for item in items),
        without_validated=0 if is_to_come else _without_validated(items),
        plan_version=_plan_version(this, subject, items),
        options=choices(now.figures),
    )


def _counts(items) -> Counts:
    live = [item for item in items if not item.promise.is_cancelled]
    owed = [item for item in live if item.duty.is_owed]
    sent = [item for item in live if not is_unsent(item)]

    def with_status(status) -> int:
        return sum(item.report is not None and item.report.status == status for item in live)

    return Counts(
        activities=len(live),
        owed=len(owed),
        unasked=sum(not item.duty.is_owed for item in sent),
        unsent=sum(map(is_unsent, owed)),
        to_review=with_status(ReportStatus.SUBMITTED),
        returned=with_status(ReportStatus.RETURNED),
        validated=with_status(ReportStatus.VALIDATED),
    )


def _item(item: ActivityStanding, period: ReportingPeriod) -> BoardItem:
    status = item.report.status if item.report else None
    words = report_words(item.duty, status, is_closed=period.is_closed)
    return BoardItem(item, words, "" if status == ReportStatus.VALIDATED else words)


def _live(items) -> int:
    return sum(not item.promise.is_cancelled for item in items)


def _without_validated(items) -> int:
    return sum(lacks_validated(item.duty, item.report.status if item.report else None) for item in items)


def _plan_version(cut: CutFigures, subject: Subject, items) -> int | None:
    """The version that the figure of a plan measured; None of what is more than a plan."""
    if subject.scope != FigureScope.PLAN:
        return None
    if cut.closing:
        return measured_versions([cut.closing])[cut.closing.pk].get(subject.plan_id)
    return next((item.promise.version.number for item in items), None)


def _tables(cut: CutFigures, now: Standing):
    for scope, title, heading in TABLES:
        rows = tuple(_row(figure, now) for figure in cut.figures.values() if figure.scope == scope)
        if rows:
            yield Table(str(scope), title, heading, rows)


def _row(figure: Figure, now: Standing) -> TableRow:
    subject = subject_of(figure)
    items = (item for item in now.activities.values() if subject.holds(item))
    return TableRow(subject, figure, _without_validated(items))
