"""The description of the API for programs and, as a page of the portal, for people."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render

from actionplans.public.serving.caching import kept_page, what_all_share

from .description import HABITS, description
from .problems import problem

KINDS = {
    "string": "texto",
    "integer": "entero",
    "number": "número",
    "boolean": "true o false",
    "array": "lista",
    "object": "objeto",
    "date": "fecha, AAAA-MM-DD",
    "date-time": "fecha y hora, en UTC",
}


@dataclass(frozen=True)
class Line:
    """A parameter or a field, in words."""

    name: str
    kind: str
    text: str
    is_required: bool = True
    limits: str = ""
    example: str = ""


@dataclass(frozen=True)
class Address:
    """One address of the API, with what it takes and what each of its rows has."""

    key: str
    path: str
    title: str
    text: str
    parameters: tuple[Line, ...]
    fields: tuple[Line, ...]


def openapi(request):
    return HttpResponse(
        json.dumps(description(), ensure_ascii=False), content_type="application/json; charset=utf-8"
    )


def index(request):
    """Where to begin."""
    address = f"{settings.SITE_URL}/api"
    said = {
        "nombre": "API de datos abiertos",
        "entidades": f"{address}/v1/entidades/",
        "descripcion": f"{address}/v1/openapi.json",
        "documentacion": f"{address}/docs",
    }
    return HttpResponse(json.dumps(said, ensure_ascii=False), content_type="application/json; charset=utf-8")


def not_there(request):
    return problem(404, "Esa dirección no existe en la API. Las que hay están descritas en /api/docs.")


@kept_page(what_all_share)
def docs(request):
    return render(
        request,
        "public/api_docs.html",
        {
            "habits": HABITS,
            "groups": groups(),
            "site_url": settings.SITE_URL,
            "crumbs": [("Inicio", "/"), ("API de datos abiertos", "")],
        },
    )


@cache
def groups() -> tuple[tuple[str, str, tuple[Address, ...]], ...]:
    """The addresses under the heading of each tag, as the description has them."""
    described = description()
    return tuple(
        (tag["name"], tag["description"], tuple(_addresses(described, tag["name"]))) for tag in described["tags"]
    )


def _addresses(described: dict, tag: str) -> Iterable[Address]:
    schemas = described["components"]["schemas"]
    for path, operations in described["paths"].items():
        operation = operations["get"]
        if tag not in operation["tags"]:
            continue
        content = operation["responses"]["200"]["content"]["application/json"]
        yield Address(
            key=operation["operationId"],
            path=path,
            title=operation["summary"],
            text=operation["description"],
            parameters=tuple(_parameter(row) for row in operation["parameters"] if row["in"] != "header"),
            fields=tuple(_fields(_row(content["schema"], schemas), schemas)),
        )


def _row(schema: dict, schemas: Mapping) -> dict:
    """What a row of the answer is: the items of its results, or the answer itself."""
    whole = _named(schema, schemas)
    results = whole["properties"].get("resultados")
    return _named(results["items"], schemas) if results else whole


def _named(schema: dict, schemas: Mapping) -> dict:
    return schemas[schema["$ref"].rsplit("/", 1)[1]] if "$ref" in schema else schema


def _fields(row: dict, schemas: Mapping) -> Iterable[Line]:
    for name, schema in row["properties"].items():
        options = [option for option in schema.get("anyOf", [schema]) if option.get("type") != "null"]
        empty = "anyOf" in schema
        yield Line(
            name=name,
            kind=_kind(options[0]) + (" o null" if empty else ""),
            text=schema.get("description", ""),
            example=_example(schema.get("examples", [None])[0]),
        )
        if "$ref" in options[0].get("items", {}):
            for line in _fields(_named(options[0]["items"], schemas), schemas):
                yield Line(f"{name}[].{line.name}", line.kind, line.text, example=line.example)


def _parameter(row: dict) -> Line:
    schema = row["schema"]
    limits = (f"de {schema['minimum']} a {schema['maximum']}",) if "maximum" in schema else ()
    usual = (f"si no se dice, {schema['default']}",) if "default" in schema else ()
    return Line(
        name=row["name"],
        kind=_kind(schema),
        text=row["description"],
        is_required=row["required"],
        limits="; ".join((*limits, *usual)),
        example=_example(row.get("example")),
    )


def _kind(schema: dict) -> str:
    return KINDS[schema.get("format", schema["type"])]


def _example(value) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value)
