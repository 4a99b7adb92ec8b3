"""The obligations of a year: their day, whether they were met, when, and where the proof is.

The portal knows what was published and closed in it. What it does not know, such as the day on which an official
document was first published elsewhere, it says that it does not know.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from actionplans.enums import PlanKind
from mipg.enums import ObligationCheck
from mipg.models import Obligation
from planning.words import count, long_date

from ..board import InstitutionalRow
from .duty import DutyRow, Publication, YearFacts, duty_row
from .period_duties import period_rows
from .publishing import Published

WITHOUT_A_DAY = (PlanKind.IMPROVEMENT,)
"""Plans that are made when an audit finds something: no norm wants them published by the beginning of the year."""


def duty_rows(obligations: Iterable[Obligation], facts: YearFacts) -> list[DutyRow]:
    """In the order of the catalogue; follow-up has a row for each period."""
    return [row for obligation in obligations for row in _rows(obligation, facts)]


def _rows(obligation: Obligation, facts: YearFacts) -> list[DutyRow]:
    if obligation.check_by == ObligationCheck.ACTION_PLANS:
        return [_action_plans(obligation, facts)]
    if obligation.check_by == ObligationCheck.INSTITUTIONAL_PLANS:
        return [_institutional(obligation, facts)] if facts.institutional else []
    return period_rows(obligation, facts)


def _action_plans(obligation, facts: YearFacts) -> DutyRow:
    asked = [row for row in facts.publications if row.kind not in WITHOUT_A_DAY]
    known = Published.of((row.day for row in asked), obligation.due(facts.year))
    told = _told(known) if asked else f"No hay planes de acción de {facts.year} en este portal."
    told = " ".join(filter(None, [told, _not_asked(len(facts.publications) - len(asked))]))
    return duty_row(obligation, facts, known.outcome(facts.on), told, proof="planes" if asked else "")


def _told(known: Published) -> str:
    return " ".join(filter(None, [_days(known), _documents(known.undated)]))


def _days(known: Published) -> str:
    days = known.days
    if not days:
        return ""
    plans = count(len(days), "plan publicado", "planes publicados")
    first, last = long_date(days[0]), long_date(days[-1])
    when = f"el {first}" if first == last else f"entre el {first} y el {last}"
    late = f": {known.in_time} a tiempo y {known.late} después del plazo" if known.in_time and known.late else ""
    return f"{plans} {when}{late}."


def _documents(number: int) -> str:
    """Of official documents that were loaded."""
    if not number:
        return ""
    if number == 1:
        return "1 plan se cargó de un documento oficial: el portal no sabe qué día lo publicó la entidad."
    return (
        f"{number} planes se cargaron de documentos oficiales: el portal no sabe qué día los publicó la entidad."
    )


def _not_asked(number: int) -> str:
    if not number:
        return ""
    if number == 1:
        return "No se cuenta 1 plan de mejoramiento, que no tiene este plazo."
    return f"No se cuentan {number} planes de mejoramiento, que no tienen este plazo."


def _institutional(obligation, facts: YearFacts) -> DutyRow:
    rows = facts.institutional
    days = [_day_of(row, facts.publications) for row in rows if row.is_published]
    known = Published.of(days, obligation.due(facts.year), asked=len(rows))
    told = f"{known.number} de {len(rows)} publicados aquí{f': {known.graded}' if known.graded else ''}."
    if known.days:
        told += f" El último con fecha, el {long_date(known.days[-1])}."
    return duty_row(obligation, facts, known.outcome(facts.on), told, proof="institucionales")


def _day_of(row: InstitutionalRow, publications: Sequence[Publication]) -> datetime.date | None:
    """When an institutional plan was published: as the entity says, else as its action plan was here."""
    if row.plan and row.plan.published_on:
        return row.plan.published_on
    if row.version is None:
        return None
    return next((known.day for known in publications if known.plan_id == row.version.plan_id), None)
