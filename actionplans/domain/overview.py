"""Many versions at a glance: what `completeness` and the trail say of each, asked of all of them at once."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, Sum

from actionplans.domain.completeness import ACTIVITY_GAPS, Sums, sum_of, texts_of_plan, weighing_of
from actionplans.enums import IndicatorKind
from actionplans.models import ActivityVersion, Component, Indicator, PlanObjective, PlanVersion, Responsibility
from actionplans.months import MonthSet
from planning.models import AuditEvent

CENT = Decimal("0.01")
TARGETED = Q(target__isnull=False) | ~Q(printed_target="") | Q(kind=IndicatorKind.YES_NO)


@dataclass(frozen=True, kw_only=True)
class Shortfall:
    """A gap in words, with how many activities have it (0: it is the plan's own)."""

    text: str
    activities: int = 0


@dataclass(frozen=True, kw_only=True)
class Overview:
    """A version in one row of a list. `kept` are not cancelled; `weighing` says what they weigh together."""

    kept: int
    weighing: str
    shortfalls: tuple[Shortfall, ...]
    changed_by: str
    changed_at: datetime.datetime


def overviews(versions: Iterable[PlanVersion]) -> dict[int, Overview]:
    """By the version's key; the number of queries depends on neither plans nor activities."""
    versions = list(versions)
    keys = [version.pk for version in versions]
    groups, components, objectives = _groups(keys), _component_weights(keys), _with_objectives(keys)
    changes = _last_changes(keys)
    found = {}
    for version in versions:
        own = groups.get(version.pk, [])
        sums = Sums(
            has_objective=bool(version.objective) or version.pk in objectives,
            kept=sum(row["kept"] for row in own),
            budgeted=sum(row["budgeted"] for row in own),
            of_components=components.get(version.pk),
            of_activities=sum_of(row["weight"] for row in own),
            groups=[(row["component__name"] or "", row["weight"]) for row in own],
        )
        by, at = changes.get(version.pk, ("", version.updated_at))
        found[version.pk] = Overview(
            kept=sums.kept,
            weighing=weighing_of(sums),
            shortfalls=(*(Shortfall(text=text) for text in texts_of_plan(sums)), *_of_activities(own)),
            changed_by=by,
            changed_at=at,
        )
    return found


def _groups(keys) -> dict[int, list[dict]]:
    """For each version its kept activities by component, in the order of the plan, counted and weighed."""
    rows = (
        ActivityVersion.objects.filter(version__in=keys, is_cancelled=False)
        .annotate(**_facts())
        .values("version", "component", "component__name")
        .annotate(
            first=Min("position"),
            kept=Count("pk"),
            budgeted=Count("budget"),
            weight=Sum("weight"),
            **{name: Count("pk", filter=condition) for name, condition in MISSING.items()},
        )
        .order_by("version", "first")
    )
    found: dict[int, list[dict]] = {}
    for row in rows:
        row["weight"] = _cents(row["weight"])
        found.setdefault(row["version"], []).append(row)
    return found


def _facts() -> dict[str, Exists]:
    own = Indicator.objects.filter(activity_version=OuterRef("pk"))
    shared = Indicator.objects.filter(component=OuterRef("component"))
    return {
        "has_office": Exists(Responsibility.objects.filter(activity_version=OuterRef("pk"), office__isnull=False)),
        "has_own": Exists(own),
        "has_own_target": Exists(own.filter(TARGETED)),
        "has_shared": Exists(shared),
        "has_shared_target": Exists(shared.filter(TARGETED)),
    }


# In the order of ACTIVITY_GAPS, whose words they are told with; a test proves that both say the same.
MISSING = {
    "nobody": Q(has_office=False),
    "undated": Q(months=MonthSet(), schedule_text="", starts=None, ends=None),
    "no_deliverable": Q(deliverable=""),
    "unmeasured": Q(has_own=False, has_shared=False),
    "untargeted": Q(has_own=True, has_own_target=False)
    | Q(has_own=False, has_shared=True, has_shared_target=False),
}


def _of_activities(groups) -> list[Shortfall]:
    counted = [sum(row[name] for row in groups) for name in MISSING]
    return [
        Shortfall(text=text, activities=number)
        for (text, _judge), number in zip(ACTIVITY_GAPS, counted, strict=True)
        if number
    ]


def _component_weights(keys) -> dict[int, Decimal | None]:
    rows = Component.objects.filter(version__in=keys).order_by().values_list("version").annotate(Sum("weight"))
    return {version: _cents(weight) for version, weight in rows}


def _with_objectives(keys) -> set[int]:
    return set(PlanObjective.objects.filter(version__in=keys).order_by().values_list("version", flat=True))


def _last_changes(keys) -> dict[int, tuple[str, datetime.datetime]]:
    """Who wrote the last event about each version, and when."""
    events = AuditEvent.objects.filter(
        object_type=PlanVersion._meta.label_lower, object_id__in=[str(key) for key in keys]
    )
    newest = events.order_by().values("object_id").annotate(newest=Max("sequence"))
    last = {(row["object_id"], row["newest"]) for row in newest}
    rows = events.filter(sequence__in={sequence for _key, sequence in last})
    return {int(row.object_id): (row.actor, row.at) for row in rows if (row.object_id, row.sequence) in last}


def _cents(weight: Decimal | None) -> Decimal | None:
    """SQLite adds decimals as floats."""
    return None if weight is None else Decimal(weight).quantize(CENT)
