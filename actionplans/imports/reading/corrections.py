"""What a person corrects in how a file was read; the file is then read again from the same bytes."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from actionplans.imports.opening.grid import EMPTY, Cell, Sheet, address, letters, position
from actionplans.imports.reading.columns import ONE_OF_A_KIND, Column
from actionplans.imports.reading.header import Header
from actionplans.imports.reading.labels import UNKNOWN
from actionplans.imports.reading.meanings import NOT_READ, meaning_of
from actionplans.imports.reading.text import normalise

_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


@dataclass(frozen=True, kw_only=True)
class Corrections:
    """`columns` says by number what a column means, with the codes of `meanings`; `cells` says by row and column
    what a cell should have said; `offices` says by its printed text which office of the entity (slug) a name
    means, None where it is none of them. Rows and columns count from 1.
    """

    columns: Mapping[int, str] = field(default_factory=dict)
    cells: Mapping[tuple[int, int], str] = field(default_factory=dict)
    offices: Mapping[str, str | None] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON; a cell is named as in a workbook ("D14"), whatever the source is."""
        return {
            "columns": {str(index): code for index, code in self.columns.items()},
            "cells": {address(*at): text for at, text in self.cells.items()},
            "offices": dict(self.offices),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Corrections":
        """What `as_dict` gave. Raises ValueError for anything else."""
        try:
            columns = {int(index): code for index, code in data.get("columns", {}).items()}
            cells = {position(name): text for name, text in data.get("cells", {}).items()}
            offices = dict(data.get("offices", {}))
            right = all(isinstance(text, str) for text in cells.values()) and None not in cells
            right = right and all(isinstance(slug, str | None) for slug in offices.values())
            for code in columns.values():
                meaning_of(code)
        except (AttributeError, TypeError, ValueError) as broken:
            raise ValueError("not what a person corrected in a reading") from broken
        if not right:
            raise ValueError("not what a person corrected in a reading")
        return cls(columns=columns, cells=cells, offices=offices)


NOTHING = Corrections()


def corrected_sheet(sheet: Sheet, cells: Mapping[tuple[int, int], str]) -> Sheet:
    """The sheet with what a person typed instead; `replaced` keeps what the file itself says there."""
    if not cells:
        return sheet
    placed = {sheet.anchor(*at): text for at, text in cells.items()}
    typed = {at: _cell(text, sheet.own(*at)) for at, text in placed.items()}
    return replace(
        sheet,
        cells={at: cell for at, cell in (sheet.cells | typed).items() if cell != EMPTY},
        replaced={at: sheet.own(*at) for at in typed},
        unknown=sheet.unknown - typed.keys(),
        garbled=sheet.garbled - typed.keys(),
        overlong={at: size for at, size in sheet.overlong.items() if at not in typed},
    )


def _cell(text: str, before: Cell) -> Cell:
    """The text as a value: a date where it is one, nothing where it is blank."""
    text = text.strip()
    if found := _DATE.fullmatch(text):
        day, month, year = map(int, found.groups())
        try:
            return Cell(datetime.datetime(year, month, day), "dd/mm/yyyy", before.fill)
        except ValueError:
            pass
    return Cell(text or None, "General", before.fill)


def corrected_header(header: Header, columns: Mapping[int, str], first: Header) -> Header:
    """The header with the meanings that a person gave, and without those that they take from other columns.

    They were given for the header `first`; in a further block they count where a column bears the same labels.
    """
    known = {column.index: column for column in header.columns}
    chosen = {
        index: meaning_of(code)
        for index, code in columns.items()
        if (header is first or _same(header, first, index)) and (index in known or code != NOT_READ)
    }
    if not chosen:
        return header
    taken = {meaning.kind for meaning in chosen.values()} & {*ONE_OF_A_KIND}
    kept = [
        replace(column, meaning=UNKNOWN) if column.meaning.kind in taken else column
        for column in header.columns
        if column.index not in chosen
    ]
    given = [replace(known.get(i) or unlabelled(header, i), meaning=meaning) for i, meaning in chosen.items()]
    return replace(header, columns=tuple(sorted([*kept, *given], key=lambda column: column.index)))


def unlabelled(header: Header, index: int) -> Column:
    """A column that has no heading, named by its letter."""
    return Column(index, (f"Columna {letters(index)}",), ((max(1, header.bottom), index),), UNKNOWN)


def _same(header: Header, first: Header, index: int) -> bool:
    labels = [{column.index: column.labels for column in one.columns}.get(index) for one in (header, first)]
    return labels[0] == labels[1]


def offices_by_text(offices: Mapping[str, str | None]) -> dict[str, str | None]:
    """The choices by the text as it is compared."""
    return {normalise(text): slug for text, slug in offices.items()}
