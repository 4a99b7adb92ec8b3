"""The activities and components of a version as pages read them: one query for each table, joined here.

Plain tuples instead of model instances: building those is what a page of hundreds of activities costs.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from actionplans.enums import IndicatorKind, ResponsibilityRole
from actionplans.models import ActivityVersion, Indicator, PlanVersion, Responsibility, Task
from actionplans.months import MonthSet
from actionplans.reports.plan.rows import grouped
from planning.words import amount, long_date

INDICATOR = (
    "name", "formula", "kind", "unit", "target", "printed_target", "baseline", "printed_baseline",
    "printed_result",
)  # fmt: skip
ACTIVITY = (
    "pk", "activity_id", "component_id", "position", "printed_number", "description", "detail", "months",
    "schedule_text", "starts", "ends", "deliverable", "weight", "budget", "note", "is_cancelled",
    "cancel_reason",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorLine:
    name: str
    target: str = ""
    baseline: str = ""
    formula: str = ""
    result: str = ""
    is_yes_no: bool = False

    @property
    def has_goal(self) -> bool:
        return self.is_yes_no or bool(self.target)

    @property
    def goal(self) -> str:
        """What is to be reached, in words; of a yes or no there is nothing to define."""
        if self.is_yes_no:
            return "Se responde con sí o no"
        return f"Meta: {self.target}" if self.target else "Sin meta definida"


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponsibleLine:
    """`slug` names the office; empty where nobody recognised one, and `text` is all there is."""

    name: str
    role: str
    text: str = ""
    slug: str = ""

    @property
    def role_name(self) -> str:
        return ResponsibilityRole(self.role).label

    @property
    def printed(self) -> str:
        """The words of the document, where they are not the office's name."""
        return self.text if self.slug and self.text != self.name else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentLine:
    pk: int
    position: int
    name: str
    description: str
    weight: Decimal | None
    indicators: tuple[IndicatorLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityRow:
    """One activity of a version; `number` is its permanent one, part of its address."""

    pk: int
    number: int
    activity_id: int
    component_id: int | None
    position: int
    printed_number: str
    description: str
    detail: str
    months: MonthSet
    schedule_text: str
    starts: datetime.date | None
    ends: datetime.date | None
    deliverable: str
    weight: Decimal | None
    budget: Decimal | None
    note: str
    is_cancelled: bool
    cancel_reason: str
    tasks: tuple[str, ...] = ()
    indicators: tuple[IndicatorLine, ...] = ()
    responsibles: tuple[ResponsibleLine, ...] = ()

    @property
    def label(self) -> str:
        return self.printed_number or str(self.position)

    @property
    def leads(self) -> list[str]:
        return [one.name for one in self.responsibles if one.role == ResponsibilityRole.LEADS]

    @property
    def supports(self) -> list[str]:
        return [one.name for one in self.responsibles if one.role == ResponsibilityRole.SUPPORTS]

    @property
    def deadline(self) -> str:
        return deadline(self)


def deadline(said) -> str:
    """The term in the document's own words, else the dates it gives; empty without either."""
    if said.schedule_text:
        return said.schedule_text
    if said.starts and said.ends and said.starts != said.ends:
        return f"del {long_date(said.starts)} al {long_date(said.ends)}"
    return long_date(said.ends or said.starts)


def activity_rows(version: PlanVersion, **where: Any) -> list[ActivityRow]:
    """The activities of the version in their order, or those that `where` selects. Four queries."""
    owners = {f"activity_version__{name}": value for name, value in where.items()}
    owners["activity_version__version"] = version
    tasks = grouped(Task.objects.filter(**owners).order_by("position").values_list("activity_version_id", "text"))
    indicators = _indicators("activity_version_id", **owners)
    responsibles = _responsibles(**owners)
    rows = ActivityVersion.objects.filter(version=version, **where).order_by("position")
    return [
        ActivityRow(
            number=number,
            tasks=tuple(tasks[said[0]]),
            indicators=tuple(indicators[said[0]]),
            responsibles=tuple(responsibles[said[0]]),
            **dict(zip(ACTIVITY, said, strict=True)),
        )
        for number, *said in rows.values_list("activity__key", *ACTIVITY)
    ]


def component_lines(version: PlanVersion, **where: Any) -> list[ComponentLine]:
    """The components of the version in their order, or those that `where` selects. Two queries."""
    owners = {f"component__{name}": value for name, value in where.items()}
    indicators = _indicators("component_id", component__version=version, **owners)
    rows = version.components.filter(**where).order_by("position")
    return [
        ComponentLine(
            pk=pk,
            position=position,
            name=name,
            description=description,
            weight=weight,
            indicators=tuple(indicators[pk]),
        )
        for pk, position, name, description, weight in rows.values_list(
            "pk", "position", "name", "description", "weight"
        )
    ]


def indicator_line(
    name, formula, kind, unit, target, printed_target, baseline, printed_baseline, printed_result
) -> IndicatorLine:
    """The columns of `INDICATOR` in words."""
    return IndicatorLine(
        name=name,
        target=amount(target, unit) or printed_target,
        baseline=amount(baseline, unit) or printed_baseline,
        formula=formula,
        result=printed_result,
        is_yes_no=kind == IndicatorKind.YES_NO,
    )


def _indicators(owner: str, **where: Any) -> dict[int, list[IndicatorLine]]:
    rows = Indicator.objects.filter(**where).order_by("position").values_list(owner, *INDICATOR)
    return grouped((pk, indicator_line(*said)) for pk, *said in rows)


def _responsibles(**where: Any) -> dict[int, list[ResponsibleLine]]:
    rows = Responsibility.objects.filter(**where).order_by("position")
    return grouped(
        (owner, ResponsibleLine(name=name or text, role=role, text=text, slug=slug or ""))
        for owner, role, text, name, slug in rows.values_list(
            "activity_version_id", "role", "text", "office__name", "office__slug"
        )
    )
