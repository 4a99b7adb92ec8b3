"""The totals of a cut: those whose activities are all in the selection, each with its rule."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from actionplans.domain.following.standing import ActivityStanding, Figure
from actionplans.enums import FigureScope
from actionplans.progress import SIMPLE, Band, GroupProgress, light_of, roll_up

from .follow_up_rows import state_words
from .follow_up_selection import FollowUpSelection
from .follow_up_sheet import FollowUpRow, TotalLine

CHOSEN = "Lo elegido"
ORDER = (
    FigureScope.ENTITY,
    FigureScope.DIMENSION,
    FigureScope.POLICY,
    FigureScope.PLAN,
    FigureScope.OFFICE,
    FigureScope.AXIS,
)
BY_PLAN, BY_OFFICE, BY_TOTALS, BY_ROWS = "plan", "dependencia", "totales", "filas"
CLOSE = Decimal("0.00005")


def totals_of(
    selection: FollowUpSelection,
    period: str,
    figures: Iterable[Figure],
    items: Sequence[ActivityStanding],
    rows: Sequence[FollowUpRow],
    bands: Sequence[Band],
) -> tuple[TotalLine, ...]:
    """`figures` are all those of the cut, `items` the standing of the selected activities with their `rows`."""
    figures = list(figures)
    if selection.narrowings > 1:
        own = {item.promise.activity_id for item in items}
        found = [_of_chosen(period, [figure for figure in figures if figure.activity_id in own], bands)]
    else:
        parents = _parents(items)
        held = [figure for figure in figures if _is_held(selection, figure, rows)]
        held.sort(key=lambda figure: ORDER.index(figure.scope))
        found = [_line(period, figure, parents.get((figure.scope, figure.key), "")) for figure in held]
    return tuple(replace(line, members=_members(line, found, rows)) for line in found)


def _of_chosen(period, activities: Sequence[Figure], bands) -> TotalLine:
    """A total that no page has: of what answers to several choices at once."""
    progress = roll_up([figure.progress for figure in activities], label=CHOSEN)
    light = light_of(progress.to_date, bands)
    return _line(period, Figure(scope=CHOSEN, key="", label=CHOSEN, progress=progress, light=light), "")


def _is_held(selection, figure, rows) -> bool:
    """Whether all that the figure is made of is in the selection."""
    if figure.scope == FigureScope.ACTIVITY:
        return False
    if selection.plan:
        return figure.scope == FigureScope.PLAN and figure.plan_id == selection.plan.pk
    if selection.policy:
        is_the_policy = figure.scope == FigureScope.POLICY and figure.key == selection.policy.key
        plans = {row.plan_slug for row in rows}
        return is_the_policy or (figure.scope == FigureScope.PLAN and figure.key in plans)
    if selection.office:
        return figure.scope == FigureScope.OFFICE and figure.key == selection.office.slug
    return True


def _parents(items: Iterable[ActivityStanding]) -> dict[tuple[str, str], str]:
    """Of plans their policy, of policies their dimension, by key."""
    parents = {}
    for item in items:
        plan = item.promise.version.plan
        if policy := plan.policy:
            parents[FigureScope.PLAN, plan.slug] = policy.key
            parents[FigureScope.POLICY, policy.key] = policy.dimension.key
    return parents


def _line(period: str, figure: Figure, parent: str) -> TotalLine:
    progress: GroupProgress = figure.progress
    return TotalLine(
        period=period,
        scope=FigureScope(figure.scope).label if figure.scope in FigureScope.values else figure.scope,
        key=figure.key,
        parent=parent,
        name=figure.label,
        programmed=progress.programmed,
        executed=progress.executed,
        to_date=progress.to_date,
        light=figure.light.label if figure.light else "",
        state=state_words(progress),
        method=progress.method,
        counted=progress.counted,
        total=progress.total,
        left_out=", ".join(f"{state.label} ({number})" for state, number in progress.left_out),
        rule=progress.rule,
    )


def _members(line: TotalLine, lines: Sequence[TotalLine], rows: Sequence[FollowUpRow]) -> str:
    """Of what the total is the simple mean, if the rows that are in the file give it to the fourth decimal."""
    if line.method != SIMPLE or line.executed is None:
        return ""
    kind, members = _candidates(line, lines, rows)
    pairs = [(executed, programmed) for executed, programmed in members if executed is not None]
    if not pairs or None in (value for pair in pairs for value in pair):
        return ""
    executed, programmed = (sum(column, Decimal()) / len(pairs) for column in zip(*pairs, strict=True))
    near = abs(executed - line.executed) < CLOSE and abs(programmed - line.programmed) < CLOSE
    return kind if near else ""


def _candidates(line, lines, rows) -> tuple[str, list[tuple]]:
    def of_rows(kind, slug):
        chosen = [row for row in rows if slug is None or getattr(row, slug) == line.key]
        return kind, [(row.counted_executed, row.counted_programmed) for row in chosen]

    def of_totals(scope, *, parent):
        chosen = [one for one in lines if one.scope == scope.label and (not parent or one.parent == line.key)]
        return BY_TOTALS, [(one.executed, one.programmed) for one in chosen]

    if line.scope == FigureScope.PLAN.label:
        return of_rows(BY_PLAN, "plan_slug")
    if line.scope == FigureScope.OFFICE.label:
        return of_rows(BY_OFFICE, "office_slug")
    if line.scope == CHOSEN:
        return of_rows(BY_ROWS, None)
    if line.scope == FigureScope.POLICY.label:
        return of_totals(FigureScope.PLAN, parent=True)
    if line.scope == FigureScope.DIMENSION.label:
        return of_totals(FigureScope.POLICY, parent=True)
    if line.scope == FigureScope.ENTITY.label:
        return of_totals(FigureScope.PLAN, parent=False)
    return "", []
