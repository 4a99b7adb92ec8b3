"""Strategic objectives of the entity by the names that a file gives them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from planning.folding import fold
from planning.models import Entity, Objective


class NamedObjectives:
    """Finds the entity's objectives by name; a name that several bear, or none, finds nothing.

    Asks the database once, and only where some activity names an objective.
    """

    def __init__(self, entity: Entity, activities: Iterable) -> None:
        self._by_name: dict[str, list[Objective]] = {}
        if any(activity.objectives for activity in activities):
            for objective in Objective.objects.filter(axis__framework__entity=entity):
                self._by_name.setdefault(_folded(objective.name), []).append(objective)

    def find(self, names: Sequence[str]) -> tuple[Objective, ...]:
        found = (self._by_name.get(_folded(name), []) for name in names)
        return tuple(dict.fromkeys(known[0] for known in found if len(known) == 1))


def _folded(name: str) -> str:
    return " ".join(fold(name).split())
