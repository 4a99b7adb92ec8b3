"""What becomes of an activity of a filled workbook: nothing, a draft, a clash with the portal, a refusal."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from actionplans.domain.following.reporting.offline import Filled
from actionplans.imports.reading.parsed import Problem

from ..quarter.work import Work
from ..reporting.forms import Difference
from .rows import with_kept


class Outcome(Enum):
    SAME = "igual"
    KEPT = "sin tocar"
    CHANGE = "cambia"
    CONFLICT = "conflicto"
    BLOCKED = "impedida"


@dataclass(frozen=True)
class Entry:
    """One activity: `mine` are the answers of the workbook, `theirs` those of the portal, written in one way."""

    work: Work
    outcome: Outcome
    mine: dict
    state: str
    is_on_behalf: bool
    differences: tuple[Difference, ...] = ()
    flaws: tuple[Problem, ...] = ()
    obstacles: tuple[str, ...] = ()

    @property
    def is_change(self) -> bool:
        return self.outcome == Outcome.CHANGE

    @property
    def filled(self) -> Filled:
        """The draft that it becomes: what the workbook has no place for stays."""
        answers = with_kept(self.work, self.mine, is_on_behalf=self.is_on_behalf)
        revision = self.work.draft.revision if self.work.draft else None
        return Filled(self.work.promise, answers, revision, self.is_on_behalf)


@dataclass(frozen=True)
class Found:
    """The activities of a workbook, those that change or clash first, and the rows that are none."""

    entries: list[Entry]
    strays: list[Problem]

    def of(self, *outcomes: Outcome) -> list[Entry]:
        return [entry for entry in self.entries if entry.outcome in outcomes]

    @property
    def to_apply(self) -> list[Entry]:
        return self.of(Outcome.CHANGE, Outcome.CONFLICT)
