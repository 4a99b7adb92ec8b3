"""What a table of open data is: its fields, its key and the function that makes its rows."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Kind = Literal["string", "integer", "number", "boolean", "date", "datetime", "year"]
Value = str | int | Decimal | bool | datetime.date | datetime.datetime | None
Row = tuple[Value, ...]
Rows = Callable[..., Iterator[Row]]


@dataclass(frozen=True)
class Field:
    """A column. `example` is written as CSV writes it; `values` are all that it may hold, where they are closed.

    `is_required` says that no row leaves it empty.
    """

    name: str
    kind: Kind
    title: str
    description: str
    example: str = ""
    values: tuple[str, ...] = ()
    is_required: bool = False


@dataclass(frozen=True)
class Reference:
    """Columns that name a row of another table, by the columns of that table."""

    fields: tuple[str, ...]
    table: str
    to: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """`rows(entity, year)` gives what is published, in a fixed order: values in the order of `fields`, texts never
    empty (None instead), moments with their zone. It holds a bounded part of them at a time.
    """

    name: str
    title: str
    description: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    rows: Rows
    references: tuple[Reference, ...] = ()

    def place(self, name: str) -> int:
        """Where the values of a field stand in a row."""
        return [field.name for field in self.fields].index(name)
