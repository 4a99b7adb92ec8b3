"""Reading a QR out of a picture: its dark and light modules, found by the squares in its corners."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, groupby

FINDER = (1, 1, 3, 1, 1)
"""Dark, light, dark, light, dark: a line through the middle of a corner's square, in modules."""
ACROSS = sum(FINDER)
CORE_BEGINS = 2
DARK_BELOW = 128
TOLERANCE = 0.5
CORNER = [[max(abs(x - 3), abs(y - 3)) != 2 for x in range(ACROSS)] for y in range(ACROSS)]
"""A corner's square: a ring, a light ring inside it, a core of three by three."""

Square = tuple[int, int]
"""Where a corner's square begins and ends in a row of the picture."""


def modules_of(picture, size: int) -> list[list[bool]]:
    """The modules of the QR in a picture of Pillow, `size` on a side. Raises LookupError without one."""
    grey = picture.convert("L")
    width, height = grey.size
    points = grey.load()
    dark = [[points[x, y] < DARK_BELOW for x in range(width)] for y in range(height)]
    for left, right, core in _upper_corners(dark, size):
        step = (right - left) / size
        top = core - CORE_BEGINS * step
        middle = [(place + 0.5) * step for place in range(size)]
        if int(top + middle[-1]) >= height:
            continue
        modules = [[dark[int(top + y)][int(left + x)] for x in middle] for y in middle]
        if _has_corners(modules):
            return modules
    raise LookupError("No QR in the picture.")


def _upper_corners(dark: list[list[bool]], size: int) -> Iterator[tuple[int, int, int]]:
    """Where a QR may begin and end across, and the first row through the cores of its upper corners.

    Printed letters may have the same rhythm: who asks looks whether the corners are there.
    """
    for y, row in enumerate(dark):
        for (left, end), (_begin, right) in combinations(_squares(row), 2):
            module = (end - left) / ACROSS
            if abs((right - left) / module - size) < TOLERANCE * 2:
                yield left, right, y


def _has_corners(modules: list[list[bool]]) -> bool:
    """Dark rings around dark cores above at both sides and below at the left."""
    far = len(modules) - ACROSS
    return all(
        [row[x : x + ACROSS] for row in modules[y : y + ACROSS]] == CORNER for x, y in ((0, 0), (far, 0), (0, far))
    )


def _squares(row: list[bool]) -> Iterator[Square]:
    runs, place = [], 0
    for is_dark, members in groupby(row):
        length = len(list(members))
        runs.append((is_dark, place, length))
        place += length
    for start in range(len(runs) - len(FINDER) + 1):
        five = runs[start : start + len(FINDER)]
        module = sum(length for _, _, length in five) / ACROSS
        fits = [
            abs(length - part * module) <= module * TOLERANCE
            for (_, _, length), part in zip(five, FINDER, strict=True)
        ]
        if five[0][0] and all(fits):
            yield five[0][1], five[-1][1] + five[-1][2]
