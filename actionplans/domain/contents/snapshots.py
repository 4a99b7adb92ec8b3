"""What a plan says as plain JSON, and back: how an import keeps what it read and what there was before."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import MISSING, fields
from decimal import Decimal

from actionplans.domain.contents.content import (
    ActivityContent,
    ComponentContent,
    IndicatorContent,
    PlanContent,
    ResponsibleContent,
)
from actionplans.months import MonthSet
from planning.models import Entity, Objective

DATES = frozenset({"form_approval_date", "plan_date", "starts", "ends"})
FIGURES = frozenset({"weight", "budget", "target", "baseline", "target_1", "target_2", "target_3", "target_4"})
OFFICES = frozenset({"office", "formulating_office", "participating_offices"})
EMPTY = (None, "", (), MonthSet())
PARTS = {
    "components": ComponentContent,
    "activities": ActivityContent,
    "indicators": IndicatorContent,
    "responsibles": ResponsibleContent,
}


def as_json(content) -> dict:
    """A content as JSON; other rows are named by their id, and what is empty is left out."""
    return {
        field.name: _plain(value)
        for field in fields(content)
        if (value := getattr(content, field.name)) not in EMPTY or field.default is MISSING
    }


def from_json(data: dict, entity: Entity) -> PlanContent:
    """The content that `as_json` kept. Offices or objectives that no longer exist are left out.

    Two queries, however long the plan is.
    """
    return _content(PlanContent, data, _rows(entity, _objectives(data)))


def activity_from_json(data: dict, entity: Entity) -> ActivityContent:
    """The same for one activity."""
    return _content(ActivityContent, data, _rows(entity, set(data.get("objectives", ()))))


def _rows(entity, objectives: set[int]) -> dict[str, dict]:
    return {
        "offices": {office.pk: office for office in entity.offices.all()},
        "objectives": Objective.objects.select_related("axis__framework__entity").in_bulk(objectives),
    }


def _plain(value):
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if hasattr(value, "pk"):
        return value.pk
    if hasattr(value, "__dataclass_fields__"):
        return as_json(value)
    if isinstance(value, MonthSet):
        return list(value)
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value


def _objectives(data: dict) -> set[int]:
    return {pk for activity in data.get("activities", ()) for pk in activity.get("objectives", ())}


def _content(kind, data: Mapping, rows: Mapping):
    return kind(**{name: _value(kind, name, value, rows) for name, value in data.items()})


def _value(kind, name: str, value, rows):
    if name in DATES:
        return datetime.date.fromisoformat(value)
    if name in FIGURES:
        return Decimal(value)
    if name in OFFICES:
        return _known(rows["offices"], value)
    if name == "objectives" and kind is ActivityContent:
        return _known(rows["objectives"], value)
    if name == "months":
        return MonthSet(value)
    if name in PARTS:
        return tuple(_content(PARTS[name], item, rows) for item in value)
    if isinstance(value, list):
        return tuple(tuple(item) if isinstance(item, list) else item for item in value)
    return value


def _known(rows: Mapping, value):
    """The row of an id, or those of several."""
    return tuple(rows[pk] for pk in value if pk in rows) if isinstance(value, list) else rows.get(value)
