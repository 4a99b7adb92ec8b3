"""What the act of a closing says, as frozen values: what the builder hands to the renderer."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from actionplans.progress import Band

from ..plan.sheet import Letterhead


@dataclass(frozen=True, kw_only=True)
class FigureLine:
    """A figure as the act prints it; `counting` and `rule` of totals, `report` and `verified` of activities."""

    name: str
    kind: str = ""
    programmed: Decimal | None = None
    executed: Decimal | None = None
    to_date: Decimal | None = None
    of_period: Decimal | None = None
    light: Band | None = None
    state: str = ""
    counting: str = ""
    rule: str = ""
    report: str = ""
    verified: str = ""
    is_cancelled: bool = False


@dataclass(frozen=True, kw_only=True)
class PlanPart:
    """A plan of the act: its total and its activities."""

    version: int
    digest: str
    total: FigureLine
    activities: tuple[FigureLine, ...]


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """The closing that this one replaces, why it was opened again, until when, and what changed.

    `changes` are (what it is, name, before, now).
    """

    sequence: int
    executed: str
    since: datetime.date
    until: str
    changes: tuple[tuple[str, str, str, str], ...]
    reason: str
    act: str
    date: datetime.date


@dataclass(frozen=True, kw_only=True)
class ClosingAct:
    title: str
    file_name: str
    entity: str
    letterhead: Letterhead
    facts: tuple[tuple[str, str], ...]
    whole: FigureLine
    plans: tuple[PlanPart, ...]
    groups: tuple[FigureLine, ...]
    left_out: tuple[tuple[str, int], ...]
    reports: tuple[tuple[str, int], ...]
    bands: tuple[tuple[str, Band], ...]
    light_name: str
    note: str
    earlier: Earlier | None
    digest: str
    chain_sequence: int
    chain_head: str
    snapshot_name: str
    slug: str

    @property
    def length(self) -> int:
        """How many activities it lists."""
        return sum(len(part.activities) for part in self.plans)
