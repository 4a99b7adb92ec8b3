"""What a version says, from rows to values: the way back of `writing`."""

from __future__ import annotations

from actionplans.domain.contents.content import (
    ACTIVITY_FIELDS,
    HEADER_FIELDS,
    INDICATOR_FIELDS,
    ActivityContent,
    ComponentContent,
    IndicatorContent,
    PlanContent,
    ResponsibleContent,
)
from actionplans.models import PlanVersion


def content_of_version(version: PlanVersion) -> PlanContent:
    """All that the version says, its activities with their permanent numbers, in their order.

    Writing it back changes nothing. A number of queries that does not depend on the number of activities.
    """
    version = PlanVersion.objects.select_related("formulating_office").with_activities().get(pk=version.pk)
    return PlanContent(
        **{name: getattr(version, name) for name in HEADER_FIELDS},
        printed_participants=tuple(version.printed_participants),
        participating_offices=tuple(version.participating_offices.all()),
        sections=tuple((section.title, section.body) for section in version.sections.all()),
        objectives=tuple((objective.name, objective.description) for objective in version.objectives.all()),
        components=tuple(_component(component) for component in version.components.all()),
        activities=tuple(content_of_activity(activity) for activity in version.activities.all()),
    )


def content_of_activity(activity) -> ActivityContent:
    """What a version says of one activity; asks nothing where it comes from `with_activities()`."""
    return ActivityContent(
        key=activity.activity.key,
        component=activity.component.name if activity.component_id else None,
        **{name: getattr(activity, name) for name in ACTIVITY_FIELDS},
        tasks=tuple(task.text for task in activity.tasks.all()),
        indicators=tuple(_indicator(indicator) for indicator in activity.indicators.all()),
        responsibles=tuple(
            ResponsibleContent(text=item.text, office=item.office, role=item.role, reports=item.reports)
            for item in activity.responsibilities.all()
        ),
        objectives=tuple(activity.objectives.all()),
        is_cancelled=activity.is_cancelled,
        cancel_reason=activity.cancel_reason,
    )


def _component(component) -> ComponentContent:
    return ComponentContent(
        name=component.name,
        description=component.description,
        weight=component.weight,
        indicators=tuple(_indicator(indicator) for indicator in component.indicators.all()),
    )


def _indicator(indicator) -> IndicatorContent:
    return IndicatorContent(**{name: getattr(indicator, name) for name in INDICATOR_FIELDS})
