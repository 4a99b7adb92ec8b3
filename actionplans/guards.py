"""Triggers that keep published versions as they were sealed, whoever writes to the database.

They are made from the models after every `migrate`, and taken away before one that has something to do:
SQLite rebuilds a table to alter it, which loses its triggers and trips over those of others. See
docs/decisions/0004.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connections, transaction

from actionplans.enums import PUBLIC_STATUSES, VersionStatus

VERSIONS = "actionplans_planversion"
MUTABLE = {"status", "updated_at", "search_text"}  # state and what is derived; the rest is content
SEALED = "La versión publicada no cambia: modifíquela con una versión nueva."
PUBLIC = ", ".join(f"'{status}'" for status in PUBLIC_STATUSES)


@dataclass(frozen=True)
class Child:
    """A table whose rows belong to a version: straight by `column`, or through the table `parent`."""

    table: str
    column: str
    parent: str = ""

    def is_published(self, row: str) -> str:
        """SQL: the version of `row` (OLD or NEW) is public."""
        key = f"{row}.{self.column}"
        if self.parent:
            key = f"(SELECT p.version_id FROM {self.parent} p WHERE p.id = {key})"  # noqa: S608 - names of ours
        return f"EXISTS (SELECT 1 FROM {VERSIONS} v WHERE v.id = {key} AND v.status IN ({PUBLIC}))"  # noqa: S608


CHILDREN = (
    Child("actionplans_component", "version_id"),
    Child("actionplans_activityversion", "version_id"),
    Child("actionplans_plansection", "version_id"),
    Child("actionplans_planobjective", "version_id"),
    Child("actionplans_planversion_participating_offices", "planversion_id"),
    Child("actionplans_task", "activity_version_id", "actionplans_activityversion"),
    Child("actionplans_responsibility", "activity_version_id", "actionplans_activityversion"),
    Child("actionplans_activityversion_objectives", "activityversion_id", "actionplans_activityversion"),
    Child("actionplans_indicator", "activity_version_id", "actionplans_activityversion"),
    Child("actionplans_indicator", "component_id", "actionplans_component"),
)


def install(using: str = "default") -> None:
    """Make the triggers anew; nothing where the tables are not there (yet, or any more)."""
    with _cursor(using) as (cursor, connection, tables):
        if not tables.issuperset({VERSIONS, *(child.table for child in CHILDREN)}):
            return
        columns = [row.name for row in connection.introspection.get_table_description(cursor, VERSIONS)]
        making = {"sqlite": _sqlite, "postgresql": _postgresql}[connection.vendor]
        for statement in [*_removal(connection.vendor, tables), *making(columns)]:
            cursor.execute(statement)


def remove(using: str = "default") -> None:
    with _cursor(using) as (cursor, connection, tables):
        for statement in _removal(connection.vendor, tables):
            cursor.execute(statement)


@contextmanager
def _cursor(using):
    connection = connections[using]
    with transaction.atomic(using=using), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no trigger changes while a check is pending
        yield cursor, connection, set(connection.introspection.table_names(cursor))
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


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


def _named() -> Iterator[tuple[str, Child | None]]:
    """The triggers' names with the child that each one guards; None is the version itself."""
    yield "sealed_version", None
    for child in CHILDREN:
        yield f"sealed_{child.table.removeprefix('actionplans_')}_{child.column}", child


def _removal(vendor, tables) -> Iterator[str]:
    for name, child in _named():
        table = child.table if child else VERSIONS
        if vendor == "sqlite":
            for event in ("insert", "update"):
                yield f"DROP TRIGGER IF EXISTS {name}_{event}"
        elif table in tables:
            yield f"DROP TRIGGER IF EXISTS {name} ON {table}"


def _sqlite(columns) -> Iterator[str]:
    """UPDATE and INSERT: a DELETE trigger would also stop Django's flush, which deletes row by row here."""
    refuse = f"BEGIN SELECT RAISE(ABORT, '{SEALED}'); END"
    for name, child in _named():
        if child is None:
            changed = " OR ".join(f"OLD.{c} IS NOT NEW.{c}" for c in columns if c not in MUTABLE)
            when = f"OLD.status IN ({PUBLIC}) AND ({changed} OR {_wrong_move('IS NOT')})"
            yield f"CREATE TRIGGER {name}_update BEFORE UPDATE ON {VERSIONS} WHEN {when} {refuse}"
            continue
        new, old = child.is_published("NEW"), child.is_published("OLD")
        yield f"CREATE TRIGGER {name}_insert BEFORE INSERT ON {child.table} WHEN {new} {refuse}"
        yield f"CREATE TRIGGER {name}_update BEFORE UPDATE ON {child.table} WHEN {old} OR {new} {refuse}"


def _postgresql(columns) -> Iterator[str]:
    refuse = f"RAISE EXCEPTION '{SEALED}' USING ERRCODE = 'integrity_constraint_violation'; END IF;"
    for name, child in _named():
        table = child.table if child else VERSIONS
        events = "INSERT OR UPDATE OR DELETE" if child else "UPDATE OR DELETE"
        if child:
            body = (
                f"IF TG_OP <> 'INSERT' THEN IF {child.is_published('OLD')} THEN {refuse} END IF; "
                f"IF TG_OP <> 'DELETE' THEN IF {child.is_published('NEW')} THEN {refuse} END IF; "
            )
        else:
            changed = " OR ".join(f"OLD.{c} IS DISTINCT FROM NEW.{c}" for c in columns if c not in MUTABLE)
            body = (
                f"IF OLD.status IN ({PUBLIC}) THEN IF TG_OP = 'DELETE' THEN {refuse} "
                f"IF {changed} OR {_wrong_move('IS DISTINCT FROM')} THEN {refuse} END IF; "
            )
        yield (
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN {body}"
            "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $guard$"
        )
        yield f"CREATE TRIGGER {name} BEFORE {events} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"


def _wrong_move(differs: str) -> str:
    """SQL: the status changes otherwise than from approved to superseded."""
    approved, superseded = VersionStatus.APPROVED, VersionStatus.SUPERSEDED
    return f"(OLD.status {differs} NEW.status AND NOT (OLD.status = '{approved}' AND NEW.status = '{superseded}'))"
