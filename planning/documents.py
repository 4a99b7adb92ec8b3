"""What the repository's documents say of entities, offices and strategic frameworks, put into the database.

A loader writes a document once. Where its object already exists nothing is touched and nothing is
recorded: people may have changed it since.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import models, transaction
from django.utils.text import slugify

from planning import audit
from planning.models import (
    Approach,
    Axis,
    Entity,
    FrameworkSection,
    GlossaryTerm,
    Line,
    Objective,
    Office,
    Pillar,
    Principle,
    Programme,
    Purpose,
    StrategicFramework,
    TrafficLightBand,
    TrafficLightPreset,
    Value,
)

FIXTURES = settings.BASE_DIR / "fixtures"
LOADED = "load_document"


@dataclass(frozen=True)
class Loaded:
    """What a document speaks of, and whether this load wrote it."""

    label: str
    is_new: bool


def read(name: str) -> dict:
    """A JSON document by its path under fixtures/."""
    return json.loads((FIXTURES / name).read_text(encoding="utf-8"))


def text(said: str | list | None) -> str:
    """Running text: a string, or a list of paragraphs of which each may be a list of lines."""
    if isinstance(said, list):
        return "\n\n".join("\n".join(block) if isinstance(block, list) else block for block in said)
    return said or ""


def load_entities(data: dict, *, by=None) -> list[Loaded]:
    return [_load_entity(row, data["source"], by) for row in data["entities"]]


@transaction.atomic
def _load_entity(row, source, by) -> Loaded:
    entity, is_new = Entity.objects.get_or_create(slug=row["slug"], defaults=row)
    if is_new:
        audit.record(entity, entity, LOADED, by=by, new=row, comment=source)
    return Loaded(str(entity), is_new)


def load_offices(data: dict, *, by=None) -> list[Loaded]:
    """The offices of each entity; one that exists, under whatever name, is known by its slug."""
    return [_load_offices(slug, rows, data["source"], by) for slug, rows in data["entities"].items()]


@transaction.atomic
def _load_offices(entity_slug, rows, source, by) -> Loaded:
    entity = Entity.objects.get(slug=entity_slug)
    known = set(entity.offices.values_list("slug", flat=True))
    added = [_office(entity, row) for row in rows if office_slug(row["name"]) not in known]
    Office.objects.bulk_create(added)
    if added:
        names = [office.name for office in added]
        audit.record(entity, entity, LOADED, by=by, new={"offices": names}, comment=source)
    return Loaded(f"Dependencias de {entity}", bool(added))


def _office(entity, row) -> Office:
    aliases = "\n".join(row.get("aliases", ()))
    return Office(entity=entity, slug=office_slug(row["name"]), **{**row, "aliases": aliases})


def office_slug(name: str) -> str:
    return slugify(name)[: Office._meta.get_field("slug").max_length]


def office_finder(entity) -> Callable[[str | None], Office | None]:
    """A function from the name that a document uses to the entity's office, None where it has none."""
    offices = {office.slug: office for office in entity.offices.all()}
    return lambda name: offices.get(office_slug(name)) if name else None


def load_traffic_lights(data: dict, *, by=None) -> list[Loaded]:
    """The sets of bands that come with the portal; one that exists keeps what was made of it."""
    return [_load_light(row, by) for row in data["presets"]]


@transaction.atomic
def _load_light(row, by) -> Loaded:
    known = TrafficLightPreset.objects.filter(entity=None, key=row["key"]).first()
    if known:
        return Loaded(str(known), is_new=False)
    is_in_use = row.get("is_default", False) and not TrafficLightPreset.objects.filter(entity=None, is_in_use=True)
    preset = TrafficLightPreset.objects.create(
        key=row["key"], name=row["name"], source=row["source"], is_in_use=bool(is_in_use)
    )
    TrafficLightBand.objects.bulk_create(TrafficLightBand(preset=preset, **band) for band in row["bands"])
    audit.record(None, preset, LOADED, by=by, new=row, comment=row["source"])
    return Loaded(str(preset), is_new=True)


@transaction.atomic
def load_glossary(data: dict, *, by=None) -> Loaded:
    """The terms of the glossary; one that exists keeps what people made of it."""
    known = set(GlossaryTerm.objects.values_list("key", flat=True))
    added = GlossaryTerm.objects.bulk_create(
        GlossaryTerm(**{"norm": "", **row}) for row in data["terms"] if row["key"] not in known
    )
    if added:
        keys = [term.key for term in added]
        audit.record(None, added[0], LOADED, by=by, new={"terms": keys}, comment=data["source"])
    return Loaded("Glosario", bool(added))


@transaction.atomic
def load_framework(data: dict, *, by=None) -> Loaded:
    """A strategic framework with all its parts, published."""
    entity = Entity.objects.get(slug=data["entity"])
    known = entity.frameworks.filter(slug=data["slug"]).first()
    if known:
        return Loaded(str(known), is_new=False)
    framework = StrategicFramework.objects.create(
        entity=entity,
        is_published=True,
        **{name: data[name] for name in ("slug", "title", "kind", "first_year", "last_year", "note")},
        issuing_office=data.get("issuing_office", ""),
        last_key=len(data["axes"]),
        **{name: text(data.get(name)) for name in ("mission", "vision", "general_objective")},
    )
    FrameworkSection.objects.bulk_create(
        FrameworkSection(framework=framework, position=position, title=row["title"], body=text(row["body"]))
        for position, row in enumerate(data["sections"], start=1)
    )
    for key, model in _LISTS.items():
        _add(model, data.get(key, ()), framework=framework)
    _add_axes(framework, data["axes"])
    audit.record(entity, framework, LOADED, by=by, new=_summary(framework), comment=data["source"])
    return Loaded(str(framework), is_new=True)


_LISTS = {"pillars": Pillar, "approaches": Approach, "principles": Principle, "values": Value}
_PARTS = (FrameworkSection, *_LISTS.values(), Axis, Objective, Line, Programme, Purpose)


def _add_axes(framework, rows) -> None:
    axes = _add(Axis, rows, framework=framework)
    for axis, said in zip(axes, rows, strict=True):
        axis.last_key = len(said.get("objectives", ()))
        _add(Objective, said.get("objectives", ()), axis=axis)
        _add_lines(axis, said.get("lines", ()))
    Axis.objects.bulk_update(axes, ["last_key"])


def _add_lines(axis, rows) -> None:
    for line, said in zip(_add(Line, rows, axis=axis), map(_named, rows), strict=True):
        programmes = said.get("programmes", ())
        for programme, programme_said in zip(_add(Programme, programmes, line=line), programmes, strict=True):
            Purpose.objects.bulk_create(
                Purpose(programme=programme, position=position, text=purpose)
                for position, purpose in enumerate(programme_said["purposes"], start=1)
            )


def _add(model, rows: Iterable[str | dict], **parent) -> list[models.Model]:
    """Rows of a model with name and description under `parent`, in the order of the document."""
    return model.objects.bulk_create(
        model(position=position, name=row["name"], description=text(row.get("description")), **parent)
        for position, row in enumerate(map(_named, rows), start=1)
    )


def _named(row: str | dict) -> dict:
    return {"name": row} if isinstance(row, str) else row


def _summary(framework) -> dict:
    counts = {
        part._meta.model_name: part.objects.filter(**{part.framework_path: framework}).count() for part in _PARTS
    }
    return {"title": framework.title, "period": framework.period} | counts
