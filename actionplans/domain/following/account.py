"""All that was said of one activity in a period, for who reviews or verifies it."""

from __future__ import annotations

from dataclasses import dataclass

from actionplans.domain.following.measuring import Counting, activity_facts
from actionplans.domain.following.promises import prior_by_activity, promises
from actionplans.domain.following.standing import Figure, bands_of, cut_of, own_lights
from actionplans.enums import FigureScope
from actionplans.models import Activity, ActivityVersion, Report, ReportingPeriod, Verification
from actionplans.months import MonthSet
from actionplans.progress import light_of, measure_activity


@dataclass(frozen=True, kw_only=True)
class Account:
    """`reported` and `validated` are the figures at the cut; `verifications` all layers, newest first."""

    promise: ActivityVersion
    period: ReportingPeriod
    report: Report | None
    earlier: tuple[Report, ...]
    reported: Figure
    validated: Figure
    verifications: tuple[Verification, ...]

    @property
    def verification(self) -> Verification | None:
        """The one that counts."""
        return self.verifications[0] if self.verifications else None


def account_of(activity: Activity, period: ReportingPeriod) -> Account | None:
    """In a constant number of queries; None where no version in force at the cut has the activity."""
    promise = promises(period).filter(activity=activity).first()
    if promise is None:
        return None
    told = list(_reports(activity, period))
    prior = prior_by_activity(period, [promise]).get(activity.pk, MonthSet())
    _, bands = bands_of(period)
    own = own_lights(period, [activity.pk]).get(activity.pk, {})

    def figure(counting: Counting) -> Figure:
        progress = measure_activity(activity_facts(promise, told, prior, counting), cut_of(period))
        single = progress.indicators[0].key if len(progress.indicators) == 1 else None
        return Figure(
            scope=FigureScope.ACTIVITY,
            key=str(activity.pk),
            label=progress.label,
            progress=progress,
            light=light_of(progress.to_date, own.get(single, bands)),
            plan_id=promise.version.plan_id,
            activity_id=activity.pk,
        )

    layers = Verification.objects.filter(activity=activity, period=period).select_related("by").order_by("-pk")
    return Account(
        promise=promise,
        period=period,
        report=next((row for row in told if row.period_id == period.pk), None),
        earlier=tuple(row for row in told if row.period_id != period.pk)[::-1],
        reported=figure(Counting.REPORTED),
        validated=figure(Counting.VALIDATED),
        verifications=tuple(layers),
    )


def _reports(activity, period):
    """Of the periods of the year up to this one, with their words."""
    return (
        Report.objects.filter(
            activity=activity,
            period__year=period.year,
            period__scheme=period.scheme,
            period__ordinal__lte=period.ordinal,
        )
        .with_words()
        .select_related("entity", "current__office", "current__promise__version__plan")
        .order_by("period__ordinal")
    )
