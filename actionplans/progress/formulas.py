"""The formulas: what was reached, or should have been, as a share of the year's target."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from .meaning import Comparison, Measure
from .numbers import operand, percent

WHOLE = Fraction(100)


@dataclass(frozen=True)
class Share:
    """A share in percentage points, its formula in words and the same formula with its numbers."""

    value: Fraction
    formula: str
    working: str


def share_of(measure: Measure, value: Fraction, what: str) -> Share:
    """`value` against the target of a measure without problem; `what` names it in the formula."""
    return _BY_COMPARISON[measure.comparison](measure, value, what)


def _proportion(measure: Measure, value: Fraction, what: str) -> Share:
    share = value / measure.target * 100
    return _share(share, f"{what} ÷ meta del año × 100", f"{operand(value)} ÷ {operand(measure.target)} × 100")


def _rise(measure: Measure, value: Fraction, what: str) -> Share:
    x, t, b = operand(value), operand(measure.target), operand(measure.baseline)
    share = (value - measure.baseline) / (measure.target - measure.baseline) * 100
    formula = f"({what} − línea base) ÷ (meta del año − línea base) × 100"
    return _share(share, formula, f"({x} − {b}) ÷ ({t} − {b}) × 100")


def _reduction(measure: Measure, value: Fraction, what: str) -> Share:
    x, t, b = operand(value), operand(measure.target), operand(measure.baseline)
    share = (measure.baseline - value) / (measure.baseline - measure.target) * 100
    formula = f"(línea base − {what}) ÷ (línea base − meta del año) × 100"
    return _share(share, formula, f"({b} − {x}) ÷ ({b} − {t}) × 100")


def _limit(measure: Measure, value: Fraction, what: str) -> Share:
    x, t = operand(value), operand(measure.target)
    formula = f"100 % si {what} no pasa de la meta; si pasa, meta ÷ {what} × 100"
    if value <= measure.target:
        return Share(WHOLE, formula, f"{x} no pasa de {t}: 100 %")
    return _share(measure.target / value * 100, formula, f"{x} pasa de {t}: {t} ÷ {x} × 100")


def _floor(measure: Measure, value: Fraction, what: str) -> Share:
    x, t = operand(value), operand(measure.target)
    formula = f"100 % si {what} llega a la meta; si no, {what} ÷ meta × 100"
    if value >= measure.target:
        return Share(WHOLE, formula, f"{x} llega a {t}: 100 %")
    return _share(value / measure.target * 100, formula, f"{x} no llega a {t}: {x} ÷ {t} × 100")


def _done(measure: Measure, value: Fraction, what: str) -> Share:
    share, said = (WHOLE, "sí") if value > 0 else (Fraction(0), "no")
    return Share(share, f"100 % si {what} es sí, 0 % si es no", f"{said}: {percent(share)}")


def _share(value: Fraction, formula: str, working: str) -> Share:
    return Share(value, formula, f"{working} = {percent(value)}")


_BY_COMPARISON = {
    Comparison.SHARE: _proportion,
    Comparison.RISE: _rise,
    Comparison.REDUCTION: _reduction,
    Comparison.LIMIT: _limit,
    Comparison.FLOOR: _floor,
    Comparison.DONE: _done,
}
