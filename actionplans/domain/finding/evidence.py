"""What is found of evidence: exactly what its public page shows, which of a withheld one is that it exists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from django.db.models.fields.json import KeyTransform

from actionplans.domain.following.closing.snapshot import public_evidence
from actionplans.domain.following.evidence.published import stands_in_public
from actionplans.enums import SearchKind
from actionplans.models import ActivityVersion, Closing, Evidence, SearchEntry

from .entries import Row, entry, said, write

AT_ONCE = 500
Use = tuple[int, int]
"""The year of a closing, and the activity of which the evidence counted in it."""


def index_evidence(entity, numbers: Iterable[int]) -> int:
    """Write what is found of these pieces of evidence, in place of what was; none of one that no longer counts."""
    left, written = iter(sorted(numbers)), 0
    while batch := list(islice(left, AT_ONCE)):
        written += _index(entity, batch)
    return written


def index_closing(closing: Closing) -> int:
    """The same for what counted in a closing, or in the one of the period that it follows."""
    earlier = closing.period.closings.filter(sequence=closing.sequence - 1)
    numbers = _counted_in(closing.snapshot)
    for _year, snapshot in _reports_of(earlier):
        numbers |= _counted_in(snapshot)
    return index_evidence(closing.entity, numbers)


def index_all_evidence(entity) -> int:
    """The same for all evidence of an entity."""
    SearchEntry.objects.filter(entity=entity, kind=SearchKind.EVIDENCE).delete()
    numbers: set[int] = set()
    for _year, snapshot in _reports_of(Closing.objects.newest().filter(entity=entity)):
        numbers |= _counted_in(snapshot)
    return index_evidence(entity, numbers)


def index_evidence_of_plans(entity, plans: Iterable[int]) -> int:
    """The same for what shows activities of these plans, whose words may have changed."""
    shown = Evidence.objects.filter(entity=entity, revisions__report__activity__plan__in=list(plans))
    return index_evidence(entity, set(shown.values_list("pk", flat=True)))


def index_evidence_of_office(office) -> int:
    """The same for what an office brought."""
    return index_evidence(office.entity, Evidence.objects.filter(office=office).values_list("pk", flat=True))


def _counted_in(snapshot: dict) -> set[int]:
    return set().union(*public_evidence(snapshot).values())


def _reports_of(closings) -> Iterator[tuple[int, dict]]:
    """The years and snapshots with their reports alone, one at a time: the figures are most of them."""
    with_reports = closings.annotate(reports=KeyTransform("reports", "snapshot")).order_by("period__ends", "pk")
    for year, reports in with_reports.values_list("period__year", "reports").iterator(chunk_size=1):
        yield year, {"reports": reports}


def _index(entity, numbers: list[int]) -> int:
    keys = [str(number) for number in numbers]
    SearchEntry.objects.filter(entity=entity, kind=SearchKind.EVIDENCE, key__in=keys).delete()
    uses = _uses(entity, set(numbers))
    rows = Evidence.objects.filter(entity=entity, pk__in=uses).select_related("office").order_by("pk")
    promises = _promises({activity for found in uses.values() for _year, activity in found})
    return write([_row(row, uses[row.pk], promises) for row in rows])


def _uses(entity, numbers: set[int]) -> dict[int, list[Use]]:
    """In what each counted by the newest closing of a period, oldest first; without one it is not public."""
    serving = Closing.objects.newest().filter(
        entity=entity, period__in=Evidence.objects.filter(pk__in=numbers).values("revisions__report__period")
    )
    found: dict[int, list[Use]] = {}
    for year, snapshot in _reports_of(serving):
        for activity, pieces in public_evidence(snapshot).items():
            for number in pieces & numbers:
                found.setdefault(number, []).append((year, activity))
    return found


def _promises(activities: set[int]) -> dict[int, ActivityVersion]:
    rows = ActivityVersion.objects.published().filter(activity__in=activities)
    return {row.activity_id: row for row in rows.select_related("version__plan__policy")}


def _row(evidence: Evidence, uses: list[Use], promises: dict[int, ActivityVersion]) -> Row:
    shown = list(dict.fromkeys(promises[activity] for _year, activity in uses if activity in promises))
    plan = shown[-1].version.plan if shown else None
    return entry(
        evidence.entity_id,
        SearchKind.EVIDENCE,
        str(evidence.pk),
        title=str(evidence) if evidence.is_public else f"Evidencia n.º {evidence.pk}, que no es pública",
        path=f"evidencias/{evidence.pk}/",
        plan=plan.pk if plan else None,
        year=max(year for year, _activity in uses),
        policy=plan.policy.key if plan and plan.policy else "",
        lines=[*_told(evidence), *(said("Qué muestra", promise.description) for promise in shown)],
    )


def _told(evidence: Evidence) -> Iterator[str]:
    stands = stands_in_public(evidence)
    yield said("Clasificación", evidence.get_classification_display())
    yield said("La aportó", evidence.office.name if evidence.office else "")
    if stands == "link":
        yield said("Enlace", evidence.url)
    if stands == "redacted":
        yield "Hay una copia con lo reservado tachado"
    if not evidence.is_public:
        yield said("Por qué no es pública", evidence.ground)
