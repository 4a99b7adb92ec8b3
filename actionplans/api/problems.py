"""What the API answers where it cannot give what was asked: RFC 9457 problem details, in Spanish."""

from __future__ import annotations

import json
from collections.abc import Iterable

from django.http import HttpResponse

MEDIA_TYPE = "application/problem+json"
TITLES = {
    404: "No está",
    405: "Método no permitido",
    422: "Petición no válida",
}
SCHEMA = {
    "title": "Problema",
    "description": "Por qué no se pudo responder, según la RFC 9457.",
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "description": "Siempre «about:blank»: el estado HTTP dice de qué clase es."},
        "title": {"type": "string", "description": "Qué pasó, en pocas palabras."},
        "status": {"type": "integer", "description": "El estado HTTP de la respuesta."},
        "detail": {"type": "string", "description": "Qué pasó y qué hacer."},
        "errores": {
            "type": "array",
            "description": "Los parámetros que no se pudieron leer.",
            "items": {
                "type": "object",
                "required": ["parametro", "mensaje"],
                "properties": {
                    "parametro": {"type": "string", "description": "Su nombre."},
                    "mensaje": {"type": "string", "description": "Qué tiene y qué debe tener."},
                },
            },
        },
    },
}
EXAMPLES = {
    404: {"type": "about:blank", "title": TITLES[404], "status": 404, "detail": "No hay una entidad «cartgo»."},
    405: {
        "type": "about:blank",
        "title": TITLES[405],
        "status": 405,
        "detail": "Esta API solo se lee: use GET.",
    },
    422: {
        "type": "about:blank",
        "title": TITLES[422],
        "status": 422,
        "detail": "Corrija los parámetros que se señalan.",
        "errores": [{"parametro": "pagina", "mensaje": "Debe ser un número entero."}],
    },
}
WORDS = {
    "int_parsing": "Debe ser un número entero.",
    "greater_than_equal": "Debe ser {ge} o más.",
    "less_than_equal": "Debe ser {le} o menos.",
    "string_pattern_mismatch": "Solo lleva letras sin tilde, números, guiones y rayas bajas.",
    "string_too_long": "Es más largo de lo que puede ser: {max_length} caracteres.",
    "extra_forbidden": "No existe: revise cómo se escribe.",
}


def problem(status: int, detail: str, errors: Iterable[dict] = ()) -> HttpResponse:
    told = {"type": "about:blank", "title": TITLES[status], "status": status, "detail": detail}
    if errors := list(errors):
        told["errores"] = errors
    return HttpResponse(json.dumps(told, ensure_ascii=False), content_type=MEDIA_TYPE, status=status)


def of_parameters(errors: Iterable[dict]) -> HttpResponse:
    """What pydantic found, in words for people."""
    told = [{"parametro": str(error["loc"][-1]), "mensaje": _words(error)} for error in errors]
    return problem(422, EXAMPLES[422]["detail"], told)


def _words(error: dict) -> str:
    return WORDS.get(error["type"], "No es un valor válido.").format(**error.get("ctx", {}))


def documented(*statuses: int) -> dict:
    """The same, as OpenAPI describes them."""
    return {
        status: {
            "description": TITLES[status],
            "content": {
                MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problema"}, "example": EXAMPLES[status]}
            },
        }
        for status in statuses
    }
