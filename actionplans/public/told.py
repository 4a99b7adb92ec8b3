"""Whether closed periods asked an activity for a report, and how far that report had come at the closing.

Only what was known at the newest closing of each period: a period that is open again changes nothing here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from actionplans.domain.effect import counts_from, prior_months
from actionplans.domain.following.duties import Duty, duty_of
from actionplans.domain.following.measuring import Counting, activity_facts, executed_months
from actionplans.domain.following.report_words import lacks_validated, report_words
from actionplans.domain.following.standing import cut_of
from actionplans.enums import PUBLIC_STATUSES, ReportStatus, ReviewOutcome
from actionplans.models import ActivityVersion, Closing, Report, ReportingPeriod, ReportRevision, Validation
from actionplans.progress import ActivityProgress, measure_activity

Key = tuple[int, int]
"""A period and an activity."""
STATUS_OF = {ReviewOutcome.VALIDATED: ReportStatus.VALIDATED, ReviewOutcome.RETURNED: ReportStatus.RETURNED}


@dataclass(frozen=True)
class Told:
    """What a closed period has of an activity; `status` None where nothing had been sent."""

    duty: Duty
    status: str | None

    @property
    def words(self) -> str:
        return report_words(self.duty, self.status, is_closed=True)

    @property
    def missing_words(self) -> str:
        """The words where nothing validated was told; empty where something was."""
        return "" if self.status == ReportStatus.VALIDATED else self.words

    @property
    def lacks_validated(self) -> bool:
        return lacks_validated(self.duty, self.status)


def told_of(
    periods: Iterable[ReportingPeriod],
    closings: Mapping[int, Closing],
    reviews: Mapping[Key, Validation],
    measured: Mapping[int, Mapping[int, int]],
    **activities,
) -> dict[Key, Told]:
    """For each of `periods` and each activity that it measured. Four queries, whatever the periods.

    `closings` are the newest of each closed period of the year, `reviews` the last ones by then whatever their
    outcome, `measured` what `measured_versions` says of the closings; `activities` is a condition on
    `ActivityVersion`.
    """
    promises = _promises(**activities)
    sent = _sent(closings, reviews, list(promises))
    return {
        (period.pk, activity): _told(until[-1], until, period, sent[activity])
        for period in periods
        for activity, rows in promises.items()
        if (until := _until(rows, measured[closings[period.pk].pk]))
    }


def _promises(**activities) -> dict[int, list[ActivityVersion]]:
    """What public versions promise of each activity, oldest first."""
    rows = (
        ActivityVersion.objects.filter(version__status__in=PUBLIC_STATUSES, **activities)
        .select_related("version__plan", "version__approval_act")
        .prefetch_related("indicators")
        .order_by("version__number")
    )
    found = defaultdict(list)
    for row in rows:
        found[row.activity_id].append(row)
    return found


def _until(rows, measured: Mapping[int, int]) -> list[ActivityVersion]:
    """The promises up to that of the measured version, which is the last; none where it had no such activity."""
    number = measured.get(rows[0].version.plan_id)
    known = [row for row in rows if number is not None and row.version.number <= number]
    return known if known and known[-1].version.number == number else []


def _sent(closings, reviews, activities) -> Mapping[int, list[Report]]:
    """The reports as the closings found them, by activity, in the order of the periods."""
    rows = (
        ReportRevision.objects.filter(report__period__in=closings, report__activity__in=activities)
        .select_related("report__period")
        .prefetch_related("measurements")
        .order_by("number")
    )
    last = {}
    for row in rows:
        if row.at <= closings[row.report.period_id].at:
            last[row.report.period_id, row.report.activity_id] = row
    found = defaultdict(list)
    for key, row in sorted(last.items(), key=lambda item: item[1].report.period.ordinal):
        found[key[1]].append(_as_it_was(row, reviews.get(key)))
    return found


def _as_it_was(revision: ReportRevision, review: Validation | None) -> Report:
    """The report with what had been sent and reviewed by then; never saved."""
    is_of_this = review is not None and review.revision_id == revision.pk
    status = STATUS_OF.get(review.outcome) if is_of_this else None
    return Report(
        activity_id=revision.report.activity_id,
        period=revision.report.period,
        status=status or ReportStatus.SUBMITTED,
        current=revision,
    )


def _told(promise, promises, period, sent) -> Told:
    report = next((row for row in sent if row.period.pk == period.pk), None)
    earlier = [row for row in sent if row.period.ordinal < period.ordinal]
    prior = prior_months([(counts_from(row.version), row.months) for row in promises], period.year)
    duty = duty_of(
        promise,
        period,
        prior=prior,
        executed=executed_months(earlier, Counting.REPORTED),
        before=_before(promise, earlier, prior, period),
    )
    return Told(duty, report.status if report else None)


def _before(promise, earlier, prior, period) -> ActivityProgress | None:
    cut = cut_of(period)
    if not cut.previous:
        return None
    return measure_activity(activity_facts(promise, earlier, prior, Counting.REPORTED), cut.previous)
