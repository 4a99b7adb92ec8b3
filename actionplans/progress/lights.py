"""Traffic lights: which band of a set a share falls in."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from .numbers import rounded


class Band(NamedTuple):
    """From `floor` (included) up to the floor of the next band (not included), in percentage points."""

    floor: Decimal
    label: str
    tone: str
    shape: str


def light_of(to_date: Decimal | None, bands: Sequence[Band]) -> Band | None:
    """The band of a share executed ÷ programmed; None without share or without bands.

    The share is judged as it is written as data (four decimals), so that a light and its kept figure agree. Less
    than zero is in the lowest band.
    """
    if to_date is None or not bands:
        return None
    share = rounded(to_date)
    ordered = sorted(bands, key=lambda band: band.floor)
    return next((band for band in reversed(ordered) if band.floor <= share), ordered[0])


def problems_of(bands: Sequence[Band]) -> list[str]:
    """What keeps `bands` from being a set that puts every share in exactly one band, in Spanish; [] if nothing."""
    if not bands:
        return ["Un semáforo necesita al menos una franja."]
    floors = [band.floor for band in bands]
    problems = []
    if floors[0] != 0:
        problems.append("La primera franja debe empezar en 0.")
    if any(after <= before for before, after in pairwise(floors)):
        problems.append("Cada franja debe empezar más arriba que la anterior.")
    labels = [band.label.strip().casefold() for band in bands]
    if "" in labels or len(set(labels)) < len(labels):
        problems.append("Cada franja necesita una palabra propia, distinta de las demás.")
    shapes = [band.shape.strip() for band in bands]
    if "" in shapes or len(set(shapes)) < len(shapes):
        problems.append("Cada franja necesita una forma propia, distinta de las demás.")
    return problems
