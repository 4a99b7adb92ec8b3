"""What a plan says, as values: the one shape in which importers, documents and copies hand it over."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from decimal import Decimal

from actionplans.enums import ResponsibilityRole
from actionplans.models import (
    Activity,
    ActivityVersion,
    Component,
    Indicator,
    PlanObjective,
    PlanSection,
    PlanVersion,
    Responsibility,
    Task,
)
from actionplans.months import MonthSet
from planning.folding import fold
from planning.models import Office


@dataclass(frozen=True, kw_only=True)
class IndicatorContent:
    """`printed_target` and `printed_baseline` are what the document says where it is no plain figure."""

    name: str
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


@dataclass(frozen=True, kw_only=True)
class ResponsibleContent:
    """`text` as printed; `office` where it was recognised."""

    text: str
    office: Office | None = None
    role: str = ResponsibilityRole.LEADS


@dataclass(frozen=True, kw_only=True)
class ComponentContent:
    name: str
    description: str = ""
    weight: Decimal | None = None
    indicators: tuple[IndicatorContent, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ActivityContent:
    """One activity; `component` is the name of one of the plan's components, weight a percentage."""

    description: str
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


HEADER_FIELDS = (
    "title", "form_code", "form_version", "form_approval_date", "process", "subprocess", "objective", "scope",
    "formulating_office", "printed_formulating_office", "plan_date", "note", "source",
)  # fmt: skip


def write_content(version: PlanVersion, content: PlanContent) -> None:
    """Make `version` say exactly `content`, replacing what it said; the caller holds its lock.

    An activity takes the identity of its position, so that a draft written twice keeps its keys.
    A number of queries that does not depend on the number of activities.
    """
    _clear(version)
    for name in HEADER_FIELDS:
        setattr(version, name, getattr(content, name))
    version.printed_participants = list(content.printed_participants)
    version.search_text = _search_text(content)
    version.save()
    version.participating_offices.set(content.participating_offices)
    PlanSection.objects.bulk_create(
        PlanSection(version=version, position=position, title=title, body=body)
        for position, (title, body) in enumerate(content.sections, start=1)
    )
    PlanObjective.objects.bulk_create(
        PlanObjective(version=version, position=position, name=name, description=description)
        for position, (name, description) in enumerate(content.objectives, start=1)
    )
    components = _write_components(version, content.components)
    _write_activities(version, content.activities, components)


def _clear(version):
    version.sections.all().delete()
    version.objectives.all().delete()
    version.activities.all().delete()
    version.components.all().delete()


def _write_components(version, contents) -> dict[str, Component]:
    rows = Component.objects.bulk_create(
        Component(
            version=version,
            position=position,
            name=content.name,
            description=content.description,
            weight=content.weight,
        )
        for position, content in enumerate(contents, start=1)
    )
    Indicator.objects.bulk_create(
        indicator
        for row, content in zip(rows, contents, strict=True)
        for indicator in _indicators(content.indicators, component=row)
    )
    return {row.name: row for row in rows}


def _write_activities(version, contents, components) -> None:
    rows = ActivityVersion.objects.bulk_create(
        ActivityVersion(
            version=version,
            activity=identity,
            position=position,
            component=components[content.component] if content.component else None,
            **{name: getattr(content, name) for name in ACTIVITY_FIELDS},
        )
        for position, (identity, content) in enumerate(
            zip(_identities(version.plan, len(contents)), contents, strict=True), start=1
        )
    )
    pairs = list(zip(rows, contents, strict=True))
    Task.objects.bulk_create(
        Task(activity_version=row, position=position, text=text)
        for row, content in pairs
        for position, text in enumerate(content.tasks, start=1)
    )
    Indicator.objects.bulk_create(
        indicator for row, content in pairs for indicator in _indicators(content.indicators, activity_version=row)
    )
    Responsibility.objects.bulk_create(
        responsibility for row, content in pairs for responsibility in _responsibilities(row, content)
    )


ACTIVITY_FIELDS = (
    "description", "detail", "printed_number", "months", "schedule_text", "starts", "ends", "deliverable",
    "weight", "budget", "note",
)  # fmt: skip


def _identities(plan, count) -> list[Activity]:
    """The plan's activities with keys 1 to `count`, those that were missing created."""
    known = {activity.key: activity for activity in plan.activities.filter(key__lte=count)}
    Activity.objects.bulk_create(
        known.setdefault(key, Activity(plan=plan, entity=plan.entity, key=key))
        for key in range(1, count + 1)
        if key not in known
    )
    return [known[key] for key in range(1, count + 1)]


def _indicators(contents, **owner):
    for position, content in enumerate(contents, start=1):
        yield Indicator(position=position, key=position, **vars(content), **owner)


def _responsibilities(row, content):
    """An office that leads and comes first is proposed as the one that reports."""
    reporting = next((r for r in content.responsibles if r.office and r.role == ResponsibilityRole.LEADS), None)
    for position, responsible in enumerate(content.responsibles, start=1):
        yield Responsibility(
            activity_version=row, position=position, reports=responsible is reporting, **vars(responsible)
        )


def _search_text(content) -> str:
    words = [
        content.title,
        content.objective,
        content.scope,
        content.process,
        content.printed_formulating_office,
    ]
    for component in content.components:
        words.append(component.name)
    for activity in content.activities:
        words += [activity.description, activity.detail, activity.deliverable, *activity.tasks]
        words += [responsible.text for responsible in activity.responsibles]
    return fold("\n".join(word for word in words if word))
