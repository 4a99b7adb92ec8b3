"""Triggers that keep what was published, closed and issued, whoever writes to the database.

They are made from the models after every `migrate`, and taken away before one that has something to do:
SQLite rebuilds a table to alter it, which loses its triggers and trips over those of others. See
docs/decisions/0004.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections, transaction

from . import follow_up, issued, versions
from .triggers import Guard

__all__ = ["install", "install_after_migrating", "lifted", "remove", "remove_before_migrating"]


def install(using: str = "default") -> None:
    """Make the triggers anew; nothing where the tables are not there (yet, or any more)."""
    with _cursor(using) as (cursor, connection, tables):
        made = list(_guards(cursor, connection, tables))
        for guard in made:
            for statement in (*guard.removal(connection.vendor), *guard.statements(connection.vendor)):
                cursor.execute(statement)


def remove(using: str = "default") -> None:
    with _cursor(using) as (cursor, connection, tables):
        for guard in _guards(cursor, connection, tables):
            for statement in guard.removal(connection.vendor):
                cursor.execute(statement)


@contextmanager
def lifted(using: str = "default") -> Iterator[None]:
    """Without the triggers, for who rebuilds a database: a restored copy, synthetic load."""
    remove(using)
    try:
        yield
    finally:
        install(using)


def remove_before_migrating(sender, using, plan=(), **kwargs) -> None:
    if plan:
        remove(using)


def install_after_migrating(sender, using, **kwargs) -> None:
    install(using)


def _guards(cursor, connection, tables: set[str]) -> Iterator[Guard]:
    """Those of every group whose tables are all there."""

    def columns_of(table: str) -> list[str]:
        return [row.name for row in connection.introspection.get_table_description(cursor, table)]

    groups = (
        (versions.VERSIONS, versions.guards),
        (follow_up.PERIODS, follow_up.guards),
        (issued.ISSUED, issued.guards),
    )
    for main, guards_of in groups:
        made = list(guards_of(columns_of)) if main in tables else []
        if tables.issuperset(guard.table for guard in made):
            yield from made


@contextmanager
def _cursor(using):
    connection = connections[using]
    with transaction.atomic(using=using), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no trigger changes while a check is pending
        yield cursor, connection, set(connection.introspection.table_names(cursor))
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
