"""What was reported of a plan, for the files of the plan: I to IV, RESULTADO, and the figures of the closings.

The public reads what validated reports said at the newest closing of each period; a member of the entity also
what was sent since, of the reports that `visible_to` lets the person see.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils import timezone

from actionplans.domain.following.figures.measuring import validation_of
from actionplans.enums import ReportStatus, ReviewOutcome
from actionplans.models import (
    ClosedFigure,
    Closing,
    PlanVersion,
    Reopening,
    Report,
    ReportingPeriod,
    ReportRevision,
    Validation,
    Verification,
)
from actionplans.progress import ProgressState
from planning.models import User

from ..plan.sheet import QUARTERS, CutLine, PlanTotal
from ..plan.totals import plan_totals
from .corrections import correction_words
from .results import closed_results, indicators_of, result_words, results_at

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
    """By the row of the activity; `remarks` say which closings the figures are of, `totals` what each one says."""

    activities: dict[int, ActivityFollowUp]
    remarks: tuple[str, ...] = ()
    totals: tuple[PlanTotal, ...] = ()

    def of(self, activity_id: int) -> ActivityFollowUp:
        return self.activities.get(activity_id, _NOTHING)


_NOTHING = ActivityFollowUp()


def follow_up_of(version: PlanVersion, reader: User | None, cut: ReportingPeriod | None = None) -> PlanFollowUp:
    """What `reader`, or the public where there is none, may know. The queries do not grow with the plan.

    With `cut`, nothing of later periods: if it is closed, what its closing knew; else RESULTADO counts only what
    was validated, and the remarks say that it is provisional. Without, all that was sent is in it.
    """
    rows = ReportingPeriod.objects.of_plan(version.plan).order_by("ordinal")
    periods = [row for row in rows if cut is None or row.ordinal <= cut.ordinal]
    if not periods:
        return PlanFollowUp({})
    closings = _closings(periods)
    said = indicators_of(version)
    texts = _closed_texts(version.plan, closings, said)
    cuts = _cuts(version.plan, closings, texts)
    results = closed_results(version.plan, closings)
    remarks = [_remark(closing) for closing in closings]
    if reader is not None and not (cut and cut.is_closed):
        reports = _visible_reports(version.plan, periods, reader)
        sent = [report for report in reports if cut is None or not report.period.is_closed]
        texts |= {(r.activity_id, r.period.ordinal): _text_of_report(r, said) for r in sent}
        results |= results_at(version.plan, reports, cut)
        if cut:
            remarks.append(provisional(cut))
        elif any(not report.period.is_closed for report in reports):
            remarks.append("Con lo reportado en periodos sin cerrar: esos datos son provisionales.")
    found = {activity for activity, _ in texts} | set(results) | set(cuts)
    return PlanFollowUp(
        {
            activity: ActivityFollowUp(
                followups=tuple(texts.get((activity, ordinal), "") for ordinal in range(1, len(QUARTERS) + 1)),
                reported=result_words(results.get(activity), said[activity]),
                cuts=tuple(cuts.get(activity, ())),
            )
            for activity in found
        },
        tuple(remarks),
        plan_totals(version.plan, periods),
    )


def provisional(cut: ReportingPeriod) -> str:
    """What a form to a cut that is not closed has to say of itself."""
    return f"Datos provisionales: el {cut.name} de {cut.year} no se ha cerrado. RESULTADO cuenta lo validado."


def _closings(periods) -> list[Closing]:
    """The newest closing of each period that was ever closed, without its snapshot."""
    rows = Closing.objects.newest().filter(period__in=periods).defer("snapshot")
    return list(rows.select_related("period").order_by("period__ordinal"))


def _remark(closing: Closing) -> str:
    day = timezone.localdate(closing.at)
    return f"{closing.period.label}: cierre n.º {closing.sequence} del {day:%d/%m/%Y}, huella {closing.digest}"


def _closed_texts(plan, closings, said) -> dict[tuple[int, int], str]:
    """By activity and ordinal, what the report said that counted when its period was closed."""
    if not closings:
        return {}
    closed = {closing.period_id: closing for closing in closings}
    revisions = ReportRevision.objects.filter(report__activity__plan=plan, report__period__in=closed)
    reviews = defaultdict(list)
    rows = Validation.objects.filter(revision__in=revisions).order_by("pk").prefetch_related("corrections")
    for row in rows:
        reviews[row.revision_id].append(row)
    reopened = defaultdict(list)
    rows = Reopening.objects.filter(closing__period__in=closed, activities__plan=plan)
    for activity, period, at in rows.values_list("activities", "closing__period", "at"):
        reopened[activity, period].append(at)
    counted = {}
    for row in revisions.select_related("report").prefetch_related("measurements").order_by("number"):
        place, closing = (row.report.activity_id, row.report.period_id), closed[row.report.period_id]
        if row.at <= closing.at:
            last = _validation_then(closing.at, reviews[row.pk], reopened[place])
            text = text_of(row, last, said[row.report.activity_id]) if last else ""
            counted[row.report.activity_id, closing.period.ordinal] = text
    return counted


def _validation_then(
    closed_at: datetime.datetime, reviews: Iterable[Validation], reopened: Iterable[datetime.datetime]
) -> Validation | None:
    """The validation that counted at a closing: the last answer by then, and not sent back by a reopening."""
    last = max((row for row in reviews if row.at <= closed_at), key=lambda row: row.pk, default=None)
    if last is None or last.outcome != ReviewOutcome.VALIDATED:
        return None
    return None if any(last.at < at <= closed_at for at in reopened) else last


def text_of(revision: ReportRevision, validation: Validation | None, indicators: Mapping[int, Mapping]) -> str:
    """What a form's cell says of a period: the words of the office, and what planning corrected."""
    corrected = correction_words(revision, validation, indicators) if validation else ""
    if revision.is_without_progress:
        return _lines(f"Sin avance: {revision.difficulties}", corrected)
    difficulties = f"Dificultades: {revision.difficulties}" if revision.difficulties else ""
    return _lines(revision.narrative, difficulties, corrected)


def _text_of_report(report: Report, said) -> str:
    text = text_of(report.current, validation_of(report), said[report.activity_id])
    return _lines(text, UNFINISHED.get(report.status, ""))


def _lines(*texts: str) -> str:
    return "\n".join(filter(None, texts))


def _visible_reports(plan, periods, reader) -> list[Report]:
    rows = Report.objects.visible_to(reader).filter(activity__plan=plan, period__in=periods, current__isnull=False)
    return list(rows.with_words().order_by("period__ordinal"))


def _cuts(plan, closings, texts) -> dict[int, list[CutLine]]:
    """By activity, the figures of each closing with what control interno says beside them.

    `texts` are those that counted then: empty where a report had been sent and nobody validated it.
    """
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
                state=_state(row, texts.get((row.activity_id, closing.period.ordinal))),
                light=row.light[1] if row.light else "",
                verified=verification.value if verification else None,
                opinion=verification.opinion if verification else "",
            )
        )
    return cuts


def _state(row: ClosedFigure, text: str | None) -> str:
    """Who reported is not called silent, whatever came of it."""
    if row.state == ProgressState.NOT_REPORTED and text == "":
        return "sin reporte validado"
    return str(ProgressState(row.state).label)
