"""Everything that the transparency page of a year shows, asked in a number of queries that does not grow."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from django.db.models import Count, Min, Q
from django.utils import timezone

from actionplans.enums import PUBLIC_STATUSES, FigureScope, Origin, SearchKind
from actionplans.models import Closing, PlanVersion, ReportingPeriod, SearchEntry
from actionplans.models.activity import live_count
from actionplans.progress import bands_words
from mipg.enums import LeadershipRole
from mipg.models import InstitutionalPlan, InstitutionalPlanKind, Obligation, PolicyLeadership
from planning.models import Axis, Office
from planning.models.framework import axis_code

from ..board import day_of, institutional_rows
from ..figures.published import PublishedFigure
from . import said
from .cuts import SchemeCuts, group_figures, year_cuts
from .duties import duty_rows
from .duty import DutyRow, Publication, Reopened, YearFacts
from .groups import Addresses, Block, HeatRow, blocks_of, filters_of, heat_rows
from .since import cancelled_since, since_of
from .tallies import Tallies, Tally, tallies_of


@dataclass(frozen=True, kw_only=True)
class CutView:
    """The newest cut of a way of following, as the page opens with it.

    `asked` are the filters by which the list of activities shows those that were counted.
    """

    cuts: SchemeCuts
    tally: Tally
    sentence: str
    late: str
    policies: int
    asked: Mapping[str, str]
    since: str = ""
    heat: Sequence[HeatRow] = ()


@dataclass(frozen=True, kw_only=True)
class TransparencyPage:
    year: int
    promise: str
    views: Sequence[CutView]
    first_cuts: Sequence[str]
    without_cut: str
    blocks: Sequence[Block]
    duties: Sequence[DutyRow]
    plans: Sequence[tuple[PlanVersion, PublishedFigure | None]]
    updated_at: datetime.datetime | None
    evidence: int = 0
    not_closed: str = ""

    @property
    def bands(self) -> list[str]:
        """The bands of the newest closings, in words; mostly the same for each way of following the year."""
        return list(
            dict.fromkeys(bands_words(used) for view in self.views if (used := view.cuts.newest.figure.bands))
        )

    @property
    def history(self) -> list[PublishedFigure]:
        """Every closing, the newest first."""
        rows = [shown for view in self.views for shown in view.cuts.history]
        return sorted(rows, key=lambda shown: shown.closing.at, reverse=True)


def transparency_page(entity, year: int, on: datetime.date) -> TransparencyPage:
    versions = _versions(entity, year)
    periods = list(ReportingPeriod.objects.filter(entity=entity, year=year).order_by("scheme", "ordinal"))
    cuts = year_cuts(entity, year)
    figures = group_figures(shown.closing for cut in cuts for shown in cut.counting)
    tallies = tallies_of(cut.closing for cut in cuts)
    measured = {plan.pk: shown for cut in cuts for plan, shown in cut.newest.plans}
    is_over = year < on.year
    addresses = _addresses(entity, year)
    cancelled = cancelled_since((cut.closing for cut in cuts), versions) if cuts else {}
    since = partial(since_of, versions=versions, cancelled=cancelled)
    view = partial(_view, figures=figures, tallies=tallies, addresses=addresses, since=since)
    return TransparencyPage(
        year=year,
        promise=said.promise(year, len(versions), sum(row.activity_count for row in versions), is_over=is_over),
        views=[view(cut, is_over=is_over, among_others=len(cuts) > 1) for cut in cuts],
        first_cuts=[] if cuts else _first_cuts(year, versions, periods, is_over=is_over),
        without_cut=said.without_cut(sum(row.plan_id not in measured for row in versions)) if cuts else "",
        blocks=blocks_of(cuts, figures, tallies, _leaders(entity, year, on), addresses),
        duties=_duties(entity, year, on, versions, periods, cuts),
        plans=[(row, measured.get(row.plan_id)) for row in versions],
        updated_at=_updated_at(versions, cuts),
        evidence=_evidence(entity, year) if cuts else 0,
        not_closed=said.not_closed(periods, on) if cuts else "",
    )


def _first_cuts(year: int, versions, periods, *, is_over: bool) -> list[str]:
    schemes = {row.plan.scheme for row in versions}
    return said.next_cuts(year, periods, schemes, is_over=is_over) if versions else []


def _versions(entity, year: int) -> list[PlanVersion]:
    """The plans in force, with how many activities each one promises."""
    published = PlanVersion.objects.published().filter(entity=entity, plan__year=year)
    rows = published.annotate(activity_count=live_count())
    return list(rows.select_related("plan__policy", "formulating_office").order_by("title", "pk"))


def _addresses(entity, year: int) -> Addresses:
    offices = Office.objects.filter(entity=entity).order_by().values_list("slug", "name")
    axes = list(
        Axis.objects.filter(framework__entity=entity, framework__is_published=True)
        .select_related("framework")
        .only(
            "key", "name", "framework__slug", "framework__title", "framework__first_year", "framework__last_year"
        )
        .order_by()
    )
    names = {(str(FigureScope.OFFICE), slug): name for slug, name in offices} | {
        (str(FigureScope.AXIS), axis_code(axis.framework.slug, axis.key)): axis.name for axis in axes
    }
    frameworks = {axis_code(axis.framework.slug, axis.key): said.framework(axis.framework, year) for axis in axes}
    return Addresses(entity.slug, year, names, frameworks)


def _view(cut: SchemeCuts, figures, tallies: Tallies, addresses: Addresses, since, **how) -> CutView:
    closing, plans = cut.closing.pk, [plan for plan, _shown in cut.newest.plans]
    members = [plan.pk for plan in plans]
    whole = tallies.of_plans(closing, members)
    parts = defaultdict(list)
    for plan, shown in cut.newest.plans:
        parts[plan.policy.name if plan.policy else shown.figure.label].append(plan.pk)
    late = {name: tallies.of_plans(closing, own) for name, own in parts.items()}
    return CutView(
        cuts=cut,
        tally=whole,
        sentence=said.headline(cut, **how),
        late=said.late_sentence(whole, late),
        policies=len({plan.policy_id for plan in plans if plan.policy_id}),
        asked=filters_of(cut, among_others=how["among_others"]),
        since=since(cut.closing, members, measured=whole.total).words,
        heat=heat_rows(cut, figures, addresses) if len(cut.counting) > 1 else (),
    )


def _leaders(entity, year: int, on: datetime.date) -> Mapping[str, str]:
    """Who leads each policy, by its key, as the first source says."""
    rows = (
        PolicyLeadership.objects.filter(entity=entity, role=LeadershipRole.LEADS)
        .in_force(day_of(year, on))
        .select_related("policy", "office")
        .order_by("source", "position")
    )
    named: dict = {}
    for row in rows:
        named.setdefault(row.policy.key, row.responsible)
    return named


def _duties(entity, year, on, versions, periods, cuts) -> list[DutyRow]:
    plans = list(InstitutionalPlan.objects.filter(entity=entity, year=year).select_related("office"))
    of_institutional = [row for row in versions if row.plan.institutional_plan_id]
    facts = YearFacts(
        year=year,
        on=on,
        publications=_publications(versions),
        institutional=institutional_rows(InstitutionalPlanKind.objects.in_force(year), plans, of_institutional),
        periods=periods,
        closings=_first_closings(cuts),
        reopened=_reopened(cuts),
    )
    return duty_rows(Obligation.objects.in_force(year), facts)


def _publications(versions) -> list[Publication]:
    """Of each plan in force, when its first version was published."""
    kinds = {row.plan_id: row.plan.kind for row in versions}
    firsts = (
        PlanVersion.objects.filter(plan__in=[row.plan_id for row in versions], status__in=PUBLIC_STATUSES)
        .order_by()
        .values_list("plan")
        .annotate(at=Min("published_at"), documents=Count("pk", filter=Q(number=1, origin=Origin.DOCUMENT)))
    )
    return [
        Publication(plan, None if documents else timezone.localdate(at), kinds[plan])
        for plan, at, documents in firsts
    ]


def _first_closings(cuts) -> dict[int, Closing]:
    firsts: dict = {}
    for cut in cuts:
        for shown in cut.history:
            firsts.setdefault(shown.period.pk, shown.closing)
    return firsts


def _reopened(cuts) -> dict[int, Reopened]:
    """The last reopening of each period that had one; the history of a cut is in order."""
    found: dict = {}
    for shown in (shown for cut in cuts for shown in cut.history):
        if before := found.get(shown.period.pk):
            found[shown.period.pk] = Reopened(before.day, timezone.localdate(shown.closing.at))
        if shown.reopening:
            found[shown.period.pk] = Reopened(timezone.localdate(shown.reopening.at))
    return found


def _evidence(entity, year: int) -> int:
    """How many pieces the closings of the year made known, public or not: as many as the search finds."""
    return SearchEntry.objects.filter(kind=SearchKind.EVIDENCE, entity=entity, year=year).count()


def _updated_at(versions, cuts) -> datetime.datetime | None:
    moments = [row.published_at for row in versions]
    for cut in cuts:
        for shown in cut.history:
            moments.append(shown.closing.at)
            if shown.reopening:
                moments.append(shown.reopening.at)
    return max(moments, default=None)
