"""What the arithmetic of follow-up answers: figures in percentage points, states and their explanation."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from .facts import ProgressState

WEIGHTED = "ponderado"
SIMPLE = "promedio simple"
RULE = "rule"
FIGURES = ("executed", "programmed", "to_date", "period_executed", "period_programmed", "of_period")


class Step(NamedTuple):
    """One step of «¿Cómo se calculó?». `figure` names the figure that it explains, or is «rule» for a remark.

    `inputs` are (what, how much, where it comes from), already written as people read them.
    """

    words: str
    formula: str = ""
    inputs: tuple[tuple[str, str, str], ...] = ()
    result: str = ""
    figure: str = RULE


@dataclass(frozen=True)
class Figures:
    """Shares in percentage points, unrounded. None cannot be known: `state` and `reason` say why.

    `executed` is on the year and keeps what goes over 100; `to_date` is executed ÷ programmed; `of_period` is what
    this period brought ÷ what it should have brought.
    """

    state: ProgressState
    reason: str = ""
    executed: Decimal | None = None
    programmed: Decimal | None = None
    to_date: Decimal | None = None
    period_executed: Decimal | None = None
    period_programmed: Decimal | None = None
    of_period: Decimal | None = None
    steps: tuple[Step, ...] = ()

    def steps_of(self, figure: str) -> tuple[Step, ...]:
        """The steps that explain one figure, remarks first."""
        return tuple(step for step in self.steps if step.figure == RULE) + tuple(
            step for step in self.steps if step.figure == figure
        )


@dataclass(frozen=True, kw_only=True)
class IndicatorProgress(Figures):
    """An indicator at a cut. `value` is what it has reached, in the unit of its target.

    `stands` says that the target holds at every cut, so that reaching it ends nothing.
    """

    key: int
    name: str
    unit: str = ""
    value: Decimal | None = None
    target: Decimal | None = None
    previous: Decimal | None = None
    stands: bool = False


@dataclass(frozen=True, kw_only=True)
class ActivityProgress(Figures):
    """An activity at a cut.

    `previous` is the share executed at the cut before, on which `period_executed` rests; None where a period is
    measured by itself.
    """

    key: int
    label: str
    weight: Decimal | None = None
    is_declared: bool = False
    previous: Decimal | None = None
    indicators: tuple[IndicatorProgress, ...] = ()

    @property
    def is_finished(self) -> bool:
        """What was promised for the year is done: nothing more has to be asked."""
        stands = any(indicator.stands for indicator in self.indicators)
        return self.executed is not None and self.executed >= 100 and not stands


@dataclass(frozen=True, kw_only=True)
class GroupProgress(Figures):
    """Several activities together, or several groups.

    `counted`, `total`, `left_out`, `cancelled` and `period_counted` (those in the mean of the period) are about
    activities, whatever the depth; `members_counted` and `members_total` about what was averaged here. `rule` is
    the whole method in one sentence; `groups` are the components of a plan.
    """

    label: str = ""
    weight: Decimal | None = None
    method: str = SIMPLE
    rule: str = ""
    counted: int = 0
    total: int = 0
    left_out: tuple[tuple[ProgressState, int], ...] = ()
    cancelled: int = 0
    members_counted: int = 0
    members_total: int = 0
    period_counted: int = 0
    groups: tuple[GroupProgress, ...] = ()
