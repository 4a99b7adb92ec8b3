"""Plans as files for those who work on them, drafts too."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from actionplans.models import PlanVersion
from actionplans.reports.issued.answers import staff_file

from .access import entity_page


@require_safe
@entity_page("planning.view_entity_record")
def download(request, entity, pk, suffix):
    version = get_object_or_404(PlanVersion.objects.visible_to(request.user).filter(entity=entity), pk=pk)
    if not request.user.has_perm("actionplans.read_version", version):
        raise PermissionDenied("actionplans.read_version")
    return staff_file(request, version, suffix, reader=request.user)
