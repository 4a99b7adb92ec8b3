"""From when a version counts, and which months of it were past by then: those are never late."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable

from django.utils import timezone

from actionplans.enums import PUBLIC_STATUSES
from actionplans.models import ActivityVersion, PlanVersion
from actionplans.months import MonthSet


def counts_from(version: PlanVersion) -> datetime.date | None:
    """The first day that a version can ask for: what it promises for earlier came after the fact.

    The later of the day from which it says to count and that of its approval. None for an official
    document of which nothing is known but that it was in force.
    """
    approved = version.act_date
    if approved is None and version.published_at and not version.is_official_document:
        approved = timezone.localdate(version.published_at)
    if version.number == 1 or version.effective_from is None:
        return version.effective_from or approved
    return max(version.effective_from, approved) if approved else version.effective_from


def months_before(day: datetime.date | None, year: int) -> MonthSet:
    """The months of `year` that were over on that day."""
    if day is None or day.year < year:
        return MonthSet()
    return MonthSet(range(1, 13) if day.year > year else range(1, day.month))


def prior_months(promises: Iterable[tuple[datetime.date | None, MonthSet]], year: int) -> MonthSet:
    """The months of the last promise that no promise made while they were still to come.

    `promises`, oldest first: from when a version counts, and the months in which it has the activity.
    """
    in_time = months = MonthSet()
    for day, months in promises:
        in_time |= months - months_before(day, year)
    return months - in_time


def months_before_approval(version: PlanVersion) -> dict[int, MonthSet]:
    """For each activity of a public version, by its permanent number, the months «anteriores a la aprobación».

    Two queries, whatever the number of versions and activities.
    """
    return {key: prior for (_plan, key), prior in prior_in([version]).items()}


def prior_in(versions: Iterable[PlanVersion]) -> dict[tuple[int, int], MonthSet]:
    """The months «anteriores a la aprobación» of several public versions, one for each plan.

    By plan and the activity's permanent number, those without such months left out. Two queries.
    """
    shown = {version.plan_id: version for version in versions}
    earlier = (
        PlanVersion.objects.filter(plan__in=shown, status__in=PUBLIC_STATUSES)
        .select_related("approval_act", "plan")
        .order_by("number")
    )
    days = {row.pk: counts_from(row) for row in earlier if row.number <= shown[row.plan_id].number}
    promises = defaultdict(list)
    rows = ActivityVersion.objects.filter(version__plan__in=shown, version__status__in=PUBLIC_STATUSES)
    for plan, pk, key, months in rows.order_by("version__number").values_list(
        "version__plan", "version", "activity__key", "months"
    ):
        if pk in days:
            promises[plan, key].append((pk, days[pk], months))
    return {
        (plan, key): prior
        for (plan, key), made in promises.items()
        if made[-1][0] == shown[plan].pk
        and (prior := prior_months([(day, months) for _, day, months in made], shown[plan].plan.year))
    }
