"""What activities, indicators and groups share: the state of their figures, and executed against programmed."""

from __future__ import annotations

from fractions import Fraction

from .facts import ProgressState
from .numbers import percent
from .results import Step

NOT_DUE = "no hay nada programado hasta este corte"
NOT_DUE_IN_PERIOD = "no programado en el periodo"
# What a quotient is called, the figure that it is, what its terms are of, and the words where nothing was due.
TO_DATE = ("Cumplimiento a la fecha", "to_date", "", NOT_DUE)
OF_PERIOD = ("Cumplimiento del periodo", "of_period", " en el periodo", NOT_DUE_IN_PERIOD)


def settled_state(
    executed: Fraction | None,
    programmed: Fraction | None,
    unknown: tuple[ProgressState | None, str],
    why_no_schedule: str,
    known: ProgressState = ProgressState.MEASURED,
) -> tuple[ProgressState, str]:
    """The state and the reason of two figures. `unknown` says why nothing is known of what was executed.

    What the plan itself lacks comes first, so that an activity does not change its state with the calendar.
    """
    state, reason = unknown
    if executed is None and state != ProgressState.NOT_REPORTED:
        return state, reason
    if programmed is None:
        return ProgressState.NO_SCHEDULE, why_no_schedule
    if programmed == 0:
        return ProgressState.NOT_SCHEDULED, NOT_DUE
    return (known, "") if executed is not None else (state, reason)


def comparison_steps(
    executed: Fraction | None,
    programmed: Fraction | None,
    period_executed: Fraction | None,
    period_programmed: Fraction | None,
) -> tuple[Fraction | None, Fraction | None, tuple[Step, ...]]:
    """Executed ÷ programmed, to date and of the period, and the steps that explain them."""
    to_date = _quotient(executed, programmed)
    of_period = _quotient(period_executed, period_programmed)
    steps = (
        _step(TO_DATE, executed, programmed, to_date),
        _step(OF_PERIOD, period_executed, period_programmed, of_period),
    )
    return to_date, of_period, steps


def difference(after: Fraction, before: Fraction) -> str:
    """«63,33 % − 16,67 % = 46,67 %», with a word about decimals where those shown would not do."""
    share = after - before
    working = f"{percent(after)} − {percent(before)} = {percent(share)}"
    return f"{working}{_about_decimals(after, before)}"


def _about_decimals(*shares: Fraction) -> str:
    """What is computed keeps every decimal; people see two."""
    return (
        "" if all((share * 100).denominator == 1 for share in shares) else " (se calcula con todos los decimales)"
    )


def _quotient(executed: Fraction | None, programmed: Fraction | None) -> Fraction | None:
    if executed is None or programmed is None or programmed <= 0:
        return None
    return executed / programmed * 100


def _step(
    named: tuple[str, str, str, str],
    executed: Fraction | None,
    programmed: Fraction | None,
    share: Fraction | None,
) -> Step:
    name, figure, when, not_due = named
    if share is not None:
        inputs = (("Ejecutado", percent(executed), ""), ("Programado", percent(programmed), ""))
        formula = f"{name} = ejecutado{when} ÷ programado{when} × 100"
        working = f"{percent(executed)} ÷ {percent(programmed)} × 100 = {percent(share)}"
        return Step(f"{name}.", formula, inputs, f"{working}{_about_decimals(executed, programmed)}", figure)
    if programmed is not None and programmed <= 0:
        return Step(f"{name}: {not_due}.", figure=figure)
    missing = "lo ejecutado" if executed is None else "lo programado"
    return Step(f"{name}: no se puede calcular sin {missing}.", figure=figure)
