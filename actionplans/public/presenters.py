"""A plan's version as the pages show it: frozen values, with every sentence already written.

Nothing here asks the database: the versions come from `PlanVersion.objects.with_activities()`.
"""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from actionplans.enums import IndicatorKind, PeriodScheme, ResponsibilityRole
from actionplans.models import ActivityVersion, Component, Indicator, PlanVersion
from actionplans.months import MONTH_NAMES, MonthSet
from actionplans.progress import ProgressState
from planning.templatetags.ui import long_date

from .months import MonthCell, month_cells, schedule_sentence
from .published import FollowedActivity, PlanProgress
from .words import amount, counted, joined, sentence

PERIOD_HEADS = {PeriodScheme.QUARTER: "Trim.", PeriodScheme.FOUR_MONTH: "Cuatr."}
LONG_PAGE = 4  # parts of a page from which it opens with their list


@dataclass(frozen=True, kw_only=True)
class IndicatorLine:
    name: str
    target: str
    baseline: str = ""
    formula: str = ""
    result: str = ""
    is_yes_no: bool = False

    @property
    def has_goal(self) -> bool:
        return self.is_yes_no or bool(self.target)

    @property
    def goal(self) -> str:
        """What is to be reached, in words; of a yes or no there is nothing to define."""
        if self.is_yes_no:
            return "Se responde con sí o no"
        return f"Meta: {self.target}" if self.target else "Sin meta definida"


@dataclass(frozen=True, kw_only=True)
class ActivityRow:
    """One activity of a version; `number` is its permanent one, part of its address."""

    number: int
    label: str
    description: str
    detail: str
    months: tuple[MonthCell, ...]
    has_months: bool
    schedule: str
    deadline: str
    tasks: tuple[str, ...]
    deliverable: str
    indicators: tuple[IndicatorLine, ...]
    leads: tuple[str, ...]
    supports: tuple[str, ...]
    weight: Decimal | None
    budget: Decimal | None
    note: str
    is_cancelled: bool
    followed: FollowedActivity | None = None

    @property
    def tells_no_target(self) -> bool:
        """The state of its figure already says that no target is defined."""
        return self.followed is not None and self.followed.figure.progress.state == ProgressState.NO_TARGET


@dataclass(frozen=True, kw_only=True)
class ActivityGroup:
    """The activities of a component, or those of none (`component` is None)."""

    component: Component | None
    indicators: tuple[IndicatorLine, ...]
    rows: tuple[ActivityRow, ...]


@dataclass(frozen=True, kw_only=True)
class PlanPage:
    sentence: str
    months: tuple[MonthCell, ...]
    period_months: int
    period_heads: tuple[str, ...]
    groups: tuple[ActivityGroup, ...]
    has_schedule: bool
    month_totals: tuple[int, ...]
    participants: tuple[str, ...]
    parts: tuple[tuple[str, str], ...]

    @property
    def is_long(self) -> bool:
        return len(self.parts) >= LONG_PAGE

    @property
    def has_current_month(self) -> bool:
        return any(cell.is_current for cell in self.months)


def plan_page(
    version: PlanVersion,
    today: datetime.date,
    *,
    progress: PlanProgress | None = None,
    prior: Mapping[int, MonthSet] | None = None,
) -> PlanPage:
    """`prior` are the months before the approval, by the activity's permanent number: never missed."""
    activities = list(version.activities.all())
    year, scheme = version.plan.year, PeriodScheme(version.plan.scheme)
    followed = progress.activities if progress else {}
    cut = progress.newest.period.months_to_date if progress else MonthSet()
    prior = prior or {}
    rows = {
        activity.pk: activity_row(
            activity,
            year,
            today,
            period=scheme.months,
            followed=(known := followed.get(activity.activity_id)),
            executed=known.executed if known else None,
            asked=cut - prior.get(activity.activity.key, MonthSet()),
        )
        for activity in activities
    }
    kept = [activity for activity in activities if not activity.is_cancelled]
    return PlanPage(
        sentence=plan_sentence(kept, year, today),
        months=month_cells((), year, today, period=scheme.months),
        period_months=scheme.months,
        period_heads=tuple(f"{PERIOD_HEADS[scheme]} {number}" for number in range(1, scheme.periods + 1)),
        groups=tuple(_groups(version, activities, rows)),
        has_schedule=any(activity.months for activity in activities),
        month_totals=tuple(sum(month in activity.months for activity in kept) for month in range(1, 13)),
        participants=_participants(version),
        parts=tuple(_parts(version)),
    )


def activity_row(
    activity: ActivityVersion,
    year: int,
    today: datetime.date,
    *,
    period: int = 3,
    followed: FollowedActivity | None = None,
    executed: MonthSet | None = None,
    asked: MonthSet | None = None,
) -> ActivityRow:
    """`followed` is the activity at the newest cut, `executed` the months done by then.

    `asked` are those whose absence counts as missed: none before the first closing.
    """
    executed = executed or MonthSet()
    missed = (activity.months & (asked or MonthSet())) - executed if not activity.is_cancelled else ()
    responsibilities = list(activity.responsibilities.all())
    return ActivityRow(
        number=activity.activity.key,
        label=activity.printed_number or str(activity.position),
        description=activity.description,
        detail=activity.detail,
        months=month_cells(activity.months, year, today, executed=executed, missed=missed, period=period),
        has_months=bool(activity.months) or bool(executed),
        schedule=schedule_sentence(activity.months, executed),
        deadline=deadline(activity),
        tasks=tuple(task.text for task in activity.tasks.all()),
        deliverable=activity.deliverable,
        indicators=indicator_lines(activity.indicators.all()),
        leads=tuple(r.name for r in responsibilities if r.role == ResponsibilityRole.LEADS),
        supports=tuple(r.name for r in responsibilities if r.role == ResponsibilityRole.SUPPORTS),
        weight=activity.weight,
        budget=activity.budget,
        note=activity.note,
        is_cancelled=activity.is_cancelled,
        followed=followed,
    )


def indicator_lines(indicators: Iterable[Indicator]) -> tuple[IndicatorLine, ...]:
    return tuple(
        IndicatorLine(
            name=indicator.name,
            target=amount(indicator.target, indicator.unit) or indicator.printed_target,
            baseline=amount(indicator.baseline, indicator.unit) or indicator.printed_baseline,
            formula=indicator.formula,
            result=indicator.printed_result,
            is_yes_no=indicator.kind == IndicatorKind.YES_NO,
        )
        for indicator in indicators
    )


def deadline(activity: ActivityVersion) -> str:
    """The term in the document's own words, else the dates it gives; empty without either."""
    if activity.schedule_text:
        return activity.schedule_text
    if activity.starts and activity.ends and activity.starts != activity.ends:
        return f"del {long_date(activity.starts)} al {long_date(activity.ends)}"
    return long_date(activity.ends or activity.starts)


def plan_sentence(activities: list[ActivityVersion], year: int, today: datetime.date) -> str:
    """How much the plan promises, when it happens and who answers for it."""
    if not activities:
        return "El plan no trae actividades."
    what = f"El plan promete {counted(len(activities), 'actividad', 'actividades')}"
    return f"{what}{_when(activities, year, today)}. {_who(activities)}".strip()


def _when(activities, year, today) -> str:
    all_months = MonthSet({month for activity in activities for month in activity.months})
    if not all_months:
        return f" para {year} y no dice en qué meses se hace cada una"
    if len(all_months) == 1:
        span = f" para {all_months} de {year}"
    else:
        months = list(all_months)
        span = f" entre {MONTH_NAMES[months[0] - 1]} y {MONTH_NAMES[months[-1] - 1]} de {year}"
    now = sum(today.month in activity.months for activity in activities) if today.year == year else 0
    if not now:
        return span
    return f"{span}; {MONTH_NAMES[today.month - 1]} tiene {counted(now, 'programada', 'programadas')}"


def _who(activities) -> str:
    names = list(
        dict.fromkeys(
            responsible.name.rstrip(". ")
            for activity in activities
            for responsible in activity.responsibilities.all()
            if responsible.role == ResponsibilityRole.LEADS
        )
    )
    if not names:
        return "No dice quién responde."
    if len(names) > 2:
        return f"Hay {counted(len(names), 'responsable', 'responsables')}."
    return sentence(f"{'Responden' if len(names) > 1 else 'Responde'}: {joined(names)}")


def _groups(version, activities, rows):
    loose = tuple(rows[activity.pk] for activity in activities if activity.component_id is None)
    for component in version.components.all():
        yield ActivityGroup(
            component=component,
            indicators=indicator_lines(component.indicators.all()),
            rows=tuple(rows[a.pk] for a in activities if a.component_id == component.pk),
        )
    if loose:
        yield ActivityGroup(component=None, indicators=(), rows=loose)


def _participants(version) -> tuple[str, ...]:
    """As printed where the plan was printed, so that one whom nobody recognised is named too."""
    printed = tuple(version.printed_participants)
    return printed or tuple(office.name for office in version.participating_offices.all())


def _parts(version):
    """The parts of the page under their anchors, in the order in which they stand."""
    if version.objectives.all():
        yield "objetivos", "Objetivos específicos"
    yield "actividades", "Actividades y cronograma"
    for section in version.sections.all():
        yield f"seccion-{section.position}", section.title
