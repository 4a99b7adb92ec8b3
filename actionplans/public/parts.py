"""What a long plan is made of: the parts of its page under their anchors, and who answers for how much of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from actionplans.models import PlanVersion

from .rows import ActivityRow, ComponentLine

LONG_PAGE = 4  # parts from which a page opens with their list


@dataclass(frozen=True)
class Part:
    anchor: str
    label: str


@dataclass(frozen=True)
class OfficeLoad:
    """Who leads how many activities; `slug` is empty of those whom nobody recognised as an office."""

    name: str
    slug: str
    number: int


def parts_of(version: PlanVersion, components: Iterable[ComponentLine], progress) -> list[Part]:
    """In the order in which they stand; empty where the page is short."""
    parts = list(_parts(version, components, progress))
    return parts if len(parts) >= LONG_PAGE else []


def office_loads(activities: Sequence[ActivityRow]) -> list[OfficeLoad]:
    """Those who lead the activities that are not cancelled, who has most first."""
    numbers: dict[tuple[str, str], int] = {}
    for activity in activities:
        if not activity.is_cancelled:
            for who in {(one.name, one.slug) for one in activity.responsibles if one.role == "leads"}:
                numbers[who] = numbers.get(who, 0) + 1
    loads = [OfficeLoad(name, slug, number) for (name, slug), number in numbers.items()]
    return sorted(loads, key=lambda load: (-load.number, load.name))


def _parts(version, components, progress):
    if progress:
        yield Part("avance", "Avance")
    if version.objectives.all():
        yield Part("objetivos", "Objetivos específicos")
    yield Part("actividades", "Actividades y cronograma")
    for component in components:
        yield Part(f"componente-{component.position}", component.name)
    for section in version.sections.all():
        yield Part(f"seccion-{section.position}", section.title)
