"""All that was said of one activity in a period, for who reviews or verifies it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from actionplans.domain.following.calendar.duties import Duty
from actionplans.domain.following.figures.figure import Figure
from actionplans.domain.following.figures.measuring import Counting
from actionplans.domain.following.figures.standing import standing
from actionplans.models import Activity, ActivityVersion, Report, ReportingPeriod, Validation, Verification


@dataclass(frozen=True, kw_only=True)
class Account:
    """The figures at the cut as reported and as validated; earlier reports and verifications newest first."""

    promise: ActivityVersion
    period: ReportingPeriod
    duty: Duty
    report: Report | None
    validation: Validation | None
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
    this = Q(activity=activity)
    item = standing(period, only=this).activities.get(activity.pk)
    if item is None:
        return None
    layers = Verification.objects.filter(activity=activity, period=period).select_related("by").order_by("-pk")
    return Account(
        promise=item.promise,
        period=period,
        duty=item.duty,
        report=item.report,
        validation=item.validation,
        earlier=item.earlier[::-1],
        reported=standing(period, counting=Counting.REPORTED, only=this).activities[activity.pk].figure,
        validated=item.figure,
        verifications=tuple(layers),
    )
