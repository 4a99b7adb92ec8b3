"""The figure of an office, an axis, a dimension or a policy: the newest with its account, and those before it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from actionplans.models import ClosedFigure
from actionplans.reports.closing.closed import account_of, closed_rows, thin, with_bands
from planning.words import long_date

from .going import share_of
from .history import with_corrections
from .published import PublishedFigure


@dataclass(frozen=True, kw_only=True)
class GroupHistory:
    """`newest` has its account; `closings` has every closing that measured the thing, oldest first."""

    newest: PublishedFigure
    closings: tuple[PublishedFigure, ...]

    @property
    def told(self) -> str:
        """«al 30 de septiembre de 2026 lleva 62 % ejecutado de 75 % programado», for the sentence that answers."""
        share = share_of(self.newest)
        return f"al {long_date(self.newest.period.ends)} lleva {share}" if share else ""


def group_history(entity, scope: str, key: str, years: Iterable[int] = ()) -> GroupHistory | None:
    """None before the first closing; `years` restricts it. Two queries, whatever the entity's size."""
    where = {"closing__period__year__in": list(years)} if years else {}
    # By its closings, not by its own entity: their index leads to the one row that each has of the thing.
    rows = list(closed_rows(closing__entity=entity, scope=scope, key=key, **where))
    if not rows:
        return None
    account = with_bands(ClosedFigure.objects).get(pk=rows[-1].pk)
    closings = with_corrections([PublishedFigure(closing=row.closing, figure=thin(row)) for row in rows])
    return GroupHistory(newest=replace(closings[-1], figure=account_of(account)), closings=closings)
