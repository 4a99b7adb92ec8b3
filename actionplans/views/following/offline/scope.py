"""Which activities go into the workbook for work without internet."""

from __future__ import annotations

from collections.abc import Iterable

from actionplans.domain.following.calendar.duties import Duty
from actionplans.enums import ReportStatus

from ..quarter.own_work import reported_by
from ..quarter.work import Work
from ..reporting.desks import Desk


def for_workbook(works: Iterable[Work], desk: Desk) -> list[Work]:
    """What the desk itself reports and may write now, that which is asked for first.

    What is finished is not asked for again: only where somebody began a report of it all the same.
    """
    own = [work for work in works if desk.is_for_no_office or reported_by(work, desk.ids)]
    open_now = [work for work in own if not work.writing_obstacles and not _is_over(work)]
    return sorted(open_now, key=lambda work: 0 if work.is_missing else 1)


def _is_over(work: Work) -> bool:
    return work.duty == Duty.FINISHED and work.status == ReportStatus.PENDING and work.draft is None
