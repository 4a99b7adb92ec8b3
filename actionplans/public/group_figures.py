"""The figure of an office, an axis, a dimension or a policy: the newest with its account, and those before it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from actionplans.domain.following.standing import figure_of
from actionplans.models import ClosedFigure
from actionplans.progress import ProgressState
from actionplans.progress.numbers import percent
from actionplans.reports.closed import closed_rows, thin
from planning.templatetags.ui import long_date

from .published import PublishedFigure


@dataclass(frozen=True, kw_only=True)
class GroupHistory:
    """`newest` has its account; `closings` has every closing that measured the thing, oldest first."""

    newest: PublishedFigure
    closings: tuple[PublishedFigure, ...]

    @property
    def told(self) -> str:
        """«al 30 de septiembre de 2026 lleva 62 % ejecutado de 75 % programado», for the sentence that answers."""
        progress, ends = self.newest.figure.progress, self.newest.period.ends
        if progress.state not in (ProgressState.MEASURED, ProgressState.DECLARED) or progress.executed is None:
            return ""
        done = f"lleva {percent(progress.executed)} ejecutado"
        if progress.programmed is None:
            return f"al {long_date(ends)} {done}"
        return f"al {long_date(ends)} {done} de {percent(progress.programmed)} programado"


def group_history(entity, scope: str, key: str, years: Iterable[int] = ()) -> GroupHistory | None:
    """None before the first closing; `years` restricts it. Two queries, whatever the entity's size."""
    where = {"closing__period__year__in": list(years)} if years else {}
    # By its closings, not by its own entity: their index leads to the one row that each has of the thing.
    rows = list(closed_rows(closing__entity=entity, scope=scope, key=key, **where))
    if not rows:
        return None
    account = ClosedFigure.objects.get(pk=rows[-1].pk)
    return GroupHistory(
        newest=PublishedFigure(closing=rows[-1].closing, figure=figure_of(account)),
        closings=tuple(PublishedFigure(closing=row.closing, figure=thin(row)) for row in rows),
    )
