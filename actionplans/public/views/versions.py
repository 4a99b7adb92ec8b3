"""What changed between two published versions of a plan."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from actionplans.enums import PUBLIC_STATUSES
from actionplans.models import PlanVersion

from ..changes import kept_comparison
from ..serving.caching import kept_page, one_plan
from .common import entity_context


@kept_page(one_plan)
def compare(request, entity, year, plan, first, second):
    """The older version first; the address that names them the other way round leads here."""
    versions = (
        PlanVersion.objects.filter(
            plan__entity__slug=entity,
            plan__year=year,
            plan__slug=plan,
            status__in=PUBLIC_STATUSES,
            number__in=(first, second),
        )
        .select_related("plan__entity", "entity")
        .order_by("number")
    )
    if len(versions) != 2:
        raise Http404("El plan no tiene esas dos versiones.")
    if first > second:
        return redirect("plan_compare", entity, year, plan, second, first, permanent=True)
    older, newer = versions
    entity, address = newer.plan.entity, reverse("plan", args=[entity, year, plan])
    comparison = kept_comparison(older, newer, entity.slug)
    return render(
        request,
        "public/compare.html",
        entity_context(
            entity,
            "planes",
            ("Planes de acción", reverse("plans", args=[entity.slug])),
            (newer.title, address),
            (f"Versiones {older.number} y {newer.number}", ""),
            version=newer,
            comparison=comparison,
        )
        | {"updated_at": newer.published_at},
    )
