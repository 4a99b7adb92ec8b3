"""The page of an activity, as the version in force promises it."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from actionplans.domain.effect import months_before_approval
from actionplans.enums import PeriodScheme
from actionplans.models import ActivityVersion, Indicator, PlanVersion
from actionplans.months import MonthSet
from planning.addresses import canonical
from planning.models import Objective
from planning.words import with_year

from ..changes import changes_of_activity, version_before
from ..figures.follow_up import activity_progress, first_period
from ..figures.going import activity_sentence
from ..months import month_cells
from ..neighbours import neighbours_of
from ..presenters import missed_months
from ..rows import activity_rows, component_lines
from ..serving.caching import kept_page, one_plan
from .common import entity_context
from .plan import public_versions


@kept_page(one_plan)
def activity(request, entity, year, plan, number):
    """What, who, when, the result with its evidence, and what the version changed."""
    versions = public_versions(entity, year, plan)
    version = get_object_or_404(versions.published().select_related("plan__entity", "plan__policy"))
    promise = get_object_or_404(
        version.activities.only("version", "activity", "position", "component").select_related("activity"),
        activity__key=number,
    )
    [said] = activity_rows(version, pk=promise.pk)
    progress = _progress(promise)
    executed = progress.executed if progress else MonthSet()
    older = version_before(version, versions.exclude(pk=version.pk))
    address = reverse("plan", args=[version.plan.entity.slug, year, plan])
    return render(
        request,
        "public/activity.html",
        entity_context(
            version.plan.entity,
            "planes",
            ("Planes de acción", reverse("plans", args=[entity])),
            (with_year(version.title, year), address),
            (f"Actividad {said.label}", ""),
            version=version,
            plan_address=address,
            canonical=canonical(request),
            address=f"{address}actividades/{number}/",
            said=said,
            component=_component(version, promise),
            sentence=activity_sentence(said, version.plan.year, progress),
            months=_months(version, said, progress) if said.months or executed else (),
            progress=progress,
            first_period=None if progress else first_period(version.plan),
            objectives=_published_objectives(promise),
            older=older,
            changes=changes_of_activity(version, older, number),
            neighbours=_neighbours(version, promise, address),
        )
        | {"updated_at": version.published_at},
    )


def _progress(promise: ActivityVersion):
    return activity_progress(promise.activity, Indicator.objects.filter(activity_version=promise.pk))


def _component(version: PlanVersion, promise: ActivityVersion):
    return component_lines(version, pk=promise.component_id)[0] if promise.component_id else None


def _months(version: PlanVersion, said, progress):
    asked, executed = MonthSet(), MonthSet()
    if progress:
        executed = progress.executed
        prior = months_before_approval(version).get(said.number, MonthSet())
        asked = progress.newest.period.months_to_date - prior
    return month_cells(
        said.months,
        version.plan.year,
        timezone.localdate(),
        executed=executed,
        missed=missed_months(said, executed, asked),
        period=PeriodScheme(version.plan.scheme).months,
    )


def _published_objectives(promise: ActivityVersion):
    return (
        Objective.objects.filter(activities=promise.pk, axis__framework__is_published=True)
        .select_related("axis__framework")
        .order_by("axis__position", "position")
    )


def _neighbours(version: PlanVersion, promise: ActivityVersion, address: str):
    """Those before and after it in the order of the plan."""
    others = version.activities.select_related("activity").only(
        "version", "description", "activity__key", "position"
    )
    return neighbours_of(
        others.filter(position__lt=promise.position).order_by("-position").first(),
        others.filter(position__gt=promise.position).order_by("position").first(),
        noun="Actividad",
        address=lambda row: f"{address}actividades/{row.activity.key}/",
        name=lambda row: row.description,
    )
