"""The obligations of a year: their day, whether they were met, when, and where the proof is.

The portal knows what was published and closed in it. What it does not know, such as the day on which an official
document was first published elsewhere, it says that it does not know.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from django.utils import timezone

from actionplans.enums import PeriodScheme
from actionplans.models import Closing, ReportingPeriod
from mipg.enums import ObligationCheck
from mipg.models import Obligation
from planning.templatetags.ui import count, long_date

from ..board import InstitutionalRow


class Outcome(Enum):
    """Tone, word and shape of what became of an obligation."""

    MET = ("good", "Cumplida", "●")
    LATE = ("warn", "Cumplida tarde", "▲")
    PARTLY = ("warn", "Cumplida en parte", "▲")
    TO_COME = ("none", "Por cumplir", "○")
    PENDING = ("warn", "Pendiente", "▲")
    MISSED = ("bad", "Incumplida", "■")
    ABSENT = ("none", "Sin publicar aquí", "◇")
    UNKNOWN = ("none", "Sin fecha conocida", "◇")

    @property
    def tone(self) -> str:
        return self.value[0]

    @property
    def label(self) -> str:
        return self.value[1]

    @property
    def shape(self) -> str:
        return self.value[2]


@dataclass(frozen=True)
class Publication:
    """A plan's first day in the portal; None of an official document: when it came out first is not known."""

    plan_id: int
    day: datetime.date | None


@dataclass(frozen=True, kw_only=True)
class DutyRow:
    """One line of the table. `proof` names what to open: the plans, the institutional plans or a closing."""

    obligation: Obligation
    name: str
    due: datetime.date | None
    outcome: Outcome
    told: str
    proof: str = ""
    closing: Closing | None = None


@dataclass(frozen=True, kw_only=True)
class YearFacts:
    """What the portal knows of a year of an entity. `closings` are the first of each period, by its id."""

    year: int
    on: datetime.date
    publications: Sequence[Publication]
    institutional: Sequence[InstitutionalRow]
    periods: Sequence[ReportingPeriod]
    closings: Mapping[int, Closing]


def duty_rows(obligations: Iterable[Obligation], facts: YearFacts) -> list[DutyRow]:
    """In the order of the catalogue; follow-up has a row for each period."""
    return [row for obligation in obligations for row in _rows(obligation, facts)]


def _rows(obligation: Obligation, facts: YearFacts) -> list[DutyRow]:
    if obligation.check_by == ObligationCheck.ACTION_PLANS:
        return [_action_plans(obligation, facts)]
    if obligation.check_by == ObligationCheck.INSTITUTIONAL_PLANS:
        return [_institutional(obligation, facts)] if facts.institutional else []
    return _follow_up(obligation, facts)


def _action_plans(obligation, facts: YearFacts) -> DutyRow:
    due = obligation.due(facts.year)
    if not facts.publications:
        told = f"No hay planes de acción de {facts.year} en este portal."
        return _row(obligation, facts, _not_yet(due, facts.on, Outcome.ABSENT), told)
    days = sorted(row.day for row in facts.publications if row.day)
    told = " ".join(filter(None, [_days(days), _documents(len(facts.publications) - len(days))]))
    return _row(obligation, facts, _by_days(days, due, none=Outcome.UNKNOWN), told, proof="planes")


def _documents(number: int) -> str:
    """Of official documents that were loaded."""
    if not number:
        return ""
    if number == 1:
        return "1 plan se cargó de un documento oficial: el portal no sabe qué día lo publicó la entidad."
    return (
        f"{number} planes se cargaron de documentos oficiales: el portal no sabe qué día los publicó la entidad."
    )


def _by_days(days: Sequence[datetime.date], due, *, none: Outcome) -> Outcome:
    """All in time, some of them, or none."""
    if not days:
        return none
    in_time = sum(due is None or day <= due for day in days)
    if in_time == len(days):
        return Outcome.MET
    return Outcome.PARTLY if in_time else Outcome.LATE


def _days(days: Sequence[datetime.date]) -> str:
    if not days:
        return ""
    plans = count(len(days), "plan publicado", "planes publicados")
    if days[0] == days[-1]:
        return f"{plans} el {long_date(days[0])}."
    return f"{plans} entre el {long_date(days[0])} y el {long_date(days[-1])}."


def _institutional(obligation, facts: YearFacts) -> DutyRow:
    rows, due = facts.institutional, obligation.due(facts.year)
    published = [row for row in rows if row.is_published]
    told = f"{len(published)} de {len(rows)} publicados aquí."
    if len(published) < len(rows):
        outcome = _not_yet(due, facts.on, Outcome.MISSED if published else Outcome.ABSENT)
        return _row(obligation, facts, outcome, told, proof="institucionales")
    days = sorted(day for row in rows if (day := _day_of(row, facts.publications)))
    if len(days) < len(rows):
        told += f" De {len(rows) - len(days)} no se sabe la fecha."
    outcome = _by_days(days, due, none=Outcome.UNKNOWN)
    return _row(obligation, facts, outcome, f"{told} {_last_day(days)}".strip(), proof="institucionales")


def _last_day(days) -> str:
    return f"El último, el {long_date(days[-1])}." if days else ""


def _day_of(row: InstitutionalRow, publications) -> datetime.date | None:
    """When an institutional plan was published: as the entity says, else as its action plan was here."""
    if row.plan and row.plan.published_on:
        return row.plan.published_on
    if row.version is None:
        return None
    return next((known.day for known in publications if known.plan_id == row.version.plan_id), None)


def _follow_up(obligation, facts: YearFacts) -> list[DutyRow]:
    """A row for each period of the scheme; quarters are asked of everybody, four-month periods of who has them."""
    periods = [row for row in facts.periods if row.scheme == obligation.check_by]
    if periods:
        return [_period(obligation, period, facts) for period in periods]
    if obligation.check_by != PeriodScheme.QUARTER or facts.periods:
        return []
    return [_row(obligation, facts, Outcome.ABSENT, f"La entidad no ha abierto los periodos de {facts.year}.")]


def _period(obligation, period: ReportingPeriod, facts: YearFacts) -> DutyRow:
    closing = facts.closings.get(period.pk)
    day = timezone.localdate(closing.at) if closing else None
    outcome = _period_outcome(period, day, facts.on)
    told = f"Cerrado el {long_date(day)}." if day else _waiting(period, outcome)
    return DutyRow(
        obligation=obligation,
        name=f"{obligation.name}: {period.name}",
        due=period.closes,
        outcome=outcome,
        told=told,
        proof="cierre" if closing else "",
        closing=closing,
    )


def _period_outcome(period, day: datetime.date | None, on: datetime.date) -> Outcome:
    """Reports are reviewed after their last day, so a closing is late only once the next period is over too."""
    last = _end_of_next(period)
    if day:
        return Outcome.MET if day <= last else Outcome.LATE
    if on <= period.closes:
        return Outcome.TO_COME
    return Outcome.PENDING if on <= last else Outcome.MISSED


def _waiting(period, outcome: Outcome) -> str:
    if outcome == Outcome.TO_COME:
        return f"Se reporta hasta el {long_date(period.closes)}."
    return f"El plazo para reportar venció el {long_date(period.closes)}; falta el cierre."


def _end_of_next(period: ReportingPeriod) -> datetime.date:
    months = period.ends.month + PeriodScheme(period.scheme).months
    year, month = period.ends.year + (months > 12), (months - 1) % 12 + 1
    following = datetime.date(year + (month == 12), month % 12 + 1, 1)
    return max(following - datetime.timedelta(days=1), period.closes)


def _not_yet(due, on: datetime.date, after: Outcome) -> Outcome:
    return Outcome.TO_COME if due is None or on <= due else after


def _row(obligation, facts, outcome, told, proof="") -> DutyRow:
    return DutyRow(
        obligation=obligation,
        name=obligation.name,
        due=obligation.due(facts.year),
        outcome=outcome,
        told=told,
        proof=proof,
    )
