"""The results of a report as a page tells them: what counted. What the office had said of a value that planning
corrected was never validated, and is told to nobody outside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from actionplans.enums import IndicatorKind
from actionplans.models import Indicator, Validation
from actionplans.progress.numbers import percent
from planning.words import amount, figure

DECLARED = "Avance del año que declara la dependencia"


@dataclass(frozen=True)
class ResultLine:
    """`is_corrected` where the office had reported another value."""

    name: str
    counted: str
    is_corrected: bool = False


def result_lines(validation: Validation, indicators: Iterable[Indicator]) -> list[ResultLine]:
    """A line for each reading; `indicators` are those of the activity, for their kinds and units."""
    known = {indicator.key: indicator for indicator in indicators}
    corrected = {row.key: row for row in validation.corrections.all()}
    lines = [_line(row, corrected.pop(row.key, None), known) for row in validation.revision.measurements.all()]
    lines += [ResultLine(row.name, _words(row, known)) for row in corrected.values()]
    return lines + _declared(validation)


def _line(row, correction, known) -> ResultLine:
    return ResultLine(row.name, _words(correction or row, known), correction is not None)


def _words(row, known: Mapping[int, Indicator]) -> str:
    indicator = known.get(row.key)
    if row.numerator is not None:
        return f"{figure(row.numerator)} de {figure(row.denominator)}"
    if indicator and indicator.kind == IndicatorKind.YES_NO:
        return "Sí" if row.value else "No"
    return amount(row.value, indicator.unit if indicator else "")


def _declared(validation) -> list[ResultLine]:
    told, corrected = validation.revision.declared, validation.corrected_declared
    if corrected is not None:
        return [ResultLine(DECLARED, percent(corrected), told is not None)]
    return [ResultLine(DECLARED, percent(told))] if told is not None else []
