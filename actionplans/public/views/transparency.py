"""What an entity promised in a year and what it has done, on one page for each vigencia."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from planning.addresses import absolute
from planning.models import Entity

from ..serving.caching import kept_page
from ..transparency import transparency_page, years_of
from .common import entity_context

FILE_KINDS = (("xlsx", "Excel"), ("pdf", "PDF"), ("csv", "CSV"), ("json", "JSON"))


@kept_page()
def newest(request, entity):
    """The newest vigencia that has begun of those that the entity tells of; this one if it tells of none."""
    entity = get_object_or_404(Entity, slug=entity)
    years, today = _years(entity)
    year = next((year for year in years if year <= today.year), years[-1])
    return _page(request, entity, year, years, today)


@kept_page()
def of_year(request, entity, year):
    entity = get_object_or_404(Entity, slug=entity)
    years, today = _years(entity)
    if year not in years:
        raise Http404("La entidad no tiene información de esa vigencia.")
    return _page(request, entity, year, years, today)


def _years(entity):
    today = timezone.localdate()
    return years_of(entity) or [today.year], today


def _page(request, entity, year, years, today):
    page = transparency_page(entity, year, today)
    here = reverse("transparency_year", args=[entity.slug, year])
    context = entity_context(
        entity,
        "transparencia",
        ("Transparencia", reverse("transparency", args=[entity.slug])),
        (str(year), ""),
        page=page,
        here=here,
        canonical=absolute(here),
        file_kinds=FILE_KINDS,
        other_years=[other for other in years if other != year],
    )
    return render(request, "public/transparency.html", context | {"updated_at": page.updated_at})
