"""The list of entities, an entity's first page, and the small files that dress it."""

from django.core.paginator import Paginator
from django.db import DatabaseError, connection
from django.db.models import Count, Exists, OuterRef
from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache

from actionplans.models import ActivityVersion, PlanVersion
from actionplans.models.activity import live_count
from actionplans.months import MONTH_NAMES
from mipg.models import PolicyLeadership
from planning.colour import DEFAULT_BRAND, carries_white_text
from planning.folding import fold
from planning.models import Entity, StrategicFramework

from ..figures.headlines import newest_cuts, newest_of_each
from ..frameworks import choose_framework
from ..serving.caching import kept_page, whole_portal
from ..transparency.said import headline
from .common import entity_context
from .plans import with_figures

ENTITIES_PER_PAGE = 60
ENTITIES_TO_SEARCH = 12  # with fewer, a search box would only be in the way
SHORT_LIST = 5


@kept_page(whole_portal, asks=["pagina"])
def home(request):
    """What costs does not grow with the entities, but for a search among their names."""
    total = Entity.objects.count()
    if total == 1:
        return redirect("entity", Entity.objects.get().slug)
    text = request.GET.get("texto", "").strip()
    found = Entity.objects.filter(pk__in=_about(text)) if text else Entity.objects.all()
    pages = Paginator(found, ENTITIES_PER_PAGE)
    if not text:
        pages.count = total  # known already
    page = pages.get_page(request.GET.get("pagina"))
    entities = list(page.object_list)
    published = dict(
        PlanVersion.objects.published()
        .filter(entity__in=entities)
        .values_list("entity")
        .annotate(Count("pk"))
        .order_by()
    )
    figures = newest_of_each(entities, timezone.localdate().year)
    return render(
        request,
        "public/home.html",
        {
            "page": page,
            "rows": [(row, published.get(row.pk, 0), figures.get(row.pk, [])) for row in entities],
            "total": total,
            "publishing": _publishing(),
            "text": text,
            "has_search": total > ENTITIES_TO_SEARCH,
        },
    )


def _publishing() -> int:
    """How many entities have a plan in force."""
    return Entity.objects.filter(Exists(PlanVersion.objects.published().filter(entity=OuterRef("pk")))).count()


def _about(text: str) -> list[int]:
    """Entities whose name or place hold every word of `text`; accents and case do not count."""
    words = fold(text).split()
    rows = Entity.objects.values_list("pk", "name", "short_name", "municipality", "department")
    return [pk for pk, *about in rows if all(word in fold(" ".join(about)) for word in words)]


@kept_page()
def entity(request, entity):
    entity = get_object_or_404(Entity, slug=entity)
    today = timezone.localdate()
    published = PlanVersion.objects.published().filter(entity=entity)
    newest = (
        published.select_related("plan__policy")
        .annotate(activity_count=live_count())
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
    cuts = newest_cuts(entity)
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
            progress=[(cut, _headline(cut, cuts, today)) for cut in cuts],
            closings=_newest_closings(cuts),
            month_name=MONTH_NAMES[today.month - 1],
            month_count=this_month.count(),
            month_activities=this_month[:SHORT_LIST],
        ),
    )


def _headline(cut, cuts, today) -> str:
    return headline(cut, is_over=cut.newest.period.year < today.year, among_others=len(cuts) > 1)


def _newest_closings(cuts) -> list:
    rows = [shown for cut in cuts for shown in cut.history]
    return sorted(rows, key=lambda shown: shown.closing.at, reverse=True)[:SHORT_LIST]


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
