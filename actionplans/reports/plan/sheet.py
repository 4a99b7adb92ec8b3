"""What a file says of a plan, as frozen values: what the builder hands to every renderer."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

QUARTERS = ("I", "II", "III", "IV")


@dataclass(frozen=True, kw_only=True)
class IndicatorLine:
    """Kind, accumulation and direction by their labels; `result` as printed.

    `target_1` to `target_4` are the targets of periods I to IV.
    """

    name: str
    result: str = ""
    formula: str = ""
    printed_target: str = ""
    printed_baseline: str = ""
    target: Decimal | None = None
    baseline: Decimal | None = None
    unit: str = ""
    kind: str = ""
    accumulation: str = ""
    direction: str = ""
    numerator: str = ""
    denominator: str = ""
    target_1: Decimal | None = None
    target_2: Decimal | None = None
    target_3: Decimal | None = None
    target_4: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class ResponsibleLine:
    """`text` is what a form shows: the words as printed, else the office's name."""

    text: str
    role: str
    office: str = ""
    office_slug: str = ""
    reports: bool = False


@dataclass(frozen=True, kw_only=True)
class ComponentLine:
    name: str
    description: str = ""
    weight: Decimal | None = None
    indicators: tuple[IndicatorLine, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CutLine:
    """What the newest closing of a period says of an activity, in percent; `verified` is of control interno."""

    period: str
    ordinal: int
    closing: int
    programmed: Decimal | None = None
    executed: Decimal | None = None
    to_date: Decimal | None = None
    of_period: Decimal | None = None
    state: str = ""
    light: str = ""
    verified: Decimal | None = None
    opinion: str = ""


@dataclass(frozen=True, kw_only=True)
class PlanTotal:
    """What a closing says of the plan as a whole, or of the component `name`, in percent; `rule` is the method.

    `counts` says that no later closing of the period took its place.
    """

    period: str
    ordinal: int
    closing: int
    closed_on: datetime.date
    counts: bool
    name: str
    weight: Decimal | None = None
    programmed: Decimal | None = None
    executed: Decimal | None = None
    to_date: Decimal | None = None
    of_period: Decimal | None = None
    state: str = ""
    light: str = ""
    counted: int = 0
    activities: int = 0
    rule: str = ""


@dataclass(frozen=True, kw_only=True)
class ActivityLine:
    """One activity; `number` is what the form shows in N°, `key` its permanent one.

    `followups` are the texts of periods I to IV and `reported` the result by the reports, empty until there are
    any; `cuts` are the figures of the closings.
    """

    key: int
    number: str
    printed_number: str = ""
    description: str
    detail: str = ""
    component: str | None = None
    tasks: tuple[str, ...] = ()
    months: tuple[int, ...] = ()
    schedule_text: str = ""
    starts: datetime.date | None = None
    ends: datetime.date | None = None
    deliverable: str = ""
    indicators: tuple[IndicatorLine, ...] = ()
    responsibles: tuple[ResponsibleLine, ...] = ()
    followups: tuple[str, ...] = ("", "", "", "")
    reported: str = ""
    cuts: tuple[CutLine, ...] = ()
    weight: Decimal | None = None
    budget: Decimal | None = None
    objectives: tuple[str, ...] = ()
    note: str = ""
    is_cancelled: bool = False
    cancel_reason: str = ""

    @property
    def indicator_text(self) -> str:
        return "\n".join(indicator.name for indicator in self.indicators if indicator.name)

    @property
    def result_text(self) -> str:
        """What was reported, else the result that the document printed."""
        return self.reported or "\n".join(line.result for line in self.indicators if line.result)

    @property
    def responsible_text(self) -> str:
        return "; ".join(responsible.text for responsible in self.responsibles)


@dataclass(frozen=True, kw_only=True)
class Letterhead:
    """The head and foot of the form: crest on the left, lines in the middle, its identity on the right.

    `notice` is what the reader must know of all that the entity shows; empty where there is nothing.
    """

    crest: tuple[str, ...]
    lines: tuple[str, ...]
    code: str = ""
    version: str = ""
    approval_date: datetime.date | None = None
    footer: tuple[str, ...] = ()
    signatures: tuple[tuple[str, str], ...] = ()
    notice: str = ""


@dataclass(frozen=True, kw_only=True)
class PlanSheet:
    """A version of a plan with all that its files say, in the order in which they say it.

    `follow_up` are remarks on the closings that its figures are of, `totals` what each closing says of the plan,
    `standing` what nobody may overlook of the version: that it is a draft, or was replaced. `period` is by what it
    is followed: «trimestre» or «cuatrimestre».
    """

    entity: str
    entity_slug: str
    year: int
    slug: str
    title: str
    kind: str
    policy: str = ""
    version: int
    status: str
    standing: str = ""
    period: str = "trimestre"
    origin: str
    digest: str = ""
    act: str = ""
    act_date: datetime.date | None = None
    published_on: datetime.date | None = None
    reason: str = ""
    effective_from: datetime.date | None = None
    letterhead: Letterhead
    process: str = ""
    subprocess: str = ""
    objective: str = ""
    scope: str = ""
    formulating_office: str = ""
    plan_date: datetime.date | None = None
    participants: tuple[str, ...] = ()
    note: str = ""
    source: str = ""
    follow_up: tuple[str, ...] = ()
    totals: tuple[PlanTotal, ...] = ()
    objectives: tuple[tuple[str, str], ...] = ()
    sections: tuple[tuple[str, str], ...] = ()
    components: tuple[ComponentLine, ...] = ()
    activities: tuple[ActivityLine, ...] = ()


@dataclass(frozen=True)
class OwnForm:
    """The workbook that the entity gave, and where it holds what (`actionplans.imports.reading.layout`)."""

    content: bytes
    layout: dict
