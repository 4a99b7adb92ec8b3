"""From rows to the facts that the arithmetic asks for: which of the values that exist counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum

from actionplans.enums import ReportStatus, ReviewOutcome
from actionplans.models import ActivityVersion, Report, Validation
from actionplans.models.indicator import PERIOD_TARGETS
from actionplans.months import MonthSet
from actionplans.progress import ActivityFacts, IndicatorFacts, Reading, ReportFacts


class Counting(Enum):
    """Whose values make the figures: what planning validated, or what the offices sent last, returned or not."""

    VALIDATED = "validado"
    REPORTED = "reportado"


COUNTED = {
    Counting.VALIDATED: (ReportStatus.VALIDATED,),
    Counting.REPORTED: (ReportStatus.SUBMITTED, ReportStatus.RETURNED, ReportStatus.VALIDATED),
}


def activity_facts(
    promise: ActivityVersion, reports: Iterable[Report], prior: MonthSet, counting: Counting
) -> ActivityFacts:
    """`reports` of the activity up to the cut, with their words."""
    return ActivityFacts(
        key=promise.activity_id,
        label=f"{promise.printed_number or promise.position}. {promise.description}",
        months=promise.months,
        prior=prior,
        is_cancelled=promise.is_cancelled,
        weight=promise.weight,
        indicators=tuple(_indicator(row) for row in promise.indicators.all()),
        reports=tuple(report_facts(report, counting) for report in reports if report.status in COUNTED[counting]),
        has_schedule_text=bool(promise.schedule_text),
        what_counts="reporte validado" if counting == Counting.VALIDATED else "reporte",
    )


def report_facts(report: Report, counting: Counting) -> ReportFacts:
    """What a report says that counts: as corrected, where planning corrected it and `counting` asks for that."""
    revision = report.current
    validation = validation_of(report) if counting == Counting.VALIDATED else None
    source = _source(report, validation)
    readings = {row.key: _reading(row, report, source) for row in revision.measurements.all()}
    declared = revision.declared
    if validation:
        corrected = f"{source}, corregido por planeación"
        readings |= {row.key: _reading(row, report, corrected) for row in validation.corrections.all()}
        declared = declared if validation.corrected_declared is None else validation.corrected_declared
    return ReportFacts(
        ordinal=report.period.ordinal,
        is_without_progress=revision.is_without_progress,
        declared=declared,
        readings=readings,
        source=source,
    )


def validation_of(report: Report) -> Validation | None:
    """The validation that counts: of the current revision of a report that is validated."""
    if report.status != ReportStatus.VALIDATED:
        return None
    rows = [row for row in report.current.validations.all() if row.outcome == ReviewOutcome.VALIDATED]
    return max(rows, key=lambda row: row.pk, default=None)


def suspended_validation(report: Report | None) -> Validation | None:
    """The validation that a reopening took out of the count, while nothing was sent since: planning may uphold it.

    What planning itself gave back ends in that answer, and not in a validation.
    """
    if report is None or report.status != ReportStatus.RETURNED:
        return None
    last = max(report.current.validations.all(), key=lambda row: row.pk, default=None)
    return last if last and last.outcome == ReviewOutcome.VALIDATED else None


def is_sent(report: Report | None) -> bool:
    """Whether an office sent something for the period: without it nothing was reported, whatever came before."""
    return report is not None and report.status in COUNTED[Counting.REPORTED]


def not_returned(reports: Iterable[Report]) -> list[Report]:
    """Those by which it is asked what a period still owes: what planning gave back finishes nothing."""
    return [report for report in reports if report.status != ReportStatus.RETURNED]


def executed_months(reports: Iterable[Report], counting: Counting) -> MonthSet:
    """The months that the counted reports say were done."""
    done = MonthSet()
    for report in reports:
        if report.status in COUNTED[counting]:
            done |= report.current.executed_months
    return done


def by_activity(reports: Iterable[Report]) -> Mapping[int, list[Report]]:
    grouped: dict[int, list[Report]] = {}
    for report in reports:
        grouped.setdefault(report.activity_id, []).append(report)
    return grouped


def _indicator(row) -> IndicatorFacts:
    return IndicatorFacts(
        key=row.key,
        name=row.name,
        kind=row.kind,
        accumulation=row.accumulation,
        direction=row.direction,
        unit=row.unit,
        numerator=row.numerator,
        denominator=row.denominator,
        baseline=row.baseline,
        target=row.target,
        period_targets=tuple(getattr(row, name) for name in PERIOD_TARGETS),
    )


def _reading(row, report, source) -> Reading:
    return Reading(
        ordinal=report.period.ordinal,
        numerator=row.numerator,
        denominator=row.denominator,
        value=row.value,
        source=source,
    )


def _source(report, validation) -> str:
    revision = report.current
    what = f"Reporte del {report.period.name}"
    sent = f"{what}, enviado el {revision.at:%d/%m/%Y}"
    return f"{what}, validado el {validation.at:%d/%m/%Y}" if validation else sent
