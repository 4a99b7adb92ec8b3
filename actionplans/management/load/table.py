"""Many rows into a table at once: COPY on PostgreSQL, one prepared statement on SQLite."""

from __future__ import annotations

import datetime
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from itertools import count, islice

from django.db import connection, models

from actionplans.months import MonthSet

AT_ONCE = 20_000
_SETTINGS = (("default_toast_compression", "lz4"), ("synchronous_commit", "off"))


@contextmanager
def much_to_write(*, unchecked: bool = False) -> Iterator[None]:
    """The session as it should be for it: on PostgreSQL large texts are compressed the faster way.

    `unchecked` leaves out foreign keys and the guards of what is published, which halves its work; only PostgreSQL
    lets an administrator do so, and ProgrammingError says who is none.
    """
    asked = dict(_SETTINGS) | ({"session_replication_role": "replica"} if unchecked else {})
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, enumvals FROM pg_settings WHERE name = ANY(%s)", [list(asked)])
        known = {name: asked[name] for name, values in cursor.fetchall() if asked[name] in values}
        _set(cursor, known)
        try:
            yield
        finally:
            _set(cursor, dict.fromkeys(known, "DEFAULT"))


def _set(cursor, settings: dict[str, str]) -> None:
    for name, value in settings.items():
        cursor.execute(f"SET {name} = {value}")


def reserve(model: type[models.Model], number: int) -> list[int]:
    """So many new primary keys, in order; on SQLite the caller's transaction holds the write lock."""
    if not number:
        return []
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, number]
            )
            return [key for (key,) in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = cursor.fetchone()
    return list(islice(count(last[0] + 1 if last else 1), number))


def put(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence]) -> None:
    """Rows of values in the order of `names`, which are fields; relations are given as primary keys.

    Fields that are not named take their default. Constraints and triggers judge the rows as they judge any others;
    nothing else does.
    """
    fields = [model._meta.get_field(name) for name in names]
    others = [field for field in model._meta.concrete_fields if field not in fields and not field.primary_key]
    columns = [field.column for field in (*fields, *others)]
    defaults = [field.get_default() for field in others]
    write = _copy if connection.vendor == "postgresql" else _insert
    rows = iter(rows)
    while batch := list(islice(rows, AT_ONCE)):
        write(model._meta.db_table, columns, batch, defaults)


def _copy(table: str, columns: Sequence[str], rows: list[Sequence], defaults: Sequence) -> None:
    names = ", ".join(map(connection.ops.quote_name, columns))
    end = "".join(f"\t{_text(value)}" for value in defaults) + "\n"
    text = "".join("\t".join(map(_text, row)) + end for row in rows)
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {connection.ops.quote_name(table)} ({names}) FROM STDIN", io.StringIO(text))


def _insert(table: str, columns: Sequence[str], rows: list[Sequence], defaults: Sequence) -> None:
    quote = connection.ops.quote_name
    names, places = ", ".join(map(quote, columns)), ", ".join(["%s"] * len(columns))
    end = tuple(_stored(value) for value in defaults)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {quote(table)} ({names}) VALUES ({places})",  # noqa: S608 - names of our own tables
            [(*map(_stored, row), *end) for row in rows],
        )


def _text(value) -> str:
    """A value as COPY reads it."""
    kind = type(value)
    if kind is str:
        return _escaped(value)
    if kind is int:
        return str(value)
    if value is None:
        return "\\N"
    if kind is bool:
        return "t" if value else "f"
    return _escaped(str(_stored(value)) if kind is not datetime.datetime else value.isoformat())


def _escaped(text: str) -> str:
    if "\\" in text or "\n" in text or "\t" in text or "\r" in text:
        text = text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")
    return text


def _stored(value):
    """A value as SQLite keeps what Django writes."""
    kind = type(value)
    if kind in (str, int, bool) or value is None:
        return value
    if kind is MonthSet:
        return value.mask
    if kind is datetime.datetime:
        return value.astimezone(datetime.UTC).replace(tzinfo=None).isoformat(" ")
    if kind is datetime.date:
        return value.isoformat()
    if kind is Decimal:
        return format(value, "f")
    if kind in (dict, list):
        return json.dumps(value, ensure_ascii=False)
    return str(value)
