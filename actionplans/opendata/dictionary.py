"""The data dictionary: how the kind of a field and what it means are said to people."""

from __future__ import annotations

from .table import Field

KINDS = {
    "string": "texto",
    "integer": "número entero",
    "number": "número",
    "boolean": "sí o no",
    "date": "fecha",
    "datetime": "fecha y hora",
    "year": "año",
}
WRITTEN = {
    "number": "En CSV y JSON, con punto decimal.",
    "boolean": "En CSV y JSON, true o false.",
    "date": "En CSV y JSON, como AAAA-MM-DD.",
    "datetime": "En CSV y JSON, como AAAA-MM-DDTHH:MM:SSZ, en hora universal.",
}


def meaning(field: Field) -> str:
    """What the field is, and that it may be empty where it may."""
    return field.description if field.is_required else f"{field.description} Puede estar vacío."
