"""Where each role begins: straight to its entity, or a choice of entities."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render

from planning.enums import AUDIT_READERS, Role
from planning.models import Entity


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
