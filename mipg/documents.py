"""What the repository's documents say of the model of management: its catalogue, and who leads what.

A document is written once; what already exists is left as people made it, and nothing is recorded.
"""

from __future__ import annotations

from django.db import transaction

from mipg.enums import LeadershipRole
from mipg.models import (
    Actor,
    Adoption,
    Dimension,
    InstitutionalPlan,
    InstitutionalPlanKind,
    ModelVersion,
    Obligation,
    Policy,
    PolicyLeadership,
)
from planning import audit
from planning.documents import LOADED, Loaded, office_finder
from planning.models import Entity


@transaction.atomic
def load_catalogue(data: dict, *, by=None) -> Loaded:
    """A version of the model with its dimensions and policies."""
    known = ModelVersion.objects.filter(key=data["key"]).first()
    if known:
        return Loaded(str(known), is_new=False)
    version = ModelVersion.objects.create(**{name: data[name] for name in ("key", "name", "source")})
    for row in data["dimensions"]:
        dimension = Dimension.objects.create(model_version=version, **_catalogue_row(row))
        Policy.objects.bulk_create(
            Policy(model_version=version, dimension=dimension, **_catalogue_row(policy))
            for policy in row["policies"]
        )
    counts = {"dimensions": version.dimensions.count(), "policies": version.policies.count()}
    audit.record(None, version, LOADED, by=by, new=counts, comment=data["source"])
    return Loaded(str(version), is_new=True)


@transaction.atomic
def load_plan_kinds(data: dict, *, by=None) -> Loaded:
    """The institutional plans that the decree lists, unless the catalogue already has any."""
    label = f"Planes institucionales ({data['source']})"
    if InstitutionalPlanKind.objects.exists():
        return Loaded(label, is_new=False)
    kinds = InstitutionalPlanKind.objects.bulk_create(
        InstitutionalPlanKind(norm=data["source"], **_catalogue_row(row)) for row in data["kinds"]
    )
    audit.record(None, kinds[0], LOADED, by=by, new={"kinds": len(kinds)}, comment=data["source"])
    return Loaded(label, is_new=True)


@transaction.atomic
def load_obligations(data: dict, *, by=None) -> Loaded:
    """What every entity owes each year, in the order of the document, unless the catalogue already has any."""
    label = "Obligaciones de cada año"
    if Obligation.objects.exists():
        return Loaded(label, is_new=False)
    rows = Obligation.objects.bulk_create(
        Obligation(position=position, **row) for position, row in enumerate(data["obligations"], start=1)
    )
    audit.record(None, rows[0], LOADED, by=by, new={"obligations": len(rows)}, comment=data["source"])
    return Loaded(label, is_new=True)


def _catalogue_row(row) -> dict:
    return {name: row[name] for name in ("number", "key", "name")} | {"aliases": "\n".join(row["aliases"])}


def load_adoptions(data: dict, *, by=None) -> list[Loaded]:
    """From which year each entity applies a version; who already applies one is left alone."""
    version = ModelVersion.objects.get(key=data["model_version"])
    return [_adopt(slug, year, version, data["source"], by) for slug, year in data["years"].items()]


@transaction.atomic
def _adopt(slug, year, version, source, by) -> Loaded:
    entity = Entity.objects.get(slug=slug)
    known = entity.adoptions.first()
    if known:
        return Loaded(str(known), is_new=False)
    adoption = Adoption.objects.create(entity=entity, year=year, model_version=version)
    new = {"year": year, "model_version": version.key}
    audit.record(entity, adoption, LOADED, by=by, new=new, comment=source)
    return Loaded(str(adoption), is_new=True)


@transaction.atomic
def load_management_model(entity: Entity, data: dict, *, by=None) -> Loaded:
    """Leaders of policies, actors and institutional plans that one document of the entity names."""
    counts = {
        "leaderships": load_leaderships(entity, data),
        "actors": load_actors(entity, data["actors"]),
        "institutional_plans": load_institutional_plans(entity, data["institutional_plans"], data["year"]),
    }
    is_new = any(counts.values())
    if is_new:
        audit.record(entity, entity, LOADED, by=by, new=counts, comment=data["source"])
    return Loaded(f"Políticas, actores y planes institucionales de {entity}", is_new)


def load_leaderships(entity: Entity, data: dict) -> int:
    """Each table of leaders under its own source, so that tables may disagree. Returns the rows written."""
    policies = {policy.key: policy for policy in Policy.objects.in_force(entity, data["year"])}
    known = set(entity.leaderships.values_list("source", flat=True))
    find_office = office_finder(entity)
    rows = [
        _leadership(entity, policies[said["policy"]], table["source"], said, responsible, position, find_office)
        for table in data["leaderships"]
        if table["source"] not in known
        for said in table["policies"]
        for position, responsible in enumerate(said["responsibles"], start=1)
    ]
    return len(PolicyLeadership.objects.bulk_create(rows))


def _leadership(entity, policy, source, said, responsible, position, find_office) -> PolicyLeadership:
    return PolicyLeadership(
        entity=entity,
        policy=policy,
        office=find_office(responsible.get("office")),
        role=responsible.get("role", LeadershipRole.LEADS),
        task=responsible.get("task", ""),
        position=position,
        printed_responsible=responsible["printed_responsible"],
        printed_policy=said["printed_policy"],
        printed_dimension=said.get("printed_dimension", ""),
        source=source,
        note=said.get("note", ""),
    )


def load_actors(entity: Entity, data: dict) -> int:
    """Who takes part, unless the entity already names anybody. Returns the rows written."""
    if entity.actors.exists():
        return 0
    find_office = office_finder(entity)
    rows = [
        Actor(
            entity=entity,
            position=position,
            name=row["name"],
            part=row["part"],
            office=find_office(row.get("office")),
            source=data["source"],
        )
        for position, row in enumerate(data["rows"], start=1)
    ]
    return len(Actor.objects.bulk_create(rows))


def load_institutional_plans(entity: Entity, data: dict, year: int) -> int:
    """The entity's institutional plans of a year, unless it has some. Returns the rows written."""
    if entity.institutional_plans.filter(year=year).exists():
        return 0
    kinds = {kind.key: kind for kind in InstitutionalPlanKind.objects.all()}
    find_office = office_finder(entity)
    rows = [
        InstitutionalPlan(
            entity=entity,
            year=year,
            kind=kinds[row["kind"]],
            printed_name=row["printed_name"],
            office=find_office(row.get("office")),
            printed_responsible=row["printed_responsible"],
            note=" ".join(note for note in (data["note"], row.get("note")) if note),
        )
        for row in data["rows"]
    ]
    return len(InstitutionalPlan.objects.bulk_create(rows))
