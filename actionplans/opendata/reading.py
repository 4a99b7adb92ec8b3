"""How much of a table is read: all of it for files, a page of it for who asks in parts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

CHUNK = 2_000
"""Rows that are in memory at a time."""


class Reading:
    """All rows, in chunks. A table calls it on each of its querysets, in the order of its rows."""

    def __call__(self, rows: QuerySet, plan: str = "") -> Iterable:
        """The rows to go through; `plan` is where the queryset has the slug of the row's plan, if it has one."""
        return self.cut(self.of_plan(rows, plan))

    def of_plan(self, rows: QuerySet, plan: str) -> QuerySet:
        """Before querysets are united: those of the plan that is asked for."""
        return rows

    def cut(self, rows: QuerySet) -> Iterable:
        return rows.iterator(CHUNK)


EVERYTHING = Reading()


@dataclass
class Page(Reading):
    """So many rows from a place on, of one plan where that is asked; the database counts, filters and cuts.

    `total` and `was_asked` are known after the table has gone through its querysets: a table that calls it on none
    has given all its rows.
    """

    start: int
    size: int
    plan: str = ""
    total: int = 0
    was_asked: bool = False

    def of_plan(self, rows: QuerySet, plan: str) -> QuerySet:
        if not self.plan:
            return rows
        return rows.filter(**{plan: self.plan}) if plan else rows.none()

    def cut(self, rows: QuerySet) -> Iterable:
        self.was_asked = True
        number = rows.count()
        first = max(0, self.start - self.total)
        last = min(number, self.start + self.size - self.total)
        self.total += number
        return rows[first:last] if first < last else ()
