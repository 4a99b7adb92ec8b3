"""A guard as SQL: what one table refuses, said once and written for both databases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

ALWAYS = "1 = 1"
DIFFERS = "<differs>"
"""Stands in a condition for «is not the same, empty or not», which each database writes its way."""

_DIFFERS = {"sqlite": "IS NOT", "postgresql": "IS DISTINCT FROM"}


@dataclass(frozen=True, kw_only=True)
class Guard:
    """When a change of `table` is refused: conditions in SQL over OLD and NEW, empty where the guard has no say.

    SQLite is not guarded against DELETE: Django empties a database row by row there, and a trigger cannot tell
    that from tampering.
    """

    name: str
    table: str
    refusal: str
    insert: str = ""
    update: str = ""
    delete: str = ""

    def statements(self, vendor: str) -> Iterator[str]:
        return {"sqlite": self._sqlite, "postgresql": self._postgresql}[vendor]()

    def removal(self, vendor: str) -> Iterator[str]:
        if vendor == "sqlite":
            for event in ("insert", "update"):
                yield f"DROP TRIGGER IF EXISTS {self.name}_{event}"
        else:
            yield f"DROP TRIGGER IF EXISTS {self.name} ON {self.table}"

    def _sqlite(self) -> Iterator[str]:
        refuse = f"BEGIN SELECT RAISE(ABORT, '{self.refusal}'); END"
        for event, condition in (("insert", self.insert), ("update", self.update)):
            if condition:
                when = condition.replace(DIFFERS, _DIFFERS["sqlite"])
                yield (
                    f"CREATE TRIGGER {self.name}_{event} BEFORE {event.upper()} ON {self.table} "
                    f"WHEN {when} {refuse}"
                )

    def _postgresql(self) -> Iterator[str]:
        refuse = f"RAISE EXCEPTION '{self.refusal}' USING ERRCODE = 'integrity_constraint_violation'"
        said = {"INSERT": self.insert, "UPDATE": self.update, "DELETE": self.delete}
        body = "".join(
            f"IF TG_OP = '{event}' THEN IF {condition} THEN {refuse}; END IF; END IF; "
            for event, condition in said.items()
            if condition
        ).replace(DIFFERS, _DIFFERS["postgresql"])
        events = " OR ".join(event for event, condition in said.items() if condition)
        yield (
            f"CREATE OR REPLACE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN {body}"
            "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $guard$"
        )
        yield (
            f"CREATE TRIGGER {self.name} BEFORE {events} ON {self.table} "
            f"FOR EACH ROW EXECUTE FUNCTION {self.name}()"
        )


def changed(columns) -> str:
    """SQL: any of these columns gets another value."""
    return "(" + " OR ".join(f"OLD.{column} {DIFFERS} NEW.{column}" for column in columns) + ")"
