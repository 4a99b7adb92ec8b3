"""Figures of a report: read as people here type them, refused where they say two things, asked twice where odd."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django import forms

from actionplans.imports.reading.values import parse_number
from planning.words import figure

from .report_questions import Question

YES_NO = [("1", "Sí"), ("0", "No")]
LARGEST = Decimal(10) ** 15
MOST_TIMES = 10
"""A result beyond so many times the target is asked about before it counts."""

_TWO_WAYS = re.compile(r",\d*\.")


class FigureField(forms.CharField):
    """A figure as people here write it: comma for decimals, points for thousands; as typed until it is read."""

    def __init__(
        self,
        *,
        least: Decimal | None = None,
        most: Decimal | None = None,
        places: int = 4,
        takes_percent: bool = True,
        **options,
    ):
        self.least, self.most, self.places, self.takes_percent = least, most, places, takes_percent
        options.setdefault("required", False)
        options.setdefault("max_length", 40)
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "figure-field"})
        super().__init__(widget=widget, **options)

    def clean(self, value) -> Decimal | None:
        text = super().clean(value).strip()
        if "%" in text and not self.takes_percent:
            raise forms.ValidationError(f"«{text}» es un porcentaje y aquí va una cantidad: escríbala sin %.")
        text = text.replace("%", "").strip()
        if not text:
            return None
        if _TWO_WAYS.search(text):
            raise forms.ValidationError(
                f"«{text}» se puede leer de dos maneras. Escriba el punto para los miles y la coma para los "
                "decimales: 1.500,5."
            )
        number = parse_number(text)
        if number is None or abs(number) >= LARGEST:
            raise forms.ValidationError(f"«{text}» no es una cifra. Escríbala así: 1.500,5.")
        if self.least is not None and number < self.least:
            raise forms.ValidationError(f"{figure(number)} no puede ser: el mínimo es {figure(self.least)}.")
        if self.most is not None and number > self.most:
            raise forms.ValidationError(f"{figure(number)} no puede ser: el máximo es {figure(self.most)}.")
        return number.quantize(Decimal(1).scaleb(-self.places), ROUND_HALF_UP)


class ConfirmBox(forms.CheckboxInput):
    """A tick whose value is what it confirms, so that it does not hold for another figure."""

    def __init__(self, said: str, attrs=None):
        self.said = said
        super().__init__(attrs, check_test=lambda value: bool(said) and value == said)

    def value_from_datadict(self, data, files, name):
        return data.get(name, "")

    def format_value(self, value):
        return self.said


def figure_field(question: Question, part: str) -> forms.Field:
    if question.is_yes_no:
        return forms.ChoiceField(
            label=question.label,
            required=False,
            choices=YES_NO,
            widget=forms.RadioSelect,
            help_text=question.which_words,
        )
    may_be_negative = question.measure.kind == "level"
    return FigureField(
        label=question.label_of(part),
        help_text="" if question.is_ratio else question.which_words,
        least=None if may_be_negative else Decimal(0),
        takes_percent=question.measure.is_percentage and not question.is_ratio,
    )


def doubt_of(question: Question, figures: dict[str, Decimal | None]) -> str:
    """Why the figures of an indicator can hardly be; empty where nothing is strange or something is missing."""
    if question.is_yes_no or any(number is None for number in figures.values()):
        return ""
    if not question.is_ratio:
        return _beyond_target(question, Fraction(figures["value"]))
    above, below = Fraction(figures["numerator"]), Fraction(figures["denominator"])
    if not below:
        return ""
    if question.measure.is_percentage and above > below:
        return f"{figure(figures['numerator'])} de {figure(figures['denominator'])} es más del 100 %."
    return _beyond_target(question, above / below * (100 if question.measure.is_percentage else 1))


def _beyond_target(question: Question, value: Fraction) -> str:
    target = question.measure.target
    if not target or abs(value) <= MOST_TIMES * abs(target):
        return ""
    shown = figure(round(Decimal(value.numerator) / Decimal(value.denominator), 2))
    return f"{shown} es más de {MOST_TIMES} veces la meta. {question.target_words}"
