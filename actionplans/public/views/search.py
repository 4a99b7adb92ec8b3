"""The search: of one entity, and of all."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from planning.models import Entity

from ..finding import SearchForm, search
from ..serving.caching import kept_page, whole_portal
from .common import entity_context

FILTERS = [
    "tipo",
    "vigencia",
    "politica",
    "pagina",
]  # words are answered without being kept: there is no end of them


@kept_page(asks=FILTERS)
def of_entity(request, entity):
    entity = get_object_or_404(Entity, slug=entity)
    form = SearchForm(request.GET, entity=entity)
    return render(
        request,
        "public/search.html",
        entity_context(entity, "buscar", ("Buscar", ""), **_context(form)),
    )


@kept_page(whole_portal, asks=FILTERS)
def of_all(request):
    crumbs = [("Portal de planeación", reverse("home")), ("Buscar", "")]
    context = _context(SearchForm(request.GET, entity=None))
    return render(request, "public/search_all.html", context | {"crumbs": crumbs})


def _context(form: SearchForm) -> dict:
    return {"form": form, "in_use": form.in_use(), "found": search(form) if form.asks else None}
