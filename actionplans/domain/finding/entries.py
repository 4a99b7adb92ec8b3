"""Search entries as rows of values: how they are made, written and taken away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from actionplans.domain.contents.bulk import insert
from actionplans.enums import SearchKind
from actionplans.models import SearchEntry

from .words import searched

LONGEST_TEXT = 60_000
"""Characters of a text that are searched: an annex pasted into a plan must not weigh more than all the others."""


class Row(NamedTuple):
    """An entry's columns, relations by primary key."""

    entity: int
    kind: str
    key: str
    plan: int | None
    year: int | None
    policy: str
    title: str
    text: str
    folded: str
    path: str


def entry(
    entity: int,
    kind: SearchKind,
    key: str,
    *,
    title: str,
    lines: Iterable[str],
    path: str,
    plan: int | None = None,
    year: int | None = None,
    policy: str = "",
) -> Row:
    """The entry of a thing that says these lines, those that are empty left out; `path` without the entity's."""
    title = " ".join(title.split())
    said = (" ".join(line.split()) for line in lines)
    text = "\n".join(line for line in said if line)[:LONGEST_TEXT]
    return Row(entity, kind.value, key, plan, year, policy, title, text, searched(title, text), path)


def said(label: str, *texts: str) -> str:
    """A line of a text, «Entregable: informe»; nothing where there is nothing to say."""
    words = "; ".join(text for text in texts if text)
    return f"{label}: {words}" if words else ""


def write(rows: Sequence[Row]) -> int:
    """Insert entries that are not there; how many."""
    insert(SearchEntry, Row._fields, rows)
    return len(rows)


def replace(entity, kinds: Iterable[SearchKind], rows: Sequence[Row]) -> int:
    """Make these all that the entity has of those kinds; the caller holds the entity's chain."""
    SearchEntry.objects.filter(entity=entity, kind__in=list(kinds)).delete()
    return write(rows)
