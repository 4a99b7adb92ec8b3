"""The table of a plan as its page shows it: frozen values, with every sentence already written.

Nothing here asks the database: the rows come from `rows.py`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from actionplans.enums import PeriodScheme
from actionplans.months import MONTH_NAMES, MonthSet
from actionplans.progress import ProgressState
from planning.words import counted, joined, sentence

from .figures.going import going
from .figures.published import FollowedActivity, PlanProgress, PublishedFigure
from .figures.standing_lines import StandingLines
from .months import MonthCell, month_cells, schedule_sentence
from .rows import ActivityRow, ComponentLine

PERIOD_HEADS = {PeriodScheme.QUARTER: "Trim.", PeriodScheme.FOUR_MONTH: "Cuatr."}
NO_MONTHS = MonthSet()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    """A row of the table: what the activity says, and how it stood at the newest cut.

    `missed` are the months of `said.months` that were over at the cut and that no validated report did.
    `standing` is empty without a cut, and of what was cancelled.
    """

    said: ActivityRow
    schedule: str
    executed: MonthSet = NO_MONTHS
    missed: MonthSet = NO_MONTHS
    standing: SafeString | str = ""
    tells_no_target: bool = False

    @property
    def place(self) -> str:
        """Its address under the plan's."""
        return f"actividades/{self.said.number}/"

    @property
    def has_months(self) -> bool:
        return bool(self.said.months) or bool(self.executed)


@dataclass(frozen=True, kw_only=True)
class ActivityGroup:
    """The activities of a component, or those of none (`component` is None)."""

    component: ComponentLine | None
    rows: Sequence[PlanRow]


@dataclass(frozen=True, kw_only=True)
class PlanPage:
    sentence: str
    months: tuple[MonthCell, ...]
    period_months: int
    period_heads: tuple[str, ...]
    groups: tuple[ActivityGroup, ...]
    has_schedule: bool
    month_totals: tuple[int, ...]

    @property
    def current_month(self) -> int | None:
        return next((cell.number for cell in self.months if cell.is_current), None)


def plan_page(
    plan,
    activities: Sequence[ActivityRow],
    components: Iterable[ComponentLine],
    today: datetime.date,
    *,
    progress: PlanProgress | None = None,
    prior: Mapping[int, MonthSet] | None = None,
) -> PlanPage:
    """`prior` are the months before the approval, by the activity's permanent number: never missed."""
    scheme = PeriodScheme(plan.scheme)
    rows = _rows(activities, progress, prior or {})
    kept = [activity for activity in activities if not activity.is_cancelled]
    return PlanPage(
        sentence=plan_sentence(kept, plan.year, today, progress.newest if progress else None),
        months=month_cells((), plan.year, today, period=scheme.months),
        period_months=scheme.months,
        period_heads=tuple(f"{PERIOD_HEADS[scheme]} {number}" for number in range(1, scheme.periods + 1)),
        groups=tuple(_groups(components, rows)),
        has_schedule=any(activity.months for activity in activities),
        month_totals=tuple(sum(month in activity.months for activity in kept) for month in range(1, 13)),
    )


def _rows(activities, progress: PlanProgress | None, prior) -> list[PlanRow]:
    if progress is None:
        return [PlanRow(said=said, schedule=schedule_sentence(said.months)) for said in activities]
    cut = progress.newest.period.months_to_date
    lines = StandingLines(progress.newest.period)
    return [
        _followed_row(
            said, progress.activities.get(said.activity_id), cut - prior.get(said.number, NO_MONTHS), lines
        )
        for said in activities
    ]


def _followed_row(
    said: ActivityRow, followed: FollowedActivity | None, asked: MonthSet, lines: StandingLines
) -> PlanRow:
    """`asked` are the months whose absence counts as missed."""
    if followed is None:
        return PlanRow(
            said=said,
            schedule=schedule_sentence(said.months),
            missed=missed_months(said, NO_MONTHS, asked),
        )
    return PlanRow(
        said=said,
        schedule=schedule_sentence(said.months, followed.executed),
        executed=followed.executed,
        missed=missed_months(said, followed.executed, asked),
        standing="" if said.is_cancelled else lines.of(followed),
        tells_no_target=followed.figure.progress.state == ProgressState.NO_TARGET,
    )


def missed_months(said: ActivityRow, executed: MonthSet, asked: MonthSet) -> MonthSet:
    """The scheduled months among those asked for that were not done; none of what was cancelled."""
    return NO_MONTHS if said.is_cancelled else (said.months & asked) - executed


def plan_sentence(
    activities: Sequence[ActivityRow], year: int, today: datetime.date, newest: PublishedFigure | None = None
) -> str:
    """How the plan goes at its newest cut, if any; how much it promises, when, and who answers for it."""
    if not activities:
        return "El plan no trae actividades."
    goes = going(newest)
    begin = f"El plan {goes}. Promete" if goes else "El plan promete"
    what = f"{begin} {counted(len(activities), 'actividad', 'actividades')}"
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
    names = list(dict.fromkeys(name.rstrip(". ") for activity in activities for name in activity.leads))
    if not names:
        return "No dice quién responde."
    if len(names) > 2:
        return f"Hay {counted(len(names), 'responsable', 'responsables')}."
    return sentence(f"{'Responden' if len(names) > 1 else 'Responde'}: {joined(names)}")


def _groups(components, rows: Sequence[PlanRow]):
    for component in components:
        of_it = [row for row in rows if row.said.component_id == component.pk]
        yield ActivityGroup(component=component, rows=of_it)
    loose = [row for row in rows if row.said.component_id is None]
    if loose:
        yield ActivityGroup(component=None, rows=loose)
