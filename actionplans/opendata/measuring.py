"""How much there is in the files of a year, where that costs little to know: rows, bytes and SHA-256."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from itertools import count

from actionplans.models import ActivityVersion
from planning.models import Entity

from .columns import published
from .files import csv_pieces
from .table import Table
from .tables import TABLES

AFFORDABLE = 500
"""Activities of a year up to which its files are made only to be measured."""


@dataclass(frozen=True)
class Size:
    """Of a table's CSV."""

    rows: int
    size: int
    sha256: str


def sizes_of(entity: Entity, year: int) -> dict[str, Size]:
    """By the name of the table; nothing for a year that is too large to be made for that."""
    activities = ActivityVersion.objects.filter(version__in=published(entity, year))
    if activities[: AFFORDABLE + 1].count() > AFFORDABLE:
        return {}
    return {name: _size(table, entity, year) for name, table in TABLES.items()}


def _size(table: Table, entity: Entity, year: int) -> Size:
    digest, size, number = hashlib.sha256(), 0, count()
    rows = (row for row, _ in zip(table.rows(entity, year), number, strict=False))
    for piece in csv_pieces(table, rows):
        digest.update(piece)
        size += len(piece)
    return Size(next(number), size, digest.hexdigest())
