"""What a period asks for: the activities as the versions of the plans in force at its cut promise them."""

from __future__ import annotations

from django.db.models import OuterRef, Q, QuerySet, Subquery

from actionplans.domain.effect import prior_in
from actionplans.enums import PUBLIC_STATUSES
from actionplans.models import Activity, ActivityVersion, PlanVersion, ReportingPeriod
from actionplans.months import MonthSet


def versions_in_force(period: ReportingPeriod) -> QuerySet[PlanVersion]:
    """The version of each plan that counts at the cut: the newest public one whose effect began by then."""
    newest = (
        PlanVersion.objects.filter(
            Q(effective_from=None) | Q(effective_from__lte=period.ends),
            plan=OuterRef("plan"),
            status__in=PUBLIC_STATUSES,
        )
        .order_by("-number")
        .values("pk")[:1]
    )
    return PlanVersion.objects.filter(
        plan__entity=period.entity_id,
        plan__year=period.year,
        plan__scheme=period.scheme,
        pk=Subquery(newest),
    )


def promises(period: ReportingPeriod) -> QuerySet[ActivityVersion]:
    """The activities, cancelled ones too, with what pages and figures ask of them; the queries do not grow."""
    return (
        ActivityVersion.objects.filter(version__in=versions_in_force(period))
        .select_related("activity", "component", "version__plan__policy", "version__entity")
        .prefetch_related("indicators", "tasks", "responsibilities__office")
        .order_by("version__title", "version__plan", "position")
    )


def promise_of(activity: Activity, period: ReportingPeriod) -> ActivityVersion | None:
    """The activity as it counts at the cut; None where no version in force has it."""
    return promises(period).filter(activity=activity).first()


def prior_by_activity(period: ReportingPeriod, rows: list[ActivityVersion]) -> dict[int, MonthSet]:
    """The months «anteriores a la aprobación» of the promises `rows`, by activity."""
    shown = {row.version_id: row.version for row in rows}
    prior = prior_in(shown.values())
    return {
        row.activity_id: prior[row.version.plan_id, row.activity.key]
        for row in rows
        if (row.version.plan_id, row.activity.key) in prior
    }
