"""What a workbook of open data says, as one sum: equal while nobody would read anything else in it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from actionplans.reports.issued.issuing import fingerprint_of
from planning.models import Entity

from .about import citation
from .licences import licence_of
from .table import Row, Table
from .tables import TABLES


class BookValues:
    """Gives the rows of the tables, in any part of which it is asked once, and sums up what it gave.

    When the data were last changed is no value of them: a workbook of the same rows is the same workbook.
    """

    def __init__(self, entity: Entity, year: int):
        self.entity, self.year = entity, year
        self._sum = hashlib.sha256()
        self._add(entity.slug, entity.name, entity.example_notice, licence_of(entity))
        self._add(citation(entity, year, None))

    def rows(self, table: Table) -> Iterator[Row]:
        self._add(table.name, table.title, table.description, table.fields)
        for row in table.rows(self.entity, self.year):
            self._add(*row)
            yield row

    def fingerprint(self) -> str:
        """Of what was given until now."""
        return fingerprint_of("open data", self._sum.hexdigest())

    def _add(self, *said: object) -> None:
        self._sum.update(repr(said).encode())


def fingerprint_of_book(entity: Entity, year: int) -> str:
    """Reads all that the workbook would say, a bounded part of it at a time."""
    values = BookValues(entity, year)
    for table in TABLES.values():
        for _row in values.rows(table):
            pass
    return values.fingerprint()
