"""What an office has to do in a period: its activities, what is known of each and what it may still write.

Reads only the activities of the offices that are asked for, so that a leader's page costs the same in an
entity of any size.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from actionplans.domain.following.drafts import answers_of
from actionplans.domain.following.duties import Duty, duty_of
from actionplans.domain.following.measuring import (
    Counting,
    activity_facts,
    by_activity,
    executed_months,
    validation_of,
)
from actionplans.domain.following.periods import Window, window_of
from actionplans.domain.following.promises import prior_by_activity, promises
from actionplans.domain.following.standing import cut_of
from actionplans.enums import ReportStatus, ReviewOutcome
from actionplans.models import ActivityVersion, Contribution, Evidence, Report, ReportDraft, ReportingPeriod
from actionplans.models.activity import Responsibility
from actionplans.months import MonthSet
from actionplans.progress import ActivityProgress, measure_activity
from actionplans.rules import reports_for
from planning.models import Office
from planning.templatetags.ui import long_date

MOST_PIECES = 60
"""Pieces of evidence offered to be attached again; older ones are brought anew."""
STATES = {
    ReportStatus.PENDING: ("none", "○", "Sin reporte"),
    ReportStatus.SUBMITTED: ("none", "◐", "Enviado, por validar"),
    ReportStatus.RETURNED: ("warn", "▲", "Devuelto"),
    ReportStatus.VALIDATED: ("good", "●", "Validado"),
}
BEGUN = ("none", "◔", "Borrador sin enviar")


@dataclass(frozen=True, kw_only=True)
class Work:
    """One activity in a period. `before` is the figure at the cut before, `earlier` the reports until then."""

    promise: ActivityVersion
    period: ReportingPeriod
    window: Window
    duty: Duty
    before: ActivityProgress | None
    executed: MonthSet
    report: Report | None
    earlier: tuple[Report, ...]
    today: date

    @property
    def activity_id(self) -> int:
        return self.promise.activity_id

    @property
    def number(self) -> str:
        return self.promise.printed_number or str(self.promise.position)

    @property
    def plan(self):
        return self.promise.version.plan

    @property
    def draft(self) -> ReportDraft | None:
        return getattr(self.report, "draft", None) if self.report else None

    @property
    def sent(self):
        """The revision sent last in this period."""
        return self.report.current if self.report else None

    @property
    def status(self) -> str:
        return self.report.status if self.report else ReportStatus.PENDING

    @property
    def is_sent(self) -> bool:
        return self.status in (ReportStatus.SUBMITTED, ReportStatus.VALIDATED)

    @property
    def is_asked(self) -> bool:
        """Whether the period counts on a report of it."""
        return self.duty.is_owed or self.status == ReportStatus.RETURNED

    @property
    def is_missing(self) -> bool:
        return self.is_asked and not self.is_sent

    @property
    def state(self) -> tuple[str, str, str]:
        """Tone, shape and words."""
        if self.status == ReportStatus.PENDING and self.draft:
            return BEGUN
        return STATES[self.status]

    @property
    def writing_obstacles(self) -> list[str]:
        if self.promise.is_cancelled:
            return ["La actividad está cancelada: no se reporta."]
        if self.status == ReportStatus.VALIDATED:
            return ["Planeación ya validó este reporte."]
        return self.window.writing_obstacles(self.activity_id, self.today)

    def sending_obstacles(self, *, on_behalf: bool = False) -> list[str]:
        return self.writing_obstacles or self.window.sending_obstacles(
            self.activity_id, self.today, on_behalf=on_behalf
        )

    @property
    def extension_words(self) -> str:
        """Until when, where it is not the day of the others."""
        last = self.window.last_day(self.activity_id)
        return f"Con plazo hasta el {long_date(last)}" if last != self.period.closes else ""

    @property
    def answers(self) -> dict:
        """What the form shows: the draft, else what was sent, to go on from it."""
        if self.draft:
            return self.draft.answers
        return answers_of(self.sent) if self.sent else {}

    @property
    def evidence(self) -> list[Evidence]:
        """What goes with the report as it is being written."""
        holder = self.draft or self.sent
        return list(holder.evidence.all()) if holder else []

    @property
    def last(self):
        """The revision sent last in an earlier period."""
        sent = [report for report in self.earlier if report.current_id]
        return sent[-1].current if sent else None

    @property
    def last_period(self) -> ReportingPeriod | None:
        return next((report.period for report in reversed(self.earlier) if report.current_id), None)

    @property
    def return_comment(self) -> str:
        """What planning asked for when it gave the report back."""
        if self.status != ReportStatus.RETURNED:
            return ""
        rows = [row for row in self.sent.validations.all() if row.outcome == ReviewOutcome.RETURNED]
        return rows[-1].comment if rows else ""

    @property
    def validation(self):
        return validation_of(self.report) if self.report else None

    def contribution_of(self, offices: Collection[int]) -> Contribution | None:
        rows = self.report.contributions.all() if self.report else ()
        return next((row for row in rows if row.office_id in offices), None)


def works(period: ReportingPeriod, *, offices: Collection[int] = (), activity: int | None = None) -> list[Work]:
    """The activities for which one of `offices` answers, or the one `activity`; a constant number of queries."""
    rows = promises(period)
    if activity is None:
        answers = Responsibility.objects.filter(office__in=offices).values("activity_version")
        rows = rows.filter(pk__in=answers)
    else:
        rows = rows.filter(activity=activity)
    return _works(period, list(rows))


def works_without_office(period: ReportingPeriod) -> list[Work]:
    """Activities that no office reports: planning does."""
    reported = Responsibility.objects.filter(reports=True).values("activity_version")
    return _works(period, list(promises(period).exclude(pk__in=reported)))


def reported_by(work: Work, offices: Collection[int]) -> bool:
    return reports_for(work.promise) in offices


def pieces_of(office: Office | int | None, period: ReportingPeriod) -> list[Evidence]:
    """What the office brought for reports of the year, newest first, to be attached again."""
    if office is None:
        return []
    of_the_year = {"period__year": period.year, "period__entity": period.entity_id}
    reports = Report.objects.filter(**of_the_year)
    rows = Evidence.objects.filter(entity=period.entity_id, office=office).filter(
        Q(drafts__report__in=reports) | Q(revisions__report__in=reports) | Q(contributions__report__in=reports)
    )
    return list(rows.distinct().order_by("-at", "-pk")[:MOST_PIECES])


def _works(period, rows) -> list[Work]:
    if not rows:
        return []
    told = by_activity(_reports(period, [row.activity_id for row in rows]))
    prior = prior_by_activity(period, rows)
    window, today = window_of(period), timezone.localdate()
    return [
        _work(row, period, window, told.get(row.activity_id, []), prior.get(row.activity_id, MonthSet()), today)
        for row in rows
    ]


def _reports(period, activities):
    return (
        Report.objects.filter(
            activity__in=activities,
            period__entity=period.entity_id,
            period__year=period.year,
            period__scheme=period.scheme,
            period__ordinal__lte=period.ordinal,
        )
        .with_words()
        .select_related("draft__by", "current__office")
        .prefetch_related("draft__evidence")
        .order_by("period__ordinal")
    )


def _work(promise, period, window, told, prior, today) -> Work:
    earlier = tuple(report for report in told if report.period.ordinal < period.ordinal)
    executed = executed_months(earlier, Counting.REPORTED)
    cut, before = cut_of(period), None
    if cut.previous:
        before = measure_activity(activity_facts(promise, earlier, prior, Counting.REPORTED), cut.previous)
    return Work(
        promise=promise,
        period=period,
        window=window,
        duty=duty_of(promise, period, prior=prior, executed=executed, before=before),
        before=before,
        executed=executed,
        report=next((report for report in told if report.period_id == period.pk), None),
        earlier=earlier,
        today=today,
    )
