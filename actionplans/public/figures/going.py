"""How a thing goes at its newest cut, in a few words for the first sentence of its page. Pure."""

from __future__ import annotations

from actionplans.domain.following.figures.words import percent
from actionplans.progress import ProgressState
from planning.words import inside, joined, long_date, sentence

from ..months import schedule_sentence
from ..rows import ActivityRow
from .published import ActivityProgressPage, PublishedFigure

WITH_FIGURE = (ProgressState.MEASURED, ProgressState.DECLARED)


def share_of(shown: PublishedFigure) -> str:
    """«62 % ejecutado de 75 % programado»; empty where nothing could be measured."""
    progress = shown.figure.progress
    if progress.state not in WITH_FIGURE or progress.executed is None:
        return ""
    done = f"{percent(progress.executed)} ejecutado"
    return done if progress.programmed is None else f"{done} de {percent(progress.programmed)} programado"


def going(shown: PublishedFigure | None) -> str:
    """«lleva 62 % ejecutado de 75 % programado al 30 de septiembre de 2026 (semáforo: en riesgo)», or nothing."""
    if shown is None or not (share := share_of(shown)):
        return ""
    light = shown.figure.light
    shines = f" (semáforo: {inside(light.label)})" if light else ""
    return f"lleva {share} al {long_date(shown.period.ends)}{shines}"


def activity_sentence(said: ActivityRow, year: int, progress: ActivityProgressPage | None) -> str:
    """That it was cancelled, if it was; else how it goes; then when it is due and who answers for it."""
    told = [_result(said, progress), _when(said, year, progress), _who(said)]
    return " ".join(part for part in told if part)


def _result(said: ActivityRow, progress: ActivityProgressPage | None) -> str:
    if said.is_cancelled:
        return "Esta actividad fue cancelada por una modificación aprobada del plan."
    if progress is None:
        return ""
    newest = progress.newest
    if goes := going(newest):
        return sentence(goes)
    report = progress.reports[0]
    why = report.missing_words or newest.figure.progress.state.label
    return f"Al {long_date(newest.period.ends)} no tiene cifra: {inside(why).rstrip('.')}."


def _when(said: ActivityRow, year: int, progress: ActivityProgressPage | None) -> str:
    executed = progress.executed if progress else None
    if not said.months and not executed:
        return "El plan no dice en qué meses se hace."
    told = schedule_sentence(said.months, executed) if executed else schedule_sentence(said.months)
    if said.is_cancelled and said.months:
        told = f"Estaba {inside(told)}"
    return f"{told} de {year}."


def _who(said: ActivityRow) -> str:
    names = [name.rstrip(". ") for name in said.leads]
    if not names:
        return "El plan no dice quién responde."
    return f"{'Responden' if len(names) > 1 else 'Responde'}: {joined(names)}."
