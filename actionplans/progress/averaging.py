"""Means of progress, weighted or simple, and what each member brings to them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from .facts import ProgressState
from .numbers import capped, exact, number, percent
from .results import ActivityProgress, GroupProgress, Step

NOTHING = Fraction(0)
SHOWN_TERMS = 4  # beyond these a formula with all its numbers explains nothing


@dataclass(frozen=True)
class Member:
    """What enters an average: shares up to 100, None where it is not known."""

    label: str
    state: ProgressState
    weight: Fraction | None
    executed: Fraction | None
    programmed: Fraction | None
    period_executed: Fraction | None
    period_programmed: Fraction | None
    words: str
    is_group: bool = False
    counts: int = 0  # activities that it brings to the mean of the year
    counts_in_period: int = 0

    @classmethod
    def of(cls, progress: ActivityProgress | GroupProgress, weight: Decimal | None) -> Member:
        """A member as it counts: where nothing was due and nothing reported, 0 of 0."""
        nothing_yet = progress.state == ProgressState.NOT_SCHEDULED
        executed, programmed = _pair(progress.executed, progress.programmed, nothing_yet)
        period = _pair(progress.period_executed, progress.period_programmed, executed is not None)
        if period[0] is not None and isinstance(progress, ActivityProgress) and progress.previous is not None:
            period = capped(exact(progress.executed)) - capped(exact(progress.previous)), period[1]
        is_group = isinstance(progress, GroupProgress)
        return cls(
            progress.label,
            progress.state,
            exact(weight),
            executed,
            programmed,
            *period,
            _words(progress, executed),
            is_group,
            progress.counted if is_group else int(executed is not None),
            progress.period_counted if is_group else int(executed is not None and period[0] is not None),
        )

    @property
    def is_counted(self) -> bool:
        return self.executed is not None

    @property
    def is_counted_in_period(self) -> bool:
        return self.is_counted and self.period_executed is not None


@dataclass(frozen=True)
class Average:
    """The figures of a group, exact; None where nothing could be counted. `members` are those that were given."""

    members: tuple[Member, ...]
    is_weighted: bool = False
    executed: Fraction | None = None
    programmed: Fraction | None = None
    period_executed: Fraction | None = None
    period_programmed: Fraction | None = None
    steps: tuple[Step, ...] = ()


def average(members: Sequence[Member], *, is_weighted: bool) -> Average:
    """The mean of the counted members, their weights taken to 100 again without those left out.

    Counted members that all weigh nothing are averaged simply.
    """
    members = tuple(members)
    counted = [member for member in members if member.is_counted]
    in_period = [member for member in counted if member.is_counted_in_period]
    is_weighted = is_weighted and any(member.weight for member in counted)
    if not counted:
        return Average(members, is_weighted)
    return Average(
        members,
        is_weighted,
        executed := _mean(counted, is_weighted, lambda member: member.executed),
        programmed := _mean(counted, is_weighted, lambda member: member.programmed),
        period_executed := _mean(in_period, is_weighted, lambda member: member.period_executed),
        period_programmed := _mean(in_period, is_weighted, lambda member: member.period_programmed),
        (
            _executed_step(members, counted, is_weighted, executed),
            Step(
                "Se hace la misma cuenta con lo programado de cada una.", "", (), percent(programmed), "programmed"
            ),
            *_period_steps(counted, is_weighted, period_executed, period_programmed),
        ),
    )


def _pair(
    executed: Decimal | None, programmed: Decimal | None, may_be_nothing: bool
) -> tuple[Fraction | None, Fraction | None]:
    """Both or none: a share executed without one programmed would be compared with nothing."""
    if programmed is None:
        return None, None
    due = capped(exact(programmed))
    if executed is None:
        return (NOTHING, NOTHING) if may_be_nothing and due <= 0 else (None, None)
    return capped(exact(executed)), due


def _words(progress: ActivityProgress | GroupProgress, executed: Fraction | None) -> str:
    if executed is None:
        return f"{progress.state.label}: no entra"
    if progress.executed is None:
        return f"{progress.state.label}: entra con 0 % de 0 %"
    over = ", cuenta 100 %" if progress.executed > 100 else ""
    return f"{percent(progress.executed)}{over}; programado {percent(progress.programmed)}"


def _mean(members: Sequence[Member], is_weighted: bool, figure: Callable[[Member], Fraction]) -> Fraction | None:
    weights = [member.weight if is_weighted else Fraction(1) for member in members]
    total = sum(weights, NOTHING)
    if total == 0:
        return None
    return sum((figure(member) * weight for member, weight in zip(members, weights, strict=True)), NOTHING) / total


def _executed_step(
    members: Sequence[Member], counted: Sequence[Member], is_weighted: bool, executed: Fraction
) -> Step:
    inputs = tuple((member.label, member.words, _weight_words(member, is_weighted)) for member in members)
    if is_weighted:
        formula = "Avance del año = suma de cada avance × su peso ÷ suma de los pesos que entran"
        terms = " + ".join(f"{percent(member.executed)} × {number(member.weight)}" for member in counted)
        parts = number(sum((member.weight for member in counted), NOTHING))
    else:
        formula = "Avance del año = suma de los avances ÷ cuántos entran"
        terms = " + ".join(percent(member.executed) for member in counted)
        parts = str(len(counted))
    shown = f"({terms}) ÷ {parts} = " if len(counted) <= SHOWN_TERMS else ""
    words = "Promedio de los avances, cada uno hasta 100 %."
    return Step(words, formula, inputs, f"{shown}{percent(executed)}", "executed")


def _weight_words(member: Member, is_weighted: bool) -> str:
    return f"pesa {number(member.weight)}" if is_weighted else ""


def _period_steps(
    counted: Sequence[Member], is_weighted: bool, executed: Fraction | None, programmed: Fraction | None
) -> tuple[Step, ...]:
    if executed is None:
        return (
            Step("El avance del periodo no se conoce: no hay reportes del periodo.", figure="period_executed"),
        )
    there, all_of_them = sum(m.counts_in_period for m in counted), sum(m.counts for m in counted)
    of_activities = f"{there} de las {all_of_them} que cuentan en el año" if all_of_them > 1 else "la que cuenta"
    words = f"Promedio de las actividades con dato del periodo: {of_activities}."
    executed_of = tuple(
        (m.label, _of_period(m, m.period_executed), _weight_words(m, is_weighted)) for m in counted
    )
    due_of = tuple((m.label, _of_period(m, m.period_programmed), _weight_words(m, is_weighted)) for m in counted)
    return (
        Step(words, "", executed_of, percent(executed), "period_executed"),
        Step(words, "", due_of, percent(programmed), "period_programmed"),
    )


def _of_period(member: Member, share: Fraction | None) -> str:
    return percent(share) if member.is_counted_in_period else "sin dato del periodo: no entra"
