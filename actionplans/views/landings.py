"""Where each role begins: straight to its entity, or a choice of entities."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render

from actionplans.models import ActivityVersion, PlanVersion
from planning.enums import AUDIT_READERS, Role
from planning.models import Entity

from .access import entity_page


def _landing(name: str, *roles: str, for_superuser: bool = False):
    """A view that leads to page `name` of the only entity where the person has one of `roles`."""

    @login_required
    def landing(request):
        entities = Entity.objects.visible_to(request.user)
        if not (for_superuser and request.user.is_superuser):
            entities = entities.filter(pk__in=request.user.entity_ids_as(*roles))
        if not entities:
            raise PermissionDenied(name)
        if len(entities) == 1:
            return redirect(name, entity=entities[0].slug)
        return render(request, "actionplans/staff/choose_entity.html", {"entities": entities, "destination": name})

    return landing


management = _landing("management_entity", Role.PLANNING, Role.COMMITTEE)
follow_up = _landing("follow_up_entity", Role.LEADER)
audit = _landing("audit_entity", *AUDIT_READERS, for_superuser=True)


@entity_page("actionplans.report_progress")
def own_activities(request, entity):
    """What the person's own offices promised in the plans in force."""
    activities = (
        ActivityVersion.objects.answered_by(request.user)
        .filter(version__entity=entity)
        .select_related("version__plan", "activity")
        .prefetch_related("responsibilities__office")
        .order_by("-version__plan__year", "version__title", "position")
    )
    drafts = PlanVersion.objects.visible_to(request.user).open().filter(entity=entity).select_related("plan")
    return render(
        request,
        "actionplans/staff/own_activities.html",
        {"entity": entity, "section": "seguimiento", "activities": activities, "drafts": drafts},
    )
