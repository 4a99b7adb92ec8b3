"""Which public files are withdrawn: those that could tell of evidence what was withheld after they were issued."""

from __future__ import annotations

from django.db.models import Q

from actionplans.enums import Classification, IssuedKind
from actionplans.models import IssuedFile
from actionplans.opendata.issued_book import is_todays_book
from planning.models import AuditEvent

NO_EVIDENCE = (IssuedKind.PLAN, IssuedKind.CLOSING_ACT)
"""What names no evidence and leads to none: a withheld one is not in there."""
WITHHOLDING = ("classify_evidence", "bring_redacted", "withdraw_redacted")
"""Events by which something of a piece of evidence may cease to be public."""


def is_withdrawn(issued: IssuedFile) -> bool:
    """Whether something was withheld since, unless the portal gives that very file for its values of today.

    `chain_sequence` is of before the values were read: what was withheld while it was drawn counts, too.
    """
    if issued.kind in NO_EVIDENCE or not withheld_since(issued):
        return False
    return issued.kind != IssuedKind.OPEN_DATA or not is_todays_book(issued)


def withheld_since(issued: IssuedFile) -> bool:
    events = AuditEvent.objects.filter(
        chain__entity=issued.entity_id, sequence__gt=issued.chain_sequence, event__in=WITHHOLDING
    )
    made_public = Q(event="classify_evidence", new__classification=Classification.PUBLIC)
    return events.exclude(made_public).exists()
