"""What an indicator has reached: the figures of its reports, gathered as its accumulation says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from .facts import Cut, ProgressState, Reading, ReportFacts
from .meaning import Comparison, Gathering, Measure
from .numbers import exact, number, operand

WITHOUT_PROGRESS = "sin avance"
NO_FIGURE = "sin dato"
_NAMES = {
    Gathering.SUM: "suma de lo reportado",
    Gathering.LAST: "último valor reportado",
    Gathering.GREATEST: "mayor valor reportado",
}


@dataclass(frozen=True)
class Entry:
    """What one report says of one indicator; a report «sin avance» says that nothing changed."""

    ordinal: int
    reading: Reading | None
    is_without_progress: bool
    source: str

    @property
    def is_said(self) -> bool:
        return self.is_without_progress or self.reading is not None


@dataclass(frozen=True)
class Reached:
    """What was reached, in the unit of the target; without it, `state` and `reason` say why.

    `is_nothing` says that all reports so far were «sin avance». `name`, `inputs` and `working` explain.
    """

    value: Fraction | None = None
    is_nothing: bool = False
    state: ProgressState | None = None
    reason: str = ""
    name: str = ""
    inputs: tuple[tuple[str, str, str], ...] = ()
    formula: str = ""
    working: str = ""

    @property
    def is_known(self) -> bool:
        return self.value is not None or self.is_nothing


def entries_of(measure: Measure, reports: Iterable[ReportFacts], cut: Cut) -> list[Entry]:
    """What the reports up to the cut say of the indicator, oldest first."""
    return [
        _entry(measure, report)
        for report in sorted(reports, key=lambda report: report.ordinal)
        if report.ordinal <= cut.ordinal
    ]


def gather(measure: Measure, entries: Sequence[Entry], cut: Cut) -> Reached:
    """One figure out of `entries`, oldest first."""
    inputs = tuple((cut.title_of(entry.ordinal), _words(measure, entry), entry.source) for entry in entries)
    said = [entry for entry in entries if entry.is_said]
    readings = [entry.reading for entry in said if not entry.is_without_progress]
    if not said:
        state, reason = ProgressState.NOT_REPORTED, "no hay reporte con el dato del indicador"
        return Reached(state=state, reason=reason, inputs=inputs)
    if measure.is_ratio and readings:
        return _ratio(measure, readings, inputs)
    if measure.gathering == Gathering.SUM and not measure.is_ratio:
        # «Sin avance» adds nothing, and it is known that it does.
        return Reached(value=sum(map(_value, readings), Fraction(0)), name=_NAMES[Gathering.SUM], inputs=inputs)
    if not readings:
        return Reached(is_nothing=True, inputs=inputs)
    values = [_value(reading) for reading in readings]
    value = max(values) if measure.gathering == Gathering.GREATEST else values[-1]
    return Reached(value=value, name=_NAMES[measure.gathering], inputs=inputs)


def _entry(measure: Measure, report: ReportFacts) -> Entry:
    reading = None if report.is_without_progress else report.readings.get(measure.key)
    if reading is not None and not _says(measure, reading):
        reading = None
    source = (reading.source if reading is not None else "") or report.source
    return Entry(report.ordinal, reading, report.is_without_progress, source)


def _says(measure: Measure, reading: Reading) -> bool:
    parts = (reading.numerator, reading.denominator) if measure.is_ratio else ()
    return any(figure is not None for figure in (reading.value, *parts))


def _has_both(reading: Reading) -> bool:
    return reading.numerator is not None and reading.denominator is not None


def _value(reading: Reading) -> Fraction:
    return exact(reading.value)


def _ratio(measure: Measure, readings: Sequence[Reading], inputs: tuple) -> Reached:
    if measure.gathering == Gathering.LAST or len(readings) == 1:
        readings = readings[-1:]
        if not _has_both(readings[0]) and readings[0].value is not None:
            return Reached(value=_value(readings[0]), name="razón reportada", inputs=inputs)
    if not all(_has_both(reading) for reading in readings):
        return _undefined("falta un numerador o un denominador", inputs)
    above = sum((exact(reading.numerator) for reading in readings), Fraction(0))
    below = sum((exact(reading.denominator) for reading in readings), Fraction(0))
    if below == 0:
        return _undefined("denominador cero", inputs)
    value = above / below * (100 if measure.is_percentage else 1)
    times, sign = (" × 100", " %") if measure.is_percentage else ("", "")
    sums = measure.gathering == Gathering.SUM
    words = "suma de numeradores ÷ suma de denominadores" if sums else "último numerador ÷ último denominador"
    return Reached(
        value=value,
        name="resultado",
        inputs=inputs,
        formula=f"Resultado = {words}{times}",
        working=f"{operand(above)} ÷ {operand(below)}{times} = {number(value)}{sign}",
    )


def _undefined(reason: str, inputs: tuple) -> Reached:
    return Reached(state=ProgressState.UNDEFINED, reason=reason, inputs=inputs)


def _words(measure: Measure, entry: Entry) -> str:
    reading = entry.reading
    if reading is None:
        return WITHOUT_PROGRESS if entry.is_without_progress else NO_FIGURE
    if measure.comparison == Comparison.DONE:
        return "sí" if reading.value > 0 else "no"
    if measure.is_ratio and (reading.value is None or _has_both(reading)):
        figures = (reading.numerator, reading.denominator)
        return " ÷ ".join(NO_FIGURE if figure is None else operand(figure) for figure in figures)
    return number(reading.value)
