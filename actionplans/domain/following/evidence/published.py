"""What citizens may be told of evidence: only of that which counted in the newest closing of a period."""

from __future__ import annotations

from django.db.models.fields.json import KeyTransform

from actionplans.models import Closing, Evidence
from planning.models import Entity

from ..closing.snapshot import public_evidence


def published_uses(entity: Entity, evidence: Evidence) -> list[tuple[Closing, int]]:
    """Each newest closing in which it counted, with the id of the activity; none: it is not public."""
    serving = evidence.revisions.values("report__period")
    closings = Closing.objects.newest().filter(entity=entity, period__in=serving).select_related("period")
    # Of a snapshot only its reports are fetched: the figures are most of it.
    rows = (
        closings.defer("snapshot").annotate(reports=KeyTransform("reports", "snapshot")).order_by("period__ends")
    )
    return [
        (closing, activity)
        for closing in rows
        for activity, pks in public_evidence({"reports": closing.reports}).items()
        if evidence.pk in pks
    ]


def stands_in_public(evidence: Evidence) -> str:
    """What of it the public gets: «file», «redacted» or «link»; empty where only that it exists."""
    if evidence.is_public:
        return "link" if evidence.is_link else "file"
    return "redacted" if evidence.redacted_file else ""
