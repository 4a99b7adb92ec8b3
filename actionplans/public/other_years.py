"""The same plan in other years, to go on to from its page."""

from __future__ import annotations

from django.urls import reverse

from actionplans.models import ActionPlan, PlanVersion
from planning.words import with_year

from .neighbours import Neighbours, neighbours_of


def same_plan_beside(plan: ActionPlan) -> Neighbours:
    """The published version of the nearest year before and after. One query."""
    rows = (
        PlanVersion.objects.published()
        .filter(plan__in=plan.in_other_years())
        .select_related("plan")
        .only("title", "plan__year", "plan__slug")
        .order_by("plan__year")
    )
    before = [one for one in rows if one.plan.year < plan.year]
    after = [one for one in rows if one.plan.year > plan.year]
    return neighbours_of(
        before[-1] if before else None,
        after[0] if after else None,
        noun="Vigencia",
        address=lambda one: reverse("plan", args=[plan.entity.slug, one.plan.year, one.plan.slug]),
        name=lambda one: with_year(one.title, one.plan.year),
    )
