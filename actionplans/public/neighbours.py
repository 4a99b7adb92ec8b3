"""What comes before and after the subject of a page among its like, for `components/neighbours.html`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Neighbour:
    """«Eje anterior», its name and the address of its page."""

    kind: str
    name: str
    address: str


@dataclass(frozen=True)
class Neighbours:
    previous: Neighbour | None = None
    next: Neighbour | None = None


def beside(rows: Sequence[Any], this: Any) -> tuple[Any | None, Any | None]:
    """The rows before and after `this`, which is one of them; None at the ends."""
    place = rows.index(this)
    before = rows[place - 1] if place else None
    return before, rows[place + 1] if place + 1 < len(rows) else None


def neighbours_of(
    before: Any | None,
    after: Any | None,
    *,
    noun: str,
    address: Callable[[Any], str],
    name: Callable[[Any], str] = str,
) -> Neighbours:
    """`noun` is what both are, `address` and `name` are asked of each."""

    def neighbour(row, which: str) -> Neighbour | None:
        return Neighbour(f"{noun} {which}", name(row), address(row)) if row is not None else None

    return Neighbours(previous=neighbour(before, "anterior"), next=neighbour(after, "siguiente"))
