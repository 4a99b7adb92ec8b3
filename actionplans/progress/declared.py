"""The percentage that an office declares where there is no target: of the year to date, so the last one counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from .facts import Cut, ReportFacts
from .numbers import exact, percent
from .reached import NO_FIGURE, WITHOUT_PROGRESS
from .results import Step


@dataclass(frozen=True)
class Declared:
    """The share declared up to a cut, at the cut before, and the part of the period; None if not declared."""

    share: Fraction | None = None
    previous: Fraction | None = None
    of_period: Fraction | None = None
    steps: tuple[Step, ...] = ()


def declared_of(reports: Iterable[ReportFacts], cut: Cut) -> Declared:
    """What the reports up to the cut declare; «sin avance» leaves what was declared before."""
    until = sorted((report for report in reports if report.ordinal <= cut.ordinal), key=lambda one: one.ordinal)
    share = _last(until)
    if share is None:
        return Declared()
    previous = _last([report for report in until if report.ordinal < cut.ordinal]) or Fraction(0)
    own = [report for report in until if report.ordinal == cut.ordinal]
    is_said = any(report.declared is not None or report.is_without_progress for report in own)
    of_period = share - previous if is_said else None
    inputs = tuple((cut.title_of(report.ordinal), _words(report), report.source) for report in until)
    step = Step(
        "Avance del año declarado por la dependencia.",
        "Avance del año = último porcentaje declarado",
        inputs,
        percent(share),
        "executed",
    )
    return Declared(share, previous if is_said else None, of_period, (step, _step_of_period(of_period, cut)))


def _last(reports: list[ReportFacts]) -> Fraction | None:
    said = [report.declared for report in reports if report.declared is not None]
    return exact(said[-1]) if said else None


def _words(report: ReportFacts) -> str:
    if report.declared is not None:
        return percent(report.declared)
    return WITHOUT_PROGRESS if report.is_without_progress else NO_FIGURE


def _step_of_period(of_period: Fraction | None, cut: Cut) -> Step:
    if of_period is None:
        return Step(f"El avance del periodo no se conoce: sin dato del {cut.name}.", figure="period_executed")
    formula = "Avance del periodo = declarado a este corte − declarado al corte anterior"
    return Step("Avance del periodo.", formula, (), percent(of_period), "period_executed")
