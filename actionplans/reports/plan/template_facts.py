"""The fields above the table of the entity's own workbook."""

from __future__ import annotations

from collections.abc import Iterator

from actionplans.imports.reading.dates import parse_date
from actionplans.imports.reading.offices import split
from actionplans.imports.reading.text import normalise
from planning.words import long_date, short_date

from ..words import listed
from ..workbooks.cells import put, put_text
from .sheet import PlanSheet


def write_facts(worksheet, sheet: PlanSheet, fields: dict[str, list[str]]) -> None:
    """Write what the plan says now into the cells where it was read; what has not changed stays as it is."""
    for name, printed, text in _changed(sheet, fields):
        cell = worksheet[fields[name][0]]
        shown = str(cell.value or "")
        if printed in shown:
            before, after = shown.rsplit(printed, 1)
            put_text(cell, f"{before}{text}{after}")
        else:
            put(cell, text)


def _changed(sheet: PlanSheet, fields) -> Iterator[tuple[str, str, str]]:
    """Name, text as printed in the workbook and text of the plan, where they differ."""
    head = sheet.letterhead
    said = {
        "code": head.code,
        "version": head.version,
        "process": sheet.process,
        "subprocess": sheet.subprocess,
        "objective": sheet.objective,
        "scope": sheet.scope,
        "formulating_office": sheet.formulating_office,
        "year": str(sheet.year),
    }
    for name, text in said.items():
        if name in fields and normalise(fields[name][1]) != normalise(text):
            yield name, fields[name][1], text
    dates = {
        "approval_date": (head.approval_date, short_date),
        "date": (sheet.plan_date, long_date),
    }
    for name, (date, written) in dates.items():
        if name in fields and date and parse_date(fields[name][1]) != date:
            yield name, fields[name][1], written(date)
    people = fields.get("participants", ["", ""])[1]
    if people and normalise(" ".join(split(people))) != normalise(" ".join(sheet.participants)):
        yield "participants", people, listed(sheet.participants)
