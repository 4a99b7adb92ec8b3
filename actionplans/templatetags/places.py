"""The places of the staff of one entity: what the navigation offers a person, where the trail of a page begins."""

from __future__ import annotations

from dataclasses import dataclass

from django import template
from django.urls import reverse

register = template.Library()


@dataclass(frozen=True)
class Place:
    """`section` is what a view says of its page; `instead`, the section from which others come to its pages."""

    section: str
    label: str
    address: str
    permission: str = ""
    instead: str = ""

    def is_for(self, user, entity) -> bool:
        return not self.permission or user.has_perm(self.permission, entity)


PLACES = (
    Place("gestion", "Planes", "management_entity", "actionplans.work_on_plans"),
    Place("seguimiento", "Mi trimestre", "follow_up_entity", "actionplans.report_progress", instead="revision"),
    Place("tablero", "Tablero", "board", "actionplans.follow_progress"),
    Place("revision", "Revisión", "review", "actionplans.follow_progress"),
    Place("descargas", "Descargas", "follow_up_files", "actionplans.follow_progress"),
    Place("verificacion", "Verificación", "verification", "actionplans.verify_progress", instead="revision"),
    Place("periodos", "Periodos", "period_list", "actionplans.see_periods"),
    Place("auditoria", "Auditoría", "audit_entity", "planning.read_audit"),
    Place("trabajos", "Trabajos", "jobs"),
    Place("entrega", "Entregas", "handover", "planning.hand_over_link", instead="revision"),
    Place("enlaces", "Enlaces de ingreso", "sign_in_links", "planning.hand_over_link"),
)
BY_SECTION = {place.section: place for place in PLACES}


@register.simple_tag(takes_context=True)
def staff_places(context) -> list[tuple[str, str, str]]:
    """Section, words and address of what the person is offered, in order."""
    user, entity = context["user"], context["entity"]
    return [
        (place.section, place.label, reverse(place.address, args=[entity.slug]))
        for place in PLACES
        if place.is_for(user, entity)
    ]


@register.simple_tag(takes_context=True)
def trail_start(context) -> dict:
    """Words and address of the place to which the page belongs for this person; `is_here`: it is that place."""
    entity = context["entity"]
    place = start_of(context.get("section", ""), context["user"], entity)
    address = reverse(place.address, args=[entity.slug])
    return {"label": place.label, "address": address, "is_here": context["request"].path == address}


def start_of(section: str, user, entity) -> Place:
    """The section's own place where the person may open it, else the one instead, else the first one offered."""
    own = BY_SECTION.get(section)
    wanted = [place for place in (own, BY_SECTION.get(own.instead) if own else None) if place]
    return next(place for place in (*wanted, *PLACES) if place.is_for(user, entity))
