"""The lists of «Mi trimestre» and the sentence that answers it: pure, of works that were read before."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils import timezone

from actionplans.domain.following.calendar.duties import Duty
from actionplans.domain.following.calendar.periods import words
from actionplans.enums import ReportStatus
from actionplans.models.period import Moment
from planning.words import count

from ..reporting.desks import Desk
from .own_work import Work, reported_by

ORDINALS = ("primer", "segundo", "tercer", "cuarto")
IN_TURN = {ReportStatus.RETURNED: 0}
"""What was returned comes first, then what is late, then what is due."""


@dataclass
class Quarter:
    """The page's lists, each work in one of them."""

    missing: list[Work] = field(default_factory=list)
    sent: list[Work] = field(default_factory=list)
    later: list[Work] = field(default_factory=list)
    finished: list[Work] = field(default_factory=list)
    left_out: list[Work] = field(default_factory=list)
    cancelled: list[Work] = field(default_factory=list)
    contributing: list[Work] = field(default_factory=list)

    @property
    def asked(self) -> int:
        return sum(work.is_asked for work in (*self.missing, *self.sent))

    @property
    def reported(self) -> int:
        return sum(work.is_asked and work.is_sent for work in (*self.missing, *self.sent))

    @property
    def changed(self) -> int:
        return sum(work.is_being_changed for work in self.missing)


def sorted_out(found: list[Work], desk: Desk) -> Quarter:
    lists = Quarter()
    for work in found:
        _place_of(lists, work, desk).append(work)
    lists.missing.sort(key=lambda work: (IN_TURN.get(work.status, 1), work.duty != Duty.OVERDUE))
    return lists


def _place_of(lists: Quarter, work: Work, desk: Desk) -> list[Work]:
    if not desk.is_for_no_office and not reported_by(work, desk.ids):
        return lists.cancelled if work.promise.is_cancelled else lists.contributing
    if work.duty == Duty.CANCELLED:
        return lists.cancelled
    if work.is_being_changed:
        return lists.missing
    if work.is_sent:
        return lists.sent
    if work.is_left_out:
        return lists.left_out
    if work.is_missing or work.draft:
        return lists.missing
    return lists.finished if work.duty == Duty.FINISHED else lists.later


def lead(lists: Quarter, period, desk: Desk) -> str:
    """«Le faltan 2 de 4 actividades. Abierto hasta el 15 de octubre de 2024.»"""
    missing, asked = len([work for work in lists.missing if work.is_missing]), lists.asked
    if not asked:
        told = f"Este {period.noun} no pide reporte de ninguna actividad."
    elif not missing and lists.changed:
        told = f"Tiene {count(lists.changed, 'reporte', 'reportes')} con cambios sin enviar."
    elif not missing:
        told = (
            f"Ya {'están reportadas' if desk.is_on_behalf else 'reportó'} las actividades de este {period.noun}."
        )
    elif period.moment(timezone.localdate()) == Moment.TO_COME:
        told = f"Se {'pedirá' if missing == 1 else 'pedirán'} {count(missing, 'actividad', 'actividades')}."
    elif period.is_closed:
        told = f"{count(missing, 'actividad quedó', 'actividades quedaron')} sin reporte de {asked}."
    else:
        verb = "falta" if missing == 1 else "faltan"
        verb = verb.capitalize() if desk.is_on_behalf else f"Le {verb}"
        told = f"{verb} {missing} de {count(asked, 'actividad', 'actividades')}."
    return f"{told} {words(period)}."


def title_of(period, desk: Desk | None = None) -> str:
    """«Mi tercer trimestre de 2024»."""
    name = f"{ORDINALS[period.ordinal - 1]} {period.noun} de {period.year}"
    return f"Mi {name}" if desk is None or not desk.is_on_behalf else name.capitalize()
