"""Reviewing reports: planning validates or returns, control interno adds its own value beside."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When
from django.utils import timezone

from actionplans.domain.drafting.drafts import refuse
from actionplans.domain.following.calendar.extensions import give_time_to_correct
from actionplans.domain.following.calendar.periods import locked, window_of
from actionplans.domain.following.closing.facts import seals
from actionplans.domain.following.figures.measuring import suspended_validation
from actionplans.domain.following.procedure import RECONSIDER, RETURN, UPHOLD, VALIDATE
from actionplans.domain.following.reminding import notices
from actionplans.domain.following.reporting.drafts import correction_of
from actionplans.domain.following.reporting.sending import ReadingContent
from actionplans.domain.workflow import Transition, perform
from actionplans.enums import PeriodStatus, ReviewOutcome
from actionplans.models import (
    ActivityVersion,
    Correction,
    Reopening,
    Report,
    ReportingPeriod,
    Validation,
    Verification,
)
from planning import audit
from planning.words import whole

VERIFY = "actionplans.verify_progress"
MOST_VERIFIED = 99999
"""In percent: what was done beyond what was promised keeps its value, and the column has its limit."""


def validate_report(
    report: Report,
    *,
    by,
    number: int,
    comment: str = "",
    corrections: Sequence[ReadingContent] = (),
    corrected_declared: Decimal | None = None,
    over_draft: bool = False,
) -> Report:
    """Accept the revision `number`, as reported or with corrected readings and their reason.

    The reported readings stay. `over_draft`: although the office is writing a correction, which it then cannot
    send. Raises TransitionRefused where another revision came meanwhile, a correction is being written, the
    period is closed, or a correction has no reason; PermissionDenied for who sent it, unless the entity allows it.
    """
    flaws = []
    if (corrections or corrected_declared is not None) and not comment.strip():
        flaws.append("Escriba por qué corrige el valor: el reportado se conserva al lado.")
    if corrected_declared is not None and not 0 <= corrected_declared <= 100:
        flaws.append("El avance corregido va de 0 a 100 %.")
    refuse(flaws)
    with transaction.atomic():
        report = _review(
            VALIDATE,
            report,
            ReviewOutcome.VALIDATED,
            by=by,
            number=number,
            comment=comment,
            corrected_declared=corrected_declared,
            corrections=corrections,
            over_draft=over_draft,
        )
    transaction.on_commit(lambda: notices.report_validated(report))
    return report


def return_report(report: Report, *, by, number: int, comment: str, until: datetime.date | None = None) -> Report:
    """Give the revision `number` back to who sent it, with what is missing; it stays as it was.

    After the deadline the activity gets an extension to correct it, to the day `until` or the one proposed.
    """
    refuse([] if comment.strip() else ["Escriba qué falta para validarlo: es lo que la dependencia leerá."])
    with transaction.atomic():
        report = _review(RETURN, report, ReviewOutcome.RETURNED, by=by, number=number, comment=comment)
        reason = f"Para corregir el reporte que se devolvió: {comment.strip()}"
        give_time_to_correct(report.period, report.activity, by=by, until=until, reason=reason)
    transaction.on_commit(lambda: notices.report_returned(report))
    return report


def reconsider_report(report: Report, *, by, number: int, comment: str) -> Report:
    """Take the validation of the revision `number` back, to review it again before the closing; it stays."""
    refuse([] if comment.strip() else ["Escriba por qué retira la validación: queda junto a ella."])
    with transaction.atomic():
        return _review(RECONSIDER, report, ReviewOutcome.TAKEN_BACK, by=by, number=number, comment=comment)


def uphold_report(report: Report, *, by, number: int, comment: str, over_draft: bool = False) -> Report:
    """Leave a report that a reopening gave back as it was validated: a further validation of the same values.

    Only while nothing was sent since the reopening. `over_draft` as in `validate_report`.
    Raises TransitionRefused; PermissionDenied for who sent it, unless the entity allows it.
    """
    refuse([] if comment.strip() else ["Escriba por qué queda como estaba: queda junto a la validación."])
    with transaction.atomic():
        locked(report.period)
        validation = suspended_validation(Report.objects.select_related("current").get(pk=report.pk))
        if validation is None:
            refuse(["Este reporte no espera por una reapertura: vuelva a mirarlo."])
        return _review(
            UPHOLD,
            report,
            ReviewOutcome.VALIDATED,
            by=by,
            number=number,
            comment=comment,
            corrections=validation.corrections.all(),
            corrected_declared=validation.corrected_declared,
            over_draft=over_draft,
        )


def with_review_open(reports: QuerySet[Report]) -> QuerySet[Report]:
    """`takes_review` on each: whether its period still takes an answer, as `_closed_obstacles` says of one."""
    reopened = Reopening.objects.filter(
        closing__period=OuterRef("period"),
        closing__sequence=OuterRef("period__sequence"),
        activities=OuterRef("activity"),
    )
    is_open = Q(period__status=PeriodStatus.OPEN)
    is_reopened = Q(period__status=PeriodStatus.REOPENED) & Exists(reopened)
    return reports.annotate(takes_review=Case(When(is_open | is_reopened, then=True), default=False))


def verify_progress(
    promise: ActivityVersion, period: ReportingPeriod, *, by, value: Decimal | None, opinion: str
) -> Verification:
    """Control interno's dated value of the year to the cut, and its opinion: never touches the report.

    May be written at any time, also of a closed period and of an activity without report.
    """
    if not by.has_perm(VERIFY, period):
        raise PermissionDenied(VERIFY)
    flaws = [] if opinion.strip() else ["Escriba su concepto: el valor solo no dice en qué se funda."]
    if value is not None and not 0 <= value <= MOST_VERIFIED:
        flaws.append(f"El avance verificado va de 0 a {whole(MOST_VERIFIED)} %.")
    if promise.version.plan.entity_id != period.entity_id:
        flaws.append("La actividad no es de esta entidad.")
    refuse(flaws)
    with transaction.atomic():
        row = Verification.objects.create(
            activity_id=promise.activity_id,
            period=period,
            entity=period.entity,
            value=value,
            opinion=opinion.strip(),
            by=by,
            at=timezone.now(),
        )
        row.refresh_from_db()  # figures as the columns hold them: the digest must come out the same later
        told = {
            "activity": promise.activity.key,
            "period": str(period),
            "value": row.value,
            "opinion": row.opinion,
            **seals(row),
        }
        audit.record(period.entity, row, "verify_progress", by=by, new=told)
    return row


def correction_words(report: Report) -> str:
    """«La dependencia está escribiendo una corrección (borrador del 21/11/2026 10:42).»; empty where it is not."""
    draft = correction_of(report)
    at = f"{timezone.localtime(draft.at):%d/%m/%Y %H:%M}" if draft else ""
    return f"La dependencia está escribiendo una corrección (borrador del {at})." if draft else ""


def _review(
    step: Transition, report, outcome, *, by, number, comment, corrections=(), over_draft=True, **corrected
) -> Report:
    """Take the step on the revision that the person read, with the Validation that it adds; the fresh report.

    The row comes before the step, whose event carries its seal; what the step refuses takes the row along.
    """
    period = locked(report.period)
    refuse(_closed_obstacles(period, report))
    report = Report.objects.select_for_update(of=("self",)).select_related("current", "entity").get(pk=report.pk)
    if report.current_id and report.current.number != number:
        came = f"Llegó la versión {report.current.number} de este reporte mientras usted lo leía"
        refuse([f"{came}: vuelva a mirarlo."])
    if not report.current_id:
        refuse(["El reporte no se ha enviado."])
    if not over_draft and (begun := correction_words(report)):
        refuse([f"{begun} Si valida esta versión, no podrá enviarla: espérela, o marque la casilla para validar."])
    validation = Validation.objects.create(
        revision=report.current,
        entity=report.entity,
        outcome=outcome,
        comment=comment.strip(),
        is_self=report.current.by_id == by.pk,
        by=by,
        at=timezone.now(),
        **corrected,
    )
    _write_corrections(validation, corrections)
    validation.refresh_from_db()  # figures as the columns hold them: the seal must come out the same later
    return perform(step, report, by=by, comment=comment, told=seals(validation))


def _write_corrections(validation, corrections) -> None:
    Correction.objects.bulk_create(
        Correction(
            validation=validation,
            key=reading.key,
            name=reading.name,
            numerator=reading.numerator,
            denominator=reading.denominator,
            value=reading.value,
        )
        for reading in corrections
    )


def _closed_obstacles(period, report) -> list[str]:
    """Reviews go on after the deadline, until the closing."""
    return window_of(period).writing_obstacles(report.activity_id, max(timezone.localdate(), period.opens))
