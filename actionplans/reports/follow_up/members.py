"""Of which rows of the file each total is the mean, so that a workbook can compute it again. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from actionplans.enums import FigureScope
from actionplans.imports.reading.data_sheet import NO_COMPONENT
from actionplans.progress import SIMPLE

from .sheet import FollowUpRow, TotalLine

CHOSEN, COMPONENT = "Lo elegido", "Componente"
BY_PLAN, BY_COMPONENT, BY_OFFICE, BY_PARTS, BY_TOTALS, BY_ROWS = (
    "plan", "componente", "dependencia", "componentes", "totales", "filas",
)  # fmt: skip
CLOSE = Decimal("0.00005")
_BELOW = {
    FigureScope.POLICY.label: FigureScope.PLAN.label,
    FigureScope.DIMENSION.label: FigureScope.POLICY.label,
    FigureScope.ENTITY.label: FigureScope.PLAN.label,
}
"""The totals of which another is made."""

Member = tuple[Decimal | None, Decimal | None, Decimal | None]
"""Executed, programmed and weight."""


def with_members(lines: Sequence[TotalLine], rows: Sequence[FollowUpRow]) -> tuple[TotalLine, ...]:
    """The lines of a cut, each with what it is the mean of, if the file gives it to the fourth decimal."""
    return tuple(replace(line, members=_members(line, lines, rows)) for line in lines)


def _members(line: TotalLine, lines: Sequence[TotalLine], rows: Sequence[FollowUpRow]) -> str:
    if line.executed is None:
        return ""
    return next((kind for kind, members in _candidates(line, lines, rows) if _give(line, members)), "")


def _give(line: TotalLine, members: Iterable[Member]) -> bool:
    """Whether the mean of the members is what the line says."""
    members = [member for member in members if member[0] is not None]
    weights = [Decimal(1) if line.method == SIMPLE else weight for _, _, weight in members]
    if None in weights or not sum(weights):
        return False
    executed, programmed = (
        sum((member[place] * weight for member, weight in zip(members, weights, strict=True)), Decimal())
        / sum(weights)
        for place in (0, 1)
    )
    return abs(executed - line.executed) < CLOSE and abs(programmed - line.programmed) < CLOSE


def _candidates(line: TotalLine, lines, rows) -> Iterator[tuple[str, list[Member]]]:
    if line.is_of_parts:
        yield BY_PARTS, _of_totals(lines, COMPONENT, line.key)
    if line.scope == FigureScope.PLAN.label:
        yield BY_PLAN, _of_rows(row for row in rows if row.plan_slug == line.key)
    elif line.scope == COMPONENT:
        name = component_of(line)
        yield BY_COMPONENT, _of_rows(r for r in rows if r.plan_slug == line.parent and r.component == name)
    elif line.scope == FigureScope.OFFICE.label:
        yield BY_OFFICE, _of_rows(row for row in rows if row.office_slug == line.key)
    elif line.scope == CHOSEN:
        yield BY_ROWS, _of_rows(rows)
    elif below := _BELOW.get(line.scope):
        yield BY_TOTALS, _of_totals(lines, below, "" if line.scope == FigureScope.ENTITY.label else line.key)


def component_of(line: TotalLine) -> str:
    """The name of a component as the rows of its activities say it."""
    return "" if line.name == NO_COMPONENT else line.name


def _of_rows(rows) -> list[Member]:
    return [(row.counted_executed, row.counted_programmed, row.weight) for row in rows]


def _of_totals(lines, scope: str, parent: str) -> list[Member]:
    """Those that enter `parent`, or all where there is none."""
    return [
        (line.executed, line.programmed, line.weight)
        for line in lines
        if line.scope == scope and (not parent or line.parent == parent)
    ]
