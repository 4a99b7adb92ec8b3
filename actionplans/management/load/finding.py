"""Search entries: made by the portal for the first entity that follows a pattern, copied for the others."""

from __future__ import annotations

from collections.abc import Sequence

from actionplans.domain.finding.entries import Row
from actionplans.domain.finding.evidence import index_evidence
from actionplans.domain.finding.plans import KINDS, index_versions
from actionplans.domain.finding.words import searched
from actionplans.enums import SearchKind
from actionplans.models import SearchEntry

from .entities import Town
from .plans import WrittenPlan
from .reports import Piece
from .table import put


def entries_of_plans(town: Town, plans: Sequence[WrittenPlan]) -> list[tuple[int, Row]]:
    """Written for the first of the pattern; each with the place of its plan."""
    index_versions([plan.versions[-1].pk for plan in plans], fresh=True)
    order = {plan.pk: place for place, plan in enumerate(plans)}
    return [(order[row.plan], row) for row in _rows(town, KINDS, plan__in=order)]


def copy_of_plans(town: Town, plans: Sequence[WrittenPlan], entries: Sequence[tuple[int, Row]]) -> None:
    put(
        SearchEntry,
        Row._fields,
        (row._replace(entity=town.entity.pk, plan=plans[place].pk) for place, row in entries),
    )


def entries_of_evidence(town: Town, plans: Sequence[WrittenPlan], pieces: Sequence[Piece]) -> list[tuple]:
    """Written for the first of the pattern; each with the places of its plan and of its piece, and the piece."""
    order = {plan.pk: place for place, plan in enumerate(plans)}
    places = {str(piece.pk): place for place, piece in enumerate(pieces)}
    index_evidence(town.entity, [piece.pk for piece in pieces])
    rows = _rows(town, [SearchKind.EVIDENCE], key__in=list(places))
    return [(order.get(row.plan), places[row.key], pieces[places[row.key]], row) for row in rows]


def copy_of_evidence(
    town: Town, plans: Sequence[WrittenPlan], pieces: Sequence[Piece], entries: Sequence[tuple]
) -> None:
    put(SearchEntry, Row._fields, (_as_own(town, plans, pieces, *entry) for entry in entries))


def _as_own(town, plans, pieces, plan, place, before: Piece, row: Row) -> tuple:
    piece = pieces[place]
    title = row.title.replace(f"n.º {before.pk},", f"n.º {piece.pk},")
    text = row.text.replace(before.url, piece.url)
    return row._replace(
        entity=town.entity.pk,
        key=str(piece.pk),
        plan=None if plan is None else plans[plan].pk,
        title=title,
        text=text,
        folded=searched(title, text),
        path=row.path.replace(f"/{before.pk}/", f"/{piece.pk}/"),
    )


def _rows(town, kinds, **where) -> list[Row]:
    found = SearchEntry.objects.filter(entity=town.entity, kind__in=kinds, **where).order_by("pk")
    return [Row(*values) for values in found.values_list(*Row._fields)]
