"""The links that were brought as evidence and do not open, for planning to have them mended."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from actionplans.domain.following.evidence.visits import OPENS
from actionplans.models import Evidence
from actionplans.views.access import entity_page

ON_A_PAGE = 50


@require_safe
@entity_page("actionplans.review_reports")
def evidence_links(request, entity):
    """Those that did not open at the last visit, newest first."""
    links = Evidence.objects.visible_to(request.user).filter(entity=entity).exclude(url="")
    visited = links.exclude(link_checked_at=None)
    dead = visited.exclude(link_status=OPENS).select_related("office", "by").order_by("-at", "-pk")
    return render(
        request,
        "actionplans/following/evidence_links.html",
        {
            "entity": entity,
            "section": "seguimiento",
            "page": Paginator(dead, ON_A_PAGE).get_page(request.GET.get("pagina")),
            "many": links.count(),
            "visited": visited.count(),
        },
    )
