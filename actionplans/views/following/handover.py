"""The handover list when a membership ends: to be read together, signed or printed."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from actionplans.domain.following.reminding.handover import DAYS_AHEAD, handover_of, leaving
from actionplans.views.access import entity_page

ON_A_PAGE = 40
ASSIGN = "planning.edit_membership"


@require_safe
@entity_page("actionplans.hand_over_work")
def handover(request, entity):
    """Who leaves or left; with `?vinculacion=`, what that person leaves."""
    today = timezone.localdate()
    rows = leaving(entity, today)
    asked = request.GET.get("vinculacion", "")
    chosen = get_object_or_404(rows, pk=asked) if asked.isdecimal() and len(asked) < 10 else None
    context = {"entity": entity, "section": "entrega", "today": today, "days_ahead": DAYS_AHEAD}
    if chosen:
        context["handover"] = handover_of(chosen, today)
        context["assigns"] = request.user.is_staff and request.user.has_perm(ASSIGN, entity)
        return render(request, "actionplans/following/handover.html", context)
    context["page"] = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("pagina"))
    return render(request, "actionplans/following/handover_list.html", context)
