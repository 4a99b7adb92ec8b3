"""Traffic lights: which band of a set a share falls in."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
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
