"""RESULTADO: what the reports of each activity come to, as a form prints it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from actionplans.domain.following.figures.activities import cut_of
from actionplans.domain.following.figures.measuring import Counting, activity_facts, by_activity
from actionplans.domain.following.figures.promises import prior_by_activity, promises
from actionplans.enums import Accumulation, Direction, IndicatorKind
from actionplans.models import ClosedFigure, Closing, Indicator, Report, ReportingPeriod
from actionplans.months import MonthSet
from actionplans.progress import ActivityProgress, ProgressState, from_data, measure_activity
from actionplans.progress.numbers import SHOWN_DECIMALS, number, percent

SAID = ("kind", "accumulation", "direction", "baseline")
"""What of an indicator tells how its result is said."""


def closed_results(plan, closings: list[Closing]) -> dict[int, ActivityProgress]:
    """The progress of each activity at the last cut that was closed."""
    if not closings:
        return {}
    rows = ClosedFigure.objects.filter(closing=closings[-1], activity__plan=plan)
    return {activity: from_data(data) for activity, data in rows.values_list("activity", "data")}


def results_at(plan, reports: list[Report], cut: ReportingPeriod | None) -> dict[int, ActivityProgress]:
    """The progress of what was validated, to `cut`; without it, of all that was sent, to its last period."""
    if not reports:
        return {}
    period = cut or reports[-1].period
    counting = Counting.VALIDATED if cut else Counting.REPORTED
    told = by_activity(reports)
    rows = list(promises(period).filter(version__plan=plan, activity__in=told))
    prior = prior_by_activity(period, rows)
    return {
        row.activity_id: measure_activity(
            activity_facts(row, told[row.activity_id], prior.get(row.activity_id, MonthSet()), counting),
            cut_of(period),
        )
        for row in rows
    }


def indicators_of(version) -> Mapping[int, dict[int, dict]]:
    """By activity and key, what tells how the result of its indicators is said."""
    found: dict[int, dict[int, dict]] = defaultdict(dict)
    rows = Indicator.objects.filter(activity_version__version=version)
    for row in rows.values("activity_version__activity", "key", *SAID):
        found[row["activity_version__activity"]][row["key"]] = row
    return found


def said_of(indicators: Iterable[Indicator]) -> Mapping[int, dict]:
    """The same of the indicators of one activity, by their key."""
    return {row.key: {name: getattr(row, name) for name in SAID} for row in indicators}


def result_words(progress: ActivityProgress | None, indicators: Mapping[int, dict]) -> str:
    """«38 de 60 encuestas», a line for each indicator; a declared percentage says that it is."""
    if progress is None:
        return ""
    lines = [_reached(row, indicators.get(row.key, {})) for row in progress.indicators if row.value is not None]
    if not lines and progress.state == ProgressState.DECLARED:
        return f"Avance declarado: {percent(progress.executed)}"
    return "\n".join(lines)


def _reached(indicator, said: Mapping) -> str:
    """What goes down, or is to be held, is not «12 de 10»: that would read as more than was asked for."""
    if said.get("kind") == IndicatorKind.YES_NO:
        return "Sí" if indicator.value else "No"
    reached = [number(indicator.value, SHOWN_DECIMALS)]
    if indicator.target is None:
        return " ".join(filter(None, [*reached, indicator.unit]))
    target, direction = number(indicator.target, SHOWN_DECIMALS), said.get("direction")
    if direction not in (Direction.DECREASING, Direction.MAINTAIN):
        return " ".join(filter(None, [*reached, f"de {target}", indicator.unit]))
    reached_words = " ".join(filter(None, [*reached, indicator.unit]))
    aim = f"mantener {target}" if direction == Direction.MAINTAIN else f"{_down(said)} {target}"
    baseline = said["baseline"]
    from_where = f" (línea base {number(baseline, SHOWN_DECIMALS)})" if baseline is not None else ""
    return f"{reached_words}; la meta es {aim}{from_where}"


def _down(said: Mapping) -> str:
    """A sum of the year, and what nobody measured before, has a limit instead of a way to go."""
    is_sum = said["kind"] in (IndicatorKind.COUNT, "") and said["accumulation"] in (Accumulation.FLOW, "")
    return "no pasar de" if is_sum or said["baseline"] is None else "bajar a"
