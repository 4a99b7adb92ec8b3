"""The published plans as files."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from actionplans.enums import PUBLIC_STATUSES
from actionplans.jobs.issued import ask_for_file
from actionplans.models import PlanVersion
from actionplans.reports.issued.answers import public_file

from ..serving.reading_only import public_read


@public_read
def download(request, entity, year, plan, suffix):
    """The version in force, or the earlier one that `?version=` names."""
    asked = request.GET.get("version", "")
    versions = PlanVersion.objects.select_related("plan__entity").filter(
        plan__entity__slug=entity, plan__year=year, plan__slug=plan, status__in=PUBLIC_STATUSES
    )
    if asked and not asked.isdecimal():
        raise Http404("El plan no tiene esa versión.")
    version = get_object_or_404(versions.filter(number=asked) if asked else versions.published())
    return public_file(request, version, suffix, ask=ask_for_file)
