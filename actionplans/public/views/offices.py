"""The offices of an entity, and what each answers for."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from actionplans.enums import FigureScope, ResponsibilityRole
from planning.models import Entity, Office

from ..activity_lists import closings_of, how_many_late, page_of, promised
from ..figures.groups import group_history
from ..neighbours import neighbours_of
from ..offices import (
    activities_of,
    led_policies,
    office_rows,
    office_sentence,
    offices_of,
    offices_sentence,
    parts_of,
    years_of,
)
from ..serving.caching import kept_page
from .common import entity_context
from .years import newest_first, published_years, year_context

OFFICES_PER_PAGE = 50


@kept_page(asks=["vigencia", "pagina"])
def offices(request, entity):
    entity = get_object_or_404(Entity, slug=entity)
    today = timezone.localdate()
    years = year_context(request, published_years(entity, today), today)
    year = years["year"]
    found = offices_of(entity, year, today)
    page = Paginator(found, OFFICES_PER_PAGE).get_page(request.GET.get("pagina"))
    return render(
        request,
        "public/offices.html",
        entity_context(
            entity,
            "mipg",
            ("Dependencias", ""),
            **years,
            page=page,
            rows=office_rows(page.object_list, entity, year, today),
            sentence=offices_sentence(
                year, offices=found.filter(leads__gt=0).count(), activities=promised(entity, year).count()
            ),
        ),
    )


@kept_page(asks=["vigencia", "pagina"])
def office(request, entity, office):
    """What it answers for in the year of `?vigencia=`, what is late first."""
    office = get_object_or_404(
        Office.objects.select_related("entity", "parent", "successor"), entity__slug=entity, slug=office
    )
    entity, today = office.entity, timezone.localdate()
    years = year_context(request, newest_first(years_of(office), today), today)
    year = years["year"]
    rows = activities_of(office, year)
    closings = closings_of(entity, year)
    page, activities = page_of(
        rows, request.GET.get("pagina"), closings=closings, parts=lambda asked: parts_of(office, asked)
    )
    answers = office.responsibilities.filter(role=ResponsibilityRole.LEADS)
    leads = rows.filter(pk__in=answers.values("activity_version")).count()
    history = group_history(entity, FigureScope.OFFICE, office.slug, [year])
    late = how_many_late(rows, closings) if history else 0
    return render(
        request,
        "public/office.html",
        entity_context(
            entity,
            "mipg",
            ("Dependencias", f"{reverse('offices', args=[entity.slug])}?vigencia={year}"),
            (office.name, ""),
            **years,
            office=office,
            sentence=office_sentence(
                year, leads=leads, supports=page.paginator.count - leads, late=late, history=history
            ),
            history=history,
            page=page,
            activities=activities,
            policies=led_policies(office, year, today),
            neighbours=_neighbours(office, year),
        ),
    )


def _neighbours(office, year):
    others = Office.objects.filter(entity=office.entity_id)
    return neighbours_of(
        others.filter(name__lt=office.name).order_by("-name").first(),
        others.filter(name__gt=office.name).order_by("name").first(),
        noun="Dependencia",
        address=lambda row: f"{reverse('office', args=[office.entity.slug, row.slug])}?vigencia={year}",
    )
