"""What openpyxl leaves behind when rows come or go: merges, heights and ranges below them."""

from __future__ import annotations

import re
from copy import copy

from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.worksheet.cell_range import CellRange, MultiCellRange


def move_below(worksheet, first: int, last: int, by: int) -> None:
    """The body was in rows `first` to `last` and now has `by` rows more: what stands below it goes along.

    Merges of the body are gone: who writes it makes its own. Ranges over the body end where it ends now.
    """
    kept = [m for m in worksheet.merged_cells.ranges if m.max_row < first]
    below = [m for m in worksheet.merged_cells.ranges if m.min_row > last]
    for merge in below:
        merge.shift(row_shift=by)
    worksheet.merged_cells.ranges = {*kept, *below}
    _move_heights(worksheet, first, last, by)
    _move_conditions(worksheet, first, last, by)
    for rule in list(worksheet.data_validations.dataValidation):
        rule.sqref = _moved(rule.sqref, first, last, by)
    for image in worksheet._images:
        anchor = getattr(image.anchor, "_from", None)
        if anchor is not None and anchor.row >= last:
            anchor.row += by
            if getattr(image.anchor, "to", None) is not None:
                image.anchor.to.row += by
    if worksheet.auto_filter.ref:
        worksheet.auto_filter.ref = str(_moved(MultiCellRange(worksheet.auto_filter.ref), first, last, by))
    if worksheet.print_area:
        areas = worksheet.print_area.split(",")
        ranges = [re.sub(r"^.*!", "", area).replace("$", "") for area in areas]
        worksheet.print_area = str(_moved(MultiCellRange(ranges), first, last, by)).replace(" ", ",")


def _move_heights(worksheet, first: int, last: int, by: int) -> None:
    dimensions = worksheet.row_dimensions
    below = {row: dimensions.pop(row) for row in list(dimensions) if row > last}
    for row in [row for row in dimensions if first <= row <= last]:
        del dimensions[row]
    for row, dimension in below.items():
        moved = copy(dimension)
        moved.index = row + by
        dimensions[row + by] = moved


def _move_conditions(worksheet, first: int, last: int, by: int) -> None:
    conditions = worksheet.conditional_formatting
    worksheet.conditional_formatting = ConditionalFormattingList()
    for condition in conditions:
        place = str(_moved(condition.sqref, first, last, by))
        for rule in condition.rules:
            worksheet.conditional_formatting.add(place, rule)


def _moved(ranges: MultiCellRange, first: int, last: int, by: int) -> MultiCellRange:
    moved = []
    for known in ranges.ranges:
        top = known.min_row + (by if known.min_row > last else 0)
        bottom = known.max_row + (by if known.max_row >= last else 0)
        place = CellRange(min_row=top, max_row=max(top, bottom), min_col=known.min_col, max_col=known.max_col)
        moved.append(place)
    return MultiCellRange(moved)
