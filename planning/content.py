"""Which public content changed, and when: what kept pages and issued files are compared with.

Two topics exist for every entity. `WHOLE` moves with anything that its public pages could show; `FRAME` with what
every one of them may show: its name, its offices, its framework. A plan's own topic moves with the plan alone, so
that its pages stay kept while another plan changes. The audit trail moves them, because no change goes without an
event: an object that says nothing of itself moves everything, which costs a page and never shows a stale one.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Greatest

from planning.models import ContentVersion

WHOLE = "*"
FRAME = ""


@dataclass(frozen=True)
class Stamp:
    """The numbers of what a page depends on, as a text that tells them apart."""

    text: str


def touch(entity, topics: Iterable[str] | None = None) -> None:
    """Move the topics of `entity` and its whole, in the caller's transaction; without topics, the frame.

    `entity` None moves what all entities share. Moving nothing is no change at all.
    """
    names = {FRAME} if topics is None else set(topics)
    if not names:
        return
    names.add(WHOLE)
    now = time.time_ns() // 1000
    with transaction.atomic():
        rows = ContentVersion.objects.filter(entity=entity, topic__in=names)
        known = set(rows.values_list("topic", flat=True))
        fresh = [ContentVersion(entity=entity, topic=name, number=now) for name in sorted(names - known)]
        ContentVersion.objects.bulk_create(fresh, ignore_conflicts=True)
        rows.filter(topic__in=known).update(number=Greatest(F("number") + 1, now))


def note(entity, obj, event: str) -> None:
    """What an audit event about `obj` moves: its `content_topics(event)`, everything where it has none."""
    touch(entity, topics_of(obj, event))


def topics_of(obj, event: str) -> tuple[str, ...]:
    """What `obj` says of itself; the frame where it says nothing."""
    own = getattr(obj, "content_topics", None)
    topics = own(event) if own else None
    return (FRAME,) if topics is None else tuple(topics)


def stamp_of(slug: str, topics: Iterable[str]) -> Stamp:
    """Of the entity's topics and of what all entities share. One query.

    Every kept page asks for it, so it is written out: preparing it by the ORM would cost as much as all the rest.
    """
    topics = list(topics)
    with connection.cursor() as cursor:
        cursor.execute(_STAMP.format(topics=", ".join(["%s"] * len(topics))), [slug, *topics, WHOLE])
        found = sorted((entity or 0, topic, number) for entity, topic, number in cursor.fetchall())
    return Stamp("|".join(f"{entity}{topic}={number}" for entity, topic, number in found))


_STAMP = """
    SELECT c.entity_id, c.topic, c.number FROM planning_contentversion c
    JOIN planning_entity e ON e.id = c.entity_id WHERE e.slug = %s AND c.topic IN ({topics})
    UNION ALL
    SELECT c.entity_id, c.topic, c.number FROM planning_contentversion c WHERE c.entity_id IS NULL AND c.topic = %s
"""


def stamp_of_all(topic: str = WHOLE) -> Stamp:
    """Of a topic of every entity and of what all share: `FRAME` for what lists entities without their plans.

    Their sum moves with any of them, in whatever order their changes are committed. One query, in which the
    halves of the numbers are added apart: SQLite adds up to 2⁶³.
    """
    with connection.cursor() as cursor:
        cursor.execute(_STAMP_OF_ALL, [topic, WHOLE])
        high, low = cursor.fetchone()
    return Stamp(f"all{topic}={(int(high or 0) << 32) + int(low or 0)}")


_STAMP_OF_ALL = """
    SELECT SUM(number / 4294967296), SUM(number %% 4294967296) FROM planning_contentversion
    WHERE entity_id IS NOT NULL AND topic = %s OR entity_id IS NULL AND topic = %s
"""


def stamp_of_shared() -> Stamp:
    """Of what all entities share alone: the glossary, the national catalogue. One query."""
    number = ContentVersion.objects.filter(entity=None, topic=WHOLE).values_list("number", flat=True).first()
    return Stamp(f"shared={number or 0}")


def changed_at(entity) -> datetime | None:
    """When anything that the entity itself publishes last changed, whatever all share; None before it did."""
    own = ContentVersion.objects.filter(entity=entity, topic=WHOLE)
    number = own.values_list("number", flat=True).first()
    return datetime.fromtimestamp(number / 1_000_000, UTC) if number else None
