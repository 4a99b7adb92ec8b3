"""The table of the entity's own workbook: its rows written anew in the styles of its first ones."""

from __future__ import annotations

from copy import copy
from decimal import Decimal
from typing import Any

from openpyxl.styles import PatternFill
from openpyxl.worksheet.cell_range import CellRange

from actionplans.imports.reading.data_sheet import NO_COMPONENT

from ..words import as_items
from ..workbooks.cells import DATE_FORMAT, printed_number, put
from .sheet import ActivityLine, PlanSheet
from .template_ranges import move_below

MARK = "X"


class RowsWriter:
    """Replaces the rows of a table, from the one under its header to the last of its last activity."""

    def __init__(self, worksheet, layout: dict[str, Any]) -> None:
        self.worksheet, self.layout = worksheet, layout
        self.columns = layout["columns"]
        self.places = {column["kind"]: column["index"] for column in reversed(self.columns)}
        self.first = layout["bottom"] + 1
        self.last = max(max(rows) for rows in layout["groups"])
        self.width = max(worksheet.max_column, self.columns[-1]["index"])
        body = [m for m in worksheet.merged_cells.ranges if self.first <= m.min_row <= self.last]
        self.last = max([self.last, *(merge.max_row for merge in body)])
        self.merges = [CellRange(merge.coord) for merge in body]
        self.lead = layout["groups"][0][0]
        self.by_task = any(len(rows) > 1 for rows in layout["groups"]) and bool(self._index("task"))
        self.lead_row = self._example_row(self.lead)
        following = next((rows[1] for rows in layout["groups"] if len(rows) > 1), None)
        self.task_row = self._example_row(following) if following else self.lead_row
        self.component_row = self._example_row(layout["component_row"]) if layout["component_row"] else None
        self.marked, self.mark = self._month_example(layout["marked"])
        self.unmarked, _ = self._month_example(layout["unmarked"])
        self.kept = self._kept_columns()

    def write(self, sheet: PlanSheet) -> None:
        """Write the activities; what stands below them moves, with its merges and heights."""
        rows = self._rows(sheet)
        was, now = self.last - self.first + 1, len(rows)
        self.worksheet.delete_rows(self.first, was)
        self.worksheet.insert_rows(self.first, now)
        move_below(self.worksheet, self.first, self.last, now - was)
        for row, (activity, task) in enumerate(rows, start=self.first):
            if task is None:
                self._write_component(row, activity)
            elif task == 0:
                self._write_activity(row, activity)
            else:
                self._copy(self.task_row, row)
                self._put(row, "task", activity.tasks[task])
                self._write_months(row, ())
        self._merge(rows)

    def _rows(self, sheet: PlanSheet) -> list[tuple[Any, int | None]]:
        """What each row is: a component's name with None, or an activity with the number of its task."""
        rows: list[tuple[Any, int | None]] = []
        component = None
        for activity in sheet.activities:
            if self.component_row and activity.component != component:
                component = activity.component
                rows.append((component or NO_COMPONENT, None))
            tasks = max(1, len(activity.tasks)) if self.by_task else 1
            rows += [(activity, task) for task in range(tasks)]
        return rows

    def _write_component(self, row: int, name: str) -> None:
        self._copy(self.component_row, row)
        column = next(i for i, cell in sorted(self.component_row["cells"].items()) if cell[1] is not None)
        put(self.worksheet.cell(row, column), name)

    def _write_activity(self, row: int, activity: ActivityLine) -> None:
        self._copy(self.lead_row, row)
        indicator = activity.indicators[0] if activity.indicators else None
        one = len(activity.indicators) == 1
        named = "indicator" if self._index("indicator") else "formula"
        said = {
            "activity": activity.description,
            "component": activity.component,
            "task": activity.tasks[0] if self.by_task and activity.tasks else as_items(activity.tasks),
            "deliverable": activity.deliverable,
            named: activity.indicator_text,
            "formula": (indicator.formula if one else None) if named == "indicator" else activity.indicator_text,
            "result": activity.result_text,
            "target": _figure_or_words(indicator.target, indicator.printed_target) if one else None,
            "baseline": _figure_or_words(indicator.baseline, indicator.printed_baseline) if one else None,
            "unit": indicator.unit if one else None,
            "weight": activity.weight,
            "budget": activity.budget,
            "start": activity.starts,
            "end": activity.ends,
            "schedule": activity.schedule_text,
            "responsible": activity.responsible_text,
        }
        for kind, value in said.items():
            self._put(row, kind, value)
        if number := self._index("number"):
            put(self.worksheet.cell(row, number), printed_number(activity.number))
        for column in self.columns:
            if column["kind"] == "followup" and column["ordinal"]:
                put(self.worksheet.cell(row, column["index"]), activity.followups[column["ordinal"] - 1])
        for index, value in self.kept.get(_folded(activity.description), {}).items():
            put(self.worksheet.cell(row, index), value)
        self._write_months(row, activity.months)

    def _write_months(self, row: int, months: tuple[int, ...]) -> None:
        for column in self.columns:
            if column["kind"] != "months":
                continue
            cell = self.worksheet.cell(row, column["index"])
            is_marked = not column["executed"] and bool(set(column["months"]) & set(months))
            if is_marked:
                self._mark(cell)
            elif self.unmarked is not None:
                cell._style = self.unmarked
            elif self.marked is not None:
                cell._style = copy(self.marked)
                cell.fill = PatternFill()

    def _mark(self, cell) -> None:
        if self.marked is not None:
            cell._style = self.marked
        put(cell, self.mark)

    def _put(self, row: int, kind: str, value: Any) -> None:
        index = self._index(kind)
        if not index:
            return
        cell = self.worksheet.cell(row, index)
        number_format = cell.number_format
        if kind in ("weight", "target", "baseline") and isinstance(value, Decimal) and "%" in number_format:
            value = value / 100
        put(cell, value)
        if kind in ("start", "end"):
            dated = any(letter in number_format.lower() for letter in "dmy") and number_format != "General"
            cell.number_format = number_format if dated else DATE_FORMAT

    def _merge(self, rows) -> None:
        """Merges along a row in every row; merges down a group over its tasks or its component."""
        across = [m for m in self.merges if m.min_row == m.max_row == self.lead and m.min_col < m.max_col]
        wide = [m for m in self.merges if m.min_row == m.max_row == self.layout["component_row"]]
        for row, (_, task) in enumerate(rows, start=self.first):
            for merge in wide if task is None else across:
                self._merge_cells(row, row, merge.min_col, merge.max_col)
        down = {m.min_col for m in self.merges if m.min_row < m.max_row and m.min_col == m.max_col}
        for index in sorted(down):
            by_component = index == self._index("component")
            for first, last in _runs(rows, by_component):
                self._merge_cells(self.first + first, self.first + last, index, index)

    def _merge_cells(self, top: int, bottom: int, left: int, right: int) -> None:
        if (top, left) != (bottom, right):
            self.worksheet.merge_cells(start_row=top, end_row=bottom, start_column=left, end_column=right)

    def _index(self, kind: str) -> int | None:
        return self.places.get(kind)

    def _example_row(self, row: int) -> dict[str, Any]:
        cells = self.worksheet._cells
        known = {c: cells[row, c] for c in range(1, self.width + 1) if (row, c) in cells}
        return {
            "cells": {column: (copy(cell._style), cell.value) for column, cell in known.items()},
            "height": self.worksheet.row_dimensions[row].height,
        }

    def _copy(self, example: dict[str, Any], row: int) -> None:
        for column, (style, _) in example["cells"].items():
            self.worksheet.cell(row, column)._style = style
        if example["height"]:
            self.worksheet.row_dimensions[row].height = example["height"]

    def _month_example(self, place: list[int] | None) -> tuple[Any, Any]:
        """The style and the value of a month cell of this form; an X where it never marked one."""
        if place is None:
            return None, MARK
        cell = self.worksheet.cell(*place)
        return copy(cell._style), cell.value

    def _kept_columns(self) -> dict[str, dict[int, Any]]:
        """What columns without a field of the plan said of an activity that still says the same."""
        others = [column["index"] for column in self.columns if column["kind"] == "other"]
        activity = self._index("activity")
        kept = {}
        for rows in self.layout["groups"]:
            words = _folded(str(self.worksheet.cell(rows[0], activity).value or ""))
            kept[words] = {index: self.worksheet.cell(rows[0], index).value for index in others}
        return kept


def _folded(text: str) -> str:
    return " ".join(text.split())


def _runs(rows, by_component: bool):
    """First and last row of each activity, or of the activities in a row with the same component."""
    start = 0
    for at in range(1, len(rows) + 1):
        if at < len(rows) and _same(rows[start], rows[at], by_component):
            continue
        if rows[start][1] is not None:
            yield start, at - 1
        start = at


def _same(one, other, by_component: bool) -> bool:
    if one[1] is None or other[1] is None:
        return False
    if by_component:
        return one[0].component is not None and one[0].component == other[0].component
    return one[0] is other[0]


def _figure_or_words(figure: Decimal | None, words: str) -> Decimal | str | None:
    return words or None if figure is None else figure
