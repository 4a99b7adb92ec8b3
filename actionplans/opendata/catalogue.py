"""What there is, for harvesters: a DCAT catalogue in JSON-LD, of one entity and of the whole portal.

A dataset is a table of a year of an entity; its distributions are the same rows in another format. The tables of a
year are parts of one more dataset, whose distributions carry them all. The terms are those of DCAT 2, which later
versions keep, with Dublin Core, FOAF, vCard and SPDX as it says.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from planning.content import changed_at
from planning.models import Entity

from .columns import address
from .files import FORMATS
from .licences import licence_of
from .measuring import Size
from .table import Table
from .tables import TABLES, years_of

CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
SPANISH = {"@id": "http://publications.europa.eu/resource/authority/language/SPA"}
QUARTERLY = {"@id": "http://purl.org/cld/freq/quarterly"}
COLOMBIA = {"@id": "http://publications.europa.eu/resource/authority/country/COL"}
GOVERNMENT = {"@id": "http://publications.europa.eu/resource/authority/data-theme/GOVE"}
MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SUFFIX_TYPES = {"csv": "text/csv", "json": "application/json"}
KEYWORDS = ("planes de acción", "MIPG", "seguimiento", "transparencia", "planeación")

Node = dict[str, Any]


def entity_catalogue(entity: Entity, sizes: Mapping[int, Mapping[str, Size]]) -> Node:
    """`sizes` by year, of the years for which they are known."""
    page, moment = address("open_data", entity.slug), changed_at(entity)
    return {
        "@context": CONTEXT,
        **_catalogue(
            address("open_data_catalogue", entity.slug),
            page,
            f"Datos abiertos de planeación de {entity.name}",
            f"Planes de acción, seguimiento, evidencias, MIPG y plataforma estratégica de {entity.name}.",
            moment,
        ),
        "dct:publisher": _publisher(entity),
        "dct:license": {"@id": licence_of(entity).path},
        "dcat:dataset": [
            node for year in years_of(entity) for node in _of_year(entity, year, sizes.get(year, {}), moment)
        ],
    }


def portal_catalogue(entities: Iterable[Entity]) -> Node:
    """A catalogue of the catalogues: each entity keeps its own."""
    return {
        "@context": CONTEXT,
        **_catalogue(
            address("open_data_portal"),
            address("home"),
            "Datos abiertos del portal de planeación",
            "Los catálogos de datos abiertos de las entidades que publican en este portal.",
            None,
        ),
        "dcat:catalog": [
            {
                "@id": address("open_data_catalogue", entity.slug),
                "@type": "dcat:Catalog",
                "dct:title": _words(f"Datos abiertos de planeación de {entity.name}"),
                "dct:publisher": _publisher(entity),
                "dct:license": {"@id": licence_of(entity).path},
                "foaf:homepage": {"@id": address("open_data", entity.slug)},
            }
            for entity in entities
        ],
    }


def _catalogue(name: str, page: str, title: str, description: str, moment: datetime.datetime | None) -> Node:
    return {
        "@id": name,
        "@type": "dcat:Catalog",
        "dct:title": _words(title),
        "dct:description": _words(description),
        "dct:language": SPANISH,
        "dct:spatial": COLOMBIA,
        "foaf:homepage": {"@id": page},
        **({"dct:modified": _moment(moment)} if moment else {}),
    }


def _publisher(entity: Entity) -> Node:
    return {
        "@id": address("entity", entity.slug),
        "@type": "foaf:Agent",
        "foaf:name": entity.name,
        **({"dct:identifier": entity.nit} if entity.nit else {}),
        **({"foaf:homepage": {"@id": entity.website}} if entity.website else {}),
    }


def _of_year(
    entity: Entity, year: int, sizes: Mapping[str, Size], moment: datetime.datetime | None
) -> Iterator[Node]:
    """The whole of the year, then each of its tables."""
    about = f"Planes de acción y seguimiento de {entity.name} en la vigencia {year}."
    names = [_name(entity, year, name) for name in TABLES]
    yield {
        **_dataset(entity, year, "", f"Planeación de {entity.name}, vigencia {year}", about, moment),
        "dct:hasPart": [{"@id": name} for name in names],
        "dcat:distribution": _of_all_tables(entity, year),
    }
    for name, table in TABLES.items():
        yield {
            **_dataset(
                entity, year, name, f"{table.title}: {entity.name}, vigencia {year}", table.description, moment
            ),
            "dct:isPartOf": {"@id": _name(entity, year)},
            "dcat:distribution": [
                _table_file(entity, year, table, suffix, sizes.get(name) if suffix == "csv" else None)
                for suffix in FORMATS
            ],
        }


def _name(entity: Entity, year: int, table: str = "") -> str:
    return f"{address('open_data', entity.slug)}#{_suffixed(str(year), table)}"


def _suffixed(name: str, table: str) -> str:
    return f"{name}-{table}" if table else name


def _dataset(
    entity: Entity, year: int, table: str, title: str, about: str, moment: datetime.datetime | None
) -> Node:
    page = f"{address('open_data', entity.slug)}?vigencia={year}"
    return {
        "@id": _name(entity, year, table),
        "@type": "dcat:Dataset",
        "dct:identifier": _suffixed(f"{entity.slug}-planeacion-{year}", table),
        "dct:title": _words(title),
        "dct:description": _words(" ".join(filter(None, [about, entity.example_notice]))),
        "dcat:keyword": [_words(word) for word in KEYWORDS],
        "dcat:theme": GOVERNMENT,
        "dct:language": SPANISH,
        "dct:spatial": COLOMBIA,
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": _date(datetime.date(year, 1, 1)),
            "dcat:endDate": _date(datetime.date(year, 12, 31)),
        },
        "dct:accrualPeriodicity": QUARTERLY,
        **({"dct:modified": _moment(moment)} if moment else {}),
        "dct:publisher": _publisher(entity),
        "dct:license": {"@id": licence_of(entity).path},
        "dcat:contactPoint": _contact(entity),
        "dcat:landingPage": {"@id": page},
    }


def _contact(entity: Entity) -> Node:
    """The entity, never a person: its channel for questions, or its page; what else it gives to be reached by."""
    return {
        "@type": "vcard:Organization",
        "vcard:fn": entity.name,
        "vcard:hasURL": {"@id": entity.pqrsd_url or address("entity", entity.slug)},
        **({"vcard:hasEmail": {"@id": f"mailto:{entity.email}"}} if entity.email else {}),
        **({"vcard:tel": entity.phone} if entity.phone else {}),
    }


def _of_all_tables(entity: Entity, year: int) -> list[Node]:
    book = _distribution(
        entity, address("open_data_book", entity.slug, year), "Todas las tablas, en Excel", WORKBOOK
    )
    package = _distribution(
        entity,
        address("open_data_package", entity.slug, year),
        "Descripción de las tablas (Frictionless)",
        "application/json",
    )
    return [book, package]


def _table_file(entity: Entity, year: int, table: Table, suffix: str, size: Size | None) -> Node:
    path = address("open_data_table", entity.slug, year, table.name, suffix)
    checksum = {
        "@type": "spdx:Checksum",
        "spdx:algorithm": {"@id": "http://spdx.org/rdf/terms#checksumAlgorithm_sha256"},
        "spdx:checksumValue": {"@value": size.sha256, "@type": "xsd:hexBinary"},
    } if size else None  # fmt: skip
    return {
        **_distribution(entity, path, f"{table.title} ({suffix.upper()})", SUFFIX_TYPES[suffix]),
        "dct:description": _words(table.description),
        "dct:conformsTo": {"@id": address("open_data_package", entity.slug, year)},
        **({"dcat:byteSize": {"@value": str(size.size), "@type": "xsd:decimal"}} if size else {}),
        **({"spdx:checksum": checksum} if checksum else {}),
    }


def _distribution(entity: Entity, path: str, title: str, media_type: str) -> Node:
    return {
        "@id": path,
        "@type": "dcat:Distribution",
        "dct:title": _words(title),
        "dcat:accessURL": {"@id": path},
        "dcat:downloadURL": {"@id": path},
        "dcat:mediaType": {"@id": f"{MEDIA_TYPES}{media_type}"},
        "dct:license": {"@id": licence_of(entity).path},
    }


def _words(text: str) -> Node:
    return {"@value": text, "@language": "es"}


def _moment(moment: datetime.datetime) -> Node:
    return {"@value": moment.isoformat("T", "seconds"), "@type": "xsd:dateTime"}


def _date(day: datetime.date) -> Node:
    return {"@value": day.isoformat(), "@type": "xsd:date"}
