"""The published plans of an entity: the list, a plan, an activity."""

from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from actionplans.domain.effect import months_before_approval
from actionplans.domain.timeline import public_history
from actionplans.enums import PUBLIC_STATUSES, VersionStatus
from actionplans.models import ActivityVersion, PlanVersion
from actionplans.months import MonthSet
from planning.models import Entity
from planning.templatetags.ui import with_year

from ..caching import kept_page, one_plan
from ..filters import PlanFilters
from ..follow_up import activity_progress, closings_of_version, first_period, plan_figures, plan_progress
from ..presenters import activity_row, indicator_lines, plan_page
from ..prior import prior_by_months
from .common import entity_context

PLANS_PER_PAGE = 20
LIVE_ACTIVITIES = Count("activities", filter=Q(activities__is_cancelled=False))


@kept_page(asks=["vigencia", "politica", "dependencia", "eje", "pagina"])
def plan_list(request, entity):
    entity = get_object_or_404(Entity, slug=entity)
    form = PlanFilters(request.GET, entity=entity)
    rows = (
        form.results()
        .select_related("plan__policy", "formulating_office")
        .annotate(activity_count=_activity_count())
    )
    page = Paginator(rows, PLANS_PER_PAGE).get_page(request.GET.get("pagina"))
    return render(
        request,
        "public/plans.html",
        entity_context(
            entity,
            "planes",
            ("Planes de acción", ""),
            form=form,
            page=page,
            rows=with_figures(page.object_list),
            in_use=form.in_use(),
        ),
    )


@kept_page(one_plan, asks=["version"])
def plan(request, entity, year, plan):
    """The version in force, or the earlier one that `?version=` names."""
    asked = request.GET.get("version")
    versions = PlanVersion.objects.filter(
        plan__entity__slug=entity, plan__year=year, plan__slug=plan, status__in=PUBLIC_STATUSES
    )
    chosen = versions.filter(number=asked) if asked and asked.isdecimal() else versions.published()
    if asked and not asked.isdecimal():
        raise Http404("El plan no tiene esa versión.")
    version = get_object_or_404(
        chosen.select_related(
            "plan__entity", "plan__policy", "plan__institutional_plan__kind", "formulating_office", "approval_act"
        ).with_activities()
    )
    entity = version.plan.entity
    is_superseded = version.status == VersionStatus.SUPERSEDED
    prior = months_before_approval(version)
    progress = None if is_superseded else plan_progress(version.plan)
    others = list(versions.exclude(pk=version.pk).select_related("approval_act").order_by("-number"))
    return render(
        request,
        "public/plan.html",
        entity_context(
            entity,
            "planes",
            ("Planes de acción", reverse("plans", args=[entity.slug])),
            (str(year), f"{reverse('plans', args=[entity.slug])}?vigencia={year}"),
            (version.title, ""),
            version=version,
            is_superseded=is_superseded,
            measured_by=closings_of_version(version.plan, version.number) if is_superseded else (),
            progress=progress,
            first_period=None if progress or is_superseded else first_period(version.plan),
            page=plan_page(version, timezone.localdate(), progress=progress, prior=prior),
            prior=prior_by_months(version, prior),
            others=others,
            history=public_history([version, *others]),
        )
        | {"updated_at": version.published_at},
    )


@kept_page(one_plan)
def activity(request, entity, year, plan, number):
    """What an activity says in the version in force."""
    version = get_object_or_404(
        PlanVersion.objects.published().select_related("plan__entity", "plan__policy"),
        plan__entity__slug=entity,
        plan__year=year,
        plan__slug=plan,
    )
    activity = get_object_or_404(
        version.activities.select_related("activity", "component").prefetch_related(
            "tasks",
            "indicators",
            "component__indicators",
            "responsibilities__office",
            "objectives__axis__framework",
        ),
        activity__key=number,
    )
    entity = version.plan.entity
    progress = activity_progress(activity.activity, activity.indicators.all())
    row = _followed_row(version, activity, progress)
    siblings = version.activities.select_related("activity")
    return render(
        request,
        "public/activity.html",
        entity_context(
            entity,
            "planes",
            ("Planes de acción", reverse("plans", args=[entity.slug])),
            (with_year(version.title, year), reverse("plan", args=[entity.slug, year, plan])),
            (f"Actividad {row.label}", ""),
            version=version,
            activity=activity,
            row=row,
            progress=progress,
            first_period=None if progress else first_period(version.plan),
            component_indicators=indicator_lines(activity.component.indicators.all())
            if activity.component
            else (),
            objectives=_published_objectives(activity),
            previous=siblings.filter(position__lt=activity.position).order_by("-position").first(),
            next=siblings.filter(position__gt=activity.position).order_by("position").first(),
        )
        | {"updated_at": version.published_at},
    )


def with_figures(versions) -> list[tuple]:
    """Each version with the newest published figure of its plan, None without; for `components/plan_row.html`."""
    versions = list(versions)
    figures = plan_figures(version.plan_id for version in versions)
    return [(version, figures.get(version.plan_id)) for version in versions]


def _followed_row(version, activity, progress):
    if progress is None:
        return activity_row(activity, version.plan.year, timezone.localdate())
    prior = months_before_approval(version).get(activity.activity.key, MonthSet())
    return activity_row(
        activity,
        version.plan.year,
        timezone.localdate(),
        executed=progress.executed,
        asked=progress.newest.period.months_to_date - prior,
    )


def _published_objectives(activity):
    return [o for o in activity.objectives.all() if o.axis.framework.is_published]


def _activity_count():
    """A count beside each row, so that a page costs the same however many activities there are elsewhere."""
    counts = (
        ActivityVersion.objects.filter(version=OuterRef("pk"), is_cancelled=False)
        .order_by()
        .values("version")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return Coalesce(Subquery(counts), 0)
