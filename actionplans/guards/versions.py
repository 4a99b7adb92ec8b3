"""What a published version of a plan refuses: any change to it or to what hangs from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from actionplans.enums import PUBLIC_STATUSES, VersionStatus

from .triggers import DIFFERS, Guard, changed

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


def guards(columns_of: Callable[[str], list[str]]) -> Iterator[Guard]:
    """`columns_of(table)` are the table's columns as the database has them."""
    content = [column for column in columns_of(VERSIONS) if column not in MUTABLE]
    is_public = f"OLD.status IN ({PUBLIC})"
    yield Guard(
        name="sealed_version",
        table=VERSIONS,
        refusal=SEALED,
        update=f"{is_public} AND ({changed(content)} OR {_wrong_move()})",
        delete=is_public,
    )
    for child in CHILDREN:
        old, new = child.is_published("OLD"), child.is_published("NEW")
        yield Guard(
            name=f"sealed_{child.table.removeprefix('actionplans_')}_{child.column}",
            table=child.table,
            refusal=SEALED,
            insert=new,
            update=f"({old} OR {new})",
            delete=old,
        )


def _wrong_move() -> str:
    """SQL: the status changes otherwise than from approved to superseded."""
    approved, superseded = VersionStatus.APPROVED, VersionStatus.SUPERSEDED
    return f"(OLD.status {DIFFERS} NEW.status AND NOT (OLD.status = '{approved}' AND NEW.status = '{superseded}'))"
