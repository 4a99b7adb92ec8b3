"""All that was said of one activity in a period, for who reviews or verifies it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from actionplans.domain.following.calendar.duties import Duty
from actionplans.domain.following.closing.compared import compared
from actionplans.domain.following.figures.figure import Figure
from actionplans.models import Activity, ActivityVersion, Report, ReportingPeriod, Validation, Verification


@dataclass(frozen=True, kw_only=True)
class Account:
    """The figures at the cut as reported, None where nothing was, and as validated; of a closed period, as it was
    closed. Earlier reports and verifications newest first."""

    promise: ActivityVersion
    period: ReportingPeriod
    duty: Duty
    report: Report | None
    validation: Validation | None
    earlier: tuple[Report, ...]
    reported: Figure | None
    validated: Figure
    verifications: tuple[Verification, ...]

    @property
    def verification(self) -> Verification | None:
        """The one that counts."""
        return self.verifications[0] if self.verifications else None


def account_of(activity: Activity, period: ReportingPeriod) -> Account | None:
    """In a constant number of queries; None where no version in force at the cut has the activity."""
    sides = compared(period, only=Q(activity=activity)).get(activity.pk)
    if sides is None:
        return None
    item = sides.item
    layers = Verification.objects.filter(activity=activity, period=period).select_related("by").order_by("-pk")
    return Account(
        promise=item.promise,
        period=period,
        duty=item.duty,
        report=item.report,
        validation=item.validation,
        earlier=item.earlier[::-1],
        reported=sides.reported,
        validated=sides.validated,
        verifications=tuple(layers),
    )
