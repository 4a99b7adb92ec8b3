"""What a report asks of each indicator: which figures, of which months, and what is known of it so far. Pure."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal

from actionplans.domain.following.figures.measuring import Counting, activity_facts
from actionplans.enums import IndicatorKind
from actionplans.months import MONTH_NAMES, MonthSet
from actionplans.progress import ActivityProgress
from actionplans.progress.meaning import Gathering, Measure, read
from planning.words import figure

PARTS = {IndicatorKind.RATIO: ("numerator", "denominator")}
DEFAULT_NAMES = {"numerator": "Numerador", "denominator": "Denominador"}


def field_name(part: str, key: int) -> str:
    """The name of a figure's field: «value_1», «numerator_2»."""
    return f"{part}_{key}"


@dataclass(frozen=True)
class Question:
    """One indicator as the form asks for it; `reached` is what it had come to at the end of the period before."""

    indicator: object
    measure: Measure
    period: object
    reached: Decimal | None = None

    @property
    def key(self) -> int:
        return self.indicator.key

    @property
    def label(self) -> str:
        return self.indicator.name or f"Indicador {self.key}"

    @property
    def is_ratio(self) -> bool:
        return self.measure.is_ratio

    @property
    def is_yes_no(self) -> bool:
        return self.measure.kind == IndicatorKind.YES_NO

    @property
    def has_target(self) -> bool:
        """Whether a figure of it says how far the activity has come."""
        return self.is_yes_no or self.measure.target is not None

    @property
    def parts(self) -> tuple[str, ...]:
        return PARTS.get(self.measure.kind, ("value",))

    @property
    def names(self) -> list[str]:
        return [field_name(part, self.key) for part in self.parts]

    @property
    def id_for_label(self) -> str:
        return f"indicador-{self.indicator.activity_version_id}-{self.key}"

    def label_of(self, part: str) -> str:
        if part == "value":
            return self.label
        return getattr(self.indicator, part) or DEFAULT_NAMES[part]

    @property
    def target_words(self) -> str:
        """«La meta del año es 60 funcionarios.»; what is printed where there is no figure."""
        if self.is_yes_no:
            return ""
        if self.indicator.target is None:
            printed = self.indicator.printed_target
            return f"Meta del año: {printed}." if printed else ""
        return f"La meta del año es {figure(self.indicator.target)}{self._unit}."

    @property
    def so_far_words(self) -> str:
        """«Van 38 hasta junio.»; nothing before the first report."""
        if self.reached is None or self.is_yes_no:
            return ""
        verb = "Van" if self.measure.gathering == Gathering.SUM and not self.is_ratio else "Iba en"
        return (
            f"{verb} {figure(_short(self.reached))}{self._unit} hasta {MONTH_NAMES[self.period.starts.month - 2]}."
        )

    @property
    def which_words(self) -> str:
        """Which months the figure is about: where most wrong totals come from."""
        first, last = MONTH_NAMES[self.period.starts.month - 1], MONTH_NAMES[self.period.ends.month - 1]
        if self.is_yes_no:
            return f"Al terminar {last}."
        if self.measure.gathering == Gathering.SUM:
            return f"Escriba solo lo de {first} a {last}."
        if self.measure.gathering == Gathering.GREATEST:
            return f"Escriba el mayor valor que hubo de {first} a {last}."
        if self.measure.kind == IndicatorKind.COUNT:
            return f"Escriba el total desde enero hasta {last}."
        return f"Escriba cómo estaba al terminar {last}."

    @property
    def live_json(self) -> str:
        """What the script needs to say where the figure being typed leads; plain texts."""
        adds_up = self.measure.gathering == Gathering.SUM and not self.is_ratio
        target = self.measure.target
        told = {
            "ratio": self.is_ratio,
            "percent": self.measure.is_percentage,
            "before": str(self.reached) if adds_up and self.reached else "",
            "target": "" if target is None or self.is_yes_no else str(float(target)),
            "unit": "" if self.measure.is_percentage else self.indicator.unit,
        }
        return json.dumps(told)

    def leads(self, figures: dict[str, Decimal | None]) -> str:
        """«Con esto llega a 38 + 22 = 60 de 60 funcionarios»: what the script says too while it is typed."""
        if self.is_yes_no or any(number is None for number in figures.values()):
            return ""
        target = self.measure.target
        aim = "" if target is None else figure(_short(_decimal(target)))
        if self.is_ratio:
            return self._quotient(figures["numerator"], figures["denominator"], aim)
        value = figures["value"]
        of_aim = f" de {aim}" if aim else ""
        if self.measure.gathering == Gathering.SUM and self.reached:
            before = _short(self.reached)
            total = f"{figure(before)} + {figure(_short(value))} = {figure(_short(self.reached + value))}"
            return f"Con esto llega a {total}{of_aim}{self._unit}"
        return f"{figure(_short(value))}{of_aim}{self._unit}" if aim else ""

    def _quotient(self, above: Decimal, below: Decimal, aim: str) -> str:
        if not below:
            return "Con denominador cero no hay resultado."
        times, factor = (" × 100", 100) if self.measure.is_percentage else ("", 1)
        result = figure(_short(above / below * factor))
        goal = f"; la meta es {aim}{self._unit}" if aim else ""
        return f"{figure(_short(above))} ÷ {figure(_short(below))}{times} = {result}{self._unit}{goal}"

    @property
    def _unit(self) -> str:
        if self.measure.is_percentage:
            return " %"
        return f" {self.indicator.unit}" if self.indicator.unit else ""


def questions_of(promise, period, before: ActivityProgress | None = None) -> list[Question]:
    """One for each indicator that says a kind or a target; the others are told in words alone."""
    facts = activity_facts(promise, (), MonthSet(), Counting.REPORTED)
    periods = 12 // len(period.months)
    reached = {row.key: row.value for row in before.indicators} if before else {}
    return [
        Question(row, read(fact, periods), period, reached.get(row.key))
        for row, fact in zip(promise.indicators.all(), facts.indicators, strict=True)
        if row.kind or read(fact, periods).target is not None
    ]


def asks_declared(questions: list[Question]) -> bool:
    """A percentage may be declared where no indicator can measure."""
    return not any(question.has_target for question in questions)


def _decimal(value) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def _short(value: Decimal) -> Decimal:
    return round(value, 2)
