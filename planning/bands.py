"""What makes a set of traffic-light bands whole: every share falls in exactly one, told without colour. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple


class BandWords(NamedTuple):
    """A band as people type it: from `floor` (included) up to the floor of the next one."""

    floor: Decimal
    label: str
    shape: str


def flaws_of(bands: Sequence[BandWords]) -> list[str]:
    """What keeps `bands`, in any order, from being a traffic light, in Spanish; [] if nothing."""
    if not bands:
        return ["Un semáforo necesita al menos una franja."]
    floors = [band.floor for band in bands]
    flaws = []
    if min(floors) != 0:
        flaws.append("La franja más baja debe empezar en 0: lo que quede por debajo no tendría semáforo.")
    if len(set(floors)) < len(floors):
        flaws.append(
            "Dos franjas empiezan en el mismo porcentaje: cada una debe empezar más arriba que la anterior."
        )
    if _repeats([" ".join(band.label.casefold().split()) for band in bands]):
        flaws.append("Dos franjas dicen la misma palabra: cada una necesita la suya.")
    if _repeats([band.shape.strip() for band in bands]):
        flaws.append("Dos franjas tienen la misma forma: la forma las distingue sin color.")
    return flaws


def _repeats(words: Sequence[str]) -> bool:
    return len(set(words)) < len(words)
