"""A version of a plan as its staff see it."""

from django.shortcuts import get_object_or_404, render

from actionplans.domain.completeness import gaps
from actionplans.domain.procedure import PLAN_TRANSITIONS
from actionplans.domain.timeline import history, return_of
from actionplans.domain.workflow import available
from actionplans.models import PlanVersion

from .access import entity_page


@entity_page("planning.view_entity_record")
def version_page(request, entity, pk):
    """A version as it stands, with the steps that the person may take and its history."""
    version = get_object_or_404(
        PlanVersion.objects.visible_to(request.user)
        .filter(entity=entity)
        .select_related("plan__policy", "plan__entity", "formulating_office", "approval_act")
        .with_activities(),
        pk=pk,
    )
    moments = history(version.plan)
    others = PlanVersion.objects.visible_to(request.user).filter(plan=version.plan_id).exclude(pk=pk)
    return render(
        request,
        "actionplans/staff/version.html",
        {
            "entity": entity,
            "section": "gestion",
            "version": version,
            "steps": available(PLAN_TRANSITIONS, version, request.user),
            "gaps": [] if version.is_public else gaps(version),
            "writes": request.user.has_perm("actionplans.edit_plan", entity),
            "others": list(others.order_by("-number")),
            "history": moments,
            "returned": return_of(version, moments),
        },
    )
