"""The follow-up of a selection as values: what the workbook and the PDF render."""

from __future__ import annotations

from collections.abc import Callable

from django.utils import timezone

from actionplans.domain.following.calendar.periods import words
from actionplans.enums import FigureScope
from actionplans.models import Closing

from ..letterhead import letterhead
from .cuts import Cut, measured_cut
from .rows import Figures, row_of
from .selection import FollowUpSelection, NothingToFollow
from .sheet import EarlierClosing, FollowUpRow, FollowUpSheet, PeriodPart
from .totals import past_totals, totals_of

Progress = Callable[[int, int, str], None]
OPEN = (("Estado", "Datos abiertos y provisionales: el periodo no se ha cerrado y las cifras pueden cambiar."),)


def follow_up_sheet(selection: FollowUpSelection, progress: Progress = lambda *said: None) -> FollowUpSheet:
    """In a number of queries that depends on how many periods there are, and on nothing else.

    Raises NothingToFollow where no activity answers to the selection.
    """
    periods = selection.periods()
    offices = dict(selection.entity.offices.values_list("pk", "name"))
    parts, last = [], {}
    for number, period in enumerate(periods):
        progress(number, len(periods), f"Midiendo el {period.name}")
        cut = measured_cut(period, selection)
        if not cut.items:
            continue
        parts.append(_part(cut, selection, offices))
        last[period.scheme] = cut
    if not parts:
        raise NothingToFollow
    if len(parts) == 1 and selection.period:
        rows = parts[0].rows
    else:
        rows = tuple(row for cut in last.values() for row in _rows(cut, offices, whole_year=True))
    return FollowUpSheet(
        title=selection.title,
        entity=selection.entity.name,
        when=selection.when,
        chosen=_chosen(selection),
        made_at=timezone.localtime(),
        letterhead=letterhead(selection.entity, selection.entity),
        rows=rows,
        parts=tuple(parts),
    )


def _rows(cut: Cut, offices, *, whole_year: bool) -> tuple[FollowUpRow, ...]:
    counting = {figure.activity_id: figure for figure in cut.figures if figure.scope == FigureScope.ACTIVITY}
    when = f"{cut.period.year}, hasta el {cut.period.name}" if whole_year else str(cut.period)
    return tuple(
        row_of(
            item,
            Figures(counting.get(activity, item.figure), cut.reported.get(activity)),
            offices,
            when=when,
            whole_year=whole_year,
            is_closed=cut.is_final,
        )
        for item in cut.items
        for activity in (item.promise.activity_id,)
    )


def _part(cut: Cut, selection: FollowUpSelection, offices) -> PeriodPart:
    rows = _rows(cut, offices, whole_year=False)
    name = str(cut.period)
    return PeriodPart(
        period=name,
        cut_on=cut.period.ends,
        state=words(cut.period),
        is_final=cut.is_final,
        closing=_closing_facts(cut),
        light_name=cut.light_name,
        rows=rows,
        totals=totals_of(selection, name, cut.figures, cut.items, rows, cut.bands),
        earlier=tuple(
            EarlierClosing(
                name=(called := f"{name}, cierre n.º {past.closing.sequence}"),
                facts=_past_facts(past.closing),
                totals=past_totals(selection, called, past, cut.items, rows),
            )
            for past in cut.past
        ),
    )


def _closing_facts(cut: Cut) -> tuple[tuple[str, str], ...]:
    """What proves the figures of a closed period; of an open one, that nothing does yet."""
    closing = cut.closing
    if closing is None:
        return OPEN
    facts = (
        ("Cierre", f"N.º {closing.sequence}, {_moment(closing)}"),
        ("Huella del cierre (SHA-256)", closing.digest),
        (
            "Cabeza de la auditoría al cerrar",
            f"Hecho n.º {closing.chain_sequence}, {closing.chain_head}",
        ),
    )
    if cut.is_final:
        return facts
    reopened = "Reabierto: las cifras son provisionales hasta el cierre siguiente. El último fue este."
    return (("Estado", reopened), *facts)


def _past_facts(closing: Closing) -> tuple[tuple[str, str], ...]:
    """Of a closing after which the period was opened again: what proves it, and why it counts no more."""
    again = closing.reopening
    day = timezone.localdate(again.at)
    return (
        (f"Cierre n.º {closing.sequence}, que ya no cuenta", f"{_moment(closing)}, huella {closing.digest}"),
        ("Se reabrió", f"El {day:%d/%m/%Y}, según {again.act.name}. Motivo: «{again.reason}»"),
    )


def _moment(closing: Closing) -> str:
    return f"del {timezone.localtime(closing.at):%d/%m/%Y a las %H:%M}"


def _chosen(selection: FollowUpSelection) -> str:
    """What the reader must know of how the rows were chosen."""
    about = []
    if selection.plan:
        about.append(f"el plan «{selection.plan_title}»")
    if selection.policy:
        about.append(f"los planes de la política {selection.policy.name}")
    if selection.office:
        about.append(f"las actividades que reporta {selection.office.name}")
    return f"Solo {' y '.join(about)}." if about else "Todos los planes de la entidad que se siguen."
