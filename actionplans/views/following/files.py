"""The follow-up as files: choose what, and take it along."""

from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from actionplans.domain.following.calendar.periods import words
from actionplans.forms.follow_up_files import FollowUpFilesForm
from actionplans.jobs import start
from actionplans.jobs.follow_up import params_of
from actionplans.reports import evidence_zip
from actionplans.reports.follow_up import files as follow_up_files
from actionplans.reports.follow_up import forms as follow_up_forms
from actionplans.reports.follow_up.selection import FollowUpSelection, NothingToFollow
from actionplans.reports.issued.answers import unavailable
from actionplans.reports.plan.pdf import PdfUnavailable
from actionplans.views.access import entity_page
from actionplans.views.made_files import drawn_file, made_file, streamed_file

PERMISSION = "actionplans.follow_progress"


@require_http_methods(["GET", "HEAD", "POST"])
@entity_page(PERMISSION)
def follow_up_files_page(request, entity):
    """Choose and see how much the file will hold; a POST takes it along, or leaves it to the worker.

    One form for both, so that what is downloaded is what is chosen on the page.
    """
    form = FollowUpFilesForm(request.POST or request.GET, entity=entity, reader=request.user)
    selection = FollowUpSelection(**form.choice()) if form.periods and form.is_valid() else None
    refusal = ""
    if "ver" in request.POST:
        return redirect(f"{request.path}?{urlencode(form.carried())}")
    if request.method == "POST" and selection:
        try:
            return _answer(request, selection, form.cleaned_data["archivo"])
        except NothingToFollow as reason:
            refusal = str(reason)
    context = {"entity": entity, "section": "descargas", "form": form, "refusal": refusal}
    if selection:
        context |= _content(selection, form.cleaned_data["archivo"])
    return render(request, "actionplans/following/files.html", context)


def _content(selection, kind):
    """What the page says of the file before it is made."""
    try:
        said, periods = follow_up_files.content_words(selection, kind), selection.periods()
    except NothingToFollow as reason:
        return {"selection": selection, "nothing": str(reason)}
    states = [(period, words(period), period.is_closed) for period in periods]
    return {"selection": selection, "said": said, "states": states}


def _answer(request, selection, kind):
    name = follow_up_files.file_name(selection, kind)
    if not follow_up_files.is_small(selection, kind):
        return _job(selection, kind)
    if kind == follow_up_files.EVIDENCE:
        pieces = evidence_zip.archive_pieces(evidence_zip.evidence_archive(selection))
        return streamed_file(name, pieces, follow_up_files.media_type(kind))
    if kind == follow_up_files.FORM:
        return _forms(selection, name)
    try:
        media_type = follow_up_files.media_type(kind)
        return drawn_file(name, media_type, lambda target: follow_up_files.write(selection, kind, target))
    except PdfUnavailable as reason:
        return unavailable(request, reason)


def _forms(selection, name):
    """One form as it is, several in a ZIP."""
    versions = follow_up_forms.versions_of(selection)
    if len(versions) > 1:
        pieces = follow_up_forms.form_pieces(versions, selection)
        return streamed_file(name, pieces, follow_up_files.media_type(follow_up_files.FORM))
    name, content = follow_up_forms.filled_form(versions[0], selection)
    return made_file(name, content, follow_up_files.media_type(follow_up_files.WORKBOOK))


def _job(selection, kind):
    what = follow_up_files.KINDS[kind].what.capitalize()
    job = start(
        "follow_up",
        entity=selection.entity,
        by=selection.reader,
        title=f"{what}: {selection.title}",
        params=params_of(selection, kind),
    )
    return redirect("job", entity=selection.entity.slug, pk=job.pk)
