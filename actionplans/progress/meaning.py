"""How an indicator is read: what its blanks mean, what its values are gathered into, by which formula."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from fractions import Fraction

from actionplans.enums import Accumulation, Direction, IndicatorKind

from .facts import IndicatorFacts, ProgressState
from .numbers import exact, number

INCREASING, DECREASING, MAINTAIN = Direction.INCREASING, Direction.DECREASING, Direction.MAINTAIN
PERCENT_WORDS = ("%", "porcent", "por ciento")


class Gathering(Enum):
    """What the figures of several periods become."""

    SUM = "suma"
    LAST = "último"
    GREATEST = "mayor"


class Comparison(Enum):
    """How what was reached becomes a share of the year."""

    SHARE = "x ÷ T"
    RISE = "(x − B) ÷ (T − B)"
    REDUCTION = "(B − x) ÷ (B − T)"
    LIMIT = "x ≤ T → 100, si no T ÷ x"
    FLOOR = "x ≥ T → 100, si no x ÷ T"
    DONE = "hecho → 100, si no 0"


# What each kind and accumulation measures in each direction; a direction that is missing has no formula.
# RISE and REDUCTION without baseline become SHARE and LIMIT.
_TOTAL = {INCREASING: Comparison.SHARE, DECREASING: Comparison.REDUCTION}
_RATIO = {INCREASING: Comparison.SHARE, DECREASING: Comparison.REDUCTION, MAINTAIN: Comparison.FLOOR}
_LEVEL = {INCREASING: Comparison.RISE, DECREASING: Comparison.REDUCTION, MAINTAIN: Comparison.FLOOR}
_GREATEST = {INCREASING: Comparison.SHARE, MAINTAIN: Comparison.SHARE}
_DONE = dict.fromkeys(Direction, Comparison.DONE)
_READ_AS = {
    IndicatorKind.COUNT: {
        Accumulation.FLOW: (
            Gathering.SUM,
            {INCREASING: Comparison.SHARE, DECREASING: Comparison.LIMIT},
        ),
        Accumulation.RUNNING_TOTAL: (Gathering.LAST, _TOTAL),
        Accumulation.LAST: (Gathering.LAST, _TOTAL),
    },
    IndicatorKind.LEVEL: dict.fromkeys(Accumulation, (Gathering.LAST, _LEVEL)),
    IndicatorKind.CAPACITY: dict.fromkeys(Accumulation, (Gathering.GREATEST, _GREATEST)),
    IndicatorKind.RATIO: {
        Accumulation.FLOW: (Gathering.SUM, _RATIO),
        Accumulation.RUNNING_TOTAL: (Gathering.LAST, _RATIO),
        Accumulation.LAST: (Gathering.LAST, _RATIO),
    },
    IndicatorKind.YES_NO: dict.fromkeys(Accumulation, (Gathering.LAST, _DONE)),
}
_WITHOUT_BASELINE = {Comparison.RISE: Comparison.SHARE, Comparison.REDUCTION: Comparison.LIMIT}


@dataclass(frozen=True)
class Measure:
    """An indicator, read. `problem` is the state and the reason of a definition that gives no figure, else None.

    `stands` says that the target holds at every cut instead of growing over the year; `targets` has one entry
    for each period.
    """

    key: int
    name: str
    unit: str
    kind: IndicatorKind
    gathering: Gathering
    comparison: Comparison | None
    baseline: Fraction | None
    target: Fraction | None
    targets: tuple[Fraction | None, ...]
    is_percentage: bool
    stands: bool
    problem: tuple[ProgressState, str] | None
    remarks: tuple[str, ...]

    @property
    def is_ratio(self) -> bool:
        return self.kind == IndicatorKind.RATIO

    @property
    def total_of(self) -> Callable[[Sequence[Fraction]], Fraction]:
        """What targets of several periods come to, as its values do; a ratio is expected anew in each."""
        if self.gathering == Gathering.GREATEST:
            return max
        return sum if self.gathering == Gathering.SUM and not self.is_ratio else (lambda targets: targets[-1])


def read(indicator: IndicatorFacts, periods: int) -> Measure:
    """The indicator with its blanks filled by rule, each of them told in `remarks`."""
    remarks: list[str] = []
    indicator = _without_surplus(indicator, periods, remarks)
    kind = _kind(indicator, remarks)
    gathering, comparisons = _READ_AS[kind][_accumulation(indicator, kind, remarks)]
    direction = _direction(indicator, kind, remarks)
    comparison = comparisons.get(direction)
    baseline = exact(indicator.baseline)
    if baseline is None:
        comparison = _WITHOUT_BASELINE.get(comparison, comparison)
    targets = tuple(exact(target) for target in indicator.period_targets)
    targets += (None,) * (periods - len(targets))
    measure = Measure(
        key=indicator.key,
        name=indicator.name,
        unit=indicator.unit,
        kind=kind,
        gathering=gathering,
        comparison=comparison,
        baseline=baseline,
        target=exact(indicator.target),
        targets=targets,
        is_percentage=kind == IndicatorKind.RATIO and _is_percentage(indicator, remarks),
        stands=_stands(kind, gathering, comparison, direction),
        problem=None,
        remarks=(),
    )
    target = _target_of_the_year(measure, remarks)
    problem = _problem(measure, target, direction)
    return Measure(**{**vars(measure), "target": target, "problem": problem, "remarks": tuple(remarks)})


def _without_surplus(indicator: IndicatorFacts, periods: int, remarks: list[str]) -> IndicatorFacts:
    """The indicator with targets of the periods that the year has."""
    if any(target is not None for target in indicator.period_targets[periods:]):
        remarks.append(f"El plan da una meta para un periodo más de los {periods} en que se sigue: no se contó.")
    return replace(indicator, period_targets=indicator.period_targets[:periods])


def _kind(indicator: IndicatorFacts, remarks: list[str]) -> IndicatorKind:
    if indicator.kind:
        return IndicatorKind(indicator.kind)
    remarks.append("El plan no dice el tipo del indicador: se leyó como conteo.")
    return IndicatorKind.COUNT


def _accumulation(indicator: IndicatorFacts, kind: IndicatorKind, remarks: list[str]) -> Accumulation:
    if kind in (IndicatorKind.CAPACITY, IndicatorKind.YES_NO):
        return Accumulation.LAST  # these gather in one way, whatever is said
    if kind == IndicatorKind.LEVEL:
        if indicator.accumulation == Accumulation.FLOW:
            remarks.append("Un nivel no se suma: se leyó como «vale el último».")
        return Accumulation.LAST
    if indicator.accumulation:
        return Accumulation(indicator.accumulation)
    remarks.append("El plan no dice cómo se acumula: se leyó como «se suma».")
    return Accumulation.FLOW


def _direction(indicator: IndicatorFacts, kind: IndicatorKind, remarks: list[str]) -> Direction:
    if indicator.direction:
        return Direction(indicator.direction)
    if kind != IndicatorKind.YES_NO:
        remarks.append("El plan no dice hacia dónde debe ir: se leyó como «subir».")
    return INCREASING


def _is_percentage(indicator: IndicatorFacts, remarks: list[str]) -> bool:
    """Whether numerator ÷ denominator is multiplied by 100 before it meets the target."""
    unit = indicator.unit.strip().casefold()
    if unit:
        if any(word in unit for word in PERCENT_WORDS):
            return True
        remarks.append(f"La unidad es «{indicator.unit.strip()}»: la razón no se multiplicó por 100.")
        return False
    said = [indicator.target, indicator.baseline, *indicator.period_targets]
    if any(abs(figure) > 1 for figure in said if figure is not None):
        remarks.append("El plan no dice la unidad y la meta pasa de 1: se leyó como porcentaje.")
        return True
    return False


def _stands(
    kind: IndicatorKind, gathering: Gathering, comparison: Comparison | None, direction: Direction
) -> bool:
    ratio_of_sums = kind == IndicatorKind.RATIO and gathering == Gathering.SUM
    return direction == MAINTAIN or ratio_of_sums or comparison == Comparison.LIMIT


def _target_of_the_year(measure: Measure, remarks: list[str]) -> Fraction | None:
    """The one that is said, else what the targets of all periods come to."""
    if None in measure.targets or measure.comparison == Comparison.DONE:
        return measure.target
    of_periods = measure.total_of(measure.targets)
    if measure.target is None:
        remarks.append(f"El plan no dice la meta del año: se tomó {number(of_periods)}, de las metas por periodo.")
        return of_periods
    if measure.target != of_periods:
        remarks.append(
            f"Las metas por periodo llegan a {number(of_periods)} y la del año es {number(measure.target)}."
        )
    return measure.target


def _problem(measure: Measure, target: Fraction | None, direction: Direction) -> tuple[ProgressState, str] | None:
    if measure.comparison == Comparison.DONE:
        return None
    if target is None:
        return ProgressState.NO_TARGET, "el indicador no tiene meta en número"
    if measure.comparison is None:
        kind, way = measure.kind.label.lower(), direction.label.lower()
        return ProgressState.UNDEFINED, f"un indicador de tipo «{kind}» no tiene fórmula para «{way}»"
    if measure.comparison in (Comparison.RISE, Comparison.REDUCTION):
        same = measure.baseline == target
        return (ProgressState.UNDEFINED, "línea base igual a la meta") if same else None
    if target < 0:
        return ProgressState.UNDEFINED, "meta negativa"
    if target == 0 and measure.comparison != Comparison.LIMIT:
        return ProgressState.UNDEFINED, "meta cero"
    return None
