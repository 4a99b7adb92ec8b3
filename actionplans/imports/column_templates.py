"""Keeping what the columns of an entity's layout hold, for its next file."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from django.db import transaction

from actionplans.imports.reading.text import normalise
from actionplans.models import ColumnTemplate, ImportRun
from planning import audit
from planning.models import Entity


def save_template(run: ImportRun, name: str, *, by) -> ColumnTemplate:
    """Keep the columns of the run's reading under a name of the entity; the same name is written over."""
    columns = run.found["columns"]
    with transaction.atomic():
        template, _ = ColumnTemplate.objects.update_or_create(
            entity=run.entity,
            name=name,
            defaults={
                "titles_digest": titles_digest(columns),
                "meanings": [column["code"] for column in _titled(columns)],
            },
        )
        audit.record(run.entity, template, "save_reading", by=by, new={"name": name})
    return template


def template_for(entity: Entity, columns: Sequence[dict]) -> ColumnTemplate | None:
    """The entity's newest template for columns of these very titles."""
    if not _titled(columns):
        return None
    return (
        ColumnTemplate.objects.filter(entity=entity, titles_digest=titles_digest(columns)).order_by("-at").first()
    )


def columns_by(template: ColumnTemplate, columns: Sequence[dict]) -> dict[str, str]:
    """What the template says of the columns otherwise than they were read, in their order; by number."""
    return {
        str(column["index"]): code
        for column, code in zip(_titled(columns), template.meanings, strict=False)
        if code != column["code"]
    }


def titles_digest(columns: Sequence[dict]) -> str:
    """What tells a layout: the titles of its columns in their order."""
    titles = [normalise(column["title"]) for column in _titled(columns)]
    return hashlib.sha256("\n".join(titles).encode()).hexdigest()


def _titled(columns: Sequence[dict]) -> list[dict]:
    return [column for column in columns if column["title"]]
