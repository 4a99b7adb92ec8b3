"""The totals of a cut: those whose activities are all in the selection, each with its rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from actionplans.domain.following.figures.activities import ActivityStanding
from actionplans.domain.following.figures.figure import Figure
from actionplans.domain.following.reporting.words import lacks_validated
from actionplans.enums import FigureScope
from actionplans.imports.reading.data_sheet import NO_COMPONENT
from actionplans.progress import Band, GroupProgress, ProgressState, light_of, roll_up

from .cuts import PastClosing
from .members import CHOSEN, COMPONENT, component_of, with_members
from .rows import state_words
from .selection import FollowUpSelection
from .sheet import FollowUpRow, TotalLine

ORDER = (
    FigureScope.ENTITY,
    FigureScope.DIMENSION,
    FigureScope.POLICY,
    FigureScope.PLAN,
    COMPONENT,
    FigureScope.OFFICE,
    FigureScope.AXIS,
)


def totals_of(
    selection: FollowUpSelection,
    period: str,
    figures: Iterable[Figure],
    items: Sequence[ActivityStanding],
    rows: Sequence[FollowUpRow],
    bands: Sequence[Band],
) -> tuple[TotalLine, ...]:
    """`figures` are all those of the cut, `items` the standing of the selected activities with their `rows`."""
    lacking = _lacking(items)
    found = _found(selection, period, figures, items, rows, bands)
    return with_members([replace(line, unvalidated=lacking[_place(line)]) for line in found], rows)


def past_totals(
    selection: FollowUpSelection,
    period: str,
    past: PastClosing,
    items: Sequence[ActivityStanding],
    rows: Sequence[FollowUpRow],
) -> tuple[TotalLine, ...]:
    """The same totals as a closing that counts no more said them: typed, as its rows are not in the file."""
    return tuple(_found(selection, period, past.figures, items, rows, past.bands))


def _found(selection, period, figures, items, rows, bands) -> list[TotalLine]:
    figures = list(figures)
    if selection.narrowings > 1:
        own = {item.promise.activity_id for item in items}
        return [_of_chosen(period, [figure for figure in figures if figure.activity_id in own], bands)]
    parents = _parents(items)
    held = [figure for figure in figures if _is_held(selection, figure, rows)]
    lines = [line for figure in held for line in _lines(period, figure, parents, bands)]
    return sorted(lines, key=lambda line: [_label(scope) for scope in ORDER].index(line.scope))


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


def _lines(period: str, figure: Figure, parents, bands) -> Iterator[TotalLine]:
    """The figure, and under a plan those of its components."""
    yield _line(period, figure, parents.get((figure.scope, figure.key), ""))
    for number, part in enumerate(figure.progress.groups, start=1):
        light = light_of(part.to_date, bands)
        key, name = f"{figure.key}/{number}", part.label or NO_COMPONENT
        yield _line(period, Figure(scope=COMPONENT, key=key, label=name, progress=part, light=light), figure.key)


def _line(period: str, figure: Figure, parent: str) -> TotalLine:
    progress: GroupProgress = figure.progress
    return TotalLine(
        period=period,
        scope=_label(figure.scope),
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
        weight=progress.weight,
        is_of_parts=_is_of_parts(progress),
    )


def _label(scope: str) -> str:
    return str(FigureScope(scope).label) if scope in FigureScope.values else scope


def _is_of_parts(progress: GroupProgress) -> bool:
    """Whether a plan is the mean of its components, and not of all its activities together."""
    live = [part for part in progress.groups if part.state != ProgressState.CANCELLED]
    return bool(live) and progress.members_total == len(live)


def _lacking(items: Iterable[ActivityStanding]) -> Counter[tuple[str, ...]]:
    """By place, how many activities lack the validated report that their period asks for."""
    found: Counter[tuple[str, ...]] = Counter()
    for item in items:
        if lacks_validated(item.duty, item.report.status if item.report else None):
            found.update(_places(item))
    return found


def _place(line: TotalLine) -> tuple[str, ...]:
    """What tells a total of the cut apart from the others."""
    if line.scope == COMPONENT:
        return COMPONENT, line.parent, component_of(line)
    return (line.scope,) if line.scope in (CHOSEN, FigureScope.ENTITY.label) else (line.scope, line.key)


def _places(item: ActivityStanding) -> set[tuple[str, ...]]:
    """The totals in which an activity is."""
    promise, plan = item.promise, item.promise.version.plan
    component = promise.component.name if promise.component else ""
    keys: list[tuple[str, str]] = [(FigureScope.PLAN, plan.slug)]
    if policy := plan.policy:
        keys += [(FigureScope.POLICY, policy.key), (FigureScope.DIMENSION, policy.dimension.key)]
    if office := promise.reporting_office:
        keys.append((FigureScope.OFFICE, office.slug))
    axes = {objective.axis for objective in promise.objectives.all()}
    keys += [(FigureScope.AXIS, axis.code) for axis in axes]
    named = {(_label(scope), key) for scope, key in keys}
    return {(CHOSEN,), (_label(FigureScope.ENTITY),), (COMPONENT, plan.slug, component), *named}
