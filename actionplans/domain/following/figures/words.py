"""What a figure of follow-up says in Spanish, on pages, in files and in drawings alike.

A figure is anything with `progress` (an `ActivityProgress` or a `GroupProgress`) and `light` (a `Band` or None).
States are told as states: where there is no figure there is no zero.
"""

from decimal import Decimal

from actionplans.months import MONTH_NAMES
from actionplans.progress import ActivityProgress, GroupProgress, ProgressState
from actionplans.progress.numbers import percent as percent_words
from planning.words import capitalised, inside


def percent(value: Decimal | None) -> str:
    """«63,33 %», never broken over two lines; a dash for what cannot be known."""
    return percent_words(value).replace(" ", "\N{NO-BREAK SPACE}")


def words_of(progress: ActivityProgress | GroupProgress, month: int) -> str:
    """What a figure says in one line, to the end of that month."""
    until = MONTH_NAMES[month - 1]
    if progress.state == ProgressState.NOT_SCHEDULED:
        said = f"no programada hasta {until}"
        return f"{percent(progress.executed)} ejecutado; {said}" if progress.executed else capitalised(said)
    if progress.executed is None:
        return without_figure(progress)
    if progress.programmed is None:
        return f"{percent(progress.executed)} ejecutado; {progress.reason or ProgressState.NO_SCHEDULE.label}"
    return f"{percent(progress.executed)} ejecutado de {percent(progress.programmed)} programado a {until}"


def without_figure(progress: ActivityProgress | GroupProgress) -> str:
    """«Sin reporte», «Indefinida: meta cero»."""
    label = capitalised(progress.state.label)
    told = progress.reason.strip().rstrip(".")
    return f"{label}: {told}" if told and told.casefold() != label.casefold() else label


def of_period(period, told: str) -> str:
    """«trimestre II: sin reporte»."""
    return f"{period.name}: {inside(told)}" if told else ""


def is_told_by_its_report(progress: ActivityProgress | GroupProgress, told: str) -> bool:
    """Whether there is no figure for want of reports, so that what the period has of one says it better."""
    return bool(told) and progress.executed is None and progress.state == ProgressState.NOT_REPORTED


def is_declared(progress: ActivityProgress | GroupProgress) -> bool:
    """Whether the office said the figure itself, without an indicator that measures it."""
    return getattr(progress, "is_declared", False)


def is_measured(progress: ActivityProgress | GroupProgress) -> bool:
    """Whether there is a figure, measured or declared."""
    return progress.state in (ProgressState.MEASURED, ProgressState.DECLARED)
