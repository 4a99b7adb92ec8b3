"""What was closed, opened again and closed once more: the figure of each closing, and why it changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from actionplans.domain.following.closing import Pending
from actionplans.domain.following.standing import ActivityStanding, Figure, figure_of
from actionplans.enums import FigureScope
from actionplans.models import ClosedFigure, Closing, Reopening


@dataclass(frozen=True)
class ClosedOnce:
    """A closing with the entity's figure in it; `because` is the reopening that led to it, None for the first."""

    closing: Closing
    figure: Figure | None
    because: Reopening | None


def history_of(closings: Iterable[Closing]) -> list[ClosedOnce]:
    """Oldest first, of closings that come with their reopenings. One query."""
    closings = sorted(closings, key=lambda closing: closing.sequence)
    rows = ClosedFigure.objects.filter(closing__in=closings, scope=FigureScope.ENTITY)
    figures = {row.closing_id: figure_of(row) for row in rows}
    told, because = [], None
    for closing in closings:
        told.append(ClosedOnce(closing, figures.get(closing.pk), because))
        because = getattr(closing, "reopening", None)
    return told


@dataclass(frozen=True)
class OfficePending:
    """What an office has pending, each activity with the words for it."""

    office: str
    rows: list[tuple[str, ActivityStanding]]


WORDS = {
    "without_report": "Sin reporte",
    "drafts": "En borrador, sin enviar",
    "to_review": "Por validar",
    "returned": "Devuelto, sin reenviar",
}
NO_OFFICE = "Sin dependencia reconocida"


def by_office(pending: Pending) -> list[OfficePending]:
    """The same by the office that reports, in alphabetical order; without office, last."""
    grouped: dict[str, list] = {}
    for name, words in WORDS.items():
        for item in getattr(pending, name):
            office = next((row.office for row in item.promise.responsibilities.all() if row.reports), None)
            grouped.setdefault(office.name if office else "", []).append((words, item))
    names = sorted(grouped, key=lambda name: (not name, name))
    return [OfficePending(name or NO_OFFICE, grouped[name]) for name in names]
