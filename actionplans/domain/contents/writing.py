"""What a plan says, from values to rows: everything at once, or one activity."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import count
from operator import attrgetter

from actionplans.domain.contents.bulk import insert
from actionplans.domain.contents.content import (
    ACTIVITY_FIELDS,
    HEADER_FIELDS,
    INDICATOR_FIELDS,
    ActivityContent,
    IndicatorContent,
    PlanContent,
    reporting,
)
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
    _write_indicators(
        "component", ((row.pk, content.indicators) for row, content in zip(rows, contents, strict=True))
    )
    return {row.name: row for row in rows}


def _write_activities(version, contents, components) -> None:
    values = attrgetter(*ROW_FIELDS)
    insert(
        ActivityVersion,
        ("version", "activity", "position", "component", *ROW_FIELDS),
        (
            (
                version.pk,
                identity,
                position,
                components[content.component].pk if content.component else None,
                *values(content),
            )
            for position, (identity, content) in enumerate(
                zip(_identity_numbers(version.plan, contents), contents, strict=True), start=1
            )
        ),
    )
    numbers = version.activities.order_by("position").values_list("pk", flat=True)
    _write_parts(list(zip(numbers, contents, strict=True)))


def write_parts(pairs: Sequence[tuple[ActivityVersion, ActivityContent]]) -> None:
    """The rows under activities that have none yet: tasks, indicators, responsibles, links to objectives."""
    _write_parts([(row.pk, content) for row, content in pairs])


def _write_parts(pairs: Sequence[tuple[int, ActivityContent]]) -> None:
    insert(
        Task,
        ("activity_version", "position", "text"),
        (
            (activity, position, text)
            for activity, content in pairs
            for position, text in enumerate(content.tasks, start=1)
        ),
    )
    _write_indicators("activity_version", ((activity, content.indicators) for activity, content in pairs))
    insert(
        Responsibility,
        ("activity_version", "position", "text", "office", "role", "reports"),
        (row for activity, content in pairs for row in _responsibilities(activity, content)),
    )
    insert(
        ActivityVersion.objectives.through,
        ("activityversion", "objective"),
        ((activity, objective.pk) for activity, content in pairs for objective in content.objectives),
    )


def identities(plan, contents: Sequence[ActivityContent], *, fresh: bool = False) -> list[Activity]:
    """The permanent identity of each content, created where the plan lacks it.

    Where none names its key they take 1, 2, 3…, unless `fresh`; else those without get numbers never used.
    """
    known = {activity.key: activity for activity in plan.activities.all()}
    keys = _keys(known, contents, fresh=fresh)
    Activity.objects.bulk_create(
        known.setdefault(key, Activity(plan=plan, entity=plan.entity, key=key)) for key in keys if key not in known
    )
    return [known[key] for key in keys]


def _identity_numbers(plan, contents: Sequence[ActivityContent]) -> list[int]:
    """The primary keys of `identities`, without an object for each."""
    known = dict(plan.activities.values_list("key", "pk"))
    keys = _keys(known, contents, fresh=False)
    if new := [key for key in keys if key not in known]:
        insert(Activity, ("plan", "entity", "key"), ((plan.pk, plan.entity_id, key) for key in new))
        known = dict(plan.activities.values_list("key", "pk"))
    return [known[key] for key in keys]


def _keys(known, contents: Sequence[ActivityContent], *, fresh: bool) -> list[int]:
    free = count(1 + max(known, default=0) if fresh or any(content.key for content in contents) else 1)
    return [content.key or next(free) for content in contents]


def _write_indicators(owner: str, measured: Iterable[tuple[int, Sequence[IndicatorContent]]]) -> None:
    """Those of each owner in order; the ones without a permanent number get the next ones."""
    names = [name for name in INDICATOR_FIELDS if name != "key"]
    values = attrgetter(*names)
    rows = []
    for number, contents in measured:
        free = count(1 + max((content.key or 0 for content in contents), default=0))
        for position, content in enumerate(contents, start=1):
            rows.append((number, position, content.key or next(free), *values(content)))
    insert(Indicator, (owner, "position", "key", *names), rows)


def _responsibilities(activity: int, content: ActivityContent):
    told = zip(content.responsibles, reporting(content.responsibles), strict=True)
    for position, (item, reports) in enumerate(told, start=1):
        office = item.office.pk if item.office else None
        yield activity, position, item.text, office, item.role, reports


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
