"""Whom the portal writes to: who answers for an office today, and who has a role in an entity."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable

from planning.enums import Role
from planning.models import Entity, Membership, User


def leaders_by_office(
    entity: Entity, on: datetime.date | None = None, *, offices: Iterable[int] | None = None
) -> dict[int, list[User]]:
    """Accounts that answer for each office of the entity on that day, by address; one query for the people, one
    for the offices. `offices` narrows it."""
    rows = _in_force(entity, on, Role.LEADER).prefetch_related("offices")
    wanted = None if offices is None else set(offices)
    found: dict[int, list[User]] = defaultdict(list)
    for row in rows:
        for office in row.offices.all():
            if wanted is None or office.pk in wanted:
                found[office.pk].append(row.user)
    return dict(found)


def holders_of(entity: Entity, role: str, on: datetime.date | None = None) -> list[User]:
    """Active accounts that have the role in the entity on that day."""
    return [row.user for row in _in_force(entity, on, role)]


def _in_force(entity, on, role):
    rows = Membership.objects.in_force(on).filter(entity=entity, role=role, user__is_active=True)
    return rows.select_related("user").order_by("user__email")
