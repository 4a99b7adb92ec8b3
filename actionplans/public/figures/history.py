"""Which closings tell something of a plan or an activity: what was reopened for others is not told twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from actionplans.models import ClosedFigure, Closing, Reopening

from .published import PublishedFigure

COLUMNS = ("state", "light", "executed", "programmed", "to_date", "of_period")


def own_reopenings(rows: Iterable[ClosedFigure], **where) -> dict[int, Reopening]:
    """By closing, the reopenings that came after it and were for what `where` names. `rows` have them at hand."""
    closings = {row.closing_id: row.closing for row in rows}
    named = Reopening.objects.filter(closing__in=closings, **where).order_by().values_list("closing", flat=True)
    return {pk: closings[pk].reopening for pk in set(named)}


def repeated(rows: Sequence[ClosedFigure], own: Iterable[int]) -> set[int]:
    """The rows of a further closing of a period that was reopened for others and left the same figures here.

    `rows` come oldest first, `own` are the closings after which the thing itself was reopened.
    """
    found, before = set(), None
    for row in rows:
        is_again = before is not None and before.closing.period_id == row.closing.period_id
        if is_again and before.closing_id not in own and _figures(before) == _figures(row):
            found.add(row.pk)
        before = row
    return found


def with_corrections(history: Sequence[PublishedFigure]) -> tuple[PublishedFigure, ...]:
    """The same, each with the closing of an earlier period that came after it, if any.

    A closing freezes what was known on its day: an earlier period that was reopened and closed again later may say
    another value, which what was frozen before cannot hold.
    """
    return tuple(replace(shown, corrected_by=_correction(shown, history)) for shown in history)


def _correction(shown: PublishedFigure, history: Sequence[PublishedFigure]) -> Closing | None:
    later = (
        other.closing
        for other in history
        if not other.is_repeated
        and (other.period.year, other.period.scheme) == (shown.period.year, shown.period.scheme)
        and other.period.ordinal < shown.period.ordinal
        and other.closing.at > shown.closing.at
    )
    return max(later, key=lambda closing: closing.at, default=None)


def _figures(row: ClosedFigure) -> tuple:
    return tuple(getattr(row, name) for name in COLUMNS)
