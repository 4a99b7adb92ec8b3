"""The seal of a version: one canonical text of all that it says, and its SHA-256."""

import hashlib
import json

from django.core.serializers.json import DjangoJSONEncoder

from actionplans.models import PlanVersion
from actionplans.models.indicator import PERIOD_TARGETS

from .content import ACTIVITY_FIELDS, HEADER_FIELDS


def canonical(version: PlanVersion) -> dict:
    """What the version says, without row ids or state: equal content gives equal dicts."""
    rows = PlanVersion.objects.select_related("plan__entity", "approval_act", "formulating_office")
    version = rows.with_activities().get(pk=version.pk)
    return {
        "entity": version.plan.entity.slug,
        "year": version.plan.year,
        "plan": version.plan.slug,
        "version": version.number,
        "origin": version.origin,
        "reason": version.reason,
        "effective_from": version.effective_from,
        "act": _act(version.approval_act),
        **{name: _plain(getattr(version, name)) for name in HEADER_FIELDS},
        "participants": version.printed_participants,
        "participating_offices": sorted(office.slug for office in version.participating_offices.all()),
        "sections": [[section.title, section.body] for section in version.sections.all()],
        "objectives": [[objective.name, objective.description] for objective in version.objectives.all()],
        "components": [_component(component) for component in version.components.all()],
        "activities": [_activity(activity) for activity in version.activities.all()],
    }


def digest(version: PlanVersion) -> str:
    """SHA-256 of the canonical JSON (sorted keys, UTF-8, no spaces), as 64 hexadecimal digits."""
    text = json.dumps(
        canonical(version), cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )
    return hashlib.sha256(text.encode()).hexdigest()


def _act(act):
    return [act.name, act.date, act.scan_sha256] if act else None


def _component(component):
    return {
        "name": component.name,
        "description": component.description,
        "weight": component.weight,
        "indicators": [_indicator(indicator) for indicator in component.indicators.all()],
    }


def _activity(activity):
    return {
        "key": activity.activity.key,
        "component": activity.component.name if activity.component else None,
        "cancelled": activity.is_cancelled,
        "cancel_reason": activity.cancel_reason,
        **{name: _plain(getattr(activity, name)) for name in ACTIVITY_FIELDS},
        "months": list(activity.months),
        "tasks": [task.text for task in activity.tasks.all()],
        "indicators": [_indicator(indicator) for indicator in activity.indicators.all()],
        "objectives": [list(objective.natural_key()) for objective in activity.objectives.all()],
        "responsibles": [
            [item.text, item.office.slug if item.office else None, item.role, item.reports]
            for item in activity.responsibilities.all()
        ],
    }


def _indicator(indicator):
    return [
        indicator.key, indicator.name, indicator.printed_result, indicator.kind, indicator.accumulation,
        indicator.direction, indicator.numerator, indicator.denominator, indicator.unit,
        _plain(indicator.baseline), _plain(indicator.target), indicator.formula, indicator.printed_baseline,
        indicator.printed_target, *(_plain(getattr(indicator, name)) for name in PERIOD_TARGETS),
    ]  # fmt: skip


def _plain(value):
    """A row that another points to is named by its slug; numbers lose the zeros that a column adds."""
    if hasattr(value, "slug"):
        return value.slug
    if hasattr(value, "normalize"):
        return format(value.normalize(), "f")
    return value
