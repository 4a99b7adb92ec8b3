"""The content of a version, row by row, in another one: identities of activities stay what they are."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models

from actionplans.domain.contents.content import HEADER_FIELDS
from actionplans.enums import Origin
from actionplans.models import (
    ActivityVersion,
    Component,
    Indicator,
    PlanObjective,
    PlanSection,
    PlanVersion,
    Responsibility,
    Task,
)


def copy_content(version: PlanVersion, **fields) -> PlanVersion:
    """A draft of the same plan, with `fields` of its own, that says what `version` says.

    The number of queries does not depend on the number of rows, but for the batches in which SQLite
    takes them.
    """
    draft = PlanVersion(
        plan_id=version.plan_id,
        entity_id=version.entity_id,
        origin=Origin.PORTAL,
        printed_participants=version.printed_participants,
        search_text=version.search_text,
        **{name: getattr(version, name) for name in HEADER_FIELDS},
        **fields,
    )
    draft.save(force_insert=True)
    draft.participating_offices.set(version.participating_offices.all())
    for model in (PlanSection, PlanObjective):
        _copy(model, model.objects.filter(version=version), version_id=draft.pk)
    components = _copy(Component, Component.objects.filter(version=version), version_id=draft.pk)
    activities = _copy_activities(version, draft, components)
    for model in (Task, Responsibility, Indicator):
        _copy_under(model, "activity_version", version, activities)
    _copy_under(Indicator, "component", version, components)
    _copy_under(ActivityVersion.objectives.through, "activityversion", version, activities)
    return draft


def _copy_activities(version, draft, components) -> dict[int, int]:
    rows = list(ActivityVersion.objects.filter(version=version))
    for row in rows:
        row.component_id = components.get(row.component_id)
    return _copy(ActivityVersion, rows, version_id=draft.pk)


def _copy_under(model: type[models.Model], owner: str, version, copies: dict[int, int]) -> None:
    """Copy the rows that hang from rows of `version` by the key `owner`, under the copies of those."""
    rows = list(model.objects.filter(**{f"{owner}__version": version}))
    for row in rows:
        setattr(row, f"{owner}_id", copies[getattr(row, f"{owner}_id")])
    _copy(model, rows)


def _copy(model: type[models.Model], rows: Iterable[models.Model], **values) -> dict[int, int]:
    """Insert copies of `rows` with these `values`; from the id of each row to that of its copy."""
    rows = list(rows)
    names = [field.attname for field in model._meta.concrete_fields if not field.primary_key]
    copies = model.objects.bulk_create(
        model(**({name: getattr(row, name) for name in names} | values)) for row in rows
    )
    return {row.pk: copy.pk for row, copy in zip(rows, copies, strict=True)}
