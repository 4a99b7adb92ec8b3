"""What was reported of a plan, for the files of the plan: I to IV, RESULTADO, and the figures of the closings.

The public reads what validated reports said at the newest closing of each period; a member of the entity also
what was sent since, of the reports that `visible_to` lets the person see.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from actionplans.domain.following.measuring import Counting, activity_facts, by_activity
from actionplans.domain.following.promises import prior_by_activity, promises
from actionplans.domain.following.standing import cut_of
from actionplans.enums import IndicatorKind, ReportStatus, ReviewOutcome
from actionplans.models import (
    ClosedFigure,
    Closing,
    Indicator,
    PlanVersion,
    Reopening,
    Report,
    ReportingPeriod,
    ReportRevision,
    Validation,
    Verification,
)
from actionplans.months import MonthSet
from actionplans.progress import ActivityProgress, ProgressState, from_data, measure_activity
from actionplans.progress.numbers import SHOWN_DECIMALS, number, percent
from planning.models import User

from .sheet import QUARTERS, CutLine

UNFINISHED = {ReportStatus.SUBMITTED: "(Enviado, por validar.)", ReportStatus.RETURNED: "(Devuelto.)"}
NO_FOLLOW_UP = ("",) * len(QUARTERS)


@dataclass(frozen=True, kw_only=True)
class ActivityFollowUp:
    """Of one activity: its texts by period, its result as a form prints it, and what the closings say."""

    followups: tuple[str, ...] = NO_FOLLOW_UP
    reported: str = ""
    cuts: tuple[CutLine, ...] = ()


@dataclass(frozen=True)
class PlanFollowUp:
    """By the row of the activity; `remarks` say which closings the figures are of."""

    activities: dict[int, ActivityFollowUp]
    remarks: tuple[str, ...] = ()

    def of(self, activity_id: int) -> ActivityFollowUp:
        return self.activities.get(activity_id, _NOTHING)


_NOTHING = ActivityFollowUp()


def follow_up_of(version: PlanVersion, reader: User | None) -> PlanFollowUp:
    """What `reader`, or the public where there is none, may know. The queries do not grow with the plan."""
    periods = list(ReportingPeriod.objects.of_plan(version.plan).order_by("ordinal"))
    if not periods:
        return PlanFollowUp({})
    closings = _closings(periods)
    texts = _closed_texts(version.plan, closings)
    results = _closed_results(version.plan, closings)
    remarks = [_remark(closing) for closing in closings]
    if reader is not None:
        reports = _visible_reports(version.plan, periods, reader)
        texts |= {(r.activity_id, r.period.ordinal): _text_of_report(r) for r in reports}
        results |= _results_now(version.plan, reports)
        if any(not report.period.is_closed for report in reports):
            remarks.append("Con lo reportado en periodos sin cerrar: esos datos son provisionales.")
    cuts = _cuts(version.plan, closings)
    kinds = _kinds(version)
    found = {activity for activity, _ in texts} | set(results) | set(cuts)
    return PlanFollowUp(
        {
            activity: ActivityFollowUp(
                followups=tuple(texts.get((activity, ordinal), "") for ordinal in range(1, len(QUARTERS) + 1)),
                reported=_result_words(results.get(activity), kinds[activity]),
                cuts=tuple(cuts.get(activity, ())),
            )
            for activity in found
        },
        tuple(remarks),
    )


def _closings(periods) -> list[Closing]:
    """The newest closing of each period that was ever closed, without its snapshot."""
    rows = Closing.objects.newest().filter(period__in=periods).defer("snapshot")
    return list(rows.select_related("period").order_by("period__ordinal"))


def _remark(closing: Closing) -> str:
    day = timezone.localdate(closing.at)
    return f"{closing.period.label}: cierre n.º {closing.sequence} del {day:%d/%m/%Y}, huella {closing.digest}"


def _closed_texts(plan, closings) -> dict[tuple[int, int], str]:
    """By activity and ordinal, what the report said that counted when its period was closed."""
    if not closings:
        return {}
    closed = {closing.period_id: closing for closing in closings}
    revisions = ReportRevision.objects.filter(report__activity__plan=plan, report__period__in=closed)
    reviews = defaultdict(list)
    rows = Validation.objects.filter(revision__in=revisions).order_by("pk")
    for revision, outcome, at in rows.values_list("revision", "outcome", "at"):
        reviews[revision].append((at, outcome))
    reopened = defaultdict(list)
    rows = Reopening.objects.filter(closing__period__in=closed, activities__plan=plan)
    for activity, period, at in rows.values_list("activities", "closing__period", "at"):
        reopened[activity, period].append(at)
    counted = {}
    for row in revisions.select_related("report").order_by("number"):
        place, closing = (row.report.activity_id, row.report.period_id), closed[row.report.period_id]
        if row.at <= closing.at:
            holds = _counted_then(row, closing.at, reviews[row.pk], reopened[place])
            counted[row.report.activity_id, closing.period.ordinal] = text_of(row) if holds else ""
    return counted


def _counted_then(
    revision, closed_at: datetime.datetime, reviews: Iterable[tuple], reopened: Iterable[datetime.datetime]
) -> bool:
    """Whether the last revision before a closing was validated by then, and not sent back by a reopening."""
    outcomes = [outcome for at, outcome in reviews if at <= closed_at]
    sent_back = any(revision.at < at <= closed_at for at in reopened)
    return bool(outcomes) and outcomes[-1] == ReviewOutcome.VALIDATED and not sent_back


def text_of(revision: ReportRevision) -> str:
    """What a form's cell says of a period."""
    if revision.is_without_progress:
        return f"Sin avance: {revision.difficulties}"
    difficulties = f"Dificultades: {revision.difficulties}" if revision.difficulties else ""
    return "\n".join(filter(None, [revision.narrative, difficulties]))


def _text_of_report(report: Report) -> str:
    return "\n".join(filter(None, [text_of(report.current), UNFINISHED.get(report.status, "")]))


def _visible_reports(plan, periods, reader) -> list[Report]:
    rows = Report.objects.visible_to(reader).filter(activity__plan=plan, period__in=periods, current__isnull=False)
    return list(rows.with_words().order_by("period__ordinal"))


def _closed_results(plan, closings) -> dict[int, ActivityProgress]:
    """The progress of each activity at the last cut that was closed."""
    if not closings:
        return {}
    rows = ClosedFigure.objects.filter(closing=closings[-1], activity__plan=plan)
    return {activity: from_data(data) for activity, data in rows.values_list("activity", "data")}


def _results_now(plan, reports: list[Report]) -> dict[int, ActivityProgress]:
    """The progress of what was sent, to the cut of the last period of which something was."""
    if not reports:
        return {}
    period = reports[-1].period
    told = by_activity(reports)
    rows = list(promises(period).filter(version__plan=plan, activity__in=told))
    prior = prior_by_activity(period, rows)
    cut = cut_of(period)
    return {
        row.activity_id: measure_activity(
            activity_facts(row, told[row.activity_id], prior.get(row.activity_id, MonthSet()), Counting.REPORTED),
            cut,
        )
        for row in rows
    }


def _kinds(version) -> dict[int, dict[int, str]]:
    """By activity and key, of what kind its indicators are."""
    kinds: dict[int, dict[int, str]] = defaultdict(dict)
    rows = Indicator.objects.filter(activity_version__version=version)
    for activity, key, kind in rows.values_list("activity_version__activity", "key", "kind"):
        kinds[activity][key] = kind
    return kinds


def _result_words(progress: ActivityProgress | None, kinds: dict[int, str]) -> str:
    """«38 de 60 encuestas», a line for each indicator; a declared percentage says that it is."""
    if progress is None:
        return ""
    lines = [_reached(row, kinds.get(row.key, "")) for row in progress.indicators if row.value is not None]
    if not lines and progress.state == ProgressState.DECLARED:
        return f"Avance declarado: {percent(progress.executed)}"
    return "\n".join(lines)


def _reached(indicator, kind: str) -> str:
    if kind == IndicatorKind.YES_NO:
        return "Sí" if indicator.value else "No"
    of_target = f"de {number(indicator.target, SHOWN_DECIMALS)}" if indicator.target is not None else ""
    return " ".join(filter(None, [number(indicator.value, SHOWN_DECIMALS), of_target, indicator.unit]))


def _cuts(plan, closings) -> dict[int, list[CutLine]]:
    """By activity, the figures of each closing with what control interno says beside them."""
    if not closings:
        return {}
    at = {closing.pk: closing for closing in closings}
    verified = {
        (row.activity_id, row.period_id): row
        for row in Verification.objects.filter(
            activity__plan=plan, period__in=[closing.period_id for closing in closings]
        ).order_by("pk")
    }
    cuts = defaultdict(list)
    rows = ClosedFigure.objects.filter(closing__in=closings, activity__plan=plan).defer("data")
    for row in rows.order_by("closing__period__ordinal"):
        closing = at[row.closing_id]
        verification = verified.get((row.activity_id, closing.period_id))
        cuts[row.activity_id].append(
            CutLine(
                period=closing.period.label,
                ordinal=closing.period.ordinal,
                closing=closing.sequence,
                programmed=row.programmed,
                executed=row.executed,
                to_date=row.to_date,
                of_period=row.of_period,
                state=str(ProgressState(row.state).label),
                light=row.light[1] if row.light else "",
                verified=verification.value if verification else None,
                opinion=verification.opinion if verification else "",
            )
        )
    return cuts
