"""What a file of the follow-up says, as frozen values. Percentages are points: 62.5 is 62,5 %."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from ..plan.sheet import Letterhead


@dataclass(frozen=True, kw_only=True)
class EvidenceLine:
    """`period` is the one of the report that brought it; `sha256` is empty for a link, `url` for a file."""

    pk: int
    period: str
    name: str
    description: str
    classification: str
    sha256: str
    url: str
    office: str
    brought_on: datetime.date


@dataclass(frozen=True, kw_only=True)
class FollowUpRow:
    """An activity at a cut. `reported` and `validated` are empty where the period has no such report.

    `counted_…` are what the activity brings to a simple mean: up to 100, empty where it is left out.
    """

    period: str
    plan: str
    plan_slug: str
    policy: str
    office: str
    office_slug: str
    others: str
    component: str
    number: str
    key: int
    activity: str
    weight: Decimal | None
    scheduled: str
    executed_months: str
    programmed: Decimal | None
    executed: Decimal | None
    to_date: Decimal | None
    of_period: Decimal | None
    reported: Decimal | None
    validated: Decimal | None
    verified: Decimal | None
    light: str
    state: str
    duty: str
    report_status: str
    sent_on: datetime.date | None
    validated_on: datetime.date | None
    verified_on: datetime.date | None
    marks: str
    correction: str
    results: str
    narrative: str
    difficulties: str
    contributions: str
    opinion: str
    source: str
    evidence: tuple[EvidenceLine, ...]
    counted_executed: Decimal | None
    counted_programmed: Decimal | None


@dataclass(frozen=True, kw_only=True)
class TotalLine:
    """A figure of several activities; `rule` is its whole method in a sentence.

    `members` names the rows of which it is the mean («plan», «dependencia», «totales»), simple or weighted as
    `method` says, so that a workbook can compute it again; empty where the rows that are in the file do not give
    it. `parent` is the key of the total that it enters and `weight` what it weighs there;
    `is_of_parts` says that a plan is the mean of its components. `unvalidated` are its
    activities without the validated report that their period asks for; None where that is not known any more.
    """

    period: str
    scope: str
    key: str
    parent: str
    name: str
    programmed: Decimal | None
    executed: Decimal | None
    to_date: Decimal | None
    light: str
    state: str
    method: str
    counted: int
    total: int
    left_out: str
    rule: str
    weight: Decimal | None = None
    is_of_parts: bool = False
    unvalidated: int | None = None
    members: str = ""


@dataclass(frozen=True, kw_only=True)
class EarlierClosing:
    """A closing of a period that was opened again: what proves it and its totals, which count no more."""

    name: str
    facts: tuple[tuple[str, str], ...]
    totals: tuple[TotalLine, ...]


@dataclass(frozen=True, kw_only=True)
class PeriodPart:
    """One cut: its rows and its totals. `closing` says number, date, digest and chain head, or that it is open."""

    period: str
    cut_on: datetime.date
    state: str
    is_final: bool
    closing: tuple[tuple[str, str], ...]
    light_name: str
    rows: tuple[FollowUpRow, ...]
    totals: tuple[TotalLine, ...]
    earlier: tuple[EarlierClosing, ...] = ()


@dataclass(frozen=True, kw_only=True)
class FollowUpSheet:
    """`rows` are one for each activity, at its last cut; `parts` the same cut by cut, in their order."""

    title: str
    entity: str
    when: str
    chosen: str
    made_at: datetime.datetime
    letterhead: Letterhead
    rows: tuple[FollowUpRow, ...]
    parts: tuple[PeriodPart, ...]

    @property
    def is_of_several_periods(self) -> bool:
        return len(self.parts) > 1
