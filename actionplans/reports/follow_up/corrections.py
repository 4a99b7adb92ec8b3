"""What planning corrected of a report, in the words that a form's cell says after those of the office. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from actionplans.domain.following.reporting.revisions import reading_words
from actionplans.enums import IndicatorKind
from actionplans.progress.numbers import percent
from planning.words import sentence


def correction_words(revision, validation, indicators: Mapping[int, Mapping]) -> str:
    """«Planeación corrigió el valor. Talleres: 4. Motivo: uno fue de otro año.»; empty where it corrected nothing.

    The reason is told only beside a value that the office had given, as on the public page.
    """
    rows = list(validation.corrections.all())
    values = [f"{row.name}: {_reading(row, indicators)}" for row in rows]
    if validation.corrected_declared is not None:
        values.append(f"Avance declarado: {percent(validation.corrected_declared)}")
    if not values:
        return ""
    why = f" Motivo: {sentence(validation.comment)}" if _replaces(revision, validation, rows) else ""
    return f"Planeación corrigió el valor. {'; '.join(values)}.{why}"


def _replaces(revision, validation, rows) -> bool:
    reported = {row.key for row in revision.measurements.all()}
    is_declared_changed = validation.corrected_declared is not None and revision.declared is not None
    return is_declared_changed or any(row.key in reported for row in rows)


def _reading(row, indicators) -> str:
    if indicators.get(row.key, {}).get("kind") == IndicatorKind.YES_NO and row.value is not None:
        return "Sí" if row.value else "No"
    return reading_words(row)
