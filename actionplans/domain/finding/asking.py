"""Asking for what is published by its words: which entries, best first."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import add, or_
from typing import NamedTuple

from django.db import connection
from django.db.models import BooleanField, Case, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan, LessThan

from actionplans.enums import SearchKind
from actionplans.models import SearchEntry
from actionplans.search_words import COLUMN, TABLE, label

from .words import beginning, forms, with_endings_restored

MOST_HITS = 1000
MOST_READ = 2000
"""Entries of all entities that are put in order: a word that everybody uses must not be read everywhere."""
KIND_ORDER = (
    SearchKind.PLAN,
    SearchKind.POLICY,
    SearchKind.FRAMEWORK,
    SearchKind.ACTIVITY,
    SearchKind.EVIDENCE,
)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Folded words, all of which are wanted, and what the entries must be. `entity` None asks in all."""

    words: tuple[str, ...]
    entity: int | None = None
    kind: str = ""
    year: int | None = None
    policy: str = ""


class Hit(NamedTuple):
    pk: int
    kind: str


def find(asked: Asked) -> list[Hit]:
    """The entries, at most one more than `MOST_HITS`: who says it in the title first, then the newest year."""
    if not asked.words:
        return []
    found = matching(asked)
    if asked.entity is None:
        found = SearchEntry.objects.filter(pk__in=_some(found))
    ranked = found.order_by(_untitled(asked.words), F("year").desc(nulls_last=True), _by_kind(), "title", "pk")
    return [Hit(*row) for row in ranked.values_list("pk", "kind")[: MOST_HITS + 1]]


def listed(asked: Asked) -> list[Hit]:
    """What an entity publishes of that kind, year and policy, the newest year first; at most one more than
    `MOST_HITS`. Nothing without an entity or without anything asked: that would be everything.
    """
    if asked.entity is None or not (asked.kind or asked.year or asked.policy):
        return []
    found = _chosen(SearchEntry.objects.all(), asked)
    ranked = found.order_by(F("year").desc(nulls_last=True), _by_kind(), "title", "pk")
    return [Hit(*row) for row in ranked.values_list("pk", "kind")[: MOST_HITS + 1]]


def matching(asked: Asked) -> QuerySet[SearchEntry]:
    """The entries that hold every word, in no order."""
    return (_stemmed if connection.vendor == "postgresql" else _plain)(asked).order_by()


def _stemmed(asked: Asked) -> QuerySet[SearchEntry]:
    words = with_endings_restored(" ".join(asked.words))
    said = (("e", asked.entity), ("k", asked.kind), ("y", asked.year), ("p", asked.policy))
    labels = " & ".join(label(mark, value) for mark, value in said if value)
    query, params = "plainto_tsquery('spanish', %s)", [words]
    if labels:
        query, params = f"{query} && %s::tsquery", [words, labels]
    # Words that the dictionary leaves out would leave nothing to ask for, which would be everything.
    sql = f"numnode(plainto_tsquery('spanish', %s)) > 0 AND {TABLE}.{COLUMN} @@ ({query})"
    return SearchEntry.objects.filter(RawSQL(sql, [words, *params], BooleanField()))  # noqa: S611 - values are params


def _plain(asked: Asked) -> QuerySet[SearchEntry]:
    found = SearchEntry.objects.all()
    for word in asked.words:
        found = found.filter(reduce(or_, (Q(folded__contains=form) for form in forms(word))))
    return _chosen(found, asked)


def _chosen(found: QuerySet[SearchEntry], asked: Asked) -> QuerySet[SearchEntry]:
    """Those of the entity, kind, year and policy that were asked for."""
    for name in ("entity", "kind", "year", "policy"):
        if value := getattr(asked, name):
            found = found.filter(**{name: value})
    return found


def _some(found: QuerySet[SearchEntry]) -> list[int]:
    """A bounded number of them. The limit stands outside: PostgreSQL would hope to meet them soon row by row."""
    sql, params = found.values("pk").query.sql_with_params()
    fence = "MATERIALIZED" if connection.vendor == "postgresql" else ""
    some = f"WITH found AS {fence} ({sql}) SELECT * FROM found LIMIT {MOST_READ}"  # noqa: S608 - Django's own SQL
    with connection.cursor() as cursor:
        cursor.execute(some, params)
        return [pk for (pk,) in cursor.fetchall()]


def _untitled(words):
    """How many words do not stand in the title, which is the first line of what is searched."""
    end = StrIndex("folded", Value("\n"))
    return reduce(add, (_is_missing_before(end, StrIndex("folded", Value(beginning(word)))) for word in words))


def _is_missing_before(end, place) -> Case:
    return Case(When(Q(GreaterThan(place, 0)) & Q(LessThan(place, end)), then=0), default=1)


def _by_kind() -> Case:
    whens = [When(kind=kind, then=position) for position, kind in enumerate(KIND_ORDER)]
    return Case(*whens, output_field=IntegerField())
