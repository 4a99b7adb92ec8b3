"""The description of a year's tables as a Frictionless data package: `datapackage.json`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from planning.content import changed_at
from planning.models import Entity

from .about import citation
from .columns import address
from .licences import licence_of
from .measuring import Size
from .table import Field, Reference, Table
from .tables import TABLES

ESCAPING = (
    "En CSV, un texto que empieza por «=», «+», «-» o «@» lleva antes un apóstrofo, para que ninguna hoja de "
    "cálculo lo ejecute; en JSON va como es."
)


def data_package(entity: Entity, year: int, sizes: Mapping[str, Size]) -> dict[str, Any]:
    """`sizes` are those that are known; the paths are beside the description itself."""
    moment = changed_at(entity)
    return {
        "profile": "tabular-data-package",
        "name": f"{entity.slug}-planeacion-{year}",
        "id": address("open_data_package", entity.slug, year),
        "title": f"Planeación de {entity.name}, vigencia {year}",
        "description": " ".join(filter(None, [_what(entity, year), ESCAPING, entity.example_notice])),
        "homepage": address("open_data", entity.slug),
        **({"created": moment.isoformat("T", "seconds")} if moment else {}),
        "keywords": ["planes de acción", "MIPG", "seguimiento", "transparencia", "Colombia"],
        "licenses": [_licence(entity)],
        "sources": [{"title": entity.name, "path": entity.website or address("entity", entity.slug)}],
        "contributors": [{"title": entity.name, "role": "publisher", "path": address("entity", entity.slug)}],
        "citation": citation(entity, year, moment),
        "resources": [_resource(table, sizes.get(name)) for name, table in TABLES.items()],
    }


def _what(entity: Entity, year: int) -> str:
    return (
        f"Lo que {entity.name} publica de su planeación en la vigencia {year}: planes de acción, seguimiento, "
        "evidencias, MIPG y plataforma estratégica."
    )


def _licence(entity: Entity) -> dict[str, str]:
    licence = licence_of(entity)
    return {"name": licence.name, "title": licence.title, "path": licence.path}


def _resource(table: Table, size: Size | None) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": f"{table.name}.csv",
        "title": table.title,
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "lineTerminator": "\r\n"},
        **({"bytes": size.size, "hash": f"sha256:{size.sha256}"} if size else {}),
        "schema": schema_of(table),
    }


def schema_of(table: Table) -> dict[str, Any]:
    """The table's schema after Frictionless Table Schema."""
    return {
        "fields": [_field(field) for field in table.fields],
        "missingValues": [""],
        "primaryKey": list(table.key),
        **({"foreignKeys": [_foreign(reference) for reference in table.references]} if table.references else {}),
    }


def _field(field: Field) -> dict[str, Any]:
    constraints = {
        **({"required": True} if field.is_required else {}),
        **({"enum": list(field.values)} if field.values else {}),
    }
    return {
        "name": field.name,
        "type": field.kind,
        "title": field.title,
        "description": field.description,
        **({"example": field.example} if field.example else {}),
        **({"constraints": constraints} if constraints else {}),
    }


def _foreign(reference: Reference) -> dict[str, Any]:
    return {
        "fields": list(reference.fields),
        "reference": {"resource": reference.table, "fields": list(reference.to)},
    }
