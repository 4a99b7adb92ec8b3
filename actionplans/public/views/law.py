"""The pages that the law and good manners ask of a public site: accessibility, privacy, terms, map, glossary.

Each exists for an entity, with its contact data and licence, and for the portal as a whole.
"""

import datetime

from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from actionplans.models import ActionPlan
from actionplans.opendata.licences import licence_of
from config.edition import EDITION
from planning.folding import fold
from planning.models import Entity, GlossaryTerm, StrategicFramework

from ..serving.caching import every_frame, kept_page, what_all_share
from .common import entity_context

REVIEWED_ON = datetime.date(2026, 11, 21)
"""When somebody last went through the statements with the portal in hand, as each release asks."""
NAMES = {
    "accessibility": "Declaración de accesibilidad",
    "privacy": "Privacidad y datos personales",
    "terms": "Términos de uso",
    "site_map": "Mapa del sitio",
}
FEW_ENTITIES = 12  # so many are listed on the portal's map; more are left to the home page, which has pages


def _of_an_entity(page: str):
    @kept_page()
    def view(request, entity):
        entity = get_object_or_404(Entity, slug=entity)
        context = entity_context(entity, "", (NAMES[page], ""), **_about(page, entity))
        return render(request, f"public/{page}.html", context)

    view.__name__ = page
    return view


def _of_the_portal(page: str):
    @kept_page(every_frame if page == "site_map" else what_all_share)
    def view(request):
        context = _about(page) | {"crumbs": _crumbs(NAMES[page])}
        return render(request, f"public/{page}_portal.html", context)

    view.__name__ = f"portal_{page}"
    return view


def _about(page: str, entity=None) -> dict:
    said = {"name": NAMES[page], "reviewed_on": REVIEWED_ON, "edition": EDITION}
    if entity is None:
        return said | ({"entities": list(Entity.objects.all()[: FEW_ENTITIES + 1])} if page == "site_map" else {})
    if page == "terms":
        said["licence_address"] = licence_of(entity).deed
    if page == "site_map":
        said |= _parts_of(entity)
    return said


def _parts_of(entity) -> dict:
    """What the entity has to lead to: its frameworks and the years of its plans."""
    years = ActionPlan.objects.published().filter(entity=entity).order_by("-year").values_list("year", flat=True)
    frameworks = StrategicFramework.objects.published().filter(entity=entity)
    return {"plan_years": list(years.distinct()), "frameworks": frameworks.prefetch_related("axes__objectives")}


def _crumbs(name: str) -> list[tuple[str, str]]:
    return [("Inicio", reverse("home")), (name, "")]


accessibility, portal_accessibility = _of_an_entity("accessibility"), _of_the_portal("accessibility")
privacy, portal_privacy = _of_an_entity("privacy"), _of_the_portal("privacy")
terms, portal_terms = _of_an_entity("terms"), _of_the_portal("terms")
site_map, portal_site_map = _of_an_entity("site_map"), _of_the_portal("site_map")


@kept_page(what_all_share)
def glossary(request):
    """The words of the field, each under the anchor of its key."""
    return render(
        request,
        "public/glossary.html",
        {
            "terms": sorted(GlossaryTerm.objects.all(), key=lambda term: fold(term.name)),
            "crumbs": _crumbs("Glosario"),
        },
    )
