"""The figure with which an entity is presented: on its first page, and beside its name among all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import F, Subquery

from actionplans.enums import FigureScope, PeriodScheme
from actionplans.models import Closing
from actionplans.reports.closing.closed import closed_rows, thin

from ..transparency.cuts import SchemeCuts, year_cuts
from .published import PublishedFigure

YEARS_SHOWN = 2
"""A figure older than last year's says nothing of how an entity goes."""


def newest_cuts(entity) -> list[SchemeCuts]:
    """The newest year of which something was closed, for each way of following it. Three queries; one without."""
    years = Closing.objects.filter(period__entity=entity).order_by("-period__year").values("period__year")
    return year_cuts(entity, Subquery(years[:1]))


def newest_of_each(entities: Iterable, year: int) -> dict[int, list[PublishedFigure]]:
    """By the entity's id, the newest figure of each way of following its newest year; `year` or the one before.

    One query.
    """
    rows = closed_rows(
        # From the periods down, so that no activity is looked at.
        closing__period__entity__in=list(entities),
        closing__period__year__range=(year - YEARS_SHOWN + 1, year),
        closing__sequence=F("closing__period__sequence"),
        scope=FigureScope.ENTITY,
    )
    newest: dict[int, dict[str, PublishedFigure]] = defaultdict(dict)
    for row in rows:  # oldest first: a newer year leaves nothing of the one before
        period, known = row.closing.period, newest[row.entity_id]
        if any(shown.period.year < period.year for shown in known.values()):
            known.clear()
        known[period.scheme] = PublishedFigure(closing=row.closing, figure=thin(row))
    return {
        entity: [known[scheme] for scheme in PeriodScheme if scheme in known] for entity, known in newest.items()
    }
