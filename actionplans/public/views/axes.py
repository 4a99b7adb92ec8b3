"""A strategic axis: what it sets out to reach, and which activities serve it."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from actionplans.enums import FigureScope
from planning.models import Axis

from ..activity_lists import closings_of, how_many_late, page_of
from ..axes import activities_of, axis_sentence, parts_of, served_objectives, years_of
from ..figures.groups import group_history
from ..neighbours import beside, neighbours_of
from ..serving.caching import kept_page
from .common import entity_context
from .years import year_context

NOTHING_SERVES = "Ninguna actividad publicada sirve a este eje en la vigencia"


@kept_page(asks=["vigencia", "pagina"])
def axis(request, entity, framework, key):
    """In the year of `?vigencia=`, what is late first."""
    axis = get_object_or_404(
        Axis.objects.select_related("framework__entity").prefetch_related("objectives", "lines"),
        framework__entity__slug=entity,
        framework__slug=framework,
        framework__is_published=True,
        key=key,
    )
    entity, today = axis.framework.entity, timezone.localdate()
    known = years_of(axis, entity) or [min(today.year, axis.framework.last_year)]
    years = year_context(request, known, today, nothing=NOTHING_SERVES)
    year = years["year"]
    rows = activities_of(axis, entity, year)
    closings = closings_of(entity, year)
    page, activities = page_of(
        rows, request.GET.get("pagina"), closings=closings, parts=lambda asked: parts_of(axis, asked)
    )
    history = group_history(entity, FigureScope.AXIS, axis.code, [year])
    objectives = served_objectives(axis, rows)
    late = how_many_late(rows, closings) if history else 0
    home = f"{reverse('framework', args=[entity.slug])}?marco={axis.framework.slug}"
    return render(
        request,
        "public/axis.html",
        entity_context(
            entity,
            "plataforma",
            ("Plataforma estratégica", home),
            (f"Eje {axis.position}", ""),
            **years,
            axis=axis,
            framework_address=home,
            is_over=axis.framework.has_expired(today),
            objectives=objectives,
            sentence=axis_sentence(year, objectives, activities=page.paginator.count, late=late, history=history),
            history=history,
            page=page,
            activities=activities,
            neighbours=_neighbours(axis, entity, request.GET.get("vigencia") == str(year) and year),
        ),
    )


def _neighbours(axis, entity, asked_year):
    """With the year that somebody asked for, not with one that only this axis has."""

    def address(row):
        place = reverse("axis", args=[entity.slug, axis.framework.slug, row.key])
        return f"{place}?vigencia={asked_year}" if asked_year else place

    before, after = beside(list(axis.framework.axes.order_by("position")), axis)
    return neighbours_of(before, after, noun="Eje", address=address)
