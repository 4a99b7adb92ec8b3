"""Which activities of a year lack a validated report of the newest closed period, across plans."""

from __future__ import annotations

from collections.abc import Sequence

from actionplans.models import Closing
from actionplans.reports.closing.closed import measured_versions
from actionplans.reports.closing.counted import last_reviews

from .told import told_of


def without_validated(entity, year: int, newest: Sequence[Closing]) -> dict[int, str]:
    """What that period has of each, by the id of the activity: those that `PlanProgress.without_validated` counts.

    `newest` is the closing that counts of each period of the year. Its queries do not grow.
    """
    if not newest:
        return {}
    closings = {row.period_id: row for row in newest}
    periods = sorted((row.period for row in closings.values()), key=lambda period: period.ends)
    last = {period.scheme: period for period in periods}
    reviews = last_reviews(closings, entity=entity)
    plans = {"version__entity": entity, "version__plan__year": year}
    told = told_of(last.values(), closings, reviews, measured_versions(closings.values()), **plans)
    return {activity: row.missing_words for (_period, activity), row in told.items() if row.lacks_validated}
