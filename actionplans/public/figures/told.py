"""Whether closed periods asked an activity for a report, and how far that report had come at the closing.

Only what was known at the newest closing of each period: a period that is open again changes nothing here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from actionplans.domain.effect import counts_from, prior_months
from actionplans.domain.following.calendar.duties import Duty, duty_of
from actionplans.domain.following.figures.as_of import STATUS_OF
from actionplans.domain.following.reporting.words import lacks_validated, report_words
from actionplans.enums import PUBLIC_STATUSES, ReportStatus
from actionplans.models import ActivityVersion, Closing, PlanVersion, ReportingPeriod, ReportRevision
from actionplans.months import MonthSet
from actionplans.progress import ActivityProgress
from actionplans.reports.closing.counted import Review

from .before import Question, figures_before

Key = tuple[int, int]
"""A period and an activity."""


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


@dataclass(frozen=True, slots=True)
class Promise:
    """An activity in a public version of its plan: a row of `ActivityVersion` without its words."""

    pk: int
    activity: int
    version: PlanVersion
    months: MonthSet
    is_cancelled: bool


@dataclass(frozen=True, slots=True)
class Sent:
    """A report as a closing found it."""

    period: int
    ordinal: int
    revision: int
    status: str
    executed_months: MonthSet

    @property
    def is_counted(self) -> bool:
        """As `measuring.not_returned` says."""
        return self.status != ReportStatus.RETURNED


def told_of(
    periods: Iterable[ReportingPeriod],
    closings: Mapping[int, Closing],
    reviews: Mapping[Key, Review],
    measured: Mapping[int, Mapping[int, int]],
    **activities,
) -> dict[Key, Told]:
    """For each of `periods` and each activity that it measured. Three queries, whatever the periods, and four more
    where an activity that nobody reported may have been finished before.

    `closings` are the newest of each closed period of the year, `reviews` the last ones by then whatever their
    outcome, `measured` what `measured_versions` says of the closings; `activities` is a condition on
    `ActivityVersion`.
    """
    promises = _promises(**activities)
    sent = _sent(closings, reviews, list(promises))
    cases = {
        (period.pk, activity): _Case(until, period, sent[activity])
        for period in periods
        for activity, rows in promises.items()
        if (until := _until(rows, measured[closings[period.pk].pk]))
    }
    asked = {key: case.question for key, case in cases.items() if case.asks_for_the_figure_before}
    before = figures_before(asked)
    return {key: case.told(before.get(key)) for key, case in cases.items()}


class _Case:
    """An activity in a closed period; the last of `promises` is that of the measured version."""

    def __init__(self, promises: list[Promise], period: ReportingPeriod, sent: list[Sent]):
        self.promise = promises[-1]
        self.period = period
        self.own = next((row for row in sent if row.period == period.pk), None)
        self.earlier = [row for row in sent if row.ordinal < period.ordinal and row.is_counted]
        self.prior = prior_months([(counts_from(row.version), row.months) for row in promises], period.year)

    @property
    def asks_for_the_figure_before(self) -> bool:
        """Whether it had been finished changes what is said only of what nobody reported."""
        return self.own is None and bool(self.earlier) and not self.promise.is_cancelled

    @property
    def question(self) -> Question:
        return Question(
            promise=self.promise.pk,
            prior=self.prior,
            period=self.period,
            revisions={row.revision: row.status for row in self.earlier},
        )

    def told(self, before: ActivityProgress | None) -> Told:
        executed = MonthSet()
        for row in self.earlier:
            executed |= row.executed_months
        duty = duty_of(self.promise, self.period, prior=self.prior, executed=executed, before=before)
        return Told(duty, self.own.status if self.own else None)


def _promises(**activities) -> dict[int, list[Promise]]:
    """What public versions promise of each activity, oldest first."""
    rows = ActivityVersion.objects.filter(version__status__in=PUBLIC_STATUSES, **activities)
    versions = PlanVersion.objects.filter(pk__in=rows.order_by().values("version"))
    known = versions.select_related("approval_act").in_bulk()
    found = defaultdict(list)
    columns = ("pk", "activity", "version", "months", "is_cancelled")
    for pk, activity, version, months, is_cancelled in rows.order_by("version__number").values_list(*columns):
        found[activity].append(Promise(pk, activity, known[version], months, is_cancelled))
    return found


def _until(rows: list[Promise], measured: Mapping[int, int]) -> list[Promise]:
    """The promises up to that of the measured version; none where it had no such activity."""
    number = measured.get(rows[0].version.plan_id)
    known = [row for row in rows if number is not None and row.version.number <= number]
    return known if known and known[-1].version.number == number else []


def _sent(closings, reviews, activities) -> Mapping[int, list[Sent]]:
    """The reports as the closings found them, by activity, in the order of the periods."""
    rows = ReportRevision.objects.filter(report__period__in=closings, report__activity__in=activities)
    last = {}
    for period, activity, *said in rows.order_by("number").values_list(
        "report__period", "report__activity", "at", "report__period__ordinal", "pk", "executed_months"
    ):
        if said[0] <= closings[period].at:
            last[period, activity] = said
    found = defaultdict(list)
    for key, (_at, ordinal, revision, executed) in sorted(last.items(), key=lambda item: item[1][1]):
        status = _status(revision, reviews.get(key))
        found[key[1]].append(Sent(key[0], ordinal, revision, status, executed))
    return found


def _status(revision: int, review: Review | None) -> str:
    """How far the report had come by then."""
    is_of_this = review is not None and review.revision_id == revision
    return STATUS_OF.get(review.outcome, ReportStatus.SUBMITTED) if is_of_this else ReportStatus.SUBMITTED
