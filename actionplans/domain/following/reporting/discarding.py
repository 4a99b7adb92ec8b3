"""Discarding the draft of a report: what was typed goes, and the evidence that goes with nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef

from actionplans.domain.following.evidence.removal import REMOVE, remove_evidence
from actionplans.domain.following.reporting.drafts import StaleDraft, forget, writable_report
from actionplans.models import (
    ActivityVersion,
    Contribution,
    Evidence,
    ReportDraft,
    ReportingPeriod,
    ReportRevision,
)


@dataclass(frozen=True)
class Loss:
    """What goes with a draft; `kept` is evidence of it that stays: it has other uses, or is another's."""

    draft: ReportDraft
    evidence: tuple[Evidence, ...]
    kept: tuple[Evidence, ...]

    @property
    def mark(self) -> str:
        """What the person was told would go, to be compared with what would go later."""
        return f"{self.draft.pk}.{self.draft.revision}:" + ",".join(str(piece.pk) for piece in self.evidence)


def loss_of(draft: ReportDraft, *, by) -> Loss:
    """What would be lost if `by` discarded it; one query but for those of permissions."""
    told = {
        "is_sent": Exists(ReportRevision.evidence.through.objects.filter(evidence=OuterRef("pk"))),
        "is_contributed": Exists(Contribution.evidence.through.objects.filter(evidence=OuterRef("pk"))),
        "is_elsewhere": Exists(
            ReportDraft.evidence.through.objects.filter(evidence=OuterRef("pk")).exclude(reportdraft=draft)
        ),
    }
    pieces = draft.evidence.select_related("entity", "office").annotate(**told).order_by("pk")
    alone = [piece for piece in pieces if not any(getattr(piece, name) for name in told)]
    lost = tuple(piece for piece in alone if by.has_perm(REMOVE, piece))
    return Loss(draft, lost, tuple(piece for piece in pieces if piece not in lost))


def discard_draft(
    promise: ActivityVersion, period: ReportingPeriod, *, by, mark: str, on_behalf: bool = False
) -> Loss | None:
    """Forget what was typed and not sent, and the evidence that only went with it; the trail keeps the words.

    What was sent stays, and the report with it as it is. `mark` is that of the Loss of which the person was told.
    None where there is no draft any more. Raises StaleDraft where by now something else would go,
    TransitionRefused where the period takes no writing or the report is validated, PermissionDenied.
    """
    with transaction.atomic():
        report = writable_report(promise, period, by=by, on_behalf=on_behalf)
        draft = ReportDraft.objects.filter(report=report).first()
        if draft is None:  # the button was pressed twice
            return None
        loss = loss_of(draft, by=by)
        if loss.mark != mark:
            raise StaleDraft(draft, report.current)
        forget(draft, by=by)
        for piece in loss.evidence:
            remove_evidence(piece, by=by)
    return loss
