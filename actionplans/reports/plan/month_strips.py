"""The twelve months of an activity as one cell: a drawing behind the names of the months in words.

A cell for each month would be twelve boxes in every row, and those are what drawing a long plan costs.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from actionplans.months import MONTH_NAMES

FILL = "#92D050"
SCHEME = "data:image/svg+xml,"
_LINE = 0.036  # of a month's width: the half point of the other lines


def strip_class(months: Iterable[int]) -> str:
    """The class of the cell of these months: `m` and a bit for each month."""
    return f"m{sum(1 << (month - 1) for month in months)}"


def strip_words(months: Iterable[int]) -> str:
    return " ".join(MONTH_NAMES[month - 1] for month in months)


def strip_rules(month_sets: Iterable[tuple[int, ...]]) -> str:
    """The style sheet of those cells, a rule for each different set."""
    return "\n".join(
        f'.{strip_class(months)} {{ background: url("{_drawing(months)}") 0 0 / 100% 100% no-repeat; }}'
        for months in sorted(set(month_sets))
    )


def _drawing(months: tuple[int, ...]) -> str:
    """The months filled, and the lines between all of them, as one path each."""
    filled = "".join(f"M{month - 1} 0h1v1h-1z" for month in months)
    lines = "".join(f"M{at - _LINE / 2:.3f} 0h{_LINE}v1h-{_LINE}z" for at in range(1, 12))
    image = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 12 1" preserveAspectRatio="none">'
        f'<path d="{filled}" fill="{FILL}"/><path d="{lines}"/></svg>'
    )
    return SCHEME + quote(image)
