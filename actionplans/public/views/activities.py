"""The activities of all plans of a year in one list, to ask which are late and who answers for them."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from planning.models import Entity

from ..activity_filters import ActivityFilters
from ..activity_lists import page_of, who_answers
from ..serving.caching import kept_page
from .common import entity_context
from .years import asked_year, published_years

ASKS = ["vigencia", "estado", "plan", "politica", "dependencia", "seguimiento", "pagina"]


@kept_page(asks=ASKS)
def activities(request, entity):
    entity = get_object_or_404(Entity, slug=entity)
    today = timezone.localdate()
    years = published_years(entity, today)
    year = asked_year(request, years, today)
    form = ActivityFilters(request.GET, entity=entity, year=year, years=years)
    rows, number = form.results(), request.GET.get("pagina")
    page, listed = page_of(rows, number, closings=form.closings, parts=who_answers, told=form.told)
    return render(
        request,
        "public/activities.html",
        entity_context(
            entity,
            "planes",
            ("Planes de acción", reverse("plans", args=[entity.slug])),
            (f"Actividades de {year}", ""),
            year=year,
            form=form,
            page=page,
            activities=listed,
            in_use=form.in_use(),
            cancelled_since=form.cancelled_since(),
            has_closing=bool(form.closings),
            has_plans=form.has_plans,
        ),
    )
