"""What an obligation of a year is told with: what the portal knows, what became of it, a line of the table."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from actionplans.enums import PlanKind
from actionplans.models import Closing, ReportingPeriod
from mipg.models import Obligation

from ..board import InstitutionalRow


class Outcome(Enum):
    """Tone, word and shape of what became of an obligation.

    After the day, publishing more never looks worse: nothing here, a part, all but late, all. The portal sees only
    what is in it, so of what is not here at all it says that and not that the duty was failed.
    """

    MET = ("good", "Cumplida", "●")
    LATE = ("warn", "Cumplida tarde", "▲")
    PARTLY = ("warn", "Cumplida en parte", "▲")
    TO_COME = ("none", "Por cumplir", "○")
    SHORT = ("warn", "Incumplida en parte", "▲")
    MISSED = ("bad", "Incumplida", "■")
    ABSENT = ("warn", "Sin publicar aquí", "▲")
    UNKNOWN = ("none", "Sin fecha conocida", "◇")

    @property
    def tone(self) -> str:
        return self.value[0]

    @property
    def label(self) -> str:
        return self.value[1]

    @property
    def shape(self) -> str:
        return self.value[2]


@dataclass(frozen=True)
class Publication:
    """A plan's first day in the portal; None of an official document: when it came out first is not known."""

    plan_id: int
    day: datetime.date | None
    kind: str = PlanKind.POLICY


@dataclass(frozen=True)
class Reopened:
    """When a closed period was opened again, and when it was closed once more; None while it is open."""

    day: datetime.date
    closed: datetime.date | None = None


@dataclass(frozen=True, kw_only=True)
class DutyRow:
    """One line of the table. `proof` names what to open: the plans, the institutional plans or a closing.

    `due` is the day by which `outcome` was judged; `due_by` says who set it, where that is not the norm; `anchor`
    is the line's place in the page.
    """

    obligation: Obligation
    name: str
    anchor: str
    due: datetime.date | None
    outcome: Outcome
    told: str
    due_by: str = ""
    proof: str = ""
    closing: Closing | None = None


@dataclass(frozen=True, kw_only=True)
class YearFacts:
    """What the portal knows of a year of an entity. By period: `closings` the first, `reopened` the last."""

    year: int
    on: datetime.date
    publications: Sequence[Publication]
    institutional: Sequence[InstitutionalRow]
    periods: Sequence[ReportingPeriod]
    closings: Mapping[int, Closing]
    reopened: Mapping[int, Reopened] = field(default_factory=dict)


def duty_row(obligation: Obligation, facts: YearFacts, outcome: Outcome, told: str, proof: str = "") -> DutyRow:
    """The line of an obligation whose day the catalogue says."""
    return DutyRow(
        obligation=obligation,
        name=obligation.name,
        anchor=f"obligacion-{obligation.key}",
        due=obligation.due(facts.year),
        outcome=outcome,
        told=told,
        proof=proof,
    )
