"""Months that were over when they were approved, as the plan's page tells them."""

from collections import defaultdict
from collections.abc import Mapping

from actionplans.models import PlanVersion
from actionplans.months import MonthSet


def prior_by_months(version: PlanVersion, prior: Mapping[int, MonthSet]) -> list[tuple[MonthSet, list[str]]]:
    """The same months together, with the labels of the activities that have them, in their order.

    `version` comes from `with_activities()`, `prior` from `months_before_approval`.
    """
    labels = defaultdict(list)
    for activity in version.activities.all():
        if activity.activity.key in prior and not activity.is_cancelled:
            label = activity.printed_number or str(activity.position)
            labels[prior[activity.activity.key]].append(label)
    return sorted(labels.items(), key=lambda item: item[0].mask)
