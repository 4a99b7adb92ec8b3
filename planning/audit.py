"""The audit trail: the only writer of `AuditEvent`, and the proof that nobody else wrote.

Every event carries a hash over its own columns and over the hash before it, in one chain for each
entity and one for the system. Whoever changes, removes or inserts a row afterwards breaks the chain
there; whoever rewrites a whole chain changes its head, which is printed on every closing act.
"""

import datetime
import hashlib
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction
from django.utils import timezone

from planning import content, derived
from planning.canonical import digest_of
from planning.models import AuditChain, AuditEvent

LABEL_LENGTH = 300
EVENTS_AT_ONCE = 1000


def record(entity, obj, event: str, *, by, old=None, new=None, comment: str = "") -> AuditEvent:
    """Append one event about `obj` to the chain of `entity` (None: the system's chain).

    `by` is the account that acts, None where a command does. `old` and `new` are dicts of what JSON
    can hold (dates and decimals too). Must run inside the transaction of the change itself, as its
    last write: the chain's head stays locked until commit. What the public reads of `obj` counts as
    changed from then on (`planning.content`), and what is written out of it is written again (`planning.derived`).
    Raises RuntimeError where no transaction is open.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("An audit event is written in the transaction of its change.")
    chain = locked_chain(entity)
    fact = Fact(obj=obj, event=event, by=by, old=old, new=new, comment=comment)
    row = _next_event(chain, fact)
    row.save(force_insert=True)
    chain.save(update_fields=["sequence", "head"])
    content.note(entity, obj, event)
    derived.rewrite(entity, obj, event)
    return row


@dataclass(frozen=True, kw_only=True)
class Fact:
    """What happened to `obj`, as `record` is told of it; without `at`, now."""

    obj: object
    event: str
    by: object = None
    old: dict | None = None
    new: dict | None = None
    comment: str = ""
    at: datetime.datetime | None = None


def record_all(entity, facts: Iterable[Fact]) -> AuditChain:
    """The same for many events at once, in their order: the public content that they move is moved once.

    What is written out of their rows is written again for each of them, after the last one.
    Gives the chain with its new head, still locked.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("An audit event is written in the transaction of its change.")
    chain, moved, rewritten = locked_chain(entity), set(), []
    facts = iter(facts)
    while batch := list(islice(facts, EVENTS_AT_ONCE)):
        AuditEvent.objects.bulk_create([_next_event(chain, fact) for fact in batch])
        moved |= {topic for fact in batch for topic in content.topics_of(fact.obj, fact.event)}
        rewritten += [(fact.obj, fact.event) for fact in batch if derived.is_read(fact.obj)]
    chain.save(update_fields=["sequence", "head"])
    content.touch(entity, moved)
    for obj, event in rewritten:
        derived.rewrite(entity, obj, event)
    return chain


def _next_event(chain: AuditChain, fact: Fact) -> AuditEvent:
    """The row that follows the chain's last one; the chain's head moves to it."""
    row = AuditEvent(
        chain=chain,
        sequence=chain.sequence + 1,
        at=fact.at or timezone.now(),
        actor_id=fact.by.pk if fact.by else None,
        actor=str(fact.by) if fact.by else "Sistema",
        event=fact.event,
        object_type=fact.obj._meta.label_lower,
        object_id=str(fact.obj.pk),
        object_label=label_of(fact.obj)[:LABEL_LENGTH],
        old=_plain(fact.old),
        new=_plain(fact.new),
        comment=fact.comment,
        salt=secrets.token_hex(16),
        previous=chain.head,
    )
    row.content_digest = content_digest(row)
    row.digest = chain_digest(row)
    chain.sequence, chain.head = row.sequence, row.digest
    return row


def changes(before: dict, after: dict) -> tuple[dict, dict]:
    """The part of two field dicts that differs, as (old, new)."""
    differing = [name for name in after if before.get(name) != after[name]]
    return {name: before.get(name) for name in differing}, {name: after[name] for name in differing}


def field_values(obj) -> dict:
    """The columns of a row as the trail keeps them; secrets are named but not shown."""
    values = {}
    for field in obj._meta.concrete_fields:
        value = field.value_from_object(obj)
        if field.name == "password":
            value = hashlib.sha256(str(value).encode()).hexdigest()[:12]
        elif isinstance(field, models.FileField):
            value = value.name if value else ""
        values[field.name] = value
    return values


def label_of(obj) -> str:
    """What people call the row: its `audit_label` where its name alone says too little."""
    return getattr(obj, "audit_label", None) or str(obj)


def snapshot(obj) -> "DeletedRow":
    """What `record` needs of a row that is about to be deleted."""
    topics_of = getattr(obj, "content_topics", None)
    return DeletedRow(obj.pk, label_of(obj), obj._meta, topics_of("delete") if topics_of else None)


@dataclass(frozen=True)
class DeletedRow:
    pk: object
    label: str
    _meta: object
    topics: tuple[str, ...] | None = None

    def content_topics(self, event: str) -> tuple[str, ...] | None:
        return self.topics

    def __str__(self):
        return self.label


@dataclass(frozen=True)
class Flaw:
    """A place where a chain does not hold: `event` is None where a row or the head is missing."""

    chain: AuditChain
    sequence: int
    reason: str
    event: AuditEvent | None = None


def verify(chain: AuditChain) -> list[Flaw]:
    """Every flaw of a chain, in order; an empty list proves that it is whole."""
    flaws, previous, expected = [], "", 1
    for row in chain.events.order_by("sequence").iterator(chunk_size=1000):
        if row.sequence != expected:
            flaws.append(Flaw(chain, expected, f"faltan los eventos {expected} a {row.sequence - 1}"))
        elif row.previous != previous:
            flaws.append(Flaw(chain, row.sequence, "no sigue al evento anterior", row))
        if row.content_digest != content_digest(row):
            flaws.append(Flaw(chain, row.sequence, "su contenido fue cambiado", row))
        if row.digest != chain_digest(row):
            flaws.append(Flaw(chain, row.sequence, "sus datos fueron cambiados", row))
        previous, expected = row.digest, row.sequence + 1
    if (chain.sequence, chain.head) != (expected - 1, previous):
        flaws.append(Flaw(chain, chain.sequence, "la cabeza de la cadena no es su último evento"))
    return flaws


def content_digest(row: AuditEvent) -> str:
    return _digest(row.salt, row.old, row.new, row.comment, row.object_label, row.actor)


def chain_digest(row: AuditEvent) -> str:
    """Hash of what identifies the event, of its content's digest and of the event before it."""
    return _digest(
        row.previous, row.sequence, str(row.public_id), row.at.astimezone(datetime.UTC).isoformat(),
        row.actor_id, row.event, row.object_type, row.object_id, row.content_digest,
    )  # fmt: skip


def _digest(*parts) -> str:
    return digest_of(parts)


def _plain(values: dict | None) -> dict:
    return json.loads(json.dumps(values or {}, cls=DjangoJSONEncoder))


def locked_chain(entity) -> AuditChain:
    key = {"entity": entity} if entity else {"is_system": True}
    with transaction.atomic():
        AuditChain.objects.get_or_create(**key)
    return AuditChain.objects.select_for_update().get(**key)
