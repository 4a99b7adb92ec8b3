"""The MIPG board of an entity: who answers for each policy, and which institutional plans it publishes."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from actionplans.enums import FigureScope
from actionplans.models import PlanVersion
from mipg.models import Actor, Adoption, InstitutionalPlan, InstitutionalPlanKind, Policy
from planning.models import Entity

from ..board import board_sentence, dimension_blocks, institutional_rows, institutional_sentence, shared_note
from ..figures.follow_up import dimension_figures, newest_figures
from ..figures.published import PublishedFigure
from ..policies import leaderships_of, model_years, plan_counts
from ..serving.caching import kept_page
from .common import entity_context
from .years import year_context


@kept_page(asks=["vigencia"])
def board(request, entity):
    entity = get_object_or_404(Entity, slug=entity)
    today = timezone.localdate()
    years = year_context(request, model_years(entity, today), today)
    year = years["year"]
    version = Adoption.objects.version_for(entity, year)
    policies = Policy.objects.filter(model_version=version).select_related("dimension")
    versions = PlanVersion.objects.published().filter(entity=entity, plan__year=year)
    figures = _year_figures(entity, year)
    blocks = dimension_blocks(policies, leaderships_of(entity, year, today), plan_counts(versions), figures)
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
            **years,
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


def _year_figures(entity, year) -> dict[tuple[str, str], PublishedFigure]:
    """The newest figures of a year by scope and key: of policies, and of dimensions with their accounts."""
    policies = newest_figures(entity=entity, scope=FigureScope.POLICY, closing__period__year=year)
    found = {(scope, key): shown for (scope, key, _plan), shown in policies.items()}
    dimensions = dimension_figures(entity, year)
    return found | {(FigureScope.DIMENSION, key): shown for key, shown in dimensions.items()}
