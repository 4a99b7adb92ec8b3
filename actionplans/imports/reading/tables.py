"""The tables of a workbook that are plans, and which of them is the one to read."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from actionplans.imports.opening.deadline import NEVER, Deadline
from actionplans.imports.opening.grid import Sheet
from actionplans.imports.reading.blocks import Block, blocks_of, first_of
from actionplans.imports.reading.corrections import NOTHING, Corrections, corrected_header, corrected_sheet
from actionplans.imports.reading.fiscal_year import stated_year
from actionplans.imports.reading.header import Header, find_header
from actionplans.imports.reading.metadata import Metadata, read_metadata
from actionplans.imports.reading.parsed import Problem
from actionplans.imports.reading.rows import Group, activity_groups


@dataclass(frozen=True)
class Table:
    """A header, and each of its blocks with the rows of each activity in it."""

    header: Header
    parts: tuple[tuple[Block, list[Group]], ...]
    misplaced: tuple[Problem, ...]

    @property
    def name(self) -> str:
        return self.header.sheet.name

    @cached_property
    def groups(self) -> list[Group]:
        return [group for _, groups in self.parts for group in groups]

    @cached_property
    def metadata(self) -> Metadata:
        return read_metadata(self.header.sheet, self.header.top)

    @cached_property
    def stated_year(self) -> int | None:
        return stated_year(self.name, self.header, self.metadata)

    @cached_property
    def rank(self) -> tuple[bool, int]:
        return bool(self.groups), round(self.header.score)


def tables_of(sheets: Sequence[Sheet], year: int | None, deadline: Deadline = NEVER) -> list[Table]:
    """The tables of plans, best first: those that state the year asked for, then those understood best.

    Hidden sheets count only when no visible one has any; tables of products, when none is of activities.
    """
    for stand_in in (False, True):
        for hidden in (False, True):
            found = [find_header(s, deadline, stand_in=stand_in) for s in sheets if s.hidden is hidden]
            tables = [table_of(header, deadline) for header in found if header]
            if tables:
                return sorted(tables, key=lambda t: (t.rank[0], _is_of(t, year), t.rank[1]), reverse=True)
    return []


def _is_of(table: Table, year: int | None) -> int:
    """Tables of the year asked for come first, those of another one last."""
    stated = table.stated_year
    return 0 if year is None or stated is None else 1 if stated == year else -1


def table_of(header: Header, deadline: Deadline, corrections: Corrections = NOTHING) -> Table:
    parts: list[tuple[Block, list[Group]]] = []
    problems: list[Problem] = []
    component = None
    first = first_of(header)
    header = corrected_header(first, corrections.columns, first)
    for block in blocks_of(first, deadline) if header.one("activity") else ():
        corrected = corrected_header(block.header, corrections.columns, first)
        block = replace(block, header=corrected if corrected.one("activity") else block.header)
        groups, found, component = activity_groups(block, component, deadline)
        parts.append((block, groups))
        problems.extend(found)
    return Table(header, tuple(parts), tuple(problems))


def corrected_table(table: Table, corrections: Corrections, deadline: Deadline = NEVER) -> Table:
    """The table with what a person corrected in it; without parts where no column is left for the activities."""
    if not (corrections.columns or corrections.cells):
        return table
    sheet = corrected_sheet(table.header.sheet, corrections.cells)
    return table_of(replace(table.header, sheet=sheet), deadline, corrections)


def sheets_with_tables(sheets: Sequence[Sheet], deadline: Deadline = NEVER) -> list[str]:
    """The names of the sheets that could be read, the visible ones first."""
    ordered = sorted(sheets, key=lambda sheet: sheet.hidden)
    for stand_in in (False, True):
        if found := [sheet.name for sheet in ordered if find_header(sheet, deadline, stand_in=stand_in)]:
            return found
    return []


def choice_problems(tables: Sequence[Table], year: int | None) -> list[Problem]:
    """What a person must know of the sheets that were not read; an error where all are of another year."""
    read, *others = tables
    left = [table for table in others if table.groups]
    if not left:
        return []
    names = ", ".join(f"«{table.name}»" for table in left)
    if _is_of(read, year) < 0:
        message = (
            f"Se indicó la vigencia {year}, pero la hoja «{read.name}» dice {read.stated_year} y hay otras que "
            f"parecen planes: {names}. Indique el nombre de la hoja que se debe leer."
        )
        return [Problem(severity="error", sheet=read.name, message=message)]
    message = f"Se leyó la hoja «{read.name}». También parecen planes: {names}; para leer otra, indique la hoja."
    return [Problem(severity="warning", sheet=read.name, message=message)]
