"""What every door to a report does first: find the activity, read the form, keep what was typed."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import get_object_or_404

from actionplans.domain.following.reporting.drafts import StaleDraft, save_draft
from actionplans.enums import ReportOrigin
from actionplans.models import ReportingPeriod

from ..quarter.own_work import Work, pieces_of, works
from .conflicts import joined_answers
from .desks import Part, part_of
from .forms import Sheet, is_untouched, office_of, sheet_of_post
from .imported_texts import imported_texts

SEE = "actionplans.see_periods"


def work_and_part(request, entity, period, activity) -> tuple[Work, Part]:
    """The activity of the address and what the person may do with it; 404 where the period does not ask for it."""
    period = get_object_or_404(ReportingPeriod.objects.select_related("entity"), pk=period, entity=entity)
    found = works(period, activity=activity)
    if not found:
        raise Http404
    return found[0], part_of(request.user, found[0].promise, entity)


def posted(request, work: Work, part: Part) -> Sheet:
    pieces = pieces_of(office_of(work), work.period)
    texts = imported_texts([work], work.period)
    return sheet_of_post(
        work,
        part.is_on_behalf,
        request.POST,
        request.FILES,
        pieces=pieces,
        imported=texts.get(work.activity_id),
    )


def keep(request, sheet: Sheet, answers: dict | None = None, origin: str = ReportOrigin.PORTAL):
    """Save the draft as typed, with what another wrote meanwhile in other fields. None where none was begun."""
    if answers is None and is_untouched(sheet):
        return sheet.work.draft

    def save(said, revision):
        return save_draft(
            sheet.work.promise,
            sheet.work.period,
            said,
            by=request.user,
            revision=revision,
            seen=sheet.seen,
            on_behalf=sheet.is_on_behalf,
            origin=origin,
        )

    try:
        return save(sheet.form.typed if answers is None else answers, sheet.revision)
    except StaleDraft as stale:
        both = joined_answers(sheet, stale) if answers is None else None
        if both is None:
            raise
        return save(both, stale.draft.revision)
