"""What the closings of a year say: every one of the entity's figures, and all that the newest ones measured."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import Subquery
from django.db.models.fields.json import KeyTextTransform

from actionplans.charts import Chart
from actionplans.enums import FigureScope, PeriodScheme
from actionplans.models import ClosedFigure, Closing, Reopening
from actionplans.reports.closing.closed import account_of, closed_rows, thin, with_bands

from ..figures.history import with_corrections
from ..figures.published import PublishedFigure
from ..figures.year_charts import year_chart

GROUPS = (FigureScope.POLICY, FigureScope.DIMENSION, FigureScope.AXIS, FigureScope.OFFICE)


@dataclass(frozen=True, kw_only=True)
class SchemeCuts:
    """A year by quarters, or by four-month periods.

    `history` has every closing, oldest first, with the reopening that followed it, if any; `newest` the one that
    counts, with its account and the figures of its plans. `chart` is of the year, cut by cut.
    """

    scheme: str
    history: tuple[PublishedFigure, ...]
    newest: PublishedFigure
    chart: Chart

    @property
    def closing(self) -> Closing:
        return self.newest.closing

    @property
    def noun(self) -> str:
        return self.newest.period.noun

    @property
    def counting(self) -> tuple[PublishedFigure, ...]:
        """The newest closing of each period."""
        return tuple({shown.period.pk: shown for shown in self.history}.values())


@dataclass(frozen=True)
class GroupFigure:
    """The figure of a policy, a dimension, an axis or an office, with the sentence that says how it was made."""

    shown: PublishedFigure
    rule: str

    @property
    def figure(self):
        return self.shown.figure


def year_cuts(entity, year: int | Subquery) -> list[SchemeCuts]:
    """One for each way of following the year that has a closing. Three queries."""
    # From the periods down to the figures: the entity's activities have no part in what is looked through.
    rows = closed_rows(
        closing__period__entity=entity, closing__period__year=year, scope=FigureScope.ENTITY
    ).select_related("closing__period", "closing__reopening__act")
    by_scheme = defaultdict(list)
    for row in rows:
        by_scheme[row.closing.period.scheme].append(row)
    last = [rows[-1] for rows in by_scheme.values()]
    accounts = with_bands(ClosedFigure.objects).in_bulk([row.pk for row in last])
    plans = _plans([row.closing_id for row in last])
    return [_scheme(by_scheme[scheme], accounts, plans) for scheme in PeriodScheme if scheme in by_scheme]


def group_figures(closings: Iterable[Closing]) -> dict[int, list[GroupFigure]]:
    """What each closing says of policies, dimensions, axes and offices, in its own order. One query."""
    rows = closed_rows(closing__in=list(closings), scope__in=GROUPS).annotate(
        rule=KeyTextTransform("rule", "data")
    )
    found = defaultdict(list)
    for row in rows:
        found[row.closing_id].append(GroupFigure(PublishedFigure(closing=row.closing, figure=thin(row)), row.rule))
    return found


def _plans(closings: Sequence[int]) -> Mapping[int, list]:
    """By closing: each plan that it measured, with its figure. One query."""
    rows = closed_rows(closing__in=closings, scope=FigureScope.PLAN).select_related(
        "closing__period", "plan__policy__dimension"
    )
    found = defaultdict(list)
    for row in rows:
        found[row.closing_id].append((row.plan, PublishedFigure(closing=row.closing, figure=thin(row))))
    return found


def _scheme(rows: list[ClosedFigure], accounts, plans) -> SchemeCuts:
    history = with_corrections(
        [PublishedFigure(closing=row.closing, figure=thin(row), reopening=_reopening(row.closing)) for row in rows]
    )
    newest = replace(
        history[-1],
        figure=account_of(accounts[rows[-1].pk]),
        plans=tuple(plans[rows[-1].closing_id]),
    )
    scheme = rows[-1].closing.period.scheme
    return SchemeCuts(scheme=scheme, history=history, newest=newest, chart=year_chart(history))


def _reopening(closing: Closing) -> Reopening | None:
    return getattr(closing, "reopening", None)
