"""Where a workbook holds what was read in it, as plain JSON: what filling the workbook again needs to know."""

from collections.abc import Sequence
from typing import Any

from actionplans.imports.opening.grid import Sheet
from actionplans.imports.reading.header import Header
from actionplans.imports.reading.metadata import Metadata
from actionplans.imports.reading.parsed import ParsedActivity
from actionplans.imports.reading.rows import Group
from actionplans.imports.reading.text import clean, normalise
from actionplans.imports.reading.values import display

_BOTH = frozenset({"pe", "p e", "e p", "e", "ejec", "ejecutado"})


def layout_of(
    header: Header, groups: Sequence[Group], activities: Sequence[ParsedActivity], metadata: Metadata
) -> dict[str, Any]:
    """The rows and columns of the table, its example cells and the cells of the metadata.

    `groups` are the rows of each activity; `marked` and `unmarked` are month cells that show how this form
    tells a scheduled month from another; `component_row` announces a component alone in its row.
    """
    return {
        "sheet": header.sheet.name,
        "top": header.top,
        "bottom": header.bottom,
        "columns": [
            {
                "index": column.index,
                "kind": column.meaning.kind,
                "months": list(column.meaning.months),
                "executed": column.meaning.executed,
                "ordinal": column.meaning.ordinal,
            }
            for column in header.columns
        ],
        "groups": [group.rows for group in groups],
        "component_row": _component_row(header, groups),
        "marked": _example(header, groups, activities, scheduled=True),
        "unmarked": _example(header, groups, activities, scheduled=False),
        "shares_rows": any(activity.shares_row for activity in activities),
        "fields": {name: [metadata.cells[name], metadata.texts[name]] for name in metadata.cells},
    }


def _component_row(header: Header, groups: Sequence[Group]) -> int | None:
    """The first row under the header that only names the component of the activities after it."""
    if not groups:
        return None
    own = {row for group in groups for row in group.rows}
    names = {group.component for group in groups if group.component}
    for row in range(header.bottom + 1, groups[-1].rows[0]):
        written = header.sheet.written(row)
        if row not in own and len(written) == 1 and _words(header.sheet, row, written[0]) in names:
            return row
    return None


def _words(sheet: Sheet, row: int, column: int) -> str:
    return " ".join(clean(display(sheet.own(row, column).value)).split())


def _example(
    header: Header, groups: Sequence[Group], activities: Sequence[ParsedActivity], *, scheduled: bool
) -> list[int] | None:
    """The first cell of the schedule that is marked as scheduled, or that is not; [row, column]."""
    columns = [column for column in header.all("months") if not column.meaning.executed]
    if any(activity.shares_row for activity in activities):
        return None
    for group, activity in zip(groups, activities, strict=True):
        months = set(activity.months)
        for row in group.rows:
            for column in columns:
                if header.sheet.anchor(row, column.index) in header.sheet.replaced:
                    continue
                cell = header.sheet.shown(row, column.index)
                is_marked = cell.value is not None or cell.fill is not None
                within = set(column.meaning.months) <= months
                plain = normalise(cell.value or "") not in _BOTH
                if within is scheduled and (is_marked and plain if scheduled else cell.value is None):
                    return [row, column.index]
    return None
