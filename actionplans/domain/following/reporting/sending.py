"""Sending reports, and what other offices add to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from actionplans.domain.drafting.drafts import refuse
from actionplans.domain.following.calendar.periods import locked, window_of
from actionplans.domain.following.procedure import SEND
from actionplans.domain.following.reporting.drafts import (
    ON_BEHALF,
    REPORT,
    StaleDraft,
    ensure_report,
    forget,
    refuse_unseen,
    strangeness,
)
from actionplans.domain.following.reporting.repeats import is_said_already
from actionplans.domain.workflow import perform
from actionplans.enums import IndicatorKind, PeriodStatus, ReportOrigin, ReportStatus
from actionplans.models import (
    ActivityVersion,
    Contribution,
    Evidence,
    Measurement,
    Report,
    ReportDraft,
    ReportingPeriod,
    ReportRevision,
)
from actionplans.months import MonthSet
from planning import audit
from planning.models import Office

NO_MONTHS = MonthSet()
CONTRIBUTE = "actionplans.contribute_to_activity"


@dataclass(frozen=True)
class ReadingContent:
    """A reading of an indicator by its key: a ratio's two figures, or a value (1 or 0 for yes and no)."""

    key: int
    name: str
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    value: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class ReportContent:
    """What a report says. `declared` is the percentage of the year to date; `source` is for planning's entries."""

    executed_months: MonthSet = NO_MONTHS
    is_without_progress: bool = False
    narrative: str = ""
    difficulties: str = ""
    declared: Decimal | None = None
    readings: tuple[ReadingContent, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    source: str = ""


def submit_report(
    promise: ActivityVersion,
    period: ReportingPeriod,
    content: ReportContent,
    *,
    by,
    on_behalf: bool = False,
    origin: str = ReportOrigin.PORTAL,
    draft_revision: int | None = None,
    seen: int | None = None,
) -> Report:
    """Send the report: a new revision beside the earlier ones, and its draft is gone.

    `draft_revision` is the draft's that the person saw, where there was one; `seen` the number of the sent
    revision that the page showed, 0 for none, None where no page showed any. Effects in order: revision with its
    readings and evidence, status, audit event; none where the same person sent the very same before.
    Raises StaleDraft, TransitionRefused, PermissionDenied.
    """
    with transaction.atomic():
        period = locked(period)
        _refuse_who_may_not(by, promise, on_behalf)
        refuse(strangeness(promise, period))
        window = window_of(period)
        today = timezone.localdate()
        refuse(window.sending_obstacles(promise.activity_id, today, on_behalf=on_behalf))
        refuse(flaws_of(content, promise, on_behalf=on_behalf))
        report = ensure_report(promise, period)
        if is_said_already(report, content, by=by):
            _forget_draft(report, draft_revision, by)
            return report
        _refuse_validated(report)
        _refuse_stale(report, draft_revision)
        refuse_unseen(report, seen)
        revision = _write_revision(
            report,
            promise,
            content,
            by=by,
            is_on_behalf=on_behalf,
            origin=origin,
            is_by_extension=period.status == PeriodStatus.OPEN and today > period.closes and not on_behalf,
        )
        ReportDraft.objects.filter(report=report).delete()
        Report.objects.filter(pk=report.pk).update(current=revision)
        return perform(SEND, report, by=by, comment=content.source)


def contribute(
    promise: ActivityVersion,
    period: ReportingPeriod,
    office: Office,
    *,
    by,
    text: str,
    evidence: Sequence[Evidence] = (),
    revision: int | None = None,
) -> Contribution:
    """What one of the other offices adds; `revision` is the one that the person saw, None where there was none.

    Saying what is there already writes nothing. Raises StaleDraft (its `draft` is the Contribution as it is now),
    TransitionRefused, PermissionDenied.
    """
    with transaction.atomic():
        period = locked(period)
        _refuse_strange_office(by, promise, office)
        refuse(strangeness(promise, period))
        refuse(window_of(period).writing_obstacles(promise.activity_id, timezone.localdate()))
        if not text.strip() and not evidence:
            refuse(["Escriba qué aportó su dependencia o adjunte una evidencia."])
        report = ensure_report(promise, period)
        _refuse_validated(report)
        row = Contribution.objects.filter(report=report, office=office).first()
        if row and row.text == text.strip() and set(row.evidence.all()) == set(evidence):
            return row  # the answer to an earlier saving was lost on the way
        if (row.revision if row else None) != revision:
            raise StaleDraft(row)
        old = {"text": row.text} if row else {}
        row = row or Contribution(report=report, office=office, entity=report.entity, revision=0)
        row.text, row.by, row.revision = text.strip(), by, row.revision + 1
        row.save()
        row.evidence.set(evidence)
        told = {"office": office.name, "text": row.text, "evidence": [item.pk for item in evidence]}
        audit.record(report.entity, report, "contribute", by=by, old=old, new=told)
    return row


def flaws_of(content: ReportContent, promise: ActivityVersion, *, on_behalf: bool = False) -> list[str]:
    """What keeps the report from being sent, in words that say what to do."""
    flaws = []
    if content.is_without_progress and not content.difficulties.strip():
        flaws.append("Diga por qué no hubo avance.")
    if not content.is_without_progress and not content.narrative.strip():
        flaws.append("Cuente qué se hizo, en dos o tres frases; si no hubo avance, márquelo y diga por qué.")
    if on_behalf and not content.source.strip():
        flaws.append("Diga de dónde salió lo que reporta: el mensaje, la carta o el documento de la dependencia.")
    if content.declared is not None and not 0 <= content.declared <= 100:
        flaws.append("El avance declarado va de 0 a 100 %.")
    known = {indicator.key: indicator for indicator in promise.indicators.all()}
    for reading in content.readings:
        flaws += _reading_flaws(reading, known.get(reading.key))
    return flaws


def _reading_flaws(reading, indicator) -> list[str]:
    if indicator is None:
        return [f"El plan no tiene el indicador «{reading.name}» en esta actividad."]
    if indicator.kind == IndicatorKind.RATIO and (reading.numerator is None) != (reading.denominator is None):
        return [f"«{reading.name}» necesita el numerador y el denominador."]
    if indicator.kind == IndicatorKind.YES_NO and reading.value not in (None, Decimal(0), Decimal(1)):
        return [f"«{reading.name}» se responde con sí o no."]
    return []


def _refuse_who_may_not(by, promise, on_behalf) -> None:
    permission = ON_BEHALF if on_behalf else REPORT
    if not by.has_perm(permission, promise):
        raise PermissionDenied(permission)


def _refuse_strange_office(by, promise, office) -> None:
    answers = promise.responsibilities.filter(office=office, reports=False).exists()
    if not by.has_perm(CONTRIBUTE, promise) or not answers or office.pk not in by.office_ids_as("leader"):
        raise PermissionDenied(CONTRIBUTE)


def _refuse_validated(report) -> None:
    if report.status == ReportStatus.VALIDATED:
        refuse(["Planeación ya validó este reporte: para cambiarlo, pídale que lo vuelva a revisar."])


def _refuse_stale(report, draft_revision) -> None:
    draft = ReportDraft.objects.filter(report=report).first()
    if draft and draft_revision is not None and draft.revision != draft_revision:
        raise StaleDraft(draft, report.current)


def _forget_draft(report, draft_revision, by) -> None:
    """What was typed on the way to saying the same again."""
    draft = ReportDraft.objects.filter(report=report, revision=draft_revision).first()
    if draft:
        forget(draft, by=by)


def _write_revision(report, promise, content, *, by, **marks) -> ReportRevision:
    last = report.revisions.aggregate(last=Max("number"))["last"] or 0
    revision = ReportRevision.objects.create(
        report=report,
        entity=report.entity,
        number=last + 1,
        promise=promise,
        office_id=promise.reporting_office_id,
        executed_months=content.executed_months,
        is_without_progress=content.is_without_progress,
        narrative=content.narrative.strip(),
        difficulties=content.difficulties.strip(),
        declared=content.declared,
        source=content.source.strip(),
        by=by,
        at=timezone.now(),
        **marks,
    )
    Measurement.objects.bulk_create(
        Measurement(
            revision=revision,
            key=reading.key,
            name=reading.name,
            numerator=reading.numerator,
            denominator=reading.denominator,
            value=reading.value,
        )
        for reading in content.readings
        if not content.is_without_progress and _says_something(reading)
    )
    revision.evidence.set(content.evidence)
    return revision


def _says_something(reading) -> bool:
    return any(figure is not None for figure in (reading.numerator, reading.denominator, reading.value))
