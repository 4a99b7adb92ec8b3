"""What every file of open data says of itself: whose it is, of what, under which licence, how to cite it."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone

from planning.content import changed_at
from planning.models import Entity
from planning.words import long_date

from .columns import address
from .licences import licence_of
from .table import Table


def citation(entity: Entity, year: int, moment: datetime.datetime | None) -> str:
    """How to cite the data of a year."""
    when = f", actualizados el {long_date(moment)}" if moment else ""
    page = address("open_data", entity.slug)
    return f"{entity.name}. Datos abiertos de planeación, vigencia {year}{when}. {page}"


def about(table: Table, entity: Entity, year: int) -> dict[str, Any]:
    licence, moment = licence_of(entity), changed_at(entity)
    return {
        "entidad": {"identificador": entity.slug, "nombre": entity.name, "nit": entity.nit},
        "vigencia": year,
        "tabla": table.name,
        "titulo": table.title,
        "descripcion": table.description,
        **({"aviso": entity.example_notice} if entity.example_notice else {}),
        "actualizado": timezone.localtime(moment).isoformat("T", "seconds") if moment else None,
        "licencia": {"nombre": licence.name, "titulo": licence.title, "direccion": licence.path},
        "diccionario": f"{address('open_data_dictionary', entity.slug)}#{table.name}",
        "cita": citation(entity, year, moment),
        "campos": [{"nombre": field.name, "tipo": field.kind, "titulo": field.title} for field in table.fields],
    }
