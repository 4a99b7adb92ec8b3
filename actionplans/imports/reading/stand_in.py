"""Tables without a column of activities, where the products or the projects are what is planned."""

import re
from collections.abc import Iterable

from actionplans.imports.reading.columns import Column
from actionplans.imports.reading.labels import Meaning
from actionplans.imports.reading.text import normalise

_PRODUCTS = re.compile(r"metas? (de(l)? )?productos?( \d{4})?")
_PROJECTS = re.compile(r"(nombre (de(l)? )?)?proyectos?( de inversion)?")
_WHEN_OR_WHO = frozenset({"months", "responsible", "schedule", "start", "end"})


def names_products(labels: Iterable[str]) -> bool:
    """Whether a row names products or projects that may stand for activities."""
    return any(_rank(label) for label in labels)


def named_by_products(columns: list[Column]) -> list[Column]:
    """The columns with the best of them as the activity, if the table also says when or who."""
    kinds = {column.meaning.kind for column in columns if column.meaning}
    best = max(columns, key=lambda column: (_rank(column.labels[-1]), -column.index), default=None)
    if best is None or not _rank(best.labels[-1]) or "activity" in kinds or not kinds & _WHEN_OR_WHO:
        return columns
    return [Column(c.index, c.labels, c.anchors, Meaning("activity", 1)) if c is best else c for c in columns]


def _rank(label: str) -> int:
    label = normalise(label)
    return 2 if _PRODUCTS.fullmatch(label) else 1 if _PROJECTS.fullmatch(label) else 0
