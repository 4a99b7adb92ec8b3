"""How much of the year a plan asks for by a cut: by its targets per period, else by its scheduled months."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from actionplans.months import MONTH_NAMES, MonthSet

from .facts import ActivityFacts, Cut
from .formulas import WHOLE, Share, share_of
from .meaning import Gathering, Measure
from .numbers import number, percent
from .results import Step

NOTHING = Fraction(0)
_TARGETS_TOGETHER = {Gathering.SUM: "suma de las metas por periodo", Gathering.GREATEST: "mayor meta por periodo"}


@dataclass(frozen=True)
class Programme:
    """The share of the year programmed up to a cut, and the part of it that the cut's own period asks for."""

    share: Fraction | None = None
    of_period: Fraction | None = None
    reason: str = ""
    steps: tuple[Step, ...] = ()


def programme_of(activity: ActivityFacts, measure: Measure | None, cut: Cut) -> Programme:
    """What is due of a measure, or by the months alone where there is none that can be computed."""
    measure = None if measure is None or measure.problem else measure
    if measure is not None and None not in measure.targets[: cut.ordinal]:
        return _by_targets(measure, cut)
    months = activity.months - activity.prior
    if not months:
        return _unknown(_why_no_schedule(activity))
    return _standing(months, cut) if measure is not None and measure.stands else _by_months(activity, cut)


def _by_targets(measure: Measure, cut: Cut) -> Programme:
    def at(first: int, last: int) -> Share | None:
        targets = measure.targets[first:last]
        return share_of(measure, measure.total_of(targets), _name_of_targets(measure, cut)) if targets else None

    share = at(0, cut.ordinal)
    floored = max(share.value, NOTHING)
    before = at(0, cut.ordinal - 1)
    of_period = (
        at(cut.ordinal - 1, cut.ordinal).value
        if measure.stands
        else floored - max(before.value if before else NOTHING, NOTHING)
    )
    inputs = tuple(
        (f"Meta del {cut.name_of(ordinal)}", number(target), "Plan")
        for ordinal, target in enumerate(measure.targets[: cut.ordinal], start=1)
    )
    working = share.working
    if share.value < 0:
        working = f"{working}; menos que nada es nada: 0 %"
    step = Step(
        f"Lo programado hasta el {cut.name}, por las metas de cada periodo.",
        f"Programado = {share.formula}",
        (*inputs, *inputs_of_definition(measure)),
        working,
        "programmed",
    )
    return Programme(floored, max(of_period, NOTHING), steps=(step, _step_of_period(of_period, measure.stands)))


def _unknown(reason: str) -> Programme:
    return Programme(reason=reason, steps=(Step(f"Lo programado no se conoce: {reason}.", figure="programmed"),))


def inputs_of_definition(measure: Measure) -> tuple[tuple[str, str, str], ...]:
    """The target and the baseline, as inputs of a step."""
    said = (("Meta del año", measure.target), ("Línea base", measure.baseline))
    return tuple((label, number(figure), "Plan") for label, figure in said if figure is not None)


def _name_of_targets(measure: Measure, cut: Cut) -> str:
    if measure.gathering == Gathering.SUM and measure.is_ratio:
        return f"meta del {cut.name}"
    return _TARGETS_TOGETHER.get(measure.gathering, f"meta del {cut.name}")


def _standing(months: MonthSet, cut: Cut) -> Programme:
    first = min(months)
    share = WHOLE if first <= cut.month else NOTHING
    step = Step(
        "La meta se espera entera en cada corte desde el primer mes programado: no crece con el año.",
        "Programado = 100 % desde el primer mes programado, 0 % antes",
        (("Primer mes programado", MONTH_NAMES[first - 1], "Cronograma del plan"),),
        f"{_until(cut)}: {percent(share)}",
        "programmed",
    )
    return Programme(share, share, steps=(step, _step_of_period(share, True)))


def _by_months(activity: ActivityFacts, cut: Cut) -> Programme:
    months = activity.months - activity.prior
    due = months.up_to(cut.month)
    share = Fraction(100 * len(due), len(months))
    before = Fraction(100 * len(months.up_to(cut.previous.month)), len(months)) if cut.previous else NOTHING
    prior = activity.months & activity.prior
    inputs = [
        ("Meses programados del año", f"{len(months)} ({months})", "Cronograma del plan"),
        (_until(cut), f"{len(due)} ({due})" if due else "0", "Cronograma del plan"),
    ]
    if prior:
        inputs.append(
            ("Anteriores a la aprobación, que no cuentan", f"{len(prior)} ({prior})", "Aprobación del plan")
        )
    step = Step(
        f"Lo programado hasta el {cut.name}, por los meses del cronograma.",
        f"Programado = meses programados hasta {MONTH_NAMES[cut.month - 1]} ÷ meses programados del año × 100",
        tuple(inputs),
        f"{len(due)} ÷ {len(months)} × 100 = {percent(share)}",
        "programmed",
    )
    return Programme(share, share - before, steps=(step, _step_of_period(share - before, False)))


def _step_of_period(of_period: Fraction, stands: bool) -> Step:
    if of_period <= 0:
        return Step("En este periodo no hay nada programado.", figure="period_programmed")
    words = "Lo programado en el periodo" + (", medido por sí solo." if stands else ".")
    formula = "" if stands else "Programado en el periodo = programado a este corte − programado al corte anterior"
    return Step(words, formula, (), percent(of_period), "period_programmed")


def _until(cut: Cut) -> str:
    return f"Hasta {MONTH_NAMES[cut.month - 1]}"


def _why_no_schedule(activity: ActivityFacts) -> str:
    if activity.months:
        return "todos sus meses eran anteriores a la aprobación"
    if activity.has_schedule_text:
        return "el plazo está escrito en palabras, sin meses"
    return "no tiene meses ni metas por periodo"
