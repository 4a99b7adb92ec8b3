"""The formats in which a plan goes out, by the end of their names: who draws each one and how it is called."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings

from ..issued.issuing import EDITION
from ..issued.verification import Mark
from . import built_in_workbook, own_workbook, pdf, tables
from .sheet import OwnForm, PlanSheet


@dataclass(frozen=True)
class Format:
    """`draw` takes the plan, the entity's own form and the mark to bear, if there are any.

    What `is_issued` bears a code and is kept; the rest is text, drawn for whoever asks.
    """

    suffix: str
    media_type: str
    draw: Callable[[PlanSheet, OwnForm | None, Mark | None], bytes]
    is_issued: bool = False


def workbook(sheet: PlanSheet, form: OwnForm | None, mark: Mark | None = None) -> bytes:
    """The entity's own workbook filled again, else the built-in form; «Datos» says when the own one was no use."""
    if form is None:
        return built_in_workbook.render(sheet, mark=mark)
    try:
        return own_workbook.render(sheet, form, mark)
    except own_workbook.CannotCarry as reason:
        return built_in_workbook.render(sheet, note=f"{reason} Por eso va en el formato del portal.", mark=mark)


FORMATS = {
    format_.suffix: format_
    for format_ in (
        Format(
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            workbook,
            is_issued=True,
        ),
        Format("pdf", "application/pdf", lambda sheet, form, mark=None: pdf.render(sheet, mark), is_issued=True),
        Format("csv", "text/csv; charset=utf-8", lambda sheet, form, mark=None: tables.csv_bytes(sheet)),
        Format("json", "application/json", lambda sheet, form, mark=None: tables.json_bytes(sheet)),
    )
}


def file_name(sheet: PlanSheet, suffix: str, *, when: str = "") -> str:
    """«cartago-participacion-ciudadana-2024-v1.xlsx»; `when` goes to the end of the name."""
    parts = [sheet.entity_slug, sheet.slug, str(sheet.year), f"v{sheet.version}", when]
    return f"{'-'.join(filter(None, parts))}.{suffix}"


def fingerprint(sheet: PlanSheet, suffix: str) -> str:
    """Changes whenever the file would: with what the version says (its seal too), its letterhead or the format."""
    said = f"{EDITION} {settings.SITE_URL} {suffix} ".encode() + tables.json_bytes(sheet)
    return hashlib.sha256(said).hexdigest()
