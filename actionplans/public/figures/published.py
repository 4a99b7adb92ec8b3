"""What a page shows of follow-up, as values: figures with their closings, and reports that counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from actionplans.domain.following.evidence.published import stands_in_public
from actionplans.domain.following.figures.figure import Figure
from actionplans.models import ActionPlan, Closing, Evidence, Reopening, ReportingPeriod, Validation
from actionplans.months import MonthSet
from actionplans.reports.closing.counted import Verified
from planning.words import long_date

from ..months import when
from .report_lines import ResultLine
from .told import Told


@dataclass(frozen=True, kw_only=True)
class PublishedFigure:
    """A figure with the closing that it comes from; `figure` has its account only where that was asked for.

    `version` is the number of the version of the plan that was measured, `plans` are (plan, figure) of
    those that it was made of: both only where they were asked for. `reopening` came after the closing and was for
    this thing; `is_repeated` where the closing before it in the same period tells the same, reopened for others.
    `corrected_by` is the closing of an earlier period that was made later: this figure does not know of it.
    """

    closing: Closing
    figure: Figure
    version: int | None = None
    plans: Sequence[tuple[ActionPlan, PublishedFigure]] = ()
    reopening: Reopening | None = None
    is_repeated: bool = False
    corrected_by: Closing | None = None

    @property
    def period(self) -> ReportingPeriod:
        return self.closing.period

    @property
    def name(self) -> str:
        """«Trimestre I de 2024, cierre 1 del 20 de abril de 2024»."""
        return f"{self.period}, cierre {self.closing.sequence} del {long_date(self.closing.at)}"


@dataclass(frozen=True, kw_only=True)
class FollowedActivity:
    """An activity at the newest cut: its figure, the months done by then and what control interno verified.

    `told` is what that very period has of it; None where the version that it measured had no such activity.
    """

    figure: Figure
    executed: MonthSet
    verification: Verified | None
    is_self_validated: bool = False
    told: Told | None = None

    @property
    def missing_words(self) -> str:
        """What the period has of it, where that is no validated report."""
        return self.told.missing_words if self.told else ""


@dataclass(frozen=True, kw_only=True)
class PlanProgress:
    """A plan at its newest cut, with every closing of its year in order, each with its account."""

    newest: PublishedFigure
    history: tuple[PublishedFigure, ...]
    activities: Mapping[int, FollowedActivity]

    @property
    def without_validated(self) -> int:
        """How many activities owed or sent a report of the newest period that nobody validated."""
        return sum(row.told is not None and row.told.lacks_validated for row in self.activities.values())


@dataclass(frozen=True, kw_only=True)
class ClosedReport:
    """What was told of an activity in a closed period, as it counted; None where no validated report did."""

    published: PublishedFigure
    validation: Validation | None
    verification: Verified | None
    results: Sequence[ResultLine] = ()
    told: Told | None = None

    @property
    def missing_words(self) -> str:
        """What the period has of it, where that is no validated report."""
        return self.told.missing_words if self.told else ""

    @property
    def revision(self):
        return self.validation.revision if self.validation else None

    @property
    def done_when(self) -> str:
        return when(self.revision.executed_months) if self.revision and self.revision.executed_months else ""

    @property
    def evidence(self) -> list[tuple[Evidence, str]]:
        """What was attached, with what of it the public gets."""
        return [(item, stands_in_public(item)) for item in self.revision.evidence.all()] if self.revision else []


@dataclass(frozen=True, kw_only=True)
class ActivityProgressPage:
    """An activity at its newest cut; `reports` has a row for each closed period, the newest first.

    `result` is what its indicators had come to by then, in their own units; empty where nothing was measured.
    """

    newest: PublishedFigure
    history: tuple[PublishedFigure, ...]
    reports: tuple[ClosedReport, ...]
    executed: MonthSet
    result: str = ""

    @property
    def pieces(self) -> int:
        """How many pieces of evidence its reports bring, public or not; one that serves twice is one."""
        return len({item.pk for report in self.reports for item, _stands in report.evidence})

    @property
    def has_private_evidence(self) -> bool:
        return any(not item.is_public for report in self.reports for item, _stands in report.evidence)
