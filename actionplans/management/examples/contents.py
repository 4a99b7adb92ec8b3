"""An example's plan, from the values of its file to what a plan says."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from actionplans.domain.contents.content import (
    ActivityContent,
    ComponentContent,
    IndicatorContent,
    PlanContent,
    ResponsibleContent,
)
from actionplans.enums import ResponsibilityRole
from actionplans.months import MonthSet
from planning.documents import office_finder
from planning.models import Entity, Objective, Office

FIGURES = ("baseline", "target", "target_1", "target_2", "target_3", "target_4")
FindOffice = Callable[[str | None], Office | None]


def example_plan(entity: Entity, data: dict, note: str) -> PlanContent:
    """The content with the entity's own offices, and links to objectives of its published frameworks."""
    find_office = office_finder(entity)
    formulating = find_office(data["formulating_office"])
    return PlanContent(
        title=data["title"],
        objective=data["objective"],
        scope=data.get("scope", ""),
        formulating_office=formulating,
        participating_offices=_others_that_answer(data, formulating, find_office),
        note=note,
        components=tuple(_component(row) for row in data.get("components", ())),
        activities=tuple(_activity(entity, row, find_office) for row in data["activities"]),
    )


def offices_named(data: dict) -> set[str]:
    """The names of all offices that answer in the plan."""
    return {row["office"] for activity in data["activities"] for row in activity["responsibles"]}


def _others_that_answer(data: dict, formulating: Office | None, find_office: FindOffice) -> tuple[Office, ...]:
    """The offices of the activities, without the one that is said to formulate the plan."""
    found = (find_office(name) for name in sorted(offices_named(data)))
    return tuple(office for office in found if office and office != formulating)


def decimal(value: float | str | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _component(row) -> ComponentContent:
    return ComponentContent(
        name=row["name"], description=row.get("description", ""), weight=decimal(row.get("weight"))
    )


def _activity(entity, row, find_office: FindOffice) -> ActivityContent:
    return ActivityContent(
        description=row["description"],
        component=row.get("component"),
        tasks=tuple(row.get("tasks", ())),
        months=MonthSet(row.get("months", ())),
        deliverable=row.get("deliverable", ""),
        weight=decimal(row.get("weight")),
        budget=decimal(row.get("budget")),
        indicators=tuple(_indicator(said) for said in row.get("indicators", ())),
        responsibles=tuple(_responsible(said, find_office) for said in row["responsibles"]),
        objectives=tuple(_objectives(entity, row.get("objectives", ()))),
    )


def _indicator(said) -> IndicatorContent:
    figures = {name: decimal(said.get(name)) for name in FIGURES}
    return IndicatorContent(**{**said, **figures})


def _responsible(said, find_office: FindOffice) -> ResponsibleContent:
    role = said.get("role", ResponsibilityRole.LEADS)
    return ResponsibleContent(text="", office=find_office(said["office"]), role=role)


def _objectives(entity, said):
    """Those that the entity's frameworks still have, by framework and the numbers of axis and objective."""
    for framework, axis, objective in said:
        yield from Objective.objects.filter(
            axis__framework__entity=entity,
            axis__framework__slug=framework,
            axis__framework__is_published=True,
            axis__key=axis,
            key=objective,
        )
