"""What a plan says, as values: the one shape in which importers, documents and copies hand it over."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal

from actionplans.enums import ResponsibilityRole
from actionplans.months import MonthSet
from planning.models import Objective, Office


@dataclass(frozen=True, kw_only=True)
class IndicatorContent:
    """`printed_target` and `printed_baseline` are what the document says where it is no plain figure.

    `key` is the permanent number that the indicator has in its activity, where it has one.
    """

    name: str
    key: int | None = None
    formula: str = ""
    printed_target: str = ""
    printed_baseline: str = ""
    printed_result: str = ""
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
class ResponsibleContent:
    """`text` as printed; `office` where it was recognised.

    `reports` None leaves it to be proposed: the first office that leads.
    """

    text: str
    office: Office | None = None
    role: str = ResponsibilityRole.LEADS
    reports: bool | None = None


@dataclass(frozen=True, kw_only=True)
class ComponentContent:
    name: str
    description: str = ""
    weight: Decimal | None = None
    indicators: tuple[IndicatorContent, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ActivityContent:
    """One activity; `component` is the name of one of the plan's components, weight a percentage.

    `key` is the permanent number of the activity that this is, where it is one that the plan already has.
    """

    description: str
    key: int | None = None
    detail: str = ""
    component: str | None = None
    printed_number: str = ""
    tasks: tuple[str, ...] = ()
    months: MonthSet = field(default_factory=MonthSet)
    schedule_text: str = ""
    starts: datetime.date | None = None
    ends: datetime.date | None = None
    deliverable: str = ""
    weight: Decimal | None = None
    budget: Decimal | None = None
    note: str = ""
    indicators: tuple[IndicatorContent, ...] = ()
    responsibles: tuple[ResponsibleContent, ...] = ()
    objectives: tuple[Objective, ...] = ()
    is_cancelled: bool = False
    cancel_reason: str = ""


@dataclass(frozen=True, kw_only=True)
class PlanContent:
    """All that a version says. The fields before `sections` are columns of `PlanVersion`, by name."""

    title: str
    form_code: str = ""
    form_version: str = ""
    form_approval_date: datetime.date | None = None
    process: str = ""
    subprocess: str = ""
    objective: str = ""
    scope: str = ""
    formulating_office: Office | None = None
    printed_formulating_office: str = ""
    printed_participants: tuple[str, ...] = ()
    plan_date: datetime.date | None = None
    note: str = ""
    source: str = ""
    participating_offices: tuple[Office, ...] = ()
    sections: tuple[tuple[str, str], ...] = ()
    objectives: tuple[tuple[str, str], ...] = ()
    components: tuple[ComponentContent, ...] = ()
    activities: tuple[ActivityContent, ...] = ()

    @property
    def anew(self) -> PlanContent:
        """The same, its activities without the numbers that they have in another plan."""
        if not any(activity.key for activity in self.activities):
            return self
        return replace(self, activities=tuple(replace(activity, key=None) for activity in self.activities))


HEADER_FIELDS = (
    "title", "form_code", "form_version", "form_approval_date", "process", "subprocess", "objective", "scope",
    "formulating_office", "printed_formulating_office", "plan_date", "note", "source",
)  # fmt: skip

ACTIVITY_FIELDS = (
    "description", "detail", "printed_number", "months", "schedule_text", "starts", "ends", "deliverable",
    "weight", "budget", "note",
)  # fmt: skip
INDICATOR_FIELDS = tuple(field.name for field in fields(IndicatorContent))


def proposed_to_report(responsibles: Iterable[ResponsibleContent]) -> ResponsibleContent | None:
    """Who reports where nobody said it: the first office that leads."""
    leads = (item for item in responsibles if item.office and item.role == ResponsibilityRole.LEADS)
    return next(leads, None)


def reporting(responsibles: Sequence[ResponsibleContent]) -> list[bool]:
    """Which of them reports: the one that is said to, else the one that is proposed."""
    if any(item.reports is not None for item in responsibles):
        return [bool(item.reports) for item in responsibles]
    proposed = proposed_to_report(responsibles)
    return [item is proposed for item in responsibles]
