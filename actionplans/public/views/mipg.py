"""The MIPG board of an entity and each of its policies."""

from django.db.models import Count
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from actionplans.enums import FigureScope
from actionplans.models import ActionPlan, PlanVersion
from mipg.models import (
    Actor,
    Adoption,
    InstitutionalPlan,
    InstitutionalPlanKind,
    Policy,
    PolicyLeadership,
)
from planning.models import Entity

from ..board import (
    board_sentence,
    day_of,
    dimension_blocks,
    institutional_rows,
    institutional_sentence,
    policy_row,
    shared_note,
)
from ..caching import kept_page
from ..follow_up import dimension_figures, newest_figures, policy_figure
from ..published import PublishedFigure
from .common import entity_address, entity_context
from .plans import LIVE_ACTIVITIES, with_figures


@kept_page(asks=["vigencia"])
def board(request, entity):
    entity = get_object_or_404(Entity, slug=entity)
    today = timezone.localdate()
    years = _years(entity, today)
    year = _asked_year(request, years, today)
    version = Adoption.objects.version_for(entity, year)
    policies = Policy.objects.filter(model_version=version).select_related("dimension")
    versions = PlanVersion.objects.published().filter(entity=entity, plan__year=year)
    figures = _year_figures(entity, year)
    blocks = dimension_blocks(policies, _leaderships(entity, year, today), _plan_counts(versions), figures)
    institutional_plans = list(InstitutionalPlan.objects.filter(entity=entity, year=year).select_related("office"))
    institutional = institutional_rows(
        InstitutionalPlanKind.objects.in_force(year),
        institutional_plans,
        versions.filter(plan__institutional_plan__isnull=False).select_related("plan"),
    )
    return render(
        request,
        "public/mipg.html",
        entity_context(
            entity,
            "mipg",
            (f"MIPG {year}", ""),
            year=year,
            unknown_year=_unknown_year(request, year),
            years=years,
            model_version=version,
            blocks=blocks,
            sentence=board_sentence(blocks, year),
            actors=Actor.objects.filter(entity=entity).select_related("office"),
            names_leaders=any(row.leads or row.supports for block in blocks for row in block.rows),
            institutional=institutional,
            says_of_institutional=any(row.plan or row.version for row in institutional),
            institutional_sentence=institutional_sentence(institutional, year),
            shared_note=shared_note(institutional_plans),
        ),
    )


@kept_page(asks=["vigencia"])
def policy(request, entity, policy_key):
    entity = get_object_or_404(Entity, slug=entity)
    today = timezone.localdate()
    years = _years(entity, today)
    year = _asked_year(request, years, today)
    policy = get_object_or_404(
        Policy.objects.select_related("dimension", "model_version"),
        model_version=Adoption.objects.version_for(entity, year),
        key=policy_key,
    )
    leaderships = _leaderships(entity, year, today).filter(policy__key=policy_key)
    plans = (
        PlanVersion.objects.published()
        .filter(entity=entity, plan__policy__key=policy_key)
        .select_related("plan")
        .annotate(activity_count=LIVE_ACTIVITIES)
        .order_by("-plan__year", "title")
    )
    return render(
        request,
        "public/policy.html",
        entity_context(
            entity,
            "mipg",
            (f"MIPG {year}", f"{entity_address(entity)}mipg/?vigencia={year}"),
            (policy.name, ""),
            year=year,
            unknown_year=_unknown_year(request, year),
            policy=policy,
            row=policy_row(policy, leaderships),
            shown=policy_figure(entity, year, policy_key),
            plans=with_figures(plans),
        ),
    )


def _years(entity, today) -> list[int]:
    """Years of which the entity says something, newest first; this year when it says nothing."""
    own = [
        rows.filter(entity=entity).order_by().values_list("year")
        for rows in (InstitutionalPlan.objects, Adoption.objects, ActionPlan.objects.published())
    ]
    said = own[0].union(*own[1:])
    return sorted({year for (year,) in said}, reverse=True) or [today.year]


def _asked_year(request, years, today) -> int:
    """The year of `?vigencia=`; without one of which the entity says something, the newest that has begun."""
    asked = request.GET.get("vigencia", "")
    if asked in {str(year) for year in years}:
        return int(asked)
    return next((year for year in years if year <= today.year), years[-1])


def _unknown_year(request, year) -> str:
    """What was asked for and is not shown; empty where it is."""
    asked = request.GET.get("vigencia", "")
    return asked if asked != str(year) else ""


def _leaderships(entity, year, today):
    return (
        PolicyLeadership.objects.filter(entity=entity)
        .in_force(day_of(year, today))
        .select_related("policy", "office")
        .order_by("source", "position")
    )


def _year_figures(entity, year) -> dict[tuple[str, str], PublishedFigure]:
    """The newest figures of a year by scope and key: of policies, and of dimensions with their accounts."""
    policies = newest_figures(entity=entity, scope=FigureScope.POLICY, closing__period__year=year)
    found = {(scope, key): shown for (scope, key, _plan), shown in policies.items()}
    dimensions = dimension_figures(entity, year)
    return found | {(FigureScope.DIMENSION, key): shown for key, shown in dimensions.items()}


def _plan_counts(versions) -> dict[str, int]:
    counts = versions.filter(plan__policy__isnull=False).values_list("plan__policy__key").annotate(Count("pk"))
    return dict(counts.order_by())
