"""Sending: what keeps a draft from being sent, and sending one or all that are complete."""

from __future__ import annotations

from dataclasses import dataclass

from actionplans.domain.following.drafts import attach
from actionplans.domain.following.reporting import submit_report
from actionplans.domain.workflow import TransitionRefused
from actionplans.enums import ReportOrigin
from actionplans.forms.report import ReportForm
from actionplans.forms.report_evidence import EvidenceForm
from actionplans.models import Evidence, Report, ReportDraft

from .own_work import Work
from .report_forms import office_of

NO_SOURCE = "Adjunte como evidencia el mensaje o la carta con que la dependencia reportó."
NOT_BEGUN = "Todavía no se ha escrito nada."
NOT_MENDED = "Planeación lo devolvió y todavía no se ha corregido."


@dataclass(frozen=True)
class Ready:
    """A work and what it lacks to be sent, in sentences."""

    work: Work
    lacks: tuple[str, ...] = ()
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
    if work.draft is None:
        return Ready(work, (NOT_MENDED if work.sent else NOT_BEGUN,))
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
    return Ready(work, tuple(lacks), form, extra)


def send_ready(row: Ready, *, by, is_on_behalf: bool) -> Report:
    """Send the draft as it was read. Raises TransitionRefused, StaleDraft where it changed meanwhile."""
    work = row.work
    evidence = list(work.evidence)
    if row.extra.says_something:
        evidence += bring_and_attach(row.extra, work, by=by, is_on_behalf=is_on_behalf)
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
    )


def send(work: Work, form: ReportForm, *, by, is_on_behalf: bool) -> Report:
    """Send a valid form with what is attached to the draft, as it was just saved."""
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
        form.content(evidence),
        by=by,
        on_behalf=is_on_behalf,
        origin=draft.origin if draft else ReportOrigin.PORTAL,
        draft_revision=draft.revision if draft else None,
    )


def bring_and_attach(extra: EvidenceForm, work: Work, *, by, is_on_behalf: bool) -> list[Evidence]:
    """Keep what the form brings and attach it; what is refused is told at its field."""
    brought = extra.bring(work.period.entity, by=by, office=office_of(work))
    for piece in brought:
        attach(work.promise, work.period, piece, by=by, on_behalf=is_on_behalf)
    return brought
