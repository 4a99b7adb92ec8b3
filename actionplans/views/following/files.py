"""The follow-up as files: choose what, and take it along."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from actionplans.views.access import entity_page


@require_safe
@entity_page("actionplans.follow_progress")
def follow_up_files(request, entity):
    return render(request, "actionplans/following/files.html", {"entity": entity, "section": "descargas"})
