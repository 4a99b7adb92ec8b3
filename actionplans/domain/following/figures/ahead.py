"""What is still promised: the share programmed at each later cut of the year, as it is known at this one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from actionplans.domain.following.figures.measuring import activity_facts
from actionplans.enums import FigureScope
from actionplans.progress import ActivityFacts, Cut, at_later_cut, measure_activity

from .activities import ActivityStanding, cut_of
from .groups import group_figures
from .standing import Standing

Programmed = Mapping[tuple[str, str], Decimal | None]


def with_ahead(at: Standing) -> Standing:
    """`at`, its figures with a share for each cut of the year after its own, in order. No queries.

    They are of the versions in force and the reports known at the cut of `at`; None where nothing can be known. A
    group is of the activities that its figure counts now, so that its line goes on from there.
    """
    own = cut_of(at.period)
    cuts = [Cut.at(ordinal, own.periods) for ordinal in range(own.ordinal + 1, own.periods + 1)]
    if not cuts:
        return at
    facts = {key: _facts(item, at) for key, item in at.activities.items()}
    shares = [_programmed(at, facts, cut) for cut in cuts]
    figures = [
        replace(figure, ahead=tuple(share.get((str(figure.scope), figure.key)) for share in shares))
        for figure in at.figures
    ]
    return replace(at, figures=figures)


def _facts(item: ActivityStanding, at: Standing) -> ActivityFacts:
    told = (*item.earlier, item.report) if item.report else item.earlier
    return activity_facts(item.promise, told, item.prior, at.counting)


def _programmed(at: Standing, facts: Mapping[int, ActivityFacts], cut: Cut) -> Programmed:
    """By scope and key, of every figure at the cut."""
    due = {key: measure_activity(known, cut).programmed for key, known in facts.items()}
    items = {key: _counting(item, due[key]) for key, item in at.activities.items()}
    groups = group_figures(items, at.period, ())
    shares = {(str(FigureScope.ACTIVITY), str(key)): share for key, share in due.items()}
    return shares | {(str(figure.scope), figure.key): figure.progress.programmed for figure in groups}


def _counting(item: ActivityStanding, due: Decimal | None) -> ActivityStanding:
    return replace(item, figure=replace(item.figure, progress=at_later_cut(item.figure.progress, due)))
