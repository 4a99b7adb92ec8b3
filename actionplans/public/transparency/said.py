"""What the page says in words before any table: how far the year is, what is late, what comes next."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

from actionplans.domain.following.figures.words import percent, without_figure
from actionplans.models import ReportingPeriod
from actionplans.months import MONTH_NAMES
from actionplans.progress import ProgressState
from planning.models import StrategicFramework
from planning.words import capitalised, count, inside, joined, long_date, sentence

from .cuts import SchemeCuts
from .tallies import Tally

NUMBERS = ("", "una", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez")
LATE_LABEL = "Atrasada"


def headline(cuts: SchemeCuts, *, is_over: bool, among_others: bool) -> str:
    """«El avance programado a septiembre era 71 %; el ejecutado es 63 %.»

    `is_over` says that the vigencia ended; `among_others` that the entity has plans with cuts of another kind.
    """
    progress, month = cuts.newest.figure.progress, MONTH_NAMES[cuts.newest.period.ends.month - 1]
    verb = "fue" if is_over else "es"
    if progress.executed is None:
        said = f"a {month} no hay una cifra de avance ({inside(without_figure(progress))})"
    elif progress.state == ProgressState.NOT_SCHEDULED:
        said = f"hasta {month} no había nada programado; el avance ejecutado {verb} {percent(progress.executed)}"
    elif progress.programmed is None:
        said = f"el avance ejecutado a {month} {verb} {percent(progress.executed)}, sin programación que comparar"
    else:
        said = (
            f"el avance programado a {month} era {percent(progress.programmed)}; "
            f"el ejecutado {verb} {percent(progress.executed)}"
        )
    if among_others:
        said = f"en los planes que se siguen por {cuts.noun}s, {said}"
    return sentence(said)


def framework(row: StrategicFramework, year: int) -> str:
    """«Del marco «Direccionamiento Estratégico» (2020–2023), que ya terminó», of an axis in a year."""
    over = ", que ya terminó" if row.last_year < year else ""
    return f"Del marco «{row.title}» ({row.first_year}–{row.last_year}){over}"


def not_closed(periods: Iterable[ReportingPeriod], on: datetime.date) -> str:
    """«Falta cerrar el trimestre III (a septiembre).» What ended and has no closing yet; else empty."""
    missing = [
        f"el {period.name} (a {MONTH_NAMES[period.ends.month - 1]})"
        for period in periods
        if period.ends < on and not period.sequence
    ]
    if not missing:
        return ""
    return (
        f"Falta cerrar {joined(missing)}: estas cifras no {'lo recogen' if len(missing) == 1 else 'los recogen'}."
    )


def late_sentence(whole: Tally, parts: Mapping[str, Tally]) -> str:
    """«Seis actividades de Gestión Documental están atrasadas.» `parts` are the counts of policies and plans.

    Empty where nothing could be judged: that is not to say that all goes well.
    """
    if not whole.has_bands:
        return ""
    if not whole.late:
        return "Ninguna de las actividades medidas está atrasada."
    name, tally = min(parts.items(), key=lambda part: (-part[1].late, part[0]))
    subject, are = _activities(whole.late), _are(whole)
    if tally.late == whole.late:
        return f"{subject} de {name} {are}."
    return f"{subject} {are}; {_number(tally.late)} {'es' if tally.late == 1 else 'son'} de {name}."


def _activities(number: int) -> str:
    words = _number(number)
    return f"{capitalised(words)} {'actividad' if number == 1 else 'actividades'}"


def _number(number: int) -> str:
    return NUMBERS[number] if number < len(NUMBERS) else str(number)


def _are(whole: Tally) -> str:
    verb = "está" if whole.late == 1 else "están"
    if set(whole.late_labels) == {LATE_LABEL}:
        return f"{verb} {'atrasada' if whole.late == 1 else 'atrasadas'}"
    labels = " o ".join(f"«{label}»" for label in dict.fromkeys(whole.late_labels))
    return f"{verb} en {labels}"


def promise(year: int, plans: int, activities: int, *, is_over: bool) -> str:
    """«Para 2024 se prometen 148 actividades en 5 planes de acción.»"""
    if not plans:
        return f"La entidad no {'publicó' if is_over else 'ha publicado'} aquí planes de acción de {year}."
    one, many = ("prometió", "prometieron") if is_over else ("promete", "prometen")
    return (
        f"Para {year} se {one if activities == 1 else many} {count(activities, 'actividad', 'actividades')} en "
        f"{count(plans, 'plan de acción', 'planes de acción')}."
    )


def next_cuts(
    year: int, periods: Iterable[ReportingPeriod], schemes: Iterable[str], *, is_over: bool
) -> list[str]:
    """When the first cut of each way of following comes; of a year that nobody opened, that it is not known."""
    first = {row.scheme: row for row in sorted(periods, key=lambda row: row.ends, reverse=True)}
    told = [first[scheme] for scheme in sorted(set(schemes)) if scheme in first]
    if told:
        return [
            f"El primer corte, a {long_date(row.ends)}, se publicará cuando la entidad cierre el {row.name}."
            for row in told
        ]
    if is_over:
        return [f"La entidad no publicó aquí cortes de seguimiento de {year}."]
    return ["La entidad no ha dicho todavía cuándo será el primer corte."]


def without_cut(number: int) -> str:
    """Of plans that no closing has measured yet."""
    if not number:
        return ""
    verb = "no tiene" if number == 1 else "no tienen"
    return f"{count(number, 'plan publicado', 'planes publicados')} {verb} corte todavía."
