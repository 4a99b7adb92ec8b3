"""How far reporting has come in the periods of a year, in counts; a number of queries that does not grow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from actionplans.enums import PUBLIC_STATUSES, ReportStatus
from actionplans.models import ActivityVersion, PlanVersion, Report, ReportingPeriod


@dataclass(frozen=True, kw_only=True)
class Tally:
    """Of a period: live activities, those that its months ask for, and the state of what was reported.

    One without schedule is asked for in every period. `reported` were sent at least once.
    """

    plans: int = 0
    activities: int = 0
    scheduled: int = 0
    reported: int = 0
    to_review: int = 0
    returned: int = 0
    validated: int = 0


def tallies(periods: Iterable[ReportingPeriod]) -> dict[int, Tally]:
    """The tally of each of the periods, which are of one entity and year, by its number."""
    periods = list(periods)
    if not periods:
        return {}
    versions = _public_versions(periods[0])
    counted = {period.pk: _in_force(versions, period) for period in periods}
    promised = _promises({pk for rows in counted.values() for pk in rows})
    states = _states(periods)
    return {period.pk: _tally(period, counted[period.pk], promised, states[period.pk]) for period in periods}


def _public_versions(period) -> list[tuple]:
    """Oldest first: number of the row, plan, its scheme and from when it counts."""
    rows = PlanVersion.objects.filter(
        plan__entity=period.entity_id, plan__year=period.year, status__in=PUBLIC_STATUSES
    )
    return list(rows.order_by("number").values_list("pk", "plan", "plan__scheme", "effective_from"))


def _in_force(versions, period) -> list[int]:
    """The version of each plan that counts at the cut, as `promises.versions_in_force` says it of one period."""
    newest = {
        plan: pk
        for pk, plan, scheme, since in versions
        if scheme == period.scheme and (since is None or since <= period.ends)
    }
    return list(newest.values())


def _promises(versions) -> dict[int, list[tuple]]:
    promised = defaultdict(list)
    rows = ActivityVersion.objects.filter(version__in=versions, is_cancelled=False)
    for version, activity, months in rows.values_list("version", "activity", "months"):
        promised[version].append((activity, months))
    return promised


def _states(periods) -> dict[int, dict[int, str]]:
    """By period and activity."""
    states = defaultdict(dict)
    rows = Report.objects.filter(period__in=periods).exclude(status=ReportStatus.PENDING)
    for period, activity, status in rows.values_list("period", "activity", "status"):
        states[period][activity] = status
    return states


def _tally(period, versions, promised, states) -> Tally:
    rows = [row for version in versions for row in promised[version]]
    found = [states[activity] for activity, _ in rows if activity in states]
    return Tally(
        plans=len(versions),
        activities=len(rows),
        scheduled=sum(1 for _, months in rows if not months or months & period.months),
        reported=len(found),
        to_review=found.count(ReportStatus.SUBMITTED),
        returned=found.count(ReportStatus.RETURNED),
        validated=found.count(ReportStatus.VALIDATED),
    )
