"""What serves a strategic axis: its objectives with the activities of published plans that name them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from actionplans.models import ActivityVersion, PlanVersion
from planning.models import Axis, Entity, Objective
from planning.words import counted, joined

from .activity_lists import promised
from .figures.groups import GroupHistory

LINKS = ActivityVersion.objectives.through


@dataclass(frozen=True, kw_only=True)
class ServedObjective:
    """An objective of the axis, with how many activities of the year serve it."""

    objective: Objective
    activities: int


def years_of(axis: Axis, entity: Entity) -> list[int]:
    """Of the published plans with activities that serve it, newest first."""
    serving = LINKS.objects.filter(objective__axis=axis).values("activityversion__version")
    found = PlanVersion.objects.published().filter(entity=entity, pk__in=serving)
    return list(found.order_by("-plan__year").values_list("plan__year", flat=True).distinct())


def activities_of(axis: Axis, entity: Entity, year: int) -> QuerySet[ActivityVersion]:
    """The published activities of a year that serve the axis."""
    serving = LINKS.objects.filter(objective__axis=axis).values("activityversion")
    return promised(entity, year).filter(pk__in=serving)


def served_objectives(axis: Axis, activities: QuerySet[ActivityVersion]) -> list[ServedObjective]:
    """The objectives of the axis in their order; `activities` are those of `activities_of`. Two queries."""
    counts = dict(
        LINKS.objects.filter(objective__axis=axis, activityversion__in=activities.order_by().values("pk"))
        .order_by()
        .values_list("objective")
        .annotate(Count("activityversion", distinct=True))
    )
    return [
        ServedObjective(objective=objective, activities=counts.get(objective.pk, 0))
        for objective in axis.objectives.all()
    ]


def parts_of(axis: Axis, activities: Collection[int]) -> dict[int, str]:
    """Which objectives of the axis each of those `ActivityVersion` rows serves: «Objetivos 1 y 3»."""
    links = LINKS.objects.filter(objective__axis=axis, activityversion__in=activities)
    numbers = defaultdict(list)
    for pk, position in links.order_by("objective__position").values_list(
        "activityversion", "objective__position"
    ):
        numbers[pk].append(str(position))
    return {
        pk: f"{'Objetivos' if len(found) > 1 else 'Objetivo'} {joined(found)}" for pk, found in numbers.items()
    }


def axis_sentence(
    year: int, objectives: list[ServedObjective], *, activities: int, late: int, history: GroupHistory | None
) -> str:
    """How many activities serve how many of its objectives, how that goes, and how much is late."""
    if not objectives:
        return "El documento no detalla los objetivos de este eje."
    has = counted(len(objectives), "objetivo", "objetivos")
    if not activities:
        return f"El eje tiene {has}; ningún plan publicado dice todavía qué actividades le sirven."
    served = sum(1 for row in objectives if row.activities)
    serving = counted(activities, "actividad sirve", "actividades sirven")
    if len(objectives) == 1:
        said = f"En {year}, {serving} a su único objetivo"
    else:
        said = f"En {year}, {serving} a {served} de sus {has}"
    if history and history.told:
        said += f"; {history.told}"
    if late:
        said += f". {counted(late, 'va atrasada', 'van atrasadas')}"
    return f"{said}."
