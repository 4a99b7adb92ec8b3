"""Months that were over when they were approved, as the plan's page tells them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from actionplans.months import MonthSet

from .rows import ActivityRow


def prior_by_months(
    activities: Iterable[ActivityRow], prior: Mapping[int, MonthSet]
) -> list[tuple[MonthSet, list[str]]]:
    """The same months together, with the labels of the activities that have them, in their order.

    `prior` comes from `months_before_approval`.
    """
    labels = defaultdict(list)
    for activity in activities:
        if activity.number in prior and not activity.is_cancelled:
            labels[prior[activity.number]].append(activity.label)
    return sorted(labels.items(), key=lambda item: item[0].mask)
