"""How far activities had come at the cut before a closed period, by what had been reported until then."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from actionplans.domain.following.figures.activities import cut_of
from actionplans.domain.following.figures.measuring import Counting, activity_facts
from actionplans.models import ActivityVersion, Report, ReportingPeriod, ReportRevision
from actionplans.months import MonthSet
from actionplans.progress import ActivityProgress, measure_activity

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """`promise` is an `ActivityVersion`, `revisions` the status by then of each report that was sent before."""

    promise: int
    prior: MonthSet
    period: ReportingPeriod
    revisions: Mapping[int, str]


def figures_before(questions: Mapping[Key, Question]) -> dict[Key, ActivityProgress]:
    """Those of the first period of a year are left out. Four queries, however many are asked, or none."""
    asked = {key: question for key, question in questions.items() if cut_of(question.period).previous}
    promises = (
        ActivityVersion.objects.select_related("version__plan")
        .prefetch_related("indicators")
        .in_bulk({question.promise for question in asked.values()})
    )
    revisions = (
        ReportRevision.objects.select_related("report__period")
        .prefetch_related("measurements")
        .in_bulk({pk for question in asked.values() for pk in question.revisions})
    )
    return {key: _figure(question, promises[question.promise], revisions) for key, question in asked.items()}


def _figure(question: Question, promise: ActivityVersion, revisions) -> ActivityProgress:
    reports = [_as_it_was(revisions[pk], status) for pk, status in question.revisions.items()]
    facts = activity_facts(promise, reports, question.prior, Counting.REPORTED)
    return measure_activity(facts, cut_of(question.period).previous)


def _as_it_was(revision: ReportRevision, status: str) -> Report:
    """The report with what had been sent and reviewed by then; never saved."""
    return Report(
        activity_id=revision.report.activity_id,
        period=revision.report.period,
        status=status,
        current=revision,
    )
