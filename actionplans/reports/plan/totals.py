"""What each closing said of a plan as a whole and of its components, for the files of the plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils import timezone

from actionplans.domain.following.figures.bands import band_of
from actionplans.enums import FigureScope
from actionplans.imports.reading.data_sheet import NO_COMPONENT
from actionplans.models import ClosedFigure, ReportingPeriod
from actionplans.progress import GroupProgress, from_data

from .sheet import PlanTotal

WHOLE = "Plan"


def plan_totals(plan, periods: Iterable[ReportingPeriod]) -> tuple[PlanTotal, ...]:
    """In the order of the closings, those after which a period was opened again with them. One query."""
    rows = (
        ClosedFigure.objects.filter(closing__period__in=periods, plan=plan, scope=FigureScope.PLAN)
        .select_related("closing__period")
        .defer("closing__snapshot")
        .order_by("closing__period__ordinal", "closing__sequence")
    )
    return tuple(line for row in rows for line in _lines(row))


def _lines(row: ClosedFigure) -> Iterator[PlanTotal]:
    progress: GroupProgress = from_data(row.data)
    light = band_of(row.light)
    yield _line(row, WHOLE, progress, light.label if light else "")
    for part in progress.groups:
        yield _line(row, part.label or NO_COMPONENT, part, "")


def _line(row: ClosedFigure, name: str, progress: GroupProgress, light: str) -> PlanTotal:
    closing, period = row.closing, row.closing.period
    return PlanTotal(
        period=period.label,
        ordinal=period.ordinal,
        closing=closing.sequence,
        closed_on=timezone.localdate(closing.at),
        counts=closing.sequence == period.sequence,
        name=name,
        weight=progress.weight,
        programmed=progress.programmed,
        executed=progress.executed,
        to_date=progress.to_date,
        of_period=progress.of_period,
        state=str(progress.state.label),
        light=light,
        counted=progress.counted,
        activities=progress.total,
        rule=progress.rule,
    )
