"""The progress of one indicator at a cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from .explaining import comparison_steps, difference, settled_state
from .facts import ActivityFacts, Cut, IndicatorFacts, ProgressState
from .formulas import share_of
from .meaning import Gathering, Measure, read
from .numbers import capped, decimal, percent
from .programmed import Programme, inputs_of_definition, programme_of
from .reached import Entry, Reached, entries_of, gather
from .results import IndicatorProgress, Step

NOTHING = Fraction(0)


@dataclass(frozen=True)
class MeasuredIndicator:
    """The exact figures of an indicator, before they become decimals.

    `state` and `reason` say why nothing is known of what was executed; `steps` explain that and the period.
    """

    measure: Measure
    programme: Programme
    reached: Reached
    executed: Fraction | None
    previous: Fraction | None
    of_period: Fraction | None
    why_no_period: str
    state: ProgressState | None
    reason: str
    steps: tuple[Step, ...]

    @property
    def counted_of_period(self) -> Fraction | None:
        """What the period brings to an average, in which the year goes up to 100."""
        if self.of_period is None or self.previous is None:
            return None if self.of_period is None else capped(self.of_period)
        return capped(self.executed) - capped(self.previous)


def measure_indicator(indicator: IndicatorFacts, activity: ActivityFacts, cut: Cut) -> MeasuredIndicator:
    """What the reports of `activity` say of one of its indicators, up to `cut`."""
    measure = read(indicator, cut.periods)
    programme = programme_of(activity, measure, cut)
    entries = entries_of(measure, activity.reports, cut)
    reached = gather(measure, entries, cut)
    state, reason = measure.problem or (reached.state, reached.reason)
    executed = None if state else _share(measure, reached)
    previous, of_period, why = _of_period(measure, entries, executed, cut, activity.what_counts)
    remarks = tuple(Step(remark) for remark in measure.remarks)
    return MeasuredIndicator(
        measure=measure,
        programme=programme,
        reached=reached,
        executed=executed,
        previous=previous,
        of_period=of_period,
        why_no_period=why,
        state=state,
        reason=reason,
        steps=(
            *remarks,
            *_executed_steps(measure, reached, executed, reason),
            *_period_steps(measure, executed, previous, of_period, why),
        ),
    )


def as_progress(measured: MeasuredIndicator) -> IndicatorProgress:
    """The figures of an indicator as decimals, with the state that they come to."""
    programmed, of_period = measured.programme.share, measured.programme.of_period
    state, reason = settled_state(
        measured.executed, programmed, (measured.state, measured.reason), measured.programme.reason
    )
    to_date, of_due, steps = comparison_steps(measured.executed, programmed, measured.of_period, of_period)
    return IndicatorProgress(
        state=state,
        reason=reason,
        executed=decimal(measured.executed),
        programmed=decimal(programmed),
        to_date=decimal(to_date),
        period_executed=decimal(measured.of_period),
        period_programmed=decimal(of_period),
        of_period=decimal(of_due),
        steps=(*measured.steps, *measured.programme.steps, *steps),
        key=measured.measure.key,
        name=measured.measure.name,
        unit=measured.measure.unit,
        value=decimal(measured.reached.value),
        target=decimal(measured.measure.target),
        previous=decimal(measured.previous),
        stands=measured.measure.stands,
    )


def _share(measure: Measure, reached: Reached) -> Fraction | None:
    if reached.value is not None:
        return share_of(measure, reached.value, reached.name).value
    return NOTHING if reached.is_nothing else None


def _of_period(
    measure: Measure, entries: Sequence[Entry], executed: Fraction | None, cut: Cut, what_counts: str
) -> tuple[Fraction | None, Fraction | None, str]:
    """The share executed before the period (None where it is measured by itself), that of the period, why none."""
    own = [entry for entry in entries if entry.ordinal == cut.ordinal]
    if executed is None:
        return None, None, "no se conoce el avance del año"
    if not any(entry.is_said for entry in own):
        return None, None, f"sin {what_counts} del {cut.name}"
    if measure.stands:
        return None, *_by_itself(measure, own, executed, cut)
    earlier = [entry for entry in entries if entry.ordinal < cut.ordinal]
    before = gather(measure, earlier, cut)
    if before.state == ProgressState.UNDEFINED:
        return None, None, f"al corte anterior no se podía calcular: {before.reason}"
    previous = _share(measure, before) if before.is_known else NOTHING
    return previous, executed - previous, ""


def _by_itself(
    measure: Measure, own: Sequence[Entry], executed: Fraction, cut: Cut
) -> tuple[Fraction | None, str]:
    unchanged = all(entry.is_without_progress for entry in own)
    if unchanged and measure.gathering != Gathering.SUM:
        return executed, ""
    reached = gather(measure, own, cut)
    return _share(measure, reached), reached.reason


def _executed_steps(
    measure: Measure, reached: Reached, executed: Fraction | None, reason: str
) -> tuple[Step, ...]:
    inputs = (*reached.inputs, *inputs_of_definition(measure))
    if executed is None:
        return (Step(f"El avance del año no se puede calcular: {reason}.", "", inputs, "", "executed"),)
    if reached.is_nothing:
        words = "Hasta el corte solo se reportó «sin avance»."
        return (Step(words, "", inputs, f"Sin avance reportado: {percent(executed)}", "executed"),)
    share = share_of(measure, reached.value, reached.name)
    steps = []
    if reached.formula:
        steps.append(Step("Resultado a la fecha.", reached.formula, reached.inputs, reached.working, "executed"))
    formula = f"Avance del año = {share.formula}"
    return (*steps, Step("Avance ejecutado sobre la meta del año.", formula, inputs, share.working, "executed"))


def _period_steps(
    measure: Measure,
    executed: Fraction | None,
    previous: Fraction | None,
    of_period: Fraction | None,
    why: str,
) -> tuple[Step, ...]:
    if of_period is None:
        return (Step(f"El avance del periodo no se conoce: {why}.", figure="period_executed"),)
    if previous is None:
        words = "Avance del periodo, medido por sí solo con la misma fórmula: su meta vale en cada corte."
        return (Step(words, "", (), percent(of_period), "period_executed"),)
    return (
        Step(
            "Avance del periodo.",
            "Avance del periodo = avance del año a este corte − avance del año al corte anterior",
            (("A este corte", percent(executed), ""), ("Al corte anterior", percent(previous), "")),
            difference(executed, previous),
            "period_executed",
        ),
    )
