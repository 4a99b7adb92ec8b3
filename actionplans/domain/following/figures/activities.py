"""Where an activity stands at the cut of a period, with all that was said of it."""

from __future__ import annotations

from dataclasses import dataclass

from actionplans.domain.following.calendar.duties import Duty, duty_of
from actionplans.domain.following.figures.measuring import (
    Counting,
    activity_facts,
    executed_months,
    not_returned,
    validation_of,
)
from actionplans.enums import FigureScope, PeriodScheme
from actionplans.models import ActivityVersion, Report, ReportingPeriod, Validation, Verification
from actionplans.months import MonthSet
from actionplans.progress import Cut, light_of, measure_activity

from .figure import Figure


@dataclass(frozen=True, kw_only=True)
class ActivityStanding:
    """An activity at the cut with all that was said of it. `report` is that of this very period."""

    promise: ActivityVersion
    figure: Figure
    duty: Duty
    report: Report | None
    validation: Validation | None
    verification: Verification | None
    executed: MonthSet
    prior: MonthSet
    earlier: tuple[Report, ...] = ()

    @property
    def office_id(self) -> int | None:
        """The office that reports."""
        return self.promise.reporting_office_id


def activity_standing(row, told, period, counting, prior, bands, own, verification) -> ActivityStanding:
    """Of the promise `row`, from what was `told` of it to the end of the period, oldest first.

    `prior` are the months that another version executed before; `own` its indicators' own bands, by their keys.
    """
    cut = cut_of(period)
    earlier = tuple(report for report in told if report.period.ordinal < period.ordinal)
    report = next((report for report in told if report.period_id == period.pk), None)
    progress = measure_activity(activity_facts(row, told, prior, counting), cut)
    standing_before, before = not_returned(earlier), None
    if cut.previous:
        before = measure_activity(activity_facts(row, standing_before, prior, Counting.REPORTED), cut.previous)
    used = _bands_for(progress, bands, own.get(row.activity_id))
    return ActivityStanding(
        promise=row,
        figure=Figure(
            scope=FigureScope.ACTIVITY,
            key=str(row.activity_id),
            label=progress.label,
            progress=progress,
            light=light_of(progress.to_date, used),
            plan_id=row.version.plan_id,
            activity_id=row.activity_id,
            bands=used,
        ),
        duty=duty_of(
            row,
            period,
            prior=prior,
            executed=executed_months(standing_before, Counting.REPORTED),
            before=before,
        ),
        report=report,
        validation=validation_of(report) if report else None,
        verification=verification,
        executed=executed_months(told, counting),
        prior=prior,
        earlier=earlier,
    )


def cut_of(period: ReportingPeriod) -> Cut:
    return Cut.at(period.ordinal, PeriodScheme(period.scheme).periods)


def _bands_for(progress, bands, own):
    """An activity with one indicator is read by that indicator's own light, if it has one."""
    if own and len(progress.indicators) == 1:
        return own.get(progress.indicators[0].key, bands)
    return bands
