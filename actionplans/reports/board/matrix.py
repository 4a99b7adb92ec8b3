"""The heat map: how each policy, and each plan without one, stood at every cut of the year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from actionplans.domain.following.figures.figure import Figure
from actionplans.domain.following.figures.standing import Standing
from actionplans.enums import FigureScope

from .cuts import CutFigures
from .subject import Subject, subject_of


@dataclass(frozen=True)
class HeatRow:
    """`cells` are one for each cut: (period, figure or None)."""

    subject: Subject
    cells: tuple[tuple[object, Figure | None], ...]
    is_plan: bool = False


def heat_rows(now: Standing, cuts: Sequence[CutFigures], subject: Subject) -> list[HeatRow]:
    """Policies in their order, then plans of no policy; of one policy, its row and those of its plans."""
    plans = {item.promise.version.plan_id: item.promise.version.plan for item in now.activities.values()}
    if subject.is_entity:
        policies = now.by(FigureScope.POLICY)
        loose = [figure for figure in now.by(FigureScope.PLAN) if plans[figure.plan_id].policy_id is None]
    elif subject.scope == FigureScope.POLICY:
        policies = [figure for figure in now.by(FigureScope.POLICY) if figure.key == subject.key]
        loose = [
            figure
            for figure in now.by(FigureScope.PLAN)
            if (policy := plans[figure.plan_id].policy) and policy.key == subject.key
        ]
    else:
        policies, loose = [], [figure for figure in now.by(subject.scope) if figure.key == subject.key]
    return [_row(figure, cuts, is_plan=False) for figure in policies] + [
        _row(figure, cuts, is_plan=figure.scope == FigureScope.PLAN) for figure in loose
    ]


def _row(figure: Figure, cuts, *, is_plan: bool) -> HeatRow:
    cells = tuple((cut.period, cut.figure(figure.scope, figure.key)) for cut in cuts)
    return HeatRow(subject_of(figure), cells, is_plan)
