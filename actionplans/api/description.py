"""The OpenAPI description: what it is called, under which licence, and what every address answers."""

from __future__ import annotations

import json
from functools import cache

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError

from .endpoints import router
from .problems import SCHEMA, of_parameters, problem

HABITS = (
    ("Páginas.", "Las listas traen «total», «siguiente» y «anterior». Cada página lleva hasta 500 filas."),
    (
        "Cambios.",
        "Cada respuesta trae una ETag. Envíela en «If-None-Match»: si nada cambió, se responde 304, sin cuerpo.",
    ),
    ("Desde otro sitio.", "Cualquier página web puede leerla desde el navegador (CORS)."),
    ("Números.", "Los decimales llevan punto y todas sus cifras; los porcentajes se escriben 35 y no 0.35."),
    ("Lo que no está.", "Un dato que la entidad no dice es «null»: nunca un cero ni un texto vacío."),
    ("Errores.", "Dicen en español qué pasó y qué hacer, como «application/problem+json» (RFC 9457)."),
)
DESCRIPTION = "\n\n".join(
    (
        "Los datos que las entidades publican en el portal, para programas: solo lectura, sin registro ni clave.",
        "Son las mismas tablas y las mismas cifras de los archivos de datos abiertos y de las páginas. Nada que "
        "no esté publicado sale por aquí.",
        "\n".join(f"- **{name}** {text}" for name, text in HABITS),
    )
)
LICENCE = {
    "name": "La de cada entidad: campo «licencia» de sus respuestas",
    "url": "https://creativecommons.org/licenses/",
}
TAGS = [
    {"name": "Entidades", "description": "Quién publica, y de qué años."},
    {"name": "Tablas", "description": "Las filas de cada tabla de una vigencia."},
]

ETAG = {"description": "Cambia cuando cambia lo que se respondió.", "schema": {"type": "string"}}
IF_NONE_MATCH = {
    "in": "header",
    "name": "If-None-Match",
    "required": False,
    "description": "La ETag de la respuesta que ya tiene.",
    "schema": {"type": "string"},
}
PLAIN = {"string": "…", "integer": 1, "number": 1.5, "boolean": True}
"""Examples of fields that bring none."""

api = NinjaAPI(
    title="API de datos abiertos del portal de planeación",
    version="1.0.0",
    description=DESCRIPTION,
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
    openapi_extra={"info": {"license": LICENCE}, "tags": TAGS},
    servers=[{"url": settings.SITE_URL, "description": "Este portal"}],
)
api.add_router("", router)


@api.exception_handler(Http404)
def not_there(request: HttpRequest, problem_found: Http404) -> HttpResponse:
    return problem(404, str(problem_found))


@api.exception_handler(ValidationError)
def not_valid(request: HttpRequest, problem_found: ValidationError) -> HttpResponse:
    return of_parameters(problem_found.errors)


@cache
def description() -> dict:
    """The whole description as plain values."""
    found = json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/v1/"), default=str))
    schemas = found["components"]["schemas"]
    schemas["Problema"] = SCHEMA
    for operations in found["paths"].values():
        _complete(operations["get"], schemas)
    return found


def _complete(operation: dict, schemas: dict) -> None:
    """What the library leaves out or writes otherwise than OpenAPI: headers, examples, parameters left out."""
    for parameter in operation.setdefault("parameters", []):
        if examples := parameter.pop("examples", None):
            parameter["example"] = examples[0]
        parameter["schema"] = _given(parameter["schema"])
    operation["parameters"].append(IF_NONE_MATCH)
    answer = operation["responses"]["200"]
    answer["description"] = "Los datos."
    answer["headers"] = {"ETag": ETAG}
    content = answer["content"]["application/json"]
    content["example"] = example_of(content["schema"], schemas)


def _given(schema: dict) -> dict:
    """Of a parameter that may be left out: what it is where it is given."""
    given = [option for option in schema.get("anyOf", ()) if option != {"type": "null"}]
    if not given:
        return schema
    return {name: value for name, value in schema.items() if name != "anyOf"} | given[0]


def example_of(schema: dict, schemas: dict):
    """A value that the schema allows, with the examples of its parts."""
    if "$ref" in schema:
        return example_of(schemas[schema["$ref"].rsplit("/", 1)[1]], schemas)
    if "examples" in schema:
        return schema["examples"][0]
    if "anyOf" in schema:
        return None
    if schema["type"] == "object":
        return {name: example_of(part, schemas) for name, part in schema["properties"].items()}
    if schema["type"] == "array":
        return [example_of(schema["items"], schemas)]
    return schema["enum"][0] if "enum" in schema else PLAIN[schema["type"]]
