"""The rows of an entity's plans of a year: written while their versions are drafts, approved afterwards."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from actionplans.domain.contents.content import (
    ACTIVITY_FIELDS,
    HEADER_FIELDS,
    INDICATOR_FIELDS,
    ActivityContent,
)
from actionplans.enums import Origin, VersionStatus
from actionplans.models import (
    ActionPlan,
    Activity,
    ActivityVersion,
    ApprovalAct,
    Component,
    Indicator,
    PlanVersion,
    Responsibility,
    Task,
)
from planning.audit import DeletedRow, Fact

from .entities import Catalogue, Town
from .pattern import ENTITY, PatternPlan, PatternVersion, acts_of
from .table import put, reserve

ROW_FIELDS = (*ACTIVITY_FIELDS, "is_cancelled", "cancel_reason")
HEADER = tuple(name for name in HEADER_FIELDS if name != "formulating_office")


@dataclass(frozen=True, eq=False)
class WrittenVersion:
    """A version with the numbers of its rows; `promises` are those of its activities, in order."""

    pattern: PatternVersion
    plan: WrittenPlan
    pk: int
    digest: str
    promises: Sequence[int]

    @property
    def number(self) -> int:
        return self.pattern.number

    @property
    def title(self) -> str:
        return self.pattern.content.title

    @property
    def plan_id(self) -> int:
        return self.plan.pk


@dataclass(frozen=True, eq=False)
class WrittenPlan:
    """A plan with its number and those of its activities, in order of their keys."""

    pattern: PatternPlan
    pk: int
    activities: Sequence[int]
    versions: list[WrittenVersion]

    @property
    def slug(self) -> str:
        return self.pattern.slug

    def version_at(self, day) -> WrittenVersion:
        """The one that counts on that day."""
        return [version for version in self.versions if version.pattern.since <= day][-1]


def write_plans(
    town: Town, year: int, patterns: Sequence[PatternPlan], catalogue: Catalogue, by
) -> list[WrittenPlan]:
    """The plans with all that hangs from them, published. Their events are `events_of`."""
    plans = _identities(town, year, patterns, catalogue)
    acts = [
        ApprovalAct.objects.create(entity=town.entity, name=name, date=day, registered_by=by)
        for name, day in acts_of(year)
    ]
    versions = [version for plan in plans for version in plan.versions]
    for number in sorted({version.number for version in versions}):  # a plan has one draft at a time
        _write_versions(town, [version for version in versions if version.number == number], acts, by)
    return plans


def events_of(plans: Sequence[WrittenPlan], year: int, by) -> Iterator[Fact]:
    """Every version came into force by its act, in the order of the days."""
    versions = [version for plan in plans for version in plan.versions]
    for version in sorted(versions, key=lambda version: version.number):
        act, day = acts_of(year)[version.number - 1]
        seal = {"digest": version.digest, "act": act, "act_date": day, "act_sha256": ""}
        yield Fact(
            obj=as_object(version, year),
            event="register_act",
            by=by,
            old={"status": VersionStatus.IN_REVIEW},
            new={"status": VersionStatus.APPROVED, **seal},
            at=version.pattern.published,
        )


def as_object(version: WrittenVersion, year: int) -> DeletedRow:
    """What the trail needs of the version, without a row of the ORM."""
    label = f"{version.title} {year}, versión {version.number}"
    return DeletedRow(version.pk, label, PlanVersion._meta, (f"{year}/{version.plan.slug}",))


def _identities(town, year, patterns, catalogue) -> list[WrittenPlan]:
    keys = reserve(ActionPlan, len(patterns))
    put(
        ActionPlan,
        ("id", "entity", "year", "slug", "kind", "policy", "institutional_plan"),
        (
            (
                pk, town.entity.pk, year, pattern.slug, pattern.kind.value,
                None if pattern.policy is None else catalogue.policies[pattern.policy].pk,
                None if pattern.institutional is None else town.institutional[year, pattern.institutional].pk,
            )
            for pk, pattern in zip(keys, patterns, strict=True)
        ),
    )  # fmt: skip
    activities = _cut(reserve(Activity, sum(len(p.keys) for p in patterns)), [len(p.keys) for p in patterns])
    plans = [WrittenPlan(*parts, []) for parts in zip(patterns, keys, activities, strict=True)]
    put(
        Activity,
        ("id", "plan", "entity", "key"),
        (
            (pk, plan.pk, town.entity.pk, key)
            for plan in plans
            for pk, key in zip(plan.activities, plan.pattern.keys, strict=True)
        ),
    )
    _number_versions(town, plans)
    return plans


def _number_versions(town, plans) -> None:
    asked = [(plan, version) for plan in plans for version in plan.pattern.versions]
    sizes = [len(version.content.activities) for _, version in asked]
    promises = _cut(reserve(ActivityVersion, sum(sizes)), sizes)
    for (plan, version), pk, rows in zip(asked, reserve(PlanVersion, len(asked)), promises, strict=True):
        seal = hashlib.sha256(version.sealed.replace(ENTITY, town.entity.slug).encode()).hexdigest()
        plan.versions.append(WrittenVersion(version, plan, pk, seal, rows))


_VERSION = (
    "id", "plan", "entity", "number", "status", "origin", *HEADER, "formulating_office", "reason",
    "effective_from", "approval_act", "submitted_by", "submitted_at", "search_text", "updated_at",
)  # fmt: skip


def _write_versions(town: Town, versions: Sequence[WrittenVersion], acts, by) -> None:
    put(PlanVersion, _VERSION, (_version_row(town, version, acts, by) for version in versions))
    put(
        PlanVersion.participating_offices.through,
        ("planversion", "office"),
        (
            (version.pk, town.place.offices[office.pk].pk)
            for version in versions
            for office in version.pattern.content.participating_offices
        ),
    )
    _write_activities(town, versions)
    _publish(versions)


def _version_row(town, version: WrittenVersion, acts, by) -> tuple:
    content, pattern = version.pattern.content, version.pattern
    return (
        version.pk, version.plan.pk, town.entity.pk, version.number, VersionStatus.DRAFT.value,
        Origin.PORTAL.value,
        *(getattr(content, name) for name in HEADER), town.place.offices[content.formulating_office.pk].pk,
        pattern.reason, pattern.since, acts[version.number - 1].pk, by.pk, pattern.published,
        pattern.search, pattern.published,
    )  # fmt: skip


def _write_activities(town, versions: Sequence[WrittenVersion]) -> None:
    sizes = [len(version.pattern.content.components) for version in versions]
    components = dict(zip((v.pk for v in versions), _cut(reserve(Component, sum(sizes)), sizes), strict=True))
    put(
        Component,
        ("id", "version", "position", "name"),
        (
            (pk, version.pk, position, component.name)
            for version in versions
            for position, (pk, component) in enumerate(
                zip(components[version.pk], version.pattern.content.components, strict=True), start=1
            )
        ),
    )
    rows = list(_promises(versions))
    put(
        ActivityVersion,
        ("id", "version", "activity", "position", "component", *ROW_FIELDS),
        (
            (
                pk, version.pk, version.plan.activities[said.key - 1], said.key,
                _component(version, components[version.pk], said),
                *(getattr(said, name) for name in ROW_FIELDS),
            )
            for version, pk, said in rows
        ),
    )  # fmt: skip
    put(
        Task,
        ("activity_version", "position", "text"),
        ((pk, position, text) for _, pk, said in rows for position, text in enumerate(said.tasks, start=1)),
    )
    put(Indicator, ("activity_version", "position", *INDICATOR_FIELDS), _indicators(rows))
    put(
        Responsibility,
        ("activity_version", "position", "text", "office", "role", "reports"),
        (
            (pk, position, item.text, town.place.offices[item.office.pk].pk, item.role.value, item.reports)
            for _, pk, said in rows
            for position, item in enumerate(said.responsibles, start=1)
        ),
    )
    put(
        ActivityVersion.objectives.through,
        ("activityversion", "objective"),
        ((pk, town.place.objectives[objective.pk].pk) for _, pk, said in rows for objective in said.objectives),
    )


def _promises(versions) -> Iterator[tuple[WrittenVersion, int, ActivityContent]]:
    for version in versions:
        for pk, said in zip(version.promises, version.pattern.content.activities, strict=True):
            yield version, pk, said


def _component(version: WrittenVersion, keys: Sequence[int], said: ActivityContent) -> int:
    names = [component.name for component in version.pattern.content.components]
    return keys[names.index(said.component)]


def _indicators(rows) -> Iterator[tuple]:
    for _, pk, said in rows:
        for position, indicator in enumerate(said.indicators, start=1):
            values = (getattr(indicator, name) for name in INDICATOR_FIELDS if name not in ("name", "key"))
            yield (pk, position, indicator.name, position, *values)


def _publish(versions: Sequence[WrittenVersion]) -> None:
    """What the database guards from then on."""
    rows = [
        PlanVersion(
            pk=version.pk,
            status=VersionStatus.APPROVED if version is version.plan.versions[-1] else VersionStatus.SUPERSEDED,
            published_at=version.pattern.published,
            digest=version.digest,
        )
        for version in versions
    ]
    PlanVersion.objects.bulk_update(rows, ["status", "published_at", "digest"], batch_size=200)


def _cut(values: Sequence[int], sizes: Sequence[int]) -> list[Sequence[int]]:
    """The values in pieces of these sizes."""
    return [values[end - size : end] for size, end in zip(sizes, accumulate(sizes), strict=True)]
