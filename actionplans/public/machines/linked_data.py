"""What a page says of itself in the words of schema.org: values in, the text of a JSON-LD block out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from actionplans.opendata.licences import licence_of
from planning.addresses import absolute

CONTEXT = "https://schema.org"
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def as_text(nodes: Sequence[dict]) -> str:
    """JSON that can stand inside an element of a page: nothing in it closes the element or begins another."""
    graph = {"@context": CONTEXT, "@graph": [_without_blanks(node) for node in nodes]}
    return json.dumps(graph, ensure_ascii=False, separators=(",", ":")).translate(ESCAPES)


def breadcrumb(crumbs: Iterable[tuple[str, str]], here: str) -> dict:
    """`crumbs` as the pages have them; the last one is the page itself, at the address `here`."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": str(label),
                "item": absolute(address) if address else here,
            }
            for position, (label, address) in enumerate(crumbs, start=1)
        ],
    }


def website(name: str, path: str, search_path: str, parameter: str = "texto") -> dict:
    """A site and how it is searched."""
    search = {
        "@type": "SearchAction",
        "target": {
            "@type": "EntryPoint",
            "urlTemplate": f"{absolute(search_path)}?{parameter}={{search_term_string}}",
        },
        "query-input": "required name=search_term_string",
    }
    return {
        "@type": "WebSite",
        "@id": f"{absolute(path)}#sitio",
        "url": absolute(path),
        "name": name,
        "inLanguage": "es-CO",
        "potentialAction": search,
    }


def organization(entity, path: str) -> dict:
    """The entity as its footer shows it; `path` is its first page."""
    return {
        "@type": "GovernmentOrganization",
        "@id": f"{absolute(path)}#entidad",
        "name": entity.name,
        "alternateName": entity.short_name,
        "url": entity.website or absolute(path),
        "taxID": entity.nit,
        "email": entity.email,
        "telephone": entity.phone,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": entity.address,
            "addressLocality": entity.municipality,
            "addressRegion": entity.department,
            "postalCode": entity.postal_code,
            "addressCountry": "CO",
        },
    }


def dataset(
    entity, path: str, *, entity_path: str, updated=None, downloads: Iterable[tuple[str, str, str]] = ()
) -> dict:
    """The open data of an entity; `downloads` are (path, media type, name) of the files."""
    return {
        "@type": "Dataset",
        "@id": f"{absolute(path)}#datos",
        "url": absolute(path),
        "name": f"Planes de acción y seguimiento de {entity.name}",
        "description": (
            f"Planes de acción publicados por {entity.name}: actividades, meses, responsables, indicadores, "
            "cifras de cada cierre y evidencias, por vigencia."
        ),
        "inLanguage": "es-CO",
        "isAccessibleForFree": True,
        "license": licence_of(entity).path,
        "creator": organization(entity, entity_path),
        "spatialCoverage": ", ".join(filter(None, [entity.municipality, entity.department, "Colombia"])),
        "dateModified": updated.isoformat() if updated else "",
        "distribution": [
            {"@type": "DataDownload", "contentUrl": absolute(address), "encodingFormat": kind, "name": name}
            for address, kind, name in downloads
        ],
    }


def _without_blanks(value):
    """The same without what the entity has not filled in: a blank says nothing to a machine."""
    if isinstance(value, dict):
        found = {name: _without_blanks(part) for name, part in value.items()}
        return {name: part for name, part in found.items() if part not in ("", None, [], {})}
    return [_without_blanks(part) for part in value] if isinstance(value, list) else value
