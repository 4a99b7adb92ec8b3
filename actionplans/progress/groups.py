"""The progress of several activities together, or of several groups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from .averaging import Average, Member, average
from .explaining import NOT_DUE, comparison_steps
from .facts import ProgressState
from .numbers import decimal
from .results import SIMPLE, WEIGHTED, ActivityProgress, GroupProgress, Step
from .rules_in_words import nothing_counted, rule_of

Progress = ActivityProgress | GroupProgress
PlanGroup = tuple[str, Decimal | None, Sequence[ActivityProgress]]
WHOLE = 100


def roll_up(
    members: Sequence[Progress],
    *,
    weights: Sequence[Decimal | None] | None = None,
    label: str = "",
) -> GroupProgress:
    """The mean of what can be known of `members`, each up to 100, without the cancelled ones.

    Weighted where the weights of all live members are given and add to exactly 100, else simple. `weights`, one
    for each member, replace the members' own. What has no figure is left out, counted by its state.
    """
    weights = [member.weight for member in members] if weights is None else weights
    pairs = zip(members, weights, strict=True)
    live = [(member, weight) for member, weight in pairs if member.state != ProgressState.CANCELLED]
    entries = [Member.of(member, weight) for member, weight in live]
    result = average(entries, is_weighted=_adds_up([weight for _, weight in live]))
    base = _counts([member for member, _ in live], members, result, label)
    return _with_figures(base, entries, result)


def roll_up_plan(groups: Sequence[PlanGroup], label: str = "") -> GroupProgress:
    """A plan of components `(name, weight, activities)`; one without components is one group without name.

    By components where theirs are the weights that add to 100, or where those inside each of them do; else all
    activities together.
    """
    components = [replace(roll_up(members, label=name), weight=weight) for name, weight, members in groups]
    activities = [member for _, _, members in groups for member in members]
    if len(components) > 1 and _goes_by_components(groups, components):
        plan = roll_up(components, label=label)
    else:
        plan = roll_up(activities, label=label)
    return replace(plan, groups=tuple(components) if len(components) > 1 else ())


def _goes_by_components(groups: Sequence[PlanGroup], components: Sequence[GroupProgress]) -> bool:
    if _adds_up([one.weight for one in components if one.state != ProgressState.CANCELLED]):
        return True
    inside = [weights for _, _, members in groups if (weights := _live_weights(members))]
    return bool(inside) and all(map(_adds_up, inside))


def _live_weights(activities: Sequence[ActivityProgress]) -> list[Decimal | None]:
    return [one.weight for one in activities if one.state != ProgressState.CANCELLED]


def _adds_up(weights: Sequence[Decimal | None]) -> bool:
    return bool(weights) and None not in weights and sum(map(Fraction, weights)) == WHOLE


def _counts(live: Sequence[Progress], members: Sequence[Progress], result: Average, label: str) -> GroupProgress:
    """How many activities there are under the group, and how many of them are in its figure."""
    left_out: Counter[ProgressState] = Counter()
    counted = total = 0
    for member, entry in zip(live, result.members, strict=True):
        if isinstance(member, GroupProgress):
            left_out.update(dict(member.left_out))
            counted, total = counted + member.counted, total + member.total
        else:
            left_out.update([] if entry.is_counted else [member.state])
            counted, total = counted + entry.is_counted, total + 1
    nested = [member for member in members if isinstance(member, GroupProgress)]
    is_cancelled = sum(not isinstance(member, GroupProgress) for member in members) - sum(
        not isinstance(member, GroupProgress) for member in live
    )
    return GroupProgress(
        state=ProgressState.UNDEFINED,
        label=label,
        method=WEIGHTED if result.is_weighted else SIMPLE,
        counted=counted,
        total=total,
        left_out=tuple(sorted(left_out.items())),
        cancelled=is_cancelled + sum(member.cancelled for member in nested),
        members_counted=sum(entry.is_counted for entry in result.members),
        members_total=len(live),
        period_counted=sum(entry.counts_in_period for entry in result.members),
    )


def _with_figures(group: GroupProgress, entries: Sequence[Member], result: Average) -> GroupProgress:
    if result.executed is None:
        state, reason = nothing_counted(group)
        inputs = tuple((entry.label, entry.words, "") for entry in entries)
        step = Step(f"No hay avance que calcular: {reason}.", "", inputs, "", "executed")
        return replace(group, state=state, reason=reason, rule=f"{reason[:1].upper()}{reason[1:]}.", steps=(step,))
    to_date, of_period, steps = comparison_steps(
        result.executed, result.programmed, result.period_executed, result.period_programmed
    )
    rule = rule_of(group, entries, result)
    return replace(
        group,
        state=_state(entries, result),
        reason=NOT_DUE if result.programmed == 0 else "",
        executed=decimal(result.executed),
        programmed=decimal(result.programmed),
        to_date=decimal(to_date),
        period_executed=decimal(result.period_executed),
        period_programmed=decimal(result.period_programmed),
        of_period=decimal(of_period),
        rule=rule,
        steps=(Step(rule), *result.steps, *steps),
    )


def _state(entries: Sequence[Member], result: Average) -> ProgressState:
    if result.programmed == 0:
        return ProgressState.NOT_SCHEDULED
    states = {entry.state for entry in entries if entry.is_counted}
    return ProgressState.DECLARED if states == {ProgressState.DECLARED} else ProgressState.MEASURED
