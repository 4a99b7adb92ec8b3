"""Plans as the planning office and the committee see them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from actionplans.domain import plan as verbs
from actionplans.domain.plan import PLAN_TRANSITIONS
from actionplans.domain.workflow import TransitionRefused, available
from actionplans.forms.transitions import StepForm
from actionplans.models import PlanVersion
from planning.models import AuditEvent

from .access import entity_page

VERBS = {"submit": verbs.submit, "return": verbs.return_, "approve": verbs.approve}
DONE = {
    "submit": "El plan quedó en revisión. El comité ya puede aprobarlo o devolverlo.",
    "return": "El plan volvió a borrador, con su comentario.",
    "approve": "El plan quedó aprobado y publicado.",
}


@entity_page("actionplans.work_on_plans")
def plan_list(request, entity):
    """Every version that the person may read, open ones first."""
    versions = (
        PlanVersion.objects.visible_to(request.user)
        .filter(entity=entity)
        .select_related("plan__policy")
        .annotate(activity_count=Count("activities"))
        .order_by("-plan__year", "title", "-number")
    )
    pending = [version for version in versions if not version.is_public]
    published = [version for version in versions if version.is_public]
    return render(
        request,
        "actionplans/staff/plan_list.html",
        {"entity": entity, "section": "gestion", "pending": pending, "published": published},
    )


@entity_page("planning.view_entity_record")
def version_page(request, entity, pk):
    """A version as it stands, with the steps that the person may take and its history."""
    version = get_object_or_404(
        PlanVersion.objects.visible_to(request.user)
        .filter(entity=entity)
        .select_related("plan__policy", "plan__entity", "formulating_office")
        .with_activities(),
        pk=pk,
    )
    return render(
        request,
        "actionplans/staff/version.html",
        {
            "entity": entity,
            "section": "gestion",
            "version": version,
            "steps": available(PLAN_TRANSITIONS, version, request.user),
            "history": AuditEvent.objects.about(version).order_by("-sequence"),
        },
    )


@entity_page("planning.view_entity_record")
def transition(request, entity, pk, step):
    """Ask before a step of a plan's life, then take it."""
    version = get_object_or_404(PlanVersion.objects.visible_to(request.user).filter(entity=entity), pk=pk)
    row = next((row for row in PLAN_TRANSITIONS if row.name == step), None)
    if row is None:
        raise Http404("No hay un paso con ese nombre.")
    form = StepForm(request.POST if request.method == "POST" else None, transition=row)
    if request.method == "POST" and form.is_valid():
        try:
            VERBS[step](version, by=request.user, **form.cleaned_data)
        except TransitionRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, DONE[step])
        return redirect("version", entity=entity.slug, pk=version.pk)
    offered = next((s for s in available(PLAN_TRANSITIONS, version, request.user) if s.transition is row), None)
    if offered is None:
        raise PermissionDenied(row.permission)
    return render(
        request,
        "actionplans/staff/step.html",
        {"entity": entity, "section": "gestion", "version": version, "step": offered, "form": form},
    )
