"""A table as CSV and as JSON, made piece by piece: what is in memory does not grow with the table."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from actionplans.reports.plan.tables import escaped
from planning.models import Entity

from .about import about
from .table import Row, Table, Value
from .values import as_json, plain

PIECE = 64 * 1024
"""Characters that are written at a time."""


def csv_pieces(table: Table, rows: Iterable[Row]) -> Iterator[bytes]:
    """RFC 4180 in UTF-8 without a byte order mark, which programs would take for a part of the first name.

    A text that a spreadsheet would run begins with an apostrophe, as in the files of a plan.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([field.name for field in table.fields])
    for row in rows:
        writer.writerow(map(_cell, row))
        if buffer.tell() > PIECE:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()


def _cell(value: Value) -> str:
    return escaped(value) if isinstance(value, str) else plain(value)


def json_pieces(table: Table, rows: Iterable[Row], head: Mapping[str, Any]) -> Iterator[bytes]:
    """An object: `head`, and under «filas» the rows, each by the names of the fields."""
    names = [f"{json.dumps(field.name)}: " for field in table.fields]
    opening = json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}")
    pieces, size, joint = [opening, ',\n "filas": ['], 0, "\n  "
    for row in rows:
        pieces.append(f"{joint}{{{_members(names, row)}}}")
        size, joint = size + len(pieces[-1]), ",\n  "
        if size > PIECE:
            yield "".join(pieces).encode()
            pieces, size = [], 0
    yield "".join([*pieces, "\n ]\n}\n"]).encode()


def _members(names: list[str], row: Row) -> str:
    return ", ".join([name + as_json(value) for name, value in zip(names, row, strict=True)])


def _csv(table: Table, entity: Entity, year: int) -> Iterator[bytes]:
    return csv_pieces(table, table.rows(entity, year))


def _json(table: Table, entity: Entity, year: int) -> Iterator[bytes]:
    return json_pieces(table, table.rows(entity, year), about(table, entity, year))


@dataclass(frozen=True)
class Format:
    suffix: str
    media_type: str
    pieces: Callable[[Table, Entity, int], Iterator[bytes]]


CSV = Format("csv", "text/csv; charset=utf-8; header=present", _csv)
JSON = Format("json", "application/json", _json)
FORMATS = {format_.suffix: format_ for format_ in (CSV, JSON)}


def file_name(entity: Entity, year: int, table: str, suffix: str) -> str:
    """«cartago-2024-planes.csv»."""
    return f"{entity.slug}-{year}-{table}.{suffix}"
