"""Where things stand at the cut of a period: figures of activities, plans, policies, offices, axes, entity."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Q

from actionplans.domain.following.duties import Duty, duty_of
from actionplans.domain.following.measuring import (
    Counting,
    activity_facts,
    by_activity,
    executed_months,
    validation_of,
)
from actionplans.domain.following.promises import prior_by_activity, promises
from actionplans.enums import FigureScope, PeriodScheme
from actionplans.models import (
    ActivityVersion,
    ClosedFigure,
    Closing,
    IndicatorLight,
    Report,
    ReportingPeriod,
    Validation,
    Verification,
)
from actionplans.months import MonthSet
from actionplans.progress import (
    ActivityProgress,
    Band,
    Cut,
    GroupProgress,
    from_data,
    light_of,
    measure_activity,
    roll_up,
    roll_up_plan,
)
from actionplans.rules import reports_for
from planning.models import TrafficLightPreset


@dataclass(frozen=True, kw_only=True)
class Figure:
    """The progress of one thing at a cut; `key` tells it apart within its scope, as in `ClosedFigure`.

    `bands` are those by which `light` was found, where they are at hand: the figure is the same without them.
    """

    scope: str
    key: str
    label: str
    progress: ActivityProgress | GroupProgress
    light: Band | None = None
    plan_id: int | None = None
    activity_id: int | None = None
    bands: tuple[Band, ...] = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, kw_only=True)
class ActivityStanding:
    """An activity at the cut with all that was said of it. `report` is that of this very period."""

    promise: ActivityVersion
    figure: Figure
    duty: Duty
    report: Report | None
    validation: Validation | None
    verification: Verification | None
    executed: MonthSet
    prior: MonthSet
    earlier: tuple[Report, ...] = ()

    @property
    def office_id(self) -> int | None:
        """The office that reports."""
        return reports_for(self.promise)


@dataclass(frozen=True)
class Standing:
    period: ReportingPeriod
    counting: Counting
    activities: dict[int, ActivityStanding]
    figures: list[Figure]
    bands: tuple[Band, ...] = ()
    preset: str = ""
    own_lights: dict = field(default_factory=dict)

    def by(self, scope: str) -> list[Figure]:
        return [figure for figure in self.figures if figure.scope == scope]

    def figure(self, scope: str, key) -> Figure | None:
        return next((f for f in self.figures if f.scope == scope and f.key == str(key)), None)


def standing(
    period: ReportingPeriod, *, counting: Counting = Counting.VALIDATED, only: Q | None = None
) -> Standing:
    """Measured now, to the cut of the period, in a number of queries that does not grow with the entity.

    `only` is a condition on `ActivityVersion`; then the groups are of those activities alone.
    """
    asked = promises(period).select_related("version__plan__policy__dimension")
    if only is not None:
        asked = asked.filter(pk__in=promises(period).filter(only).order_by().values("pk"))
    rows = list(asked.prefetch_related("objectives__axis__framework"))
    reports = by_activity(_reports(period, asked if only is not None else None))
    verified = _verifications(period)
    prior = prior_by_activity(period, rows)
    preset, bands = bands_of(period)
    own = own_lights(period)
    found = {}
    for row in rows:
        told = reports.get(row.activity_id, [])
        found[row.activity_id] = _activity(
            row, told, period, counting, prior.get(row.activity_id, MonthSet()), bands, own,
            verified.get(row.activity_id),
        )  # fmt: skip
    figures = [item.figure for item in found.values()]
    figures += _groups(found, period, bands)
    return Standing(period, counting, found, figures, bands, preset, own)


def figures_of(closing: Closing, scope: str | None = None, **where) -> list[Figure]:
    """The same values as a closing keeps them; `where` are conditions on `ClosedFigure`. One query."""
    rows = ClosedFigure.objects.filter(closing=closing, **where)
    return [figure_of(row) for row in (rows.filter(scope=scope) if scope else rows)]


def figure_of(row: ClosedFigure, bands: tuple[Band, ...] = ()) -> Figure:
    """With its account; `bands` are those that its closing froze."""
    return Figure(
        scope=row.scope,
        key=row.key,
        label=row.label,
        progress=from_data(row.data),
        light=band_of(row.light),
        plan_id=row.plan_id,
        activity_id=row.activity_id,
        bands=bands,
    )


def cut_of(period: ReportingPeriod) -> Cut:
    return Cut.at(period.ordinal, PeriodScheme(period.scheme).periods)


def bands_of(period: ReportingPeriod) -> tuple[str, tuple[Band, ...]]:
    """The name and the bands of the traffic light that counts at the cut; none where nobody loaded any."""
    preset = TrafficLightPreset.objects.in_force(period.entity_id, period.ends)
    return (preset.name, as_bands(preset)) if preset else ("", ())


def own_lights(period: ReportingPeriod) -> dict[int, dict[int, tuple[Band, ...]]]:
    """The bands of the indicators that have a light of their own: by activity and key."""
    rows = IndicatorLight.objects.filter(entity=period.entity_id).select_related("preset")
    lights: dict = defaultdict(dict)
    for row in rows.prefetch_related("preset__bands"):
        lights[row.activity_id][row.key] = as_bands(row.preset)
    return dict(lights)


def as_bands(preset: TrafficLightPreset) -> tuple[Band, ...]:
    rows = sorted(preset.bands.all(), key=lambda row: row.floor)
    return tuple(Band(row.floor, row.label, row.tone, row.shape) for row in rows)


def band_of(data) -> Band | None:
    """A band as it was kept in JSON."""
    return Band(Decimal(data[0]), *data[1:]) if data else None


def bands_from(data) -> tuple[Band, ...]:
    """A set of them."""
    return tuple(band_of(one) for one in data or ())


def _reports(period, asked) -> Iterable[Report]:
    rows = Report.objects.filter(
        period__entity=period.entity_id,
        period__year=period.year,
        period__scheme=period.scheme,
        period__ordinal__lte=period.ordinal,
    )
    if asked is not None:
        rows = rows.filter(activity__in=asked.order_by().values("activity"))
    return rows.with_words().order_by("period__ordinal")


def _verifications(period) -> dict[int, Verification]:
    """The latest of each activity in the period."""
    rows = Verification.objects.filter(period=period).select_related("by").order_by("pk")
    return {row.activity_id: row for row in rows}


def _activity(row, told, period, counting, prior, bands, own, verification) -> ActivityStanding:
    cut = cut_of(period)
    earlier = tuple(report for report in told if report.period.ordinal < period.ordinal)
    report = next((report for report in told if report.period_id == period.pk), None)
    progress = measure_activity(activity_facts(row, told, prior, counting), cut)
    before = None
    if cut.previous:
        before = measure_activity(activity_facts(row, earlier, prior, Counting.REPORTED), cut.previous)
    used = _bands_for(progress, bands, own.get(row.activity_id))
    return ActivityStanding(
        promise=row,
        figure=Figure(
            scope=FigureScope.ACTIVITY,
            key=str(row.activity_id),
            label=progress.label,
            progress=progress,
            light=light_of(progress.to_date, used),
            plan_id=row.version.plan_id,
            activity_id=row.activity_id,
            bands=used,
        ),
        duty=duty_of(
            row,
            period,
            prior=prior,
            executed=executed_months(earlier, Counting.REPORTED),
            before=before,
        ),
        report=report,
        validation=validation_of(report) if report else None,
        verification=verification,
        executed=executed_months(told, counting),
        prior=prior,
        earlier=earlier,
    )


def _bands_for(progress, bands, own):
    """An activity with one indicator is read by that indicator's own light, if it has one."""
    if own and len(progress.indicators) == 1:
        return own.get(progress.indicators[0].key, bands)
    return bands


def _groups(found, period, bands) -> list[Figure]:
    plans = _plans(found, bands)
    policies, dimensions = _policies(found, plans, bands)
    return [
        *plans.values(),
        *policies,
        *dimensions,
        *_offices(found, bands),
        *_axes(found, bands),
        _figure(
            FigureScope.ENTITY,
            period.entity.slug,
            period.entity.name,
            roll_up([figure.progress for figure in plans.values()], label=period.entity.name),
            bands,
        ),
    ]


def _plans(found, bands) -> dict[int, Figure]:
    of_plan: dict[int, list[ActivityStanding]] = defaultdict(list)
    for item in found.values():
        of_plan[item.promise.version.plan_id].append(item)
    figures = {}
    for plan_id, items in of_plan.items():
        version = items[0].promise.version
        components: dict = {}
        for item in items:
            component = item.promise.component
            name, weight = (component.name, component.weight) if component else ("", None)
            key = component.pk if component else None
            components.setdefault(key, (name, weight, []))[2].append(item.figure.progress)
        progress = roll_up_plan(list(components.values()), label=version.title)
        figures[plan_id] = _figure(
            FigureScope.PLAN, version.plan.slug, version.title, progress, bands, plan_id=plan_id
        )
    return figures


def _policies(found, plans, bands):
    """Policies from their plans, dimensions from their policies."""
    policy_of = {item.promise.version.plan_id: item.promise.version.plan.policy for item in found.values()}
    members: dict = defaultdict(list)
    for plan_id, figure in plans.items():
        if policy := policy_of[plan_id]:
            members[policy].append(figure.progress)
    policies = {
        policy: _figure(FigureScope.POLICY, policy.key, policy.name, roll_up(rows, label=policy.name), bands)
        for policy, rows in sorted(members.items(), key=lambda item: item[0].number)
    }
    by_dimension: dict = defaultdict(list)
    for policy, figure in policies.items():
        by_dimension[policy.dimension].append(figure.progress)
    dimensions = [
        _figure(
            FigureScope.DIMENSION,
            dimension.key,
            dimension.name,
            roll_up(rows, label=dimension.name),
            bands,
        )
        for dimension, rows in sorted(by_dimension.items(), key=lambda item: item[0].number)
    ]
    return list(policies.values()), dimensions


def _offices(found, bands) -> list[Figure]:
    members: dict = defaultdict(list)
    for item in found.values():
        office = next((row.office for row in item.promise.responsibilities.all() if row.reports), None)
        if office:
            members[office].append(item.figure.progress)
    return [
        _figure(FigureScope.OFFICE, office.slug, office.name, roll_up(rows, label=office.name), bands)
        for office, rows in sorted(members.items(), key=lambda item: item[0].name)
    ]


def _axes(found, bands) -> list[Figure]:
    """Axes of published frameworks, from the activities linked to their objectives."""
    members: dict = defaultdict(list)
    for item in found.values():
        axes = {objective.axis for objective in item.promise.objectives.all()}
        for axis in axes:
            if axis.framework.is_published:
                members[axis].append(item.figure.progress)
    return [
        _figure(
            FigureScope.AXIS,
            axis.code,
            axis.name,
            roll_up(rows, label=axis.name),
            bands,
        )
        for axis, rows in sorted(members.items(), key=lambda item: (item[0].framework_id, item[0].position))
    ]


def _figure(scope, key, label, progress, bands, **ids) -> Figure:
    return Figure(
        scope=scope,
        key=key,
        label=label,
        progress=progress,
        light=light_of(progress.to_date, bands),
        bands=bands,
        **ids,
    )
