"""From the figures of activities to those of plans, policies, dimensions, offices, axes and the entity."""

from __future__ import annotations

from collections import defaultdict

from actionplans.enums import FigureScope
from actionplans.models import ReportingPeriod
from actionplans.progress import Band, light_of, roll_up, roll_up_plan

from .activities import ActivityStanding
from .figure import Figure


def group_figures(
    found: dict[int, ActivityStanding], period: ReportingPeriod, bands: tuple[Band, ...]
) -> list[Figure]:
    """Of every group that the activities `found`, by their ids, belong to; the entity's comes last."""
    plans = _plans(found, bands)
    policies, dimensions = _policies(found, plans, bands)
    return [
        *plans.values(),
        *policies,
        *dimensions,
        *_offices(found, bands),
        *_axes(found, bands),
        _figure(
            FigureScope.ENTITY,
            period.entity.slug,
            period.entity.name,
            roll_up([figure.progress for figure in plans.values()], label=period.entity.name),
            bands,
        ),
    ]


def _plans(found, bands) -> dict[int, Figure]:
    of_plan: dict[int, list[ActivityStanding]] = defaultdict(list)
    for item in found.values():
        of_plan[item.promise.version.plan_id].append(item)
    figures = {}
    for plan_id, items in of_plan.items():
        version = items[0].promise.version
        components: dict = {}
        for item in items:
            component = item.promise.component
            name, weight = (component.name, component.weight) if component else ("", None)
            key = component.pk if component else None
            components.setdefault(key, (name, weight, []))[2].append(item.figure.progress)
        progress = roll_up_plan(list(components.values()), label=version.title)
        figures[plan_id] = _figure(
            FigureScope.PLAN, version.plan.slug, version.title, progress, bands, plan_id=plan_id
        )
    return figures


def _policies(found, plans, bands):
    """Policies from their plans, dimensions from their policies."""
    policy_of = {item.promise.version.plan_id: item.promise.version.plan.policy for item in found.values()}
    members: dict = defaultdict(list)
    for plan_id, figure in plans.items():
        if policy := policy_of[plan_id]:
            members[policy].append(figure.progress)
    policies = {
        policy: _figure(FigureScope.POLICY, policy.key, policy.name, roll_up(rows, label=policy.name), bands)
        for policy, rows in sorted(members.items(), key=lambda item: item[0].number)
    }
    by_dimension: dict = defaultdict(list)
    for policy, figure in policies.items():
        by_dimension[policy.dimension].append(figure.progress)
    dimensions = [
        _figure(
            FigureScope.DIMENSION,
            dimension.key,
            dimension.name,
            roll_up(rows, label=dimension.name),
            bands,
        )
        for dimension, rows in sorted(by_dimension.items(), key=lambda item: item[0].number)
    ]
    return list(policies.values()), dimensions


def _offices(found, bands) -> list[Figure]:
    members: dict = defaultdict(list)
    for item in found.values():
        office = item.promise.reporting_office
        if office:
            members[office].append(item.figure.progress)
    return [
        _figure(FigureScope.OFFICE, office.slug, office.name, roll_up(rows, label=office.name), bands)
        for office, rows in sorted(members.items(), key=lambda item: item[0].name)
    ]


def _axes(found, bands) -> list[Figure]:
    """Axes of published frameworks, from the activities linked to their objectives."""
    members: dict = defaultdict(list)
    for item in found.values():
        axes = {objective.axis for objective in item.promise.objectives.all()}
        for axis in axes:
            if axis.framework.is_published:
                members[axis].append(item.figure.progress)
    return [
        _figure(
            FigureScope.AXIS,
            axis.code,
            axis.name,
            roll_up(rows, label=axis.name),
            bands,
        )
        for axis, rows in sorted(members.items(), key=lambda item: (item[0].framework_id, item[0].position))
    ]


def _figure(scope, key, label, progress, bands, **ids) -> Figure:
    return Figure(
        scope=scope,
        key=key,
        label=label,
        progress=progress,
        light=light_of(progress.to_date, bands),
        bands=bands,
        **ids,
    )
