"""Every table of open data by its name, in the order in which they are offered, and the years that there are."""

from __future__ import annotations

from actionplans.models import ActionPlan
from mipg.models import InstitutionalPlan
from planning.models import Entity

from . import (
    of_activities,
    of_evidence,
    of_figures,
    of_house,
    of_indicators,
    of_measured,
    of_mipg,
    of_periods,
    of_plans,
    of_reports,
)
from .table import Table

SUBJECTS = (
    of_plans,
    of_activities,
    of_indicators,
    of_periods,
    of_figures,
    of_measured,
    of_reports,
    of_evidence,
    of_mipg,
    of_house,
)
TABLES: dict[str, Table] = {table.name: table for subject in SUBJECTS for table in subject.TABLES}


def years_of(entity: Entity) -> list[int]:
    """The years of which an entity publishes something, newest first. One query."""
    plans = ActionPlan.objects.published().filter(entity=entity).order_by().values_list("year")
    said = plans.union(InstitutionalPlan.objects.filter(entity=entity).order_by().values_list("year"))
    return sorted({year for (year,) in said}, reverse=True)
