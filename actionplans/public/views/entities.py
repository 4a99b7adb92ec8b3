"""The list of entities, an entity's first page, and the small files that dress it."""

from django.core.paginator import Paginator
from django.db import DatabaseError, connection
from django.db.models import Count
from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache

from actionplans.models import ActivityVersion, PlanVersion
from actionplans.months import MONTH_NAMES
from mipg.models import PolicyLeadership
from planning.colour import DEFAULT_BRAND, carries_white_text
from planning.folding import fold
from planning.models import Entity, StrategicFramework

from ..caching import kept_page, whole_portal
from ..follow_up import entity_figures
from ..frameworks import choose_framework
from .common import entity_context
from .plans import LIVE_ACTIVITIES, with_figures

ENTITIES_PER_PAGE = 60
ENTITIES_TO_SEARCH = 12  # with fewer, a search box would only be in the way
SHORT_LIST = 5


@kept_page(whole_portal, asks=["texto", "pagina"])
def home(request):
    entities = list(Entity.objects.all())
    if len(entities) == 1:
        return redirect("entity", entities[0].slug)
    text = request.GET.get("texto", "").strip()
    found = [entity for entity in entities if _is_about(entity, text)]
    page = Paginator(found, ENTITIES_PER_PAGE).get_page(request.GET.get("pagina"))
    published = dict(
        PlanVersion.objects.published()
        .filter(entity__in=page.object_list)
        .values_list("entity")
        .annotate(Count("pk"))
        .order_by()
    )
    return render(
        request,
        "public/home.html",
        {
            "page": page,
            "rows": [(entity, published.get(entity.pk, 0)) for entity in page],
            "total": len(entities),
            "publishing": sum(entity.pk in published for entity in entities),
            "text": text,
            "has_search": len(entities) > ENTITIES_TO_SEARCH,
        },
    )


def _is_about(entity, text):
    """Whether name or place hold every word of `text`; accents and case do not count."""
    about = fold(f"{entity.name} {entity.short_name} {entity.municipality} {entity.department}")
    return all(word in about for word in fold(text).split())


@kept_page()
def entity(request, entity):
    entity = get_object_or_404(Entity, slug=entity)
    today = timezone.localdate()
    published = PlanVersion.objects.published().filter(entity=entity)
    newest = (
        published.select_related("plan__policy")
        .annotate(activity_count=LIVE_ACTIVITIES)
        .order_by("-plan__year", "-published_at", "pk")
    )
    this_month = (
        ActivityVersion.objects.filter(version__in=published.filter(plan__year=today.year), is_cancelled=False)
        .filter(months__contains_month=today.month)
        .select_related("version__plan", "activity")
        .order_by("version__plan__slug", "position")
    )
    frameworks = StrategicFramework.objects.published().filter(entity=entity)
    framework = choose_framework(frameworks, today.year)
    return render(
        request,
        "public/entity.html",
        entity_context(
            entity,
            "",
            framework=framework,
            framework_is_over=framework is not None and framework.has_expired(today),
            names_leaders=PolicyLeadership.objects.filter(entity=entity).exists(),
            plan_count=published.count(),
            versions=with_figures(newest[:SHORT_LIST]),
            progress=entity_figures(entity),
            month_name=MONTH_NAMES[today.month - 1],
            month_count=this_month.count(),
            month_activities=this_month[:SHORT_LIST],
        ),
    )


@cache_control(public=True, max_age=60 * 60 * 24)
def style(request, entity):
    """The entity's colour; one that white text could not be read on gives way to the portal's."""
    colour = get_object_or_404(Entity, slug=entity).colour
    if not carries_white_text(colour):
        colour = DEFAULT_BRAND
    return HttpResponse(f":root {{ --brand: {colour}; }}\n", content_type="text/css")


@cache_control(public=True, max_age=60 * 60)
def logo(request, entity):
    """The entity's picture. Only PNG and JPEG are accepted, and the browser is told not to guess."""
    picture = get_object_or_404(Entity, slug=entity).logo
    try:
        response = FileResponse(picture.open("rb")) if picture else None
    except FileNotFoundError:
        response = None
    if response is None:
        raise Http404("Esta entidad no tiene logo.")
    response["X-Content-Type-Options"] = "nosniff"
    return response


@never_cache
def health(request):
    """Whether this process answers and reaches its database, for a load balancer."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"estado": "mal", "base_de_datos": "mal"}, status=503)
    return JsonResponse({"estado": "bien", "base_de_datos": "bien"})
