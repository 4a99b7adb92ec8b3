"""All the plans of a year in one file."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from actionplans.forms.consolidated import ConsolidatedForm
from actionplans.jobs import start
from actionplans.jobs.consolidated import params_of
from actionplans.reports.consolidated.files import is_small
from actionplans.reports.consolidated.selection import Selection

from .access import entity_page


@require_http_methods(["GET", "HEAD", "POST"])
@entity_page("actionplans.export_plans")
def consolidated(request, entity):
    """Choose and see what the file will hold; a POST asks for it."""
    form = ConsolidatedForm(request.POST or request.GET, entity=entity, reader=request.user)
    selection = Selection(**form.choice()) if form.years and form.is_valid() else None
    plans = selection.summaries() if selection else []
    if request.method == "POST" and plans:
        job = _job(selection, plans, form.cleaned_data["formato"])
        return redirect("job", entity=entity.slug, pk=job.pk)
    context = {"entity": entity, "section": "gestion", "form": form, "plans": plans}
    return render(request, "actionplans/consolidated/page.html", context)


def _job(selection, plans, suffix):
    return start(
        "consolidated",
        entity=selection.entity,
        by=selection.reader,
        title=f"{selection.title} en {'un libro de Excel' if suffix == 'xlsx' else 'un PDF'}",
        params=params_of(selection, suffix),
        small=is_small(plans, suffix),
    )
