"""The standing cast: two entities and every post in each, named by what they do."""

from dataclasses import dataclass

from planning.enums import Role
from planning.models import Entity, Office, User

from .factories import make_entity, make_office, make_user


@dataclass(frozen=True)
class House:
    """An entity with its people; `office` is the one for which the leader answers."""

    entity: Entity
    office: Office
    administrator: User
    planning: User
    leader: User
    committee: User
    auditor: User


def make_house(slug: str) -> House:
    entity = make_entity(slug)
    office = make_office(entity, f"Secretaría de Planeación de {slug}")
    people = {
        "administrator": (Role.ADMINISTRATOR, {"is_staff": True}),
        "planning": (Role.PLANNING, {"is_staff": True}),
        "leader": (Role.LEADER, {}),
        "committee": (Role.COMMITTEE, {}),
        "auditor": (Role.AUDITOR, {}),
    }
    return House(
        entity=entity,
        office=office,
        **{
            post: make_user(
                f"{post}@{slug}.example",
                entity,
                role,
                offices=[office] if role == Role.LEADER else (),
                post=role.label,
                **fields,
            )
            for post, (role, fields) in people.items()
        },
    )
