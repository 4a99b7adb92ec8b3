"""The follow-up of a selection as values: what the workbook and the PDF render."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.utils import timezone

from actionplans.domain.following.measuring import Counting
from actionplans.domain.following.periods import words
from actionplans.domain.following.standing import (
    ActivityStanding,
    Figure,
    Standing,
    band_of,
    figures_of,
    standing,
)
from actionplans.enums import FigureScope
from actionplans.models import ClosedFigure, Closing, ReportingPeriod
from actionplans.progress import ActivityProgress, Band, ProgressState

from .follow_up_rows import Figures, row_of
from .follow_up_selection import FollowUpSelection, NothingToFollow
from .follow_up_sheet import FollowUpRow, FollowUpSheet, PeriodPart
from .follow_up_totals import totals_of
from .letterhead import letterhead

Progress = Callable[[int, int, str], None]
GROUPS = tuple(scope for scope in FigureScope if scope != FigureScope.ACTIVITY)
OPEN = (("Estado", "Datos abiertos y provisionales: el periodo no se ha cerrado y las cifras pueden cambiar."),)


@dataclass(frozen=True)
class Cut:
    """A period with its figures: those of its closing where it is closed, else measured now."""

    period: ReportingPeriod
    items: tuple[ActivityStanding, ...]
    figures: tuple[Figure, ...]
    reported: dict[str, Figure]
    closing: Closing | None
    light_name: str
    bands: tuple[Band, ...]

    @property
    def is_final(self) -> bool:
        return self.period.is_closed


def follow_up_sheet(selection: FollowUpSelection, progress: Progress = lambda *said: None) -> FollowUpSheet:
    """In a number of queries that depends on how many periods there are, and on nothing else.

    Raises NothingToFollow where no activity answers to the selection.
    """
    periods = selection.periods()
    offices = dict(selection.entity.offices.values_list("pk", "name"))
    parts, last = [], {}
    for number, period in enumerate(periods):
        progress(number, len(periods), f"Midiendo el {period.name}")
        cut = _cut(period, selection)
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


def _cut(period: ReportingPeriod, selection: FollowUpSelection) -> Cut:
    reported = standing(period, counting=Counting.REPORTED)
    closing = _newest_closing(period)
    now = reported if period.is_closed else standing(period)
    if period.is_closed:
        figures = [*_closed_activities(closing), *figures_of(closing, scope__in=GROUPS)]
        name, bands = closing.light["name"], tuple(band_of(band) for band in closing.light["bands"])
    else:
        figures, name, bands = now.figures, now.preset, now.bands
    return Cut(
        period=period,
        items=tuple(item for item in now.activities.values() if selection.holds(item)),
        figures=tuple(figures),
        reported=_by_activity(reported),
        closing=closing,
        light_name=name,
        bands=bands,
    )


def _newest_closing(period) -> Closing | None:
    """With its traffic light, and without the rest of its snapshot."""
    if not period.sequence:
        return None
    found = Closing.objects.newest().filter(period=period).defer("snapshot")
    return found.annotate(light=KeyTransform("traffic_light", "snapshot")).get()


def _closed_activities(closing: Closing) -> list[Figure]:
    """The figures of activities as the closing keeps them, without their accounts: those are most of it."""
    rows = ClosedFigure.objects.filter(closing=closing, scope=FigureScope.ACTIVITY).defer("data")
    return [
        Figure(
            scope=row.scope,
            key=row.key,
            label=row.label,
            progress=ActivityProgress(
                key=row.activity_id,
                label=row.label,
                state=ProgressState(row.state),
                reason=row.reason or "",
                executed=row.executed,
                programmed=row.programmed,
                to_date=row.to_date,
                of_period=row.of_period,
            ),
            light=band_of(row.light),
            plan_id=row.plan_id,
            activity_id=row.activity_id,
        )
        for row in rows.annotate(reason=KeyTextTransform("reason", "data"))
    ]


def _by_activity(now: Standing) -> dict[int, Figure]:
    return {figure.activity_id: figure for figure in now.figures if figure.scope == FigureScope.ACTIVITY}


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
    )


def _closing_facts(cut: Cut) -> tuple[tuple[str, str], ...]:
    """What proves the figures of a closed period; of an open one, that nothing does yet."""
    closing = cut.closing
    if closing is None:
        return OPEN
    at = timezone.localtime(closing.at)
    facts = (
        ("Cierre", f"N.º {closing.sequence}, del {at:%d/%m/%Y} a las {at:%H:%M}"),
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
