"""What counts at a later cut of the year as it is known at this one: the same things, with what is due by then."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from .averaging import Member
from .results import ActivityProgress

NOTHING = Decimal(0)


def at_later_cut(progress: ActivityProgress, programmed: Decimal | None) -> ActivityProgress:
    """`progress` as it enters the mean of a later cut, at which `programmed` is due.

    It counts there if it counts now, whatever is due then: a mean of others would not go on from the one of now.
    """
    if not Member.of(progress, None).is_counted:
        return replace(progress, programmed=None)
    return replace(progress, programmed=programmed, executed=progress.executed or NOTHING)
