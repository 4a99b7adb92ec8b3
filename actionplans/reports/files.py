"""The formats in which a plan goes out, by the end of their names: who draws each one and how it is called."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from . import pdf, tables, xlsx_form, xlsx_template
from .sheet import OwnForm, PlanSheet

EDITION = 4
"""Goes up when a format is drawn otherwise, so that nobody is left with the old drawing."""


@dataclass(frozen=True)
class Format:
    """`draw` takes the plan and the entity's own form, if there is one."""

    suffix: str
    media_type: str
    draw: Callable[[PlanSheet, OwnForm | None], bytes]


def workbook(sheet: PlanSheet, form: OwnForm | None) -> bytes:
    """The entity's own workbook filled again, else the built-in form; «Datos» says when the own one was no use."""
    if form is None:
        return xlsx_form.render(sheet)
    try:
        return xlsx_template.render(sheet, form)
    except xlsx_template.CannotCarry as reason:
        return xlsx_form.render(sheet, note=f"{reason} Por eso va en el formato del portal.")


FORMATS = {
    format_.suffix: format_
    for format_ in (
        Format(
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            workbook,
        ),
        Format("pdf", "application/pdf", lambda sheet, form: pdf.render(sheet)),
        Format("csv", "text/csv; charset=utf-8", lambda sheet, form: tables.csv_bytes(sheet)),
        Format("json", "application/json", lambda sheet, form: tables.json_bytes(sheet)),
    )
}


def file_name(sheet: PlanSheet, suffix: str, *, when: str = "") -> str:
    """«cartago-participacion-ciudadana-2024-v1.xlsx»; `when` goes to the end of the name."""
    parts = [sheet.entity_slug, sheet.slug, str(sheet.year), f"v{sheet.version}", when]
    return f"{'-'.join(filter(None, parts))}.{suffix}"


def fingerprint(sheet: PlanSheet, suffix: str) -> str:
    """Changes whenever the file would: with what the version says (its seal too), its letterhead or the format."""
    return hashlib.sha256(f"{EDITION} {suffix} ".encode() + tables.json_bytes(sheet)).hexdigest()
