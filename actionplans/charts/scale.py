"""The scale at the side of a drawing: how far it goes and where its lines are. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable
from decimal import Decimal

STEPS = (1, 2, 5)
LINES = 5
PERCENT_TOP = 100


def top_of(values: Iterable[Decimal | int | None]) -> int:
    """A round number not less than any value, at least 1."""
    greatest = max((math.ceil(value) for value in values if value is not None), default=1)
    step = step_of(greatest)
    return max(step * math.ceil(greatest / step), 1)


def step_of(greatest: int) -> int:
    """A round distance between lines, so that there are no more than `LINES` above zero."""
    power = 1
    while True:
        for base in STEPS:
            if base * power * LINES >= greatest:
                return base * power
        power *= 10


def lines_of(top: int) -> list[int]:
    """The numbers at which there is a line, from zero to `top`."""
    return list(range(0, top + 1, step_of(top)))
