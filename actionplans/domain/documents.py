"""Action plans that official documents print, published as they are: no act and no figure is added."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from django.db import transaction

from actionplans.domain.contents.content import (
    ActivityContent,
    ComponentContent,
    IndicatorContent,
    PlanContent,
    ResponsibleContent,
)
from actionplans.domain.plan import create_plan, publish_document, same_plan
from actionplans.enums import Origin, ResponsibilityRole
from actionplans.months import MonthSet
from mipg.models import Policy
from planning import audit
from planning.documents import FIXTURES, LOADED, Loaded, office_finder, text
from planning.models import Entity

ReadForm = Callable[[Path, Entity, int, str], PlanContent]


def load_plan_document(entity: Entity, data: dict, *, by=None, read_form: ReadForm | None = None) -> Loaded:
    """Create and publish the plan that a document prints; one with its address or title stays as it is.

    A document may leave its table in a workbook: `read_form` turns that (path, entity, year, title)
    into content.
    """
    label = f"{data['title']} (vigencia {data['year']}) · {entity}"
    with transaction.atomic():
        if _is_known(entity, data):
            return Loaded(label, is_new=False)
        version = create_plan(
            entity,
            data["year"],
            _content(entity, data, read_form),
            by=by,
            kind=data["kind"],
            policy=_policy(entity, data),
            origin=Origin.DOCUMENT,
            slug=data["slug"],
        )
        version = publish_document(version, by=by)
        audit.record(entity, version, LOADED, by=by, new=_summary(version), comment=data["source"])
    return Loaded(label, is_new=True)


def _is_known(entity, data) -> bool:
    same_address = entity.plans.filter(year=data["year"], slug=data["slug"])
    return same_address.exists() or same_plan(entity, data["year"], data["title"]) is not None


def _policy(entity, data) -> Policy | None:
    if "policy" not in data:
        return None
    return Policy.objects.in_force(entity, data["year"]).get(key=data["policy"])


def _content(entity, data, read_form) -> PlanContent:
    if "workbook" in data:
        content = read_form(FIXTURES / data["workbook"], entity, data["year"], data["title"])
    else:
        content = plan_content(entity, data)
    return replace(content, note=data["note"], source=data["source"], sections=_sections(data))


def plan_content(entity: Entity, data: dict) -> PlanContent:
    """What a document prints, with the entity's offices where its names mean one."""
    find_office = office_finder(entity)
    formulating = data.get("formulating_office", {})
    return PlanContent(
        title=data["title"],
        objective=text(data.get("objective")),
        scope=text(data.get("scope")),
        formulating_office=find_office(formulating.get("office")),
        printed_formulating_office=formulating.get("text", ""),
        objectives=tuple((row["name"], row["description"]) for row in data.get("objectives", ())),
        components=tuple(_component(row) for row in data.get("components", ())),
        activities=tuple(_activities(data, find_office)),
    )


def _sections(data) -> tuple[tuple[str, str], ...]:
    return tuple((row["title"], text(row["body"])) for row in data["sections"])


def _component(row) -> ComponentContent:
    return ComponentContent(
        name=row["name"],
        description=text(row["description"]),
        indicators=tuple(IndicatorContent(name=name) for name in row["indicators"]),
    )


def _activities(data, find_office) -> Iterator[ActivityContent]:
    for component in data.get("components", ()):
        for row in component["activities"]:
            yield _activity(row, find_office, component["name"])
    for row in data.get("activities", ()):
        yield _activity(row, find_office)


def _activity(row, find_office, component=None) -> ActivityContent:
    return ActivityContent(
        description=row["description"],
        detail=text(row.get("detail")),
        component=component,
        printed_number=row.get("printed_number", ""),
        months=MonthSet(row.get("months", ())),
        schedule_text=row.get("schedule_text", ""),
        starts=_date(row.get("starts")),
        ends=_date(row.get("ends")),
        note=row.get("note", ""),
        responsibles=tuple(_responsible(said, find_office) for said in row["responsibles"]),
    )


def _responsible(said, find_office) -> ResponsibleContent:
    return ResponsibleContent(
        text=said["text"],
        office=find_office(said.get("office")),
        role=said.get("role", ResponsibilityRole.LEADS),
    )


def _date(iso: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(iso) if iso else None


def _summary(version) -> dict:
    return {
        "title": version.title,
        "year": version.plan.year,
        "sections": version.sections.count(),
        "objectives": version.objectives.count(),
        "components": version.components.count(),
        "activities": version.activities.count(),
    }
