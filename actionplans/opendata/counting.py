"""What counted of each activity in closed periods, as querysets: whoever reads a page of it reads that page alone.

It says of the whole year what `actionplans.reports.closing.counted` says of some activities at a time.
"""

from __future__ import annotations

from functools import reduce
from operator import or_

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet

from actionplans.enums import FigureScope, PeriodStatus, ReviewOutcome
from actionplans.models import ClosedFigure, Closing, Reopening, Validation, Verification
from planning.models import Entity

from .columns import period_name
from .table import Row


class Year:
    """The newest closing of each period of a year of an entity, and what counted in them. One query to begin."""

    def __init__(self, entity: Entity, year: int):
        self.entity, self.year = entity, year
        newest = Closing.objects.newest().filter(entity=entity, period__year=year)
        self.closings = {
            closing.period_id: closing
            for closing in newest.select_related("period", "reopening").defer("snapshot")
        }

    def head(self, plan: str, activity: int, period: int) -> Row:
        """How every row about an activity in a closed period begins."""
        closing = self.closings[period]
        name = period_name(closing.period.scheme, closing.period.ordinal)
        return self.entity.slug, self.year, plan, activity, name, closing.sequence

    @property
    def validations(self) -> QuerySet[Validation]:
        """Of each report the last review by the closing, if it validated, of what the closing measured."""
        by_then = self._in_each("revision__report__period", lambda closing: Q(at__lte=closing.at))
        last = (
            Validation.objects.filter(by_then, entity=self.entity)
            .exclude(self._was_sent_back())
            .order_by()
            .values("revision__report")
            .annotate(last=Max("pk"))
            .values("last")
        )
        return Validation.objects.filter(
            self._was_measured("revision__report__period", "revision__report__activity"),
            pk__in=last,
            outcome=ReviewOutcome.VALIDATED,
        )

    def counted(self) -> dict[int, int]:
        """The keys of `validations` and of what they review: a database that is given keys uses its indexes."""
        return dict(self.validations.order_by().values_list("pk", "revision"))

    @property
    def verifications(self) -> QuerySet[Verification]:
        """The last word of control interno on each; of a period that is open again, the last before it was."""
        last = (
            Verification.objects.filter(self._in_each("period", _before_reopening), entity=self.entity)
            .order_by()
            .values("period", "activity")
            .annotate(last=Max("pk"))
            .values("last")
        )
        return Verification.objects.filter(self._was_measured("period", "activity"), pk__in=last)

    def _in_each(self, period: str, condition) -> Q:
        """Rows of a closed period that meet the condition of its closing; none where nothing is closed."""
        each = (Q(**{period: pk}) & condition(closing) for pk, closing in self.closings.items())
        return reduce(or_, each, Q(pk__in=[]))

    def _was_measured(self, period: str, activity: str) -> Exists:
        measured = ClosedFigure.objects.filter(closing__in=self._pks, scope=FigureScope.ACTIVITY)
        return Exists(measured.filter(closing__period=OuterRef(period), activity=OuterRef(activity)))

    def _was_sent_back(self) -> Exists:
        """A reopening before the newest closing asked for the report again: a review before it does not count."""
        sent_back = Reopening.objects.filter(closing__period__in=self.closings).exclude(closing__in=self._pks)
        return Exists(
            sent_back.filter(
                closing__period=OuterRef("revision__report__period"),
                activities=OuterRef("revision__report__activity"),
                at__gt=OuterRef("at"),
            )
        )

    @property
    def _pks(self) -> list[int]:
        return [closing.pk for closing in self.closings.values()]


def place_of(report: str) -> dict[str, F]:
    """Annotations of a row by the path to its report: what `Year.head` takes, and `ends`, in the order of rows."""
    return place(f"{report}__activity", f"{report}__period")


def place(activity: str, period: str) -> dict[str, F]:
    return {
        "in_plan": F(f"{activity}__plan__slug"),
        "number": F(f"{activity}__key"),
        "ends": F(f"{period}__ends"),
        "in_period": F(period),
    }


def _before_reopening(closing: Closing) -> Q:
    is_open_again = closing.period.status == PeriodStatus.REOPENED
    return Q(at__lte=closing.reopening.at) if is_open_again else Q()
