"""What a plan says, from values to rows: everything at once, or one activity."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

from django.db.models import Max

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
from planning.folding import fold

from .content import ACTIVITY_FIELDS, HEADER_FIELDS, ActivityContent, PlanContent

ROW_FIELDS = (*ACTIVITY_FIELDS, "is_cancelled", "cancel_reason")


def write_content(version: PlanVersion, content: PlanContent) -> None:
    """Make `version` say exactly `content`, replacing what it said; the caller holds its lock.

    An activity keeps the identity that its content names. Where none names any, each takes that of its
    position, so that a draft written twice keeps its keys; beside named ones, it takes a new one.
    A number of queries that does not depend on the number of activities.
    """
    _clear(version)
    for name in HEADER_FIELDS:
        setattr(version, name, getattr(content, name))
    version.printed_participants = list(content.printed_participants)
    version.search_text = search_text(content)
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
            **{name: getattr(content, name) for name in ROW_FIELDS},
        )
        for position, (identity, content) in enumerate(
            zip(_identities(version.plan, contents), contents, strict=True), start=1
        )
    )
    write_parts(list(zip(rows, contents, strict=True)))


def write_parts(pairs: Sequence[tuple[ActivityVersion, ActivityContent]]) -> None:
    """The rows under activities that have none yet: tasks, indicators, responsibles, links to objectives."""
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
    link = ActivityVersion.objectives.through
    link.objects.bulk_create(
        link(activityversion=row, objective=objective)
        for row, content in pairs
        for objective in content.objectives
    )


def _identities(plan, contents) -> list[Activity]:
    """The permanent identity of each content, created where the plan lacks it; see `write_content`."""
    known = {activity.key: activity for activity in plan.activities.all()}
    named = {content.key for content in contents if content.key}
    free = count(1 + max(known, default=0) if named else 1)
    keys = [content.key or next(free) for content in contents]
    Activity.objects.bulk_create(
        known.setdefault(key, Activity(plan=plan, entity=plan.entity, key=key)) for key in keys if key not in known
    )
    return [known[key] for key in keys]


def new_identity(plan) -> Activity:
    """An identity that no activity of the plan ever had; the caller holds the lock of the version."""
    last = plan.activities.aggregate(last=Max("key"))["last"] or 0
    return Activity.objects.create(plan=plan, entity=plan.entity, key=last + 1)


def _indicators(contents, **owner):
    free = count(1 + max((content.key or 0 for content in contents), default=0))
    for position, content in enumerate(contents, start=1):
        yield Indicator(position=position, **(vars(content) | {"key": content.key or next(free)}), **owner)


def _responsibilities(row, content):
    """Where nobody said which office reports, the first one that leads is proposed."""
    said = any(r.reports is not None for r in content.responsibles)
    leads = (r for r in content.responsibles if r.office and r.role == ResponsibilityRole.LEADS)
    reporting = None if said else next(leads, None)
    for position, responsible in enumerate(content.responsibles, start=1):
        reports = bool(responsible.reports) if said else responsible is reporting
        yield Responsibility(activity_version=row, position=position, **(vars(responsible) | {"reports": reports}))


def search_text(content: PlanContent) -> str:
    """The words by which the plan is found, folded."""
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
