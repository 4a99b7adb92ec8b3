"""How a figure of follow-up is shown: its bar with words, its light, and how it was worked out.

A figure is anything with `progress` (an `ActivityProgress` or a `GroupProgress`) and `light` (a `Band` or None).
States are told as states: where there is no figure there is no bar and no zero.
"""

from dataclasses import dataclass
from decimal import Decimal

from django import template

from actionplans.badges import figure_line, light_tag, tone_of
from actionplans.domain.following.figures.words import (
    is_declared,
    is_told_by_its_report,
    of_period,
    percent,
    words_of,
)
from actionplans.progress import FIGURES, GroupProgress, ProgressState, light_words, rounded
from planning.words import count, sentence

register = template.Library()
register.filter(percent)
register.filter(tone_of)
register.simple_tag(light_tag)
register.simple_tag(figure_line)

LAST_MARK = Decimal("99.4")
"""Where the mark of 100 % is drawn: at the very edge half of it would be cut off."""
FIGURE_NAMES = {
    "executed": "Ejecutado en el año",
    "programmed": "Programado hasta el corte",
    "to_date": "Cumplimiento a la fecha",
    "period_executed": "Ejecutado en el periodo",
    "period_programmed": "Programado en el periodo",
    "of_period": "Cumplimiento del periodo",
}


@dataclass(frozen=True)
class Bar:
    """The drawing beside the words, in a box 100 wide; texts, so that no locale puts commas in them."""

    done: str
    mark: str | None


@register.filter
def whole_figures(words: str) -> str:
    """The words with each number kept beside its percent sign."""
    return str(words).replace(" %", "\N{NO-BREAK SPACE}%")


@register.simple_tag
def figure_words(figure, period) -> str:
    """«62 % ejecutado de 75 % programado a septiembre», or why there is no such figure."""
    return words_of(figure.progress, period.ends.month)


@register.inclusion_tag("components/progress_line.html")
def progress_line(figure, period, told=""):
    """The bar with the mark of what was programmed, and the words.

    `told` is what the period itself has of the activity, where that is no validated report.
    """
    progress = figure.progress
    is_silent = is_told_by_its_report(progress, told)
    return {
        "bar": _bar(progress),
        "words": told if is_silent else words_of(progress, period.ends.month),
        "of_period": "" if is_silent else of_period(period, told),
        "tone": tone_of(figure.light),
        "is_declared": is_declared(progress),
    }


@register.inclusion_tag("components/marks.html")
def figure_marks(revision, validation=None):
    """The marks of `marks_of`, beside the figure that they are about."""
    return {"marks": marks_of(revision, validation)}


@register.inclusion_tag("components/how_calculated.html")
def how_calculated(figure, about="", version=None):
    """The account of a figure, folded. `about` tells it from others of the page, for who hears it.

    `version` is the number of the version of the plan that was measured, where the figure is of one plan.
    """
    progress = figure.progress
    several = [row for row in getattr(progress, "indicators", ()) if row.steps]
    measured = [f"Se midió lo que promete la versión {version} del plan."] if version else []
    return {
        "about": about,
        "groups": [
            (
                f"Componente: {row.label}" if row.label else "Actividades sin componente",
                _parts(row),
                _sentences(row),
            )
            for row in getattr(progress, "groups", ())
        ],
        "sentences": [*_sentences(progress), *measured],
        "light": light_words(progress.to_date, figure.light, getattr(figure, "bands", ())),
        "parts": _parts(progress),
        # The steps of a single indicator are the activity's own.
        "indicators": [(row, _parts(row), _sentences(row)) for row in several] if len(several) > 1 else [],
    }


def counting(progress) -> str:
    """Of a group: how many activities are in the mean, and how many are not and why."""
    if not isinstance(progress, GroupProgress):
        return ""
    said = f"Cuentan {progress.counted} de {count(progress.total, 'actividad', 'actividades')}"
    if progress.left_out:
        out = ", ".join(f"{number} {ProgressState(state).label}" for state, number in progress.left_out)
        said += f"; quedan fuera: {out}"
    if progress.cancelled:
        said += f"; {count(progress.cancelled, 'cancelada no cuenta', 'canceladas no cuentan')}"
    return f"{said}."


def marks_of(revision, validation) -> list[str]:
    """What the reader of a figure must know of where it comes from: who entered it, what was changed."""
    marks = []
    if revision.is_on_behalf:
        marks.append("Lo registró planeación por la dependencia")
    if revision.is_by_extension:
        marks.append("Se reportó con prórroga")
    if validation is not None:
        if validation.corrected_declared is not None or validation.corrections.all():
            marks.append("Planeación corrigió el valor reportado")
        if validation.is_self:
            marks.append("Lo validó quien lo envió")
    return marks


def _sentences(progress) -> list[str]:
    """The method, who was counted, why there is no figure, and the remarks on how facts were read; each once."""
    remarks = [step.words for step in progress.steps if step.figure not in FIGURES]
    said = [getattr(progress, "rule", ""), counting(progress), progress.reason, *remarks]
    return list(dict.fromkeys(sentence(text) for text in said if text.strip()))


def _parts(progress):
    """(name of the figure, its value, its steps) for every figure that has an account."""
    return [
        (FIGURE_NAMES[name], percent(getattr(progress, name)), steps)
        for name in FIGURES
        if (steps := [step for step in progress.steps if step.figure == name])
    ]


def _bar(progress) -> Bar | None:
    if progress.executed is None:
        return None
    mark = None if progress.programmed is None else _place(min(progress.programmed, LAST_MARK))
    return Bar(done=_place(progress.executed), mark=mark)


def _place(share: Decimal) -> str:
    """Where a share lies between 0 and 100."""
    return f"{rounded(min(max(share, Decimal(0)), Decimal(100)), 2):f}"
