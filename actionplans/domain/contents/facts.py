"""A plan's content in the shape that `comparison` compares: that of `sealing.canonical`. Pure."""

from __future__ import annotations

from django.core.serializers.json import DjangoJSONEncoder

from actionplans.domain.contents.content import (
    ACTIVITY_FIELDS,
    HEADER_FIELDS,
    ActivityContent,
    PlanContent,
    reporting,
)
from actionplans.models.indicator import PERIOD_TARGETS
from planning.canonical import digest_of

INDICATOR_ORDER = (
    "key", "name", "printed_result", "kind", "accumulation", "direction", "numerator", "denominator", "unit",
    "baseline", "target", "formula", "printed_baseline", "printed_target", *PERIOD_TARGETS,
)  # fmt: skip


def facts_of(content: PlanContent) -> dict:
    """What the content says; its activities must have their keys."""
    return header_facts(content) | {"activities": [activity_facts(activity) for activity in content.activities]}


def header_facts(content: PlanContent) -> dict:
    """The same, without activities."""
    return {
        "version": 0,
        **{name: _plain(getattr(content, name)) for name in HEADER_FIELDS},
        "participants": list(content.printed_participants),
        "participating_offices": sorted(office.slug for office in content.participating_offices),
        "sections": [list(section) for section in content.sections],
        "objectives": [list(objective) for objective in content.objectives],
        "components": [
            {
                "name": component.name,
                "description": component.description,
                "weight": component.weight,
                "indicators": _indicators(component.indicators),
            }
            for component in content.components
        ],
        "activities": [],
    }


def fingerprint(content: PlanContent) -> str:
    """64 hexadecimal digits that change with anything that the content says; its activities have their keys."""
    return digest_of(facts_of(content), encoder=DjangoJSONEncoder)


def activity_facts(activity: ActivityContent) -> dict:
    return {
        "key": activity.key,
        "component": activity.component,
        "cancelled": activity.is_cancelled,
        "cancel_reason": activity.cancel_reason,
        **{name: _plain(getattr(activity, name)) for name in ACTIVITY_FIELDS},
        "months": list(activity.months),
        "tasks": list(activity.tasks),
        "indicators": _indicators(activity.indicators),
        "objectives": [list(objective.natural_key()) for objective in activity.objectives],
        "responsibles": _responsibles(activity.responsibles),
    }


def names_in(*contents: PlanContent) -> dict:
    """The words for the slugs and keys of the rows that the contents name."""
    names = {}
    for content in contents:
        offices = [content.formulating_office, *content.participating_offices]
        for activity in content.activities:
            offices += [responsible.office for responsible in activity.responsibles]
            names |= {objective.natural_key(): objective.name for objective in activity.objectives}
        names |= {office.slug: office.name for office in offices if office}
    return names


def _responsibles(responsibles) -> list[list]:
    return [
        [item.text, item.office.slug if item.office else None, str(item.role), reports]
        for item, reports in zip(responsibles, reporting(responsibles), strict=True)
    ]


def _indicators(indicators) -> list[list]:
    """Those without a number yet are told apart by their place, after the known ones."""
    last = max((indicator.key or 0 for indicator in indicators), default=0)
    rows = []
    for indicator in indicators:
        row = [_plain(getattr(indicator, name)) for name in INDICATOR_ORDER]
        if row[0] is None:
            last += 1
            row[0] = last
        rows.append(row)
    return rows


def _plain(value):
    """As `sealing` writes it: rows by their slug, numbers without the zeros that a column adds."""
    if hasattr(value, "slug"):
        return value.slug
    if hasattr(value, "normalize"):
        return format(value.normalize(), "f")
    return value
