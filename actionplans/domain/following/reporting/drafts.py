"""Drafts of reports: what somebody is typing, kept as typed, with nobody's writing over another's."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from actionplans.domain.drafting.drafts import refuse
from actionplans.domain.following.calendar.periods import locked, window_of
from actionplans.domain.following.evidence.twins import class_clashes
from actionplans.enums import ReportOrigin, ReportStatus
from actionplans.models import (
    ActivityVersion,
    Evidence,
    Measurement,
    Report,
    ReportDraft,
    ReportingPeriod,
    ReportRevision,
)
from planning import audit
from planning.models import AuditEvent

REPORT = "actionplans.report_activity"
ON_BEHALF = "actionplans.report_on_behalf"
FORGOTTEN = "discard_report_draft"


class StaleDraft(Exception):
    """Somebody wrote or sent meanwhile: `draft` as it is now, None for none; `sent` what was sent last."""

    def __init__(self, draft: ReportDraft | None, sent: ReportRevision | None = None):
        self.draft, self.sent = draft, sent
        super().__init__("Este reporte cambió mientras usted lo escribía.")

    @property
    def answers(self) -> dict:
        """What stands now, as the form's fields."""
        if self.draft:
            return self.draft.answers
        return answers_of(self.sent) if self.sent else {}


def save_draft(
    promise: ActivityVersion,
    period: ReportingPeriod,
    answers: dict,
    *,
    by,
    revision: int | None,
    seen: int | None = None,
    on_behalf: bool = False,
    origin: str = ReportOrigin.PORTAL,
) -> ReportDraft:
    """Keep the fields of the report form as typed. `revision` is the draft's that the person saw, None for none.

    `seen` is the number of the sent revision that the page showed, 0 for none; None where no page showed any.
    Raises StaleDraft where another one is there by now, TransitionRefused where the period takes no writing.
    Saving what is there already writes nothing.
    """
    with transaction.atomic():
        report = writable_report(promise, period, by=by, on_behalf=on_behalf)
        draft = ReportDraft.objects.filter(report=report).first()
        if (draft.revision if draft else None) != revision or not is_seen(report, seen):
            if draft and draft.answers == answers:  # the answer to an earlier saving was lost on the way
                return draft
            raise StaleDraft(draft, report.current)
        if draft and draft.answers == answers:
            return draft
        return _write(report, draft, answers=answers, by=by, origin=origin)


def attach(
    promise: ActivityVersion,
    period: ReportingPeriod,
    evidence: Evidence,
    *,
    by,
    seen: int | None = None,
    on_behalf: bool = False,
) -> ReportDraft:
    """The evidence goes with the draft, which begins here if there is none. `seen` is as in `save_draft`."""
    with transaction.atomic():
        report = writable_report(promise, period, by=by, on_behalf=on_behalf)
        refuse_unseen(report, seen)
        if not by.has_perm("actionplans.read_evidence", evidence) or evidence.entity_id != report.entity_id:
            raise PermissionDenied("actionplans.read_evidence")
        draft = draft_or_new(report, by=by)
        attached = list(draft.evidence.all())
        if evidence not in attached:
            refuse(class_clashes(evidence.classification, attached, sha256=evidence.sha256, url=evidence.url))
            draft.evidence.add(evidence)
            told = {"evidence": evidence.pk, "sha256": evidence.sha256, "url": evidence.url}
            audit.record(report.entity, report, "attach_evidence", by=by, new=told)
    return draft


def detach(
    promise: ActivityVersion, period: ReportingPeriod, evidence: Evidence, *, by, on_behalf: bool = False
) -> ReportDraft:
    """The draft goes on without it; reports sent with it keep it."""
    with transaction.atomic():
        report = writable_report(promise, period, by=by, on_behalf=on_behalf)
        draft = draft_or_new(report, by=by)
        if draft.evidence.filter(pk=evidence.pk).exists():
            draft.evidence.remove(evidence)
            audit.record(report.entity, report, "detach_evidence", by=by, old={"evidence": evidence.pk})
    return draft


def forget(draft: ReportDraft, *, by) -> None:
    """The draft goes; the trail keeps its words, and from which revision a next draft goes on."""
    old = {"answers": draft.answers, "revision": draft.revision}
    draft.delete()
    audit.record(draft.report.entity, draft.report, FORGOTTEN, by=by, old=old)


def is_seen(report: Report, seen: int | None) -> bool:
    """Whether what was sent last is what the person's page showed."""
    return seen is None or (report.current.number if report.current_id else 0) == seen


def refuse_unseen(report: Report, seen: int | None) -> None:
    if not is_seen(report, seen):
        raise StaleDraft(ReportDraft.objects.filter(report=report).first(), report.current)


def correction_of(report: Report) -> ReportDraft | None:
    """The draft in which somebody changes what was sent; None where none does."""
    draft = ReportDraft.objects.filter(report=report).first()
    if draft is None or not report.current_id:
        return None
    said = {name: text for name, text in answers_of(report.current).items() if text}
    typed = {name: text for name, text in draft.answers.items() if text}
    same_evidence = set(draft.evidence.all()) == set(report.current.evidence.all())
    return None if said == typed and same_evidence else draft


def answers_of(revision: ReportRevision) -> dict:
    """A report that was sent as the form's fields, to go on from it or to copy it.

    The names are those of the report form: `numerator_1`, `denominator_1` and `value_1` for indicator 1.
    """
    answers = {
        "months": [str(month) for month in revision.executed_months],
        "without_progress": "on" if revision.is_without_progress else "",
        "narrative": revision.narrative,
        "difficulties": revision.difficulties,
        "declared": _typed(revision.declared),
        "source": revision.source,
    }
    for measurement in revision.measurements.all():
        answers |= _readings(measurement)
    return answers


def draft_or_new(report: Report, *, by) -> ReportDraft:
    """The report's draft; a new one goes on from what was sent last."""
    draft = ReportDraft.objects.filter(report=report).first()
    if draft:
        return draft
    answers = answers_of(report.current) if report.current_id else {}
    return _write(report, None, answers=answers, by=by, origin=ReportOrigin.PORTAL)


def writable_report(promise: ActivityVersion, period: ReportingPeriod, *, by, on_behalf: bool = False) -> Report:
    """The report, made now if it is the first touch, with its period locked. Refuses who or when may not write."""
    period = locked(period)
    permission = ON_BEHALF if on_behalf else REPORT
    if not by.has_perm(permission, promise):
        raise PermissionDenied(permission)
    refuse(strangeness(promise, period))
    refuse(window_of(period).writing_obstacles(promise.activity_id, timezone.localdate()))
    report = ensure_report(promise, period)
    if report.status == ReportStatus.VALIDATED:
        refuse(["Planeación ya validó este reporte: para cambiarlo, pídale que lo vuelva a revisar."])
    return report


def ensure_report(promise: ActivityVersion, period: ReportingPeriod) -> Report:
    """The row, locked; nothing is recorded until it says something."""
    row, _ = (
        Report.objects.select_for_update(of=("self",))
        .select_related("current", "entity")
        .get_or_create(activity_id=promise.activity_id, period=period, defaults={"entity": promise.version.entity})
    )
    return row


def strangeness(promise, period) -> list[str]:
    if not period.follows(promise.version.plan):
        return ["La actividad no se sigue en este periodo."]
    if promise.is_cancelled:
        return ["La actividad está cancelada: no se reporta."]
    return []


def _write(report, draft, *, answers, by, origin) -> ReportDraft:
    old = {"answers": draft.answers} if draft else {}
    is_new = draft is None
    draft = draft or ReportDraft(report=report, revision=_last_revision(report))
    draft.answers, draft.by, draft.origin = answers, by, origin
    draft.revision += 1
    draft.save()
    if is_new and report.current_id:
        draft.evidence.set(report.current.evidence.all())
    audit.record(report.entity, report, "write_report_draft", by=by, old=old, new={"answers": answers})
    return draft


def _last_revision(report: Report) -> int:
    """That of the draft forgotten last: a page that still shows it is not taken for one of the next draft."""
    told = AuditEvent.objects.about(report).filter(event=FORGOTTEN).order_by("-sequence")
    return next((old.get("revision", 0) for old in told.values_list("old", flat=True)[:1]), 0)


def _readings(measurement: Measurement) -> dict:
    return {
        f"{name}_{measurement.key}": _typed(value)
        for name in ("numerator", "denominator", "value")
        if (value := getattr(measurement, name)) is not None
    }


def _typed(value) -> str:
    """A figure as a person here types it: «1234,5»."""
    if value is None:
        return ""
    text = format(value.normalize(), "f")
    return text.replace(".", ",")
