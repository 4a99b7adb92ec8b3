"""The list of the published plans of an entity."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render

from actionplans.models.activity import live_count
from planning.models import Entity

from ..figures.follow_up import plan_figures
from ..filters import PlanFilters
from ..serving.caching import kept_page
from .common import entity_context

PLANS_PER_PAGE = 20


@kept_page(asks=["vigencia", "politica", "dependencia", "eje", "pagina"])
def plan_list(request, entity):
    entity = get_object_or_404(Entity, slug=entity)
    form = PlanFilters(request.GET, entity=entity)
    rows = (
        form.results().select_related("plan__policy", "formulating_office").annotate(activity_count=live_count())
    )
    page = Paginator(rows, PLANS_PER_PAGE).get_page(request.GET.get("pagina"))
    return render(
        request,
        "public/plans.html",
        entity_context(
            entity,
            "planes",
            ("Planes de acción", ""),
            form=form,
            page=page,
            rows=with_figures(page.object_list),
            in_use=form.in_use(),
        ),
    )


def with_figures(versions) -> list[tuple]:
    """Each version with the newest published figure of its plan, None without; for `components/plan_row.html`."""
    versions = list(versions)
    figures = plan_figures(version.plan_id for version in versions)
    return [(version, figures.get(version.plan_id)) for version in versions]
