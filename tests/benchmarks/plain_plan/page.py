"""The plan's page as it would be written without a thought of cost: model instances, and a template that loops."""

from html.parser import HTMLParser
from types import SimpleNamespace

from django.core.handlers.wsgi import WSGIHandler
from django.shortcuts import get_object_or_404, render
from django.test import RequestFactory
from django.urls import include, path, reverse
from django.utils import timezone

from actionplans.domain.effect import months_before_approval
from actionplans.domain.timeline import public_history
from actionplans.enums import PUBLIC_STATUSES, PeriodScheme
from actionplans.models import PlanVersion
from actionplans.months import MonthSet
from actionplans.public.changes import changes_of_version, version_before
from actionplans.public.figures.follow_up import first_period, plan_progress
from actionplans.public.months import month_cells, schedule_sentence
from actionplans.public.other_years import same_plan_beside
from actionplans.public.parts import office_loads, parts_of
from actionplans.public.presenters import plan_sentence
from actionplans.public.prior import prior_by_months
from actionplans.public.views.common import entity_context
from planning.addresses import canonical


def plan(request, entity, year, plan):
    """The version in force, all of it as models."""
    versions = PlanVersion.objects.filter(
        plan__entity__slug=entity, plan__year=year, plan__slug=plan, status__in=PUBLIC_STATUSES
    )
    version = get_object_or_404(
        versions.published()
        .select_related(
            "plan__entity", "plan__policy", "plan__institutional_plan__kind", "formulating_office", "approval_act"
        )
        .prefetch_related(
            "sections",
            "objectives",
            "participating_offices",
            "components__indicators",
            "activities__activity",
            "activities__component__indicators",
            "activities__tasks",
            "activities__indicators",
            "activities__responsibilities__office",
        )
    )
    entity = version.plan.entity
    today = timezone.localdate()
    progress = plan_progress(version.plan)
    prior = months_before_approval(version)
    activities = list(version.activities.all())
    scheme = PeriodScheme(version.plan.scheme)
    for activity in activities:
        activity.number = activity.activity.key
        activity.label = activity.printed_number or str(activity.position)
        activity.responsibles = [
            SimpleNamespace(name=row.name, slug=row.office.slug, role=row.role)
            for row in activity.responsibilities.all()
        ]
        activity.leads = [row.name for row in activity.responsibilities.all() if row.role == "leads"]
        activity.supports = [row.name for row in activity.responsibilities.all() if row.role == "supports"]
        activity.followed = progress.activities.get(activity.activity_id) if progress else None
        activity.executed = activity.followed.executed if activity.followed else MonthSet()
        activity.missed = MonthSet()
        if progress and not activity.is_cancelled:
            asked = progress.newest.period.months_to_date - prior.get(activity.activity.key, MonthSet())
            activity.missed = (activity.months & asked) - activity.executed
        activity.schedule = schedule_sentence(activity.months, activity.executed)
    kept = [activity for activity in activities if not activity.is_cancelled]
    others = list(versions.exclude(pk=version.pk).select_related("approval_act").order_by("-number"))
    months = month_cells((), year, today, period=scheme.months)
    page = SimpleNamespace(
        sentence=plan_sentence(kept, year, today, progress.newest if progress else None),
        months=months,
        period_months=scheme.months,
        period_heads=[f"Trim. {number}" for number in range(1, scheme.periods + 1)],
        groups=True,
        has_schedule=any(activity.months for activity in activities),
        month_totals=[sum(month in activity.months for activity in kept) for month in range(1, 13)],
        current_month=next((month.number for month in months if month.is_current), None),
    )
    return render(
        request,
        "plain_plan.html",
        entity_context(
            entity,
            "planes",
            ("Planes de acción", reverse("plans", args=[entity.slug])),
            (str(year), f"{reverse('plans', args=[entity.slug])}?vigencia={year}"),
            (version.title, ""),
            version=version,
            activities=activities,
            progress=progress,
            first_period=None if progress else first_period(version.plan),
            page=page,
            address=reverse("plan", args=[entity.slug, year, plan]),
            canonical=canonical(request),
            parts=parts_of(version, version.components.all(), progress),
            offices=office_loads(activities),
            prior=prior_by_months(activities, prior),
            others=others,
            changes=changes_of_version(version, version_before(version, others)),
            neighbours=same_plan_beside(version.plan),
            history=public_history([version, *others]),
        )
        | {"updated_at": version.published_at},
    )


urlpatterns = [
    path("<slug:entity>/planes/<int:year>/<slug:plan>/llana/", plan),
    path("", include("config.urls")),
]


def caller(address):
    """A function that asks the whole portal, middleware and all, for a page, and gives its body."""
    handler, environ = WSGIHandler(), RequestFactory()._base_environ

    def call() -> bytes:
        statuses = []
        response = handler(environ(PATH_INFO=address), lambda status, *_rest: statuses.append(status))
        body = b"".join(response)
        response.close()
        assert statuses == ["200 OK"], statuses
        return body

    return call


class _Words(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_data(self, data):
        self.found += data.split()


def words_of(page: bytes) -> list[str]:
    """All that a page says, in order, whatever the markup around it."""
    parser = _Words()
    parser.feed(page.decode())
    return parser.found
