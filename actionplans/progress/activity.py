"""The progress of one activity at a cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from .declared import declared_of
from .explaining import comparison_steps, settled_state
from .facts import ActivityFacts, Cut, ProgressState
from .indicator import MeasuredIndicator, as_progress, measure_indicator
from .numbers import capped, decimal, mean, percent
from .programmed import Programme, programme_of
from .results import ActivityProgress, Step

NO_TARGETS = "ningún indicador tiene meta en número"
NO_INDICATOR = "la actividad no tiene indicador"
PRIOR_REASON = "todos sus meses eran anteriores a la aprobación"


@dataclass(frozen=True)
class Executed:
    """What an activity has executed: of the year, at the cut before, and of the period."""

    share: Fraction | None = None
    previous: Fraction | None = None
    of_period: Fraction | None = None
    state: ProgressState | None = None
    reason: str = ""
    steps: tuple[Step, ...] = ()
    known_as: ProgressState = ProgressState.MEASURED


def measure_activity(facts: ActivityFacts, cut: Cut) -> ActivityProgress:
    """What the activity has executed of its year at `cut`, against what it had programmed by then."""
    if facts.is_cancelled:
        reason = "cancelada por una modificación del plan"
        return _without_figures(facts, ProgressState.CANCELLED, reason)
    measured = [measure_indicator(indicator, facts, cut) for indicator in facts.indicators]
    executed, programme = _together(facts, measured, cut)
    progress = _progress(facts, executed, programme, cut)
    progress = replace(progress, indicators=tuple(map(as_progress, measured)))
    if facts.months and not facts.months - facts.prior:
        return _before_approval(progress)
    return progress


def _together(facts: ActivityFacts, measured: Sequence[MeasuredIndicator], cut: Cut) -> tuple[Executed, Programme]:
    if all(one.state == ProgressState.NO_TARGET for one in measured):
        return _declared(facts, measured, cut), programme_of(facts, None, cut)
    counted = [one for one in measured if one.executed is not None]
    defined = counted or [one for one in measured if not one.measure.problem]
    if len(measured) == 1:
        return _of_one(measured[0]), measured[0].programme
    return _executed_mean(measured, counted), _programmed_mean(facts, defined, cut)


def _of_one(one: MeasuredIndicator) -> Executed:
    return Executed(one.executed, one.previous, one.of_period, one.state, one.reason, one.steps)


def _declared(facts: ActivityFacts, measured: Sequence[MeasuredIndicator], cut: Cut) -> Executed:
    reason = measured[0].reason if len(measured) == 1 else NO_TARGETS if measured else NO_INDICATOR
    declared = declared_of(facts.reports, cut)
    if declared.share is None:
        step = Step(f"El avance del año no se puede calcular: {reason}.", figure="executed")
        return Executed(state=ProgressState.NO_TARGET, reason=reason, steps=(step,))
    remark = f"Sin meta definida ({reason}): vale el porcentaje que declara la dependencia."
    return Executed(
        declared.share,
        declared.previous,
        declared.of_period,
        steps=(Step(remark), *declared.steps),
        known_as=ProgressState.DECLARED,
    )


def _executed_mean(measured: Sequence[MeasuredIndicator], counted: Sequence[MeasuredIndicator]) -> Executed:
    inputs = tuple((one.measure.name, _counted_words(one), "") for one in measured)
    if not counted:
        state, reason = _why_none(measured)
        words = f"El avance del año no se puede calcular: {reason}."
        return Executed(state=state, reason=reason, steps=(Step(words, "", inputs, "", "executed"),))
    share = mean(capped(one.executed) for one in counted)
    periods = [one.counted_of_period for one in counted if one.counted_of_period is not None]
    of_period = mean(periods) if periods else None
    step = Step(
        f"Promedio simple de {len(counted)} de {len(measured)} indicadores: los que se pueden calcular.",
        "Avance del año = promedio simple de los indicadores, cada uno hasta 100 %",
        inputs,
        percent(share),
        "executed",
    )
    step_of_period = Step(
        f"Promedio simple del avance en el periodo de {len(periods)} de {len(measured)} indicadores."
        if periods
        else "El avance del periodo no se conoce: ningún indicador tiene reporte del periodo.",
        "Avance del periodo = promedio simple, cada indicador hasta el 100 % de su año" if periods else "",
        tuple((one.measure.name, _period_words(one), "") for one in measured),
        percent(of_period),
        "period_executed",
    )
    return Executed(share, None, of_period, steps=(step, step_of_period))


def _programmed_mean(facts: ActivityFacts, defined: Sequence[MeasuredIndicator], cut: Cut) -> Programme:
    """Of the same indicators as what was executed; not known where one of them is not."""
    if not defined:
        return programme_of(facts, None, cut)
    unknown = next((one.programme for one in defined if one.programme.share is None), None)
    if unknown:
        return unknown
    share = mean(capped(one.programme.share) for one in defined)
    reporting = [one for one in defined if one.of_period is not None] or defined
    of_period = mean(capped(one.programme.of_period) for one in reporting)
    inputs = tuple((one.measure.name, percent(one.programme.share), "") for one in defined)
    steps = (
        Step(
            "Promedio simple de lo programado en los mismos indicadores, cada uno hasta 100 %.",
            "Programado = promedio simple de lo programado en cada indicador",
            inputs,
            percent(share),
            "programmed",
        ),
        Step(
            "Promedio simple de lo programado en el periodo.",
            "",
            tuple((one.measure.name, percent(one.programme.of_period), "") for one in reporting),
            percent(of_period),
            "period_programmed",
        ),
    )
    return Programme(share, of_period, steps=steps)


def _why_none(measured: Sequence[MeasuredIndicator]) -> tuple[ProgressState, str]:
    """A report may still come; else what is undefined is told before what has no target."""
    for state in (ProgressState.NOT_REPORTED, ProgressState.UNDEFINED):
        reasons = [f"«{one.measure.name}», {one.reason}" for one in measured if one.state == state]
        if reasons:
            return state, "; ".join(reasons)
    raise AssertionError("Indicators without any target are declared or not, and never come here.")


def _period_words(one: MeasuredIndicator) -> str:
    counted = one.counted_of_period
    if counted is None:
        return one.why_no_period or "sin avance del periodo"
    cut = "" if counted == one.of_period else f", cuenta {percent(counted)}"
    return f"{percent(one.of_period)}{cut}"


def _counted_words(one: MeasuredIndicator) -> str:
    if one.executed is None:
        return f"{one.state.label}: {one.reason}"
    over = ", cuenta 100 %" if one.executed > 100 else ""
    return f"{percent(one.executed)}{over}"


def _progress(facts: ActivityFacts, executed: Executed, programme: Programme, cut: Cut) -> ActivityProgress:
    state, reason = settled_state(
        executed.share, programme.share, (executed.state, executed.reason), programme.reason, executed.known_as
    )
    to_date, of_period, steps = comparison_steps(
        executed.share, programme.share, executed.of_period, programme.of_period
    )
    if (
        not reason
        and executed.of_period is None
        and all(report.ordinal != cut.ordinal for report in facts.reports)
    ):
        reason = f"sin {facts.what_counts} del {cut.name}: vale lo reportado antes"
    return ActivityProgress(
        state=state,
        reason=reason,
        executed=decimal(executed.share),
        programmed=decimal(programme.share),
        to_date=decimal(to_date),
        period_executed=decimal(executed.of_period),
        period_programmed=decimal(programme.of_period),
        of_period=decimal(of_period),
        steps=(*executed.steps, *programme.steps, *steps),
        key=facts.key,
        label=facts.label,
        weight=facts.weight,
        is_declared=executed.known_as == ProgressState.DECLARED,
        previous=decimal(executed.previous),
    )


def _without_figures(facts: ActivityFacts, state: ProgressState, reason: str) -> ActivityProgress:
    step = Step(f"No entra en los cálculos: {reason}.")
    return ActivityProgress(
        state=state, reason=reason, steps=(step,), key=facts.key, label=facts.label, weight=facts.weight
    )


def _before_approval(progress: ActivityProgress) -> ActivityProgress:
    """What was over when the plan was approved is never late; what is reported of it is still shown."""
    return replace(
        progress,
        state=ProgressState.PRIOR,
        reason=PRIOR_REASON,
        programmed=None,
        to_date=None,
        period_programmed=None,
        of_period=None,
        steps=(Step(f"Nunca está atrasada: {PRIOR_REASON}."), *progress.steps_of("executed")),
    )
