"""An activity where it stands, as a row of the files of the follow-up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from actionplans.domain.following.figures.activities import ActivityStanding
from actionplans.domain.following.figures.figure import Figure
from actionplans.domain.following.figures.measuring import is_sent, validation_of
from actionplans.domain.following.reporting.revisions import reading_words
from actionplans.domain.following.reporting.words import lacks_validated, report_words
from actionplans.enums import IndicatorKind, ReportStatus
from actionplans.models import Report
from actionplans.progress import ProgressState
from actionplans.progress.averaging import Member
from actionplans.progress.numbers import decimal
from planning.words import capitalised, comma

from .sheet import EvidenceLine, FollowUpRow

WITH_FIGURE = (ProgressState.MEASURED, ProgressState.DECLARED)


@dataclass(frozen=True)
class Figures:
    """The three figures of an activity at a cut: the one that counts, and what the office reported."""

    counting: Figure
    reported: Figure | None


def row_of(
    item: ActivityStanding,
    figures: Figures,
    offices: dict[int, str],
    *,
    when: str,
    whole_year: bool,
    is_closed: bool,
) -> FollowUpRow:
    """`whole_year`: with the words and the evidence of the earlier periods too, each with the name of its own.

    `is_closed` is about the period of the cut.
    """
    promise, progress, report = item.promise, figures.counting.progress, item.report
    version = promise.version
    reporting = promise.reporting_office
    sent = report if is_sent(report) else None
    told = [*item.earlier, *([report] if report else [])] if whole_year else [report] if report else []
    told = [row for row in told if is_sent(row)]
    is_validated = any(row.status == ReportStatus.VALIDATED for row in told)
    verification = item.verification
    kinds = {indicator.key: indicator.kind for indicator in promise.indicators.all()}
    member = Member.of(progress, None)
    counts = member.is_counted and progress.state != ProgressState.CANCELLED
    return FollowUpRow(
        period=when,
        plan=version.title,
        plan_slug=version.plan.slug,
        policy=version.plan.policy.name if version.plan.policy else "",
        office=reporting.name if reporting else "",
        office_slug=reporting.slug if reporting else "",
        others=_others(promise),
        component=promise.component.name if promise.component else "",
        number=promise.printed_number or str(promise.position),
        key=promise.activity.key,
        activity=promise.description,
        weight=promise.weight,
        scheduled=str(promise.months) if promise.months else promise.schedule_text,
        executed_months=str(item.executed) if item.executed else "",
        programmed=progress.programmed,
        executed=progress.executed,
        to_date=progress.to_date,
        of_period=progress.of_period,
        reported=figures.reported.progress.executed if told and figures.reported else None,
        validated=progress.executed if is_validated else None,
        verified=verification.value if verification else None,
        light=figures.counting.light.label if figures.counting.light else "",
        state=_state(progress, item),
        duty=item.duty.label,
        report_status=report_words(item.duty, sent.status if sent else None, is_closed=is_closed),
        sent_on=timezone.localdate(sent.current.at) if sent else None,
        validated_on=_validated_on(sent),
        verified_on=timezone.localdate(verification.at) if verification else None,
        marks=_by_period(told, _marks, whole_year, separator="; "),
        correction=_by_period(told, _correction, whole_year),
        results=_by_period(told, lambda row: _results(row, kinds), whole_year),
        narrative=_by_period(told, lambda row: row.current.narrative, whole_year),
        difficulties=_by_period(told, lambda row: row.current.difficulties, whole_year),
        contributions=_by_period(told, _contributions, whole_year),
        opinion=verification.opinion if verification else "",
        source=_by_period(told, lambda row: row.current.source, whole_year),
        evidence=tuple(_evidence(told, offices)),
        counted_executed=decimal(member.executed) if counts else None,
        counted_programmed=decimal(member.programmed) if counts else None,
    )


def state_words(progress) -> str:
    """«Medida», «Sin reporte: …»."""
    label, reason = progress.state.label, progress.reason
    words = f"{label}: {reason}" if reason and reason.casefold() != label.casefold() else label
    return capitalised(words)


def _state(progress, item: ActivityStanding) -> str:
    """The state of the figure, that says so where it lacks a report that its own period asked for."""
    words, status = state_words(progress), item.report.status if item.report else None
    if progress.state in WITH_FIGURE:
        known = capitalised(progress.state.label)
        lacking = lacks_validated(item.duty, status)
        return f"{known}, sin reporte validado de este periodo" if lacking else known
    told = [row for row in (*item.earlier, item.report) if row and row.current_id]
    if progress.state != ProgressState.NOT_REPORTED or not told:
        return words
    if any(row.status == ReportStatus.VALIDATED for row in told):
        return f"Sin dato: {progress.reason}"
    return "Sin reporte validado"


def _others(promise) -> str:
    return "; ".join(
        row.office.name if row.office else row.text for row in promise.responsibilities.all() if not row.reports
    )


def _by_period(reports: Iterable[Report], words, whole_year: bool, separator: str = "\n") -> str:
    """What `words` says of each report, after the name of its period where there may be several."""
    said = [(report.period.label, words(report)) for report in reports]
    return separator.join(f"{name}: {text}" if whole_year else text for name, text in said if text)


def _marks(report: Report) -> str:
    """What a reader of the figure must know of how it came."""
    revision, validation = report.current, validation_of(report)
    marks = {
        "sin avance": revision.is_without_progress,
        "lo registró planeación": revision.is_on_behalf,
        "con prórroga": revision.is_by_extension,
        "validado por quien lo envió": validation is not None and validation.is_self,
        "corregido por planeación": validation is not None and _is_corrected(validation),
        f"versión {revision.number}": revision.number > 1,
    }
    return ", ".join(words for words, holds in marks.items() if holds)


def _correction(report: Report) -> str:
    validation = validation_of(report)
    return validation.comment if validation and _is_corrected(validation) else ""


def _is_corrected(validation) -> bool:
    return validation.corrected_declared is not None or bool(validation.corrections.all())


def _results(report: Report, kinds: dict[int, str]) -> str:
    """The readings as reported; corrected ones after them."""
    lines = [f"{row.name}: {_reading(row, kinds)}" for row in report.current.measurements.all()]
    if report.current.declared is not None:
        lines.append(f"Avance declarado: {comma(report.current.declared)} %")
    validation = validation_of(report)
    if validation:
        lines += [f"{row.name} (corregido): {_reading(row, kinds)}" for row in validation.corrections.all()]
        if validation.corrected_declared is not None:
            lines.append(f"Avance declarado (corregido): {comma(validation.corrected_declared)} %")
    return "; ".join(lines)


def _reading(row, kinds: dict[int, str]) -> str:
    if kinds.get(row.key) == IndicatorKind.YES_NO and row.value is not None:
        return "Sí" if row.value else "No"
    return reading_words(row)


def _contributions(report: Report) -> str:
    return "\n".join(f"{row.office.name}: {row.text}" for row in report.contributions.all() if row.text)


def _validated_on(report: Report | None):
    validation = validation_of(report) if report else None
    return timezone.localdate(validation.at) if validation else None


def _evidence(reports: Iterable[Report], offices: dict[int, str]) -> Iterable[EvidenceLine]:
    """Of what was sent last, and of what other offices added; each once for each period."""
    for report in reports:
        rows = [*report.current.evidence.all()]
        rows += [row for added in report.contributions.all() for row in added.evidence.all()]
        for row in {row.pk: row for row in rows}.values():
            yield EvidenceLine(
                pk=row.pk,
                period=report.period.label,
                name=row.name,
                description=row.description,
                classification=row.get_classification_display(),
                sha256=row.sha256,
                url=row.url,
                office=offices.get(row.office_id, ""),
                brought_on=timezone.localdate(row.at),
            )
