"""Somebody wrote or sent meanwhile: both texts go together, or stand beside each other to choose from."""

from __future__ import annotations

from dataclasses import replace

from actionplans.domain.following.reporting.drafts import StaleDraft
from actionplans.forms.report_answers import same_answers
from actionplans.forms.report_evidence import TYPED

from ..quarter.own_work import works
from ..quarter.work import Work
from .forms import Sheet, differences, revision_of
from .merging import joined


def with_conflict(sheet: Sheet, stale: StaleDraft, user) -> Sheet:
    """Both texts. The form keeps the person's own where both wrote; saving it again is a choice with open eyes."""
    work = works(sheet.work.period, activity=sheet.work.activity_id)[0]
    mine, theirs = sheet.form.typed, work.answers
    answers, clashes = joined(sheet.was, mine, theirs)
    shown = clashes or [
        name for name in [*sheet.form.fields, *TYPED] if mine.get(name, "") != theirs.get(name, "")
    ]
    sheet.form.data = _as_posted(sheet.form, answers)
    return replace(
        sheet,
        work=work,
        revision=revision_of(work.draft),
        seen=work.seen,
        differences=tuple(differences(sheet.form, mine, theirs, shown)),
        conflict=_conflict_words(work, user),
        attached=work.evidence,
    )


def joined_answers(sheet: Sheet, stale: StaleDraft) -> dict | None:
    """What both wrote in one text; None where they changed the same field, or the report was sent meanwhile."""
    number = stale.sent.number if stale.sent else 0
    if stale.draft is None or number != sheet.seen:
        return None
    answers, clashes = joined(sheet.was, sheet.form.typed, stale.draft.answers)
    return None if clashes else answers


def _conflict_words(work: Work, user) -> str:
    """Who wrote: «Usted lo cambió en otra pestaña», «… lo envió mientras usted lo escribía»."""
    row, verb = (work.draft, "cambió") if work.draft else (work.sent, "envió")
    if row is None:
        return "El borrador se descartó mientras usted lo escribía"
    if row.by_id == user.pk:
        return f"Usted lo {verb} en otra pestaña o en otro equipo"
    return f"{row.by} lo {verb} mientras usted lo escribía"


def _as_posted(form, answers: dict):
    """The POST of the form with other answers in it."""
    posted = form.data.copy()
    for name in form.fields:
        said = answers.get(name, [])
        posted.setlist(name, said if isinstance(said, list) else [said])
    return posted


def is_joined(sheet: Sheet, draft) -> bool:
    """Whether the draft that was saved says more than the person typed."""
    return draft is not None and not same_answers(draft.answers, sheet.form.typed)
