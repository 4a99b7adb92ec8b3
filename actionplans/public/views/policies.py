"""A policy of MIPG and a dimension: who leads, which plans and activities, how they go."""

from dataclasses import replace

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from actionplans.enums import FigureScope
from actionplans.models import PlanVersion
from actionplans.models.activity import live_count
from mipg.models import Adoption, Dimension, Policy
from planning.models import Entity

from ..activity_lists import closings_of, how_many_late, page_of, promised
from ..board import dimension_blocks, policy_row
from ..figures.follow_up import newest_figures, policy_figure
from ..figures.groups import group_history
from ..neighbours import beside, neighbours_of
from ..policies import (
    changes_of,
    dimension_sentence,
    leaderships_of,
    model_years,
    plan_counts,
    policy_sentence,
)
from ..serving.caching import kept_page
from .common import entity_address, entity_context
from .plans import with_figures
from .years import year_context


@kept_page(asks=["vigencia", "pagina"])
def policy(request, entity, policy_key):
    """In the year of `?vigencia=`; of its activities, what is late first."""
    entity = get_object_or_404(Entity, slug=entity)
    today = timezone.localdate()
    years = year_context(request, model_years(entity, today), today)
    year = years["year"]
    model = Adoption.objects.version_for(entity, year)
    policy = get_object_or_404(
        Policy.objects.select_related("dimension", "model_version"), model_version=model, key=policy_key
    )
    row = policy_row(policy, leaderships_of(entity, year, today).filter(policy__key=policy_key))
    rows = promised(entity, year).filter(version__plan__policy__key=policy_key)
    closings = closings_of(entity, year)
    page, activities = page_of(rows, request.GET.get("pagina"), closings=closings)
    history = group_history(entity, FigureScope.POLICY, policy_key, [year])
    late = how_many_late(rows, closings) if history else 0
    plans = (
        PlanVersion.objects.published()
        .filter(entity=entity, plan__policy__key=policy_key)
        .select_related("plan")
        .annotate(activity_count=live_count())
        .order_by("-plan__year", "title")
    )
    return render(
        request,
        "public/policy.html",
        entity_context(
            entity,
            "mipg",
            (f"MIPG {year}", _board(entity, year)),
            (policy.name, ""),
            **years,
            policy=policy,
            row=row,
            sentence=policy_sentence(row, year, activities=page.paginator.count, late=late, history=history),
            shown=_with_plans(entity, year, policy_key, history),
            history=history,
            page=page,
            activities=activities,
            plans=with_figures(plans),
            changes=changes_of(entity, year, policy_key),
            neighbours=_beside(entity, year, policy, Policy.objects.filter(model_version=model)),
        ),
    )


def _with_plans(entity, year, policy_key, history):
    """The newest figure with those of its plans, and what was corrected since."""
    shown = policy_figure(entity, year, policy_key) if history else None
    return shown and replace(shown, corrected_by=history.newest.corrected_by)


@kept_page(asks=["vigencia"])
def dimension(request, entity, dimension):
    """Its policies in the year of `?vigencia=`, with their leaders and figures."""
    entity = get_object_or_404(Entity, slug=entity)
    today = timezone.localdate()
    years = year_context(request, model_years(entity, today), today)
    year = years["year"]
    model = Adoption.objects.version_for(entity, year)
    dimension = get_object_or_404(
        Dimension.objects.select_related("model_version"), model_version=model, key=dimension
    )
    policies = Policy.objects.filter(dimension=dimension).select_related("dimension").order_by("number")
    leaderships = leaderships_of(entity, year, today).filter(policy__key__in=policies.values("key"))
    versions = PlanVersion.objects.published().filter(entity=entity, plan__year=year)
    figures = newest_figures(
        closing__entity=entity,
        closing__period__year=year,
        scope=FigureScope.POLICY,
        key__in=policies.values("key"),
    )
    blocks = dimension_blocks(
        policies,
        leaderships,
        plan_counts(versions),
        {(scope, key): shown for (scope, key, _plan), shown in figures.items()},
    )
    rows = blocks[0].rows if blocks else ()
    history = group_history(entity, FigureScope.DIMENSION, dimension.key, [year])
    return render(
        request,
        "public/dimension.html",
        entity_context(
            entity,
            "mipg",
            (f"MIPG {year}", _board(entity, year)),
            (f"Dimensión {dimension.number}", ""),
            **years,
            dimension=dimension,
            rows=rows,
            sentence=dimension_sentence(year, rows, history),
            history=history,
            neighbours=_beside(entity, year, dimension, Dimension.objects.filter(model_version=model)),
        ),
    )


def _board(entity, year) -> str:
    return f"{entity_address(entity)}mipg/?vigencia={year}"


def _beside(entity, year, this, rows):
    """The neighbours of a policy or a dimension in the model's order; both have the same shape."""
    kind = type(this)._meta

    def address(row):
        return f"{reverse(kind.model_name, args=[entity.slug, row.key])}?vigencia={year}"

    before, after = beside(list(rows.order_by("number")), this)
    return neighbours_of(
        before, after, noun=str(kind.verbose_name).capitalize(), address=address, name=lambda row: row.name
    )
