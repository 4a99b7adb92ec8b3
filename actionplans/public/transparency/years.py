"""Of which years an entity tells anything to the public."""

from __future__ import annotations

from actionplans.models import ActionPlan, ReportingPeriod
from mipg.models import InstitutionalPlan


def years_of(entity) -> list[int]:
    """Newest first. One query."""
    first, *others = (
        rows.filter(entity=entity).order_by().values_list("year")
        for rows in (ActionPlan.objects.published(), InstitutionalPlan.objects, ReportingPeriod.objects)
    )
    return sorted({year for (year,) in first.union(*others)}, reverse=True)
