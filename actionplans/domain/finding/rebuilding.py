"""Writing again all that is found of an entity."""

from __future__ import annotations

from django.db import transaction

from actionplans.models import PlanVersion, SearchEntry
from planning import audit

from .evidence import index_all_evidence
from .frameworks import index_frameworks
from .plans import KINDS, index_versions
from .policies import index_policies


def index_entity(entity) -> int:
    """Write all that is found of an entity, in place of what was; the rows written.

    Its audit chain is held meanwhile, as by every verb that publishes, so that nobody writes the same entries.
    """
    with transaction.atomic():
        audit.locked_chain(entity)
        SearchEntry.objects.filter(entity=entity, kind__in=KINDS).delete()
        published = PlanVersion.objects.published().filter(entity=entity).order_by("plan__year", "pk")
        return (
            index_versions(published.values_list("pk", flat=True), fresh=True)
            + index_frameworks(entity)
            + index_policies(entity)
            + index_all_evidence(entity)
        )
