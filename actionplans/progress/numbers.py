"""Exact numbers inside, decimals at the doors, and how a number is written for people."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

# Wide enough for any figure of twenty digits divided by another; never the caller's context and its traps.
_DIVIDING = Context(prec=50, rounding=ROUND_HALF_UP, traps=[])
_ROUNDING = Context(prec=400, rounding=ROUND_HALF_UP, traps=[])
DATA_DECIMALS = 4
SHOWN_DECIMALS = 2


def exact(value: Decimal | int | None) -> Fraction | None:
    return None if value is None else Fraction(value)


def decimal(value: Fraction | None) -> Decimal | None:
    """`value` with fifty digits: thirds cannot be exact in decimals."""
    return None if value is None else _DIVIDING.divide(Decimal(value.numerator), Decimal(value.denominator))


def rounded(value: Decimal, places: int = DATA_DECIMALS) -> Decimal:
    """Half up, as written in data (four decimals) or shown."""
    return value.quantize(Decimal(1).scaleb(-places), context=_ROUNDING)


def mean(values: Iterable[Fraction]) -> Fraction:
    """Of at least one value."""
    values = list(values)
    return sum(values, Fraction(0)) / len(values)


def capped(value: Fraction) -> Fraction:
    """As it enters an average: what goes over 100 does not make up for others."""
    return min(value, Fraction(100))


def number(value: Fraction | Decimal, places: int = DATA_DECIMALS) -> str:
    """«1.250», «62,5», «−3»: dots for thousands, a decimal comma, no idle zeros."""
    value = decimal(value) if isinstance(value, Fraction) else value
    text = f"{rounded(value, places):,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    text = "0" if text == "-0" else text
    return text.translate(str.maketrans(",.-", ".,−"))


def operand(value: Fraction | Decimal) -> str:
    """A number inside a formula: a negative one in brackets."""
    text = number(value)
    return f"({text})" if text.startswith("−") else text


def percent(value: Fraction | Decimal | None) -> str:
    """«63,33 %»; a dash for what cannot be known."""
    return "—" if value is None else f"{number(value, SHOWN_DECIMALS)} %"
