"""The page of a plan: its version in force, or an earlier one."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from actionplans.domain.effect import months_before_approval
from actionplans.domain.timeline import public_history
from actionplans.enums import PUBLIC_STATUSES, VersionStatus
from actionplans.models import PlanVersion
from planning.addresses import canonical

from ..changes import changes_of_version, version_before
from ..figures.follow_up import closings_of_version, first_period, plan_progress
from ..other_years import same_plan_beside
from ..parts import office_loads, parts_of
from ..presenters import plan_page
from ..prior import prior_by_months
from ..rows import activity_rows, component_lines
from ..serving.caching import kept_page, one_plan
from .common import entity_context


@kept_page(one_plan, asks=["version"])
def plan(request, entity, year, plan):
    """The version in force, or the earlier one that `?version=` names."""
    versions = public_versions(entity, year, plan)
    version = _asked(versions, request.GET.get("version"))
    entity = version.plan.entity
    is_superseded = version.status == VersionStatus.SUPERSEDED
    progress = None if is_superseded else plan_progress(version.plan)
    activities, components = activity_rows(version), component_lines(version)
    prior = months_before_approval(version)
    others = list(versions.exclude(pk=version.pk).select_related("approval_act").order_by("-number"))
    plans = reverse("plans", args=[entity.slug])
    return render(
        request,
        "public/plan.html",
        entity_context(
            entity,
            "planes",
            ("Planes de acción", plans),
            (str(year), f"{plans}?vigencia={year}"),
            (version.title, ""),
            version=version,
            address=reverse("plan", args=[entity.slug, year, plan]),
            canonical=canonical(request),
            is_superseded=is_superseded,
            measured_by=closings_of_version(version.plan, version.number) if is_superseded else (),
            progress=progress,
            first_period=None if progress or is_superseded else first_period(version.plan),
            page=plan_page(
                version.plan, activities, components, timezone.localdate(), progress=progress, prior=prior
            ),
            parts=parts_of(version, components, progress),
            offices=office_loads(activities),
            prior=prior_by_months(activities, prior),
            others=others,
            changes=changes_of_version(version, version_before(version, others)),
            history=public_history([version, *others]),
            neighbours=same_plan_beside(version.plan),
        )
        | {"updated_at": version.published_at},
    )


def public_versions(entity: str, year: int, plan: str):
    """Those of one plan that anybody may read."""
    return PlanVersion.objects.filter(
        plan__entity__slug=entity, plan__year=year, plan__slug=plan, status__in=PUBLIC_STATUSES
    )


def _asked(versions, number: str | None) -> PlanVersion:
    if number and not number.isdecimal():
        raise Http404("El plan no tiene esa versión.")
    chosen = versions.filter(number=number) if number else versions.published()
    return get_object_or_404(
        chosen.select_related(
            "plan__entity", "plan__policy", "plan__institutional_plan__kind", "formulating_office", "approval_act"
        ).prefetch_related("sections", "objectives", "participating_offices")
    )
