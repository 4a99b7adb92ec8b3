"""The audit trail of an entity, to be read."""

from django.core.paginator import Paginator
from django.shortcuts import render

from planning.models import AuditChain, AuditEvent

from .access import entity_page

PAGE_SIZE = 50


@entity_page("planning.read_audit")
def trail(request, entity):
    """Who did what and when, newest first."""
    events = AuditEvent.objects.visible_to(request.user).filter(chain__entity=entity).order_by("-sequence")
    return render(
        request,
        "actionplans/staff/trail.html",
        {
            "entity": entity,
            "section": "auditoria",
            "chain": AuditChain.objects.filter(entity=entity).first(),
            "page": Paginator(events, PAGE_SIZE).get_page(request.GET.get("pagina")),
        },
    )
