"""How what a closing measured differs from what the plans promise today: cancelled since then, or added."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count

from actionplans.enums import FigureScope
from actionplans.models import ClosedFigure, Closing, PlanVersion
from actionplans.progress import ProgressState
from planning.words import count, joined


@dataclass(frozen=True)
class Since:
    """Activities: `measured` by the closing and not cancelled then, `promised` now, `cancelled` in between."""

    measured: int
    promised: int
    cancelled: int

    @property
    def added(self) -> int:
        return max(self.promised - (self.measured - self.cancelled), 0)

    @property
    def words(self) -> str:
        """«El cierre midió 10 actividades; hoy los planes prometen 9: después se canceló 1.» Empty if the same."""
        if not self.cancelled and not self.added:
            return ""
        changes = filter(
            None,
            (
                _change(self.cancelled, "se canceló", "se cancelaron"),
                _change(self.added, "se agregó", "se agregaron"),
            ),
        )
        measured = count(self.measured, "actividad", "actividades")
        return (
            f"El cierre midió {measured}; hoy sus planes prometen {self.promised}: "
            f"después {joined(list(changes))}."
        )


def _change(number: int, one: str, many: str) -> str:
    return f"{one if number == 1 else many} {number}" if number else ""


def since_of(
    closing: Closing, plans: Iterable[int], versions: Sequence[PlanVersion], measured: int, cancelled: Mapping
) -> Since:
    """`versions` are those in force, each with its `activity_count`; `cancelled` is said by `cancelled_since`."""
    asked = set(plans)
    promised = sum(row.activity_count for row in versions if row.plan_id in asked)
    return Since(measured, promised, cancelled.get(closing.pk, 0))


def cancelled_since(closings: Iterable[Closing], versions: Iterable[PlanVersion]) -> dict[int, int]:
    """By closing, how many activities that it measured are cancelled in the versions in force. One query."""
    rows = ClosedFigure.objects.filter(
        closing__in=[closing.pk for closing in closings],
        scope=FigureScope.ACTIVITY,
        activity__versions__version__in=[row.pk for row in versions],
        activity__versions__is_cancelled=True,
    ).exclude(state=ProgressState.CANCELLED)
    return dict(rows.order_by().values_list("closing").annotate(Count("activity", distinct=True)))
