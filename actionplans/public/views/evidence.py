"""Evidence as citizens read it: the file where it is public, of the rest that it exists and how to ask for it."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from actionplans.domain.following.evidence_kinds import BY_MEDIA_TYPE
from actionplans.domain.following.public_evidence import published_uses, stands_in_public
from actionplans.models import ActivityVersion, Evidence
from actionplans.reports.stored_files import stored_answer

from ..caching import kept_page
from .common import entity_context


@kept_page()
def evidence(request, entity, pk):
    """What counted in the newest closing of a period; what did not is not known here."""
    item, uses = _published(entity, pk)
    stands = stands_in_public(item)
    media_type = item.redacted_media_type if stands == "redacted" else item.media_type
    return render(
        request,
        "public/evidence.html",
        entity_context(
            item.entity,
            "planes",
            ("Planes de acción", reverse("plans", args=[entity])),
            ("Evidencia", ""),
            evidence=item,
            stands=stands,
            kind=BY_MEDIA_TYPE.get(media_type),
            uses=_uses(uses),
        ),
    )


@require_safe
def evidence_file(request, entity, pk):
    """The public file, or the copy that stands in for one that is not."""
    item, _ = _published(entity, pk)
    stands, inline = stands_in_public(item), "ver" in request.GET
    if stands == "file":
        return stored_answer(item.file, name=item.name, media_type=item.media_type, inline=inline)
    if stands == "redacted":
        return stored_answer(
            item.redacted_file, name=item.redacted_name, media_type=item.redacted_media_type, inline=inline
        )
    raise Http404("La evidencia no es pública.")


def _published(slug, pk) -> tuple[Evidence, list]:
    item = get_object_or_404(Evidence.objects.select_related("entity", "office"), entity__slug=slug, pk=pk)
    uses = published_uses(item.entity, item)
    if not uses:
        raise Http404("No hay una evidencia publicada con ese número.")
    return item, uses


def _uses(uses) -> list[dict]:
    """The activities that it shows done, as the plans in force promise them, with the closing that says so."""
    rows = ActivityVersion.objects.published().filter(activity__in={activity for _, activity in uses})
    promises = {row.activity_id: row for row in rows.select_related("activity__plan", "version__plan")}
    return [
        {"closing": closing, "promise": promises[activity]} for closing, activity in uses if activity in promises
    ]
