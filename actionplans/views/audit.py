"""The audit trail of an entity: to be read, and to be taken along by who audits."""

from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from actionplans.forms.audit import AuditForm
from actionplans.jobs import start
from actionplans.jobs.audit_extract import params_of
from actionplans.reports.audit import extract as audit_extract
from actionplans.reports.audit.selection import AuditChoice
from actionplans.reports.plan.files import FORMATS
from planning.models import AuditChain, AuditEvent

from .access import entity_page
from .made_files import drawn_file, streamed_file

PAGE_SIZE = 50


@require_safe
@entity_page("planning.read_audit")
def trail(request, entity):
    """Who did what and when, newest first, of what is asked for."""
    form = AuditForm(request.GET, entity=entity, reader=request.user)
    choice = _choice(form)
    events = choice.events().reverse() if choice else AuditEvent.objects.none()
    return render(
        request,
        "actionplans/staff/trail.html",
        _context(request, entity, form)
        | {
            "page": Paginator(events, PAGE_SIZE).get_page(request.GET.get("pagina")),
            "is_filtered": form.carried(),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@entity_page("planning.export_audit")
def extract(request, entity):
    """What the extract will hold and how it is verified; a POST takes it along."""
    form = AuditForm(request.POST if request.method == "POST" else request.GET, entity=entity, reader=request.user)
    choice = _choice(form)
    if request.method == "POST" and choice:
        return _file(request, choice)
    context = _context(request, entity, form)
    if choice:
        context |= {"many": choice.events().count(), "guide": audit_extract.guide(choice)}
    return render(request, "actionplans/staff/audit_extract.html", context)


def _file(request, choice):
    if request.POST.get("formato") == "csv":
        name, media_type = audit_extract.file_name(choice, "csv"), FORMATS["csv"].media_type
        return streamed_file(name, audit_extract.csv_lines(choice), media_type)
    if choice.events().count() <= audit_extract.MOST_AT_ONCE:
        name, media_type = audit_extract.file_name(choice, "xlsx"), FORMATS["xlsx"].media_type
        return drawn_file(name, media_type, lambda target: audit_extract.write_workbook(choice, target))
    job = start(
        "audit_extract",
        entity=choice.entity,
        by=choice.reader,
        title="Extracto de la auditoría en un libro de Excel",
        params=params_of(choice),
    )
    return redirect("job", entity=choice.entity.slug, pk=job.pk)


def _choice(form) -> AuditChoice | None:
    """None where something in the form does not hold."""
    return AuditChoice(**form.choice()) if form.is_valid() else None


def _context(request, entity, form):
    return {
        "entity": entity,
        "section": "auditoria",
        "form": form,
        "chain": AuditChain.objects.filter(entity=entity).first(),
        "carried": form.carried(),
    }
