"""What is still owed in a period, by whom and until when."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from actionplans.domain.following.calendar.periods import window_of
from actionplans.domain.following.figures.activities import ActivityStanding
from actionplans.domain.following.figures.standing import Standing, standing
from actionplans.enums import ReportStatus, ReviewOutcome
from actionplans.models import ActivityVersion, ReportDraft, ReportingPeriod
from planning.models import Office, User

IS_SENT = (ReportStatus.SUBMITTED, ReportStatus.VALIDATED)


@dataclass(frozen=True, kw_only=True)
class Owed:
    """An activity whose report is to be sent; `days` are those left, below zero those that it is late.

    `asked` is what planning said is missing in one that it gave back; a reopening gives back without a word.
    """

    promise: ActivityVersion
    office: Office | None
    last_day: datetime.date
    days: int
    is_returned: bool = False
    is_begun: bool = False
    asked: str = ""

    @property
    def is_late(self) -> bool:
        return self.days < 0


@dataclass(frozen=True, kw_only=True)
class OfficeOwes:
    """What an office owes and who answers for it; no office where the plan names none that reports."""

    office: Office | None
    owed: tuple[Owed, ...]
    people: tuple[User, ...] = ()

    @property
    def name(self) -> str:
        return self.office.name if self.office else "Sin dependencia que reporte"

    @property
    def last_day(self) -> datetime.date:
        """The nearest deadline."""
        return min(row.last_day for row in self.owed)

    @property
    def days(self) -> int:
        return min(row.days for row in self.owed)

    @property
    def has_late(self) -> bool:
        """Whether some of it can be sent no more without an extension."""
        return self.days < 0

    @property
    def is_late(self) -> bool:
        return all(row.is_late for row in self.owed)


def owed_in(period: ReportingPeriod, on: datetime.date, at: Standing | None = None) -> list[Owed]:
    """What has to be reported by now and was not sent, and what was returned; nothing of a closed period, nor of
    one that has not begun."""
    if period.is_closed or on < period.opens:
        return []
    at = at or standing(period)
    window = window_of(period)
    begun = set(ReportDraft.objects.filter(report__period=period).values_list("report__activity", flat=True))
    return [
        _row(item, window.last_day(activity), on, is_begun=activity in begun)
        for activity, item in at.activities.items()
        if _is_owed(item) and not window.writing_obstacles(activity, on)
    ]


def by_office(rows: Iterable[Owed], leaders: dict[int, list[User]]) -> list[OfficeOwes]:
    """Who is latest first."""
    grouped: dict[Office | None, list[Owed]] = {}
    for row in rows:
        grouped.setdefault(row.office, []).append(row)
    offices = [
        OfficeOwes(
            office=office,
            owed=tuple(owed),
            people=tuple(leaders.get(office.pk, ())) if office else (),
        )
        for office, owed in grouped.items()
    ]
    return sorted(offices, key=lambda row: (row.days, row.name))


def _is_owed(item: ActivityStanding) -> bool:
    status = item.report.status if item.report else None
    if item.promise.is_cancelled or status in IS_SENT:
        return False
    return item.duty.is_owed or status == ReportStatus.RETURNED


def _row(item, last_day, on, *, is_begun) -> Owed:
    office = item.promise.reporting_office
    return Owed(
        promise=item.promise,
        office=office,
        last_day=last_day,
        days=(last_day - on).days,
        is_returned=bool(item.report) and item.report.status == ReportStatus.RETURNED,
        is_begun=is_begun,
        asked=_what_is_asked(item.report),
    )


def _what_is_asked(report) -> str:
    if report is None or report.status != ReportStatus.RETURNED:
        return ""
    answer = max(report.current.validations.all(), key=lambda row: row.pk, default=None)
    return answer.comment if answer and answer.outcome == ReviewOutcome.RETURNED else ""
