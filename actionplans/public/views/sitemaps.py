"""What robots are told: where they may look, and every public page with the moment of its last change."""

from collections.abc import Iterable

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import escape
from django.views.decorators.cache import cache_control

from planning.addresses import STAFF_PLACES, absolute
from planning.content import WHOLE
from planning.models import ContentVersion, Entity

from ..machines.sitemaps import PORTAL, Part, Place, known_places, moment, parts_by_entity, places_of
from ..serving.caching import kept_page, what_all_share, whole_portal
from ..serving.reading_only import public_read

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


@kept_page(whole_portal)
def index(request):
    """The maps of the portal and of each entity: as many as its addresses need."""
    parts = parts_by_entity()
    numbers = dict(
        ContentVersion.objects.filter(topic=WHOLE, entity__isnull=False).values_list("entity", "number")
    )
    places = [Place(reverse("portal_sitemap"))]
    for pk, slug in Entity.objects.order_by("slug").values_list("pk", "slug"):
        address = reverse("entity_sitemap", args=[slug])
        at = moment(numbers[pk]) if pk in numbers else None
        for number in range(1, len(parts.get(pk, [None])) + 1):
            places.append(Place(address if number == 1 else f"{address}?pagina={number}", at))
    return _xml("sitemapindex", "sitemap", places)


@kept_page(what_all_share)
def portal(request):
    """The pages that are of no entity."""
    return _xml("urlset", "url", [Place(path) for path in known_places(PORTAL)])


@kept_page(asks=["pagina"])
def of_entity(request, entity):
    """A map of an entity: the first, or the one that `?pagina=` names."""
    entity = get_object_or_404(Entity, slug=entity)
    asked = request.GET.get("pagina", "1")
    parts = parts_by_entity(entity=entity).get(entity.pk, [Part()])
    if not (asked.isdecimal() and len(asked) < 6 and 1 <= int(asked) <= len(parts)):
        raise Http404("La entidad no tiene ese mapa.")
    number = int(asked)
    return _xml("urlset", "url", places_of(entity, parts[number - 1], is_first=number == 1))


@public_read
@cache_control(public=True, max_age=60 * 60)
def robots(request):
    lines = [
        "User-agent: *",
        *(f"Disallow: /{place}/" for place in STAFF_PLACES),
        "Allow: /",
        "",
        f"Sitemap: {absolute(reverse('sitemap'))}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def _xml(root: str, item: str, places: Iterable[Place]) -> HttpResponse:
    rows = "".join(
        f"<{item}><loc>{escape(absolute(place.path))}</loc>{_moment(place)}</{item}>\n" for place in places
    )
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{NAMESPACE}">\n{rows}</{root}>\n'
    return HttpResponse(text, content_type="application/xml; charset=utf-8")


def _moment(place: Place) -> str:
    return f"<lastmod>{place.at.isoformat(timespec='seconds')}</lastmod>" if place.at else ""
