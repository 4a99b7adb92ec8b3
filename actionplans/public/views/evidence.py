"""Evidence as citizens read it: the file where it is public, of the rest that it exists and how to ask for it."""

from collections import defaultdict

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from actionplans.domain.following.evidence.kinds import BY_MEDIA_TYPE
from actionplans.domain.following.evidence.published import published_uses, stands_in_public
from actionplans.models import ActivityVersion, Evidence
from actionplans.reports.issued.stored_files import stored_answer
from planning.words import with_year

from ..serving.caching import kept_page
from ..serving.reading_only import public_read
from .common import entity_context


@kept_page()
def evidence(request, entity, pk):
    """What counted in the newest closing of a period; what did not is not known here."""
    item, found = _published(entity, pk)
    uses = _uses(found)
    stands = stands_in_public(item)
    media_type = item.redacted_media_type if stands == "redacted" else item.media_type
    return render(
        request,
        "public/evidence.html",
        entity_context(
            item.entity,
            "planes",
            ("Planes de acción", reverse("plans", args=[entity])),
            *_crumbs_of(item.entity, uses),
            (f"Evidencia n.º {item.pk}", ""),
            evidence=item,
            stands=stands,
            kind=BY_MEDIA_TYPE.get(media_type),
            uses=uses,
            address=reverse("public_evidence", args=[entity, pk]),
        ),
    )


@public_read
def evidence_file(request, entity, pk):
    """The public file, or the copy that stands in for one that is not."""
    item, _ = _published(entity, pk)
    stands, inline = stands_in_public(item), "ver" in request.GET
    if stands == "file":
        name = _file_name(f"evidencia-{pk}", item.media_type)
        return stored_answer(item.file, name=name, media_type=item.media_type, inline=inline)
    if stands == "redacted":
        name = _file_name(f"evidencia-{pk}-tachada", item.redacted_media_type)
        return stored_answer(item.redacted_file, name=name, media_type=item.redacted_media_type, inline=inline)
    raise Http404("La evidencia no es pública.")


def _file_name(stem: str, media_type: str) -> str:
    """The number and the kind: what somebody called the file at the office may name a person."""
    kind = BY_MEDIA_TYPE.get(media_type)
    return stem + (kind.suffixes[0] if kind else "")


def _published(slug, pk) -> tuple[Evidence, list]:
    item = get_object_or_404(Evidence.objects.select_related("entity", "office"), entity__slug=slug, pk=pk)
    uses = published_uses(item.entity, item)
    if not uses:
        raise Http404("No hay una evidencia publicada con ese número.")
    return item, uses


def _uses(uses) -> list[dict]:
    """The activities that it shows done, as the plans in force promise them, each with its closings."""
    rows = ActivityVersion.objects.published().filter(activity__in={activity for _, activity in uses})
    promises = {row.activity_id: row for row in rows.select_related("activity__plan", "version__plan")}
    closings = defaultdict(list)
    for closing, activity in uses:
        closings[activity].append(closing)
    return [
        {"promise": promises[activity], "closings": found}
        for activity, found in closings.items()
        if activity in promises
    ]


def _crumbs_of(entity, uses) -> list[tuple[str, str]]:
    """The plan and the activity, where it belongs to one alone."""
    if len(uses) != 1:
        return []
    promise = uses[0]["promise"]
    plan = promise.version.plan
    address = reverse("plan", args=[entity.slug, plan.year, plan.slug])
    name = promise.printed_number or promise.position
    return [
        (with_year(promise.version.title, plan.year), address),
        (f"Actividad {name}", f"{address}actividades/{promise.activity.key}/"),
    ]
