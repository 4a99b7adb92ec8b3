"""Sending: what keeps a draft from being sent, and sending one or all that are complete."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from actionplans.domain.following.reporting.drafts import attach
from actionplans.domain.following.reporting.repeats import is_said_already
from actionplans.domain.following.reporting.sending import submit_report
from actionplans.domain.workflow import TransitionRefused
from actionplans.enums import ReportOrigin
from actionplans.forms.report import ReportForm
from actionplans.forms.report_evidence import EvidenceForm
from actionplans.models import Evidence, Report, ReportDraft

from ..quarter.own_work import Work, works
from .forms import Sheet, office_of

NO_SOURCE = "Adjunte como evidencia el mensaje o la carta con que la dependencia reportó."
NOT_BEGUN = "Todavía no se ha escrito nada."
NOT_MENDED = "Planeación lo devolvió y todavía no se ha corregido."
WITHOUT_EVIDENCE = "Va sin evidencia."


@dataclass(frozen=True)
class Ready:
    """A work, what it lacks to be sent and what to look at once more before it goes, in sentences."""

    work: Work
    lacks: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    form: ReportForm | None = None
    extra: EvidenceForm | None = None

    @property
    def is_ready(self) -> bool:
        return not self.lacks

    @property
    def words(self) -> str:
        """What was done, or why nothing was."""
        answers = self.work.draft.answers if self.work.draft else {}
        return answers.get("narrative") or answers.get("difficulties", "")


def readiness(rows: list[Work], *, is_on_behalf: bool) -> list[Ready]:
    """What each of the works lacks; asks the database nothing."""
    return [_ready(work, is_on_behalf) for work in rows]


def _ready(work: Work, is_on_behalf: bool) -> Ready:
    if obstacles := work.sending_obstacles(on_behalf=is_on_behalf):
        return Ready(work, tuple(obstacles))
    if work.draft is None or (work.return_comment and not work.has_changes):
        return Ready(work, (NOT_MENDED if work.sent else NOT_BEGUN,), _remarks(work, has_evidence=True))
    form = ReportForm(
        work.draft.answers,
        promise=work.promise,
        period=work.period,
        answers=work.draft.answers,
        before=work.before,
        executed=work.executed,
        on_behalf=is_on_behalf,
    )
    extra = EvidenceForm(work.draft.answers, activity_id=work.activity_id)
    lacks = [error for bound in (form, extra) for errors in bound.errors.values() for error in errors]
    if is_on_behalf and not work.evidence and not (extra.is_valid() and extra.says_something):
        lacks.append(NO_SOURCE)
    has_evidence = bool(work.evidence) or (extra.is_valid() and extra.says_something)
    return Ready(work, tuple(lacks), _remarks(work, has_evidence=has_evidence), form, extra)


def _remarks(work: Work, *, has_evidence: bool) -> tuple[str, ...]:
    remarks = [] if has_evidence else [WITHOUT_EVIDENCE]
    if work.return_comment:
        remarks.append(f"Se lo devolvieron y pedían: «{work.return_comment}».")
    if work.is_being_changed:
        remarks.append(f"Ya se envió: con esto queda la versión {work.seen + 1}.")
    return tuple(remarks)


def send_ready(row: Ready, *, by, is_on_behalf: bool) -> Report:
    """Send the draft as it was read. Raises TransitionRefused, StaleDraft where it changed meanwhile."""
    work = row.work
    evidence = list(work.evidence)
    if row.extra.says_something:
        evidence += bring_and_attach(row.extra, work, by=by, is_on_behalf=is_on_behalf, seen=work.seen)
        if row.extra.errors:
            raise TransitionRefused([error for errors in row.extra.errors.values() for error in errors])
    return submit_report(
        work.promise,
        work.period,
        row.form.content(dict.fromkeys(evidence)),
        by=by,
        on_behalf=is_on_behalf,
        origin=work.draft.origin,
        draft_revision=work.draft.revision,
        seen=work.seen,
    )


def send(sheet: Sheet, *, by) -> Report:
    """Send a valid form with what is attached to the draft, as it was just saved."""
    work, is_on_behalf = sheet.work, sheet.is_on_behalf
    draft = (
        ReportDraft.objects.filter(report__activity=work.activity_id, report__period=work.period)
        .prefetch_related("evidence")
        .first()
    )
    evidence = list(draft.evidence.all()) if draft else work.evidence
    if is_on_behalf and not evidence:
        raise TransitionRefused([NO_SOURCE])
    return submit_report(
        work.promise,
        work.period,
        sheet.form.content(evidence),
        by=by,
        on_behalf=is_on_behalf,
        origin=draft.origin if draft else ReportOrigin.PORTAL,
        draft_revision=draft.revision if draft else None,
        seen=sheet.seen,
    )


def is_sent_already(sheet: Sheet, *, by) -> bool:
    """Whether the form says what the same person has just sent: a button that was pressed twice.

    Evidence that comes in the form itself is among what was sent, and is compared by what it is.
    """
    work = works(sheet.work.period, activity=sheet.work.activity_id)[0]
    if work.report is None or work.draft or not (sheet.form.is_valid() and sheet.extra.is_valid()):
        return False
    if any(not _is_among(upload, work.evidence) for upload in sheet.extra.cleaned_data["file"]):
        return False
    return is_said_already(work.report, sheet.form.content(work.evidence), by=by)


def _is_among(upload, pieces: list[Evidence]) -> bool:
    upload.seek(0)
    digest = sha256(upload.read()).hexdigest()
    return any(piece.sha256 == digest for piece in pieces)


def bring_and_attach(
    extra: EvidenceForm, work: Work, *, by, is_on_behalf: bool, seen: int | None = None
) -> list[Evidence]:
    """Keep what the form brings and attach it; what is refused is told at its field. `seen` as in `attach`."""
    brought = extra.bring(work.period.entity, by=by, office=office_of(work), beside=work.evidence)
    for piece in brought:
        attach(work.promise, work.period, piece, by=by, seen=seen, on_behalf=is_on_behalf)
    return brought
