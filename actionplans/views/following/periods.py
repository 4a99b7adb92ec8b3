"""The calendar of follow-up: the periods of a year, their dates, and how often plans are followed."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from actionplans.domain.following.calendar import periods as verbs
from actionplans.domain.following.figures.tallies import Tally, tallies
from actionplans.enums import PUBLIC_STATUSES, PeriodScheme
from actionplans.forms.beginning import year_at_hand
from actionplans.forms.periods import DatesForm, SchemeForm
from actionplans.models import ActionPlan, Closing, PlanVersion, Report, ReportingPeriod
from actionplans.views.access import entity_page
from actionplans.views.transitions import form_for, take

SEE = "actionplans.see_periods"
RUN = "actionplans.run_periods"


@dataclass(frozen=True)
class Row:
    period: ReportingPeriod
    tally: Tally


@dataclass(frozen=True)
class SchemeRows:
    """The periods of a scheme in a year, and how many plans are followed by it."""

    scheme: PeriodScheme
    rows: list[Row]
    plans: int

    @property
    def is_untouched(self) -> bool:
        """Nothing was sent or closed in them: they may have been created by mistake."""
        return not any(row.period.sequence or row.tally.reported for row in self.rows)


@entity_page(SEE)
def period_list(request, entity):
    """The periods of a year with their state in words, their dates and how far reporting has come."""
    periods = ReportingPeriod.objects.filter(entity=entity)
    plans = ActionPlan.objects.filter(entity=entity)
    known = {*periods.values_list("year", flat=True), *plans.values_list("year", flat=True)}
    years = sorted({*known, timezone.localdate().year, year_at_hand()}, reverse=True)
    year = _year_asked(request, years, entity)
    of_year = list(with_closings(periods.filter(year=year)))
    counted = tallies(of_year)
    followed = plans.filter(year=year, versions__status__in=PUBLIC_STATUSES).distinct()
    schemes = [scheme for _, scheme in followed.values_list("pk", "scheme")]
    groups = [
        SchemeRows(
            scheme=scheme,
            rows=[Row(period, counted[period.pk]) for period in of_year if period.scheme == scheme],
            plans=schemes.count(scheme),
        )
        for scheme in PeriodScheme
    ]
    context = {
        "groups": [group for group in groups if group.rows],
        "to_open": [group for group in groups if not group.rows],
        "years": years,
        "year": year,
        "plans": len(schemes),
    }
    return page(request, entity, "periods.html", **context)


@entity_page(RUN)
def scheme_list(request, entity):
    """Which plans of a year are followed by quarters and which by four-month periods."""
    year = _number(request.GET.get("vigencia"), year_at_hand())
    reported = Report.objects.filter(activity__plan=OuterRef("plan"))
    versions = PlanVersion.objects.visible_to(request.user).filter(entity=entity, plan__year=year)
    newest = versions.select_related("plan").annotate(is_reported=Exists(reported)).order_by("plan", "number")
    rows = sorted({version.plan_id: version for version in newest}.values(), key=lambda row: row.title)
    return page(request, entity, "periods_schemes.html", rows=rows, year=year)


@entity_page(RUN)
def scheme_change(request, entity, pk):
    """Ask how often a plan is to be followed."""
    plan = get_object_or_404(ActionPlan.objects.visible_to(request.user), entity=entity, pk=pk)
    version = plan.versions.order_by("-number").first()
    form = form_for(request, SchemeForm, initial={"scheme": plan.scheme})
    if form.is_bound and form.is_valid():
        scheme = PeriodScheme(form.cleaned_data["scheme"])
        done = f"«{version.title}» se sigue por {scheme.label.lower()}."
        if take(request, done, verbs.set_scheme, plan, scheme):
            return redirect(year_address(entity, plan.year))
    return page(request, entity, "periods_scheme.html", form=form, plan=plan, version=version)


@entity_page(RUN)
def dates(request, entity, pk):
    """Other days to report."""
    period = period_of(request, entity, pk)
    form = form_for(request, DatesForm, period=period)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        done = f"El {period.name} se reporta del {said['opens']:%d/%m/%Y} al {said['closes']:%d/%m/%Y}."
        if take(request, done, verbs.change_dates, period, **said):
            return redirect("period_page", entity=entity.slug, pk=period.pk)
    return page(request, entity, "periods_dates.html", form=form, period=period)


def period_of(request, entity, pk) -> ReportingPeriod:
    return get_object_or_404(with_closings(ReportingPeriod.objects.visible_to(request.user)), entity=entity, pk=pk)


def with_closings(periods):
    """With what tells their state in words; a snapshot weighs megabytes and is read only to be handed out."""
    closings = Closing.objects.defer("snapshot").select_related("reopening__act", "by").order_by("sequence")
    return periods.select_related("entity").prefetch_related(Prefetch("closings", closings))


def page(request, entity, name, **context):
    context |= {
        "entity": entity,
        "section": "periodos",
        "today": timezone.localdate(),
        "runs": request.user.has_perm(RUN, entity),
    }
    return render(request, f"actionplans/following/{name}", context)


def year_address(entity, year) -> str:
    return f"{reverse('period_list', args=[entity.slug])}?vigencia={year}"


def _year_asked(request, years, entity) -> int:
    """The one of the address if it is offered, else that of the period at hand, else the newest."""
    asked = _number(request.GET.get("vigencia"))
    if asked in years:
        return asked
    current = verbs.current(entity, timezone.localdate())
    return current.year if current else years[0]


def _number(text: str | None, default=None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) == 4 else default
