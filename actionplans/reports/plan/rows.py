"""The components and activities of a version as lines: one query for each table, joined here.

Plain tuples instead of model instances: building those is what a plan of thousands of activities costs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from actionplans.enums import Accumulation, Direction, IndicatorKind, ResponsibilityRole
from actionplans.models import ActivityVersion, Indicator, PlanVersion, Responsibility, Task

from ..follow_up.texts import PlanFollowUp
from .sheet import ActivityLine, ComponentLine, IndicatorLine, ResponsibleLine

_ROLES = dict(ResponsibilityRole.choices)
_LABELS = {
    "kind": {"": ""} | dict(IndicatorKind.choices),
    "accumulation": {"": ""} | dict(Accumulation.choices),
    "direction": {"": ""} | dict(Direction.choices),
}
_INDICATOR = {
    "name": "name", "result": "printed_result", "formula": "formula", "printed_target": "printed_target",
    "printed_baseline": "printed_baseline", "target": "target", "baseline": "baseline", "unit": "unit",
    "kind": "kind", "accumulation": "accumulation", "direction": "direction", "numerator": "numerator",
    "denominator": "denominator", "target_1": "target_1", "target_2": "target_2", "target_3": "target_3",
    "target_4": "target_4",
}  # fmt: skip
"""From the name in a line to the column of the table."""

_ACTIVITY = (
    "printed_number", "description", "detail", "schedule_text", "starts", "ends", "deliverable", "weight",
    "budget", "note", "is_cancelled", "cancel_reason",
)  # fmt: skip


def component_lines(version: PlanVersion) -> tuple[ComponentLine, ...]:
    indicators = _indicators(component__version=version, owner="component_id")
    return tuple(
        ComponentLine(name=name, description=description, weight=weight, indicators=tuple(indicators[pk]))
        for pk, name, description, weight in version.components.values_list("pk", "name", "description", "weight")
    )


def activity_lines(version: PlanVersion, follow_up: PlanFollowUp) -> tuple[ActivityLine, ...]:
    tasks = grouped(
        Task.objects.filter(activity_version__version=version)
        .order_by("position")
        .values_list("activity_version_id", "text")
    )
    indicators = _indicators(activity_version__version=version, owner="activity_version_id")
    responsibles = _responsibles(version)
    objectives = _objectives(version)
    rows = version.activities.values_list(
        "pk", "activity__key", "position", "months", "component__name", "activity", *_ACTIVITY
    )
    return tuple(
        ActivityLine(
            key=key,
            number=said["printed_number"] or str(position),
            months=tuple(months),
            component=component,
            tasks=tuple(tasks[pk]),
            indicators=tuple(indicators[pk]),
            responsibles=tuple(responsibles[pk]),
            objectives=tuple(objectives[pk]),
            **vars(follow_up.of(activity)),
            **said,
        )
        for pk, key, position, months, component, activity, said in map(_with_names, rows)
    )


def _with_names(row: tuple) -> tuple:
    return (*row[:6], dict(zip(_ACTIVITY, row[6:], strict=True)))


def _indicators(*, owner: str, **where: Any) -> dict[int, list[IndicatorLine]]:
    """The indicators under each row of the table that `owner` points to."""
    rows = Indicator.objects.filter(**where).order_by("position").values_list(owner, *_INDICATOR.values())
    return grouped((row[0], _indicator(row[1:])) for row in rows)


def _indicator(row: tuple) -> IndicatorLine:
    said = dict(zip(_INDICATOR, row, strict=True))
    for name, labels in _LABELS.items():
        said[name] = labels[said[name]]
    return IndicatorLine(**said)


def _responsibles(version: PlanVersion) -> dict[int, list[ResponsibleLine]]:
    rows = (
        Responsibility.objects.filter(activity_version__version=version)
        .order_by("position")
        .values_list("activity_version_id", "text", "role", "reports", "office__name", "office__slug")
    )
    return grouped(
        (
            owner,
            ResponsibleLine(
                text=text or name, role=_ROLES[role], office=name or "", office_slug=slug or "", reports=reports
            ),
        )
        for owner, text, role, reports, name, slug in rows
    )


def _objectives(version: PlanVersion) -> dict[int, list[str]]:
    """The strategic objectives of published frameworks to which each activity is linked."""
    link = ActivityVersion.objectives.through
    return grouped(
        link.objects.filter(activityversion__version=version, objective__axis__framework__is_published=True)
        .order_by("objective__axis__position", "objective__position")
        .values_list("activityversion_id", "objective__name")
    )


def grouped(pairs: Iterable[tuple[int, Any]]) -> dict[int, list]:
    """The values of each owner, in the order in which they come; an empty list for any other."""
    found: dict[int, list] = defaultdict(list)
    for owner, value in pairs:
        found[owner].append(value)
    return found
