"""Follow-up as an obligation: a line for each period, judged by the day that the line shows."""

from __future__ import annotations

import datetime

from django.utils import timezone

from actionplans.enums import PeriodScheme
from actionplans.models import ReportingPeriod
from planning.words import long_date

from .duty import DutyRow, Outcome, Reopened, YearFacts, duty_row

RULE = "para cerrarlo: hasta que termine el periodo siguiente. Es la regla de este portal: la norma no fija el día"
"""Offices report after the period is over and planning reviews what they say: only then can it be closed."""
ITS_CALENDAR = "para cerrarlo: el último día para reportar que la entidad anunció, después del periodo siguiente"


def period_rows(obligation, facts: YearFacts) -> list[DutyRow]:
    """A row for each period of the scheme; quarters are asked of everybody, four-month periods of who has them."""
    periods = [row for row in facts.periods if row.scheme == obligation.check_by]
    if periods:
        return [_period(obligation, period, facts) for period in periods]
    if obligation.check_by != PeriodScheme.QUARTER or facts.periods:
        return []
    told = f"La entidad no ha abierto los periodos de {facts.year}."
    return [duty_row(obligation, facts, Outcome.ABSENT, told)]


def _period(obligation, period: ReportingPeriod, facts: YearFacts) -> DutyRow:
    closing, due = facts.closings.get(period.pk), _end_of_next(period)
    day = timezone.localdate(closing.at) if closing else None
    told = f"Cerrado el {long_date(day)}." if day else _waiting(period, facts.on)
    return DutyRow(
        obligation=obligation,
        name=f"{obligation.name}: {period.name}",
        anchor=f"obligacion-{obligation.key}-{period.ordinal}",
        due=due,
        due_by=RULE if due > period.announced else ITS_CALENDAR,
        outcome=_outcome(due, day, facts.on),
        told=" ".join(filter(None, [told, _moved(period), _again(facts.reopened.get(period.pk))])),
        proof="cierre" if closing else "",
        closing=closing,
    )


def _outcome(due: datetime.date, day: datetime.date | None, on: datetime.date) -> Outcome:
    if day:
        return Outcome.MET if day <= due else Outcome.LATE
    return Outcome.TO_COME if on <= due else Outcome.MISSED


def _waiting(period, on: datetime.date) -> str:
    if on <= period.closes:
        return f"Se reporta hasta el {long_date(period.closes)}."
    return f"Se reportó hasta el {long_date(period.closes)}; falta el cierre."


def _moved(period) -> str:
    """A day that the entity moves is not the day by which it is judged."""
    if period.closes == period.announced:
        return ""
    return f"El último día para reportar era el {long_date(period.announced)}: la entidad lo cambió."


def _again(reopened: Reopened | None) -> str:
    """The first closing met the duty; that the period was opened again after it is said beside that."""
    if reopened is None:
        return ""
    after = (
        f"se volvió a cerrar el {long_date(reopened.closed)}" if reopened.closed else "no se ha vuelto a cerrar"
    )
    return f"Se reabrió el {long_date(reopened.day)} y {after}."


def _end_of_next(period: ReportingPeriod) -> datetime.date:
    months = period.ends.month + PeriodScheme(period.scheme).months
    year, month = period.ends.year + (months > 12), (months - 1) % 12 + 1
    following = datetime.date(year + (month == 12), month % 12 + 1, 1)
    return max(following - datetime.timedelta(days=1), period.announced)
