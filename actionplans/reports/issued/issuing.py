"""Files leave the portal with a code: what is public is drawn once and kept, what is a copy for staff is noted."""

from __future__ import annotations

import hashlib
import logging
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.core.files import File
from django.db import IntegrityError, transaction

from actionplans.enums import IssuedKind
from actionplans.models import Closing, IssuedFile, PlanVersion
from planning.content import Stamp
from planning.models import AuditChain, Entity, User
from planning.stored import sha256_of

from .verification import Mark, new_code

EDITION = 6
"""Goes up when a file is drawn otherwise, so that nobody is left with the old drawing."""
DRAWN_WITHIN = 10 * 60  # seconds; then whoever began it is dead, and another may
WAIT = 5.0  # seconds that a request waits for the one that draws the same
LOOK_EVERY = 0.25

logger = logging.getLogger(__name__)

Draw = Callable[[Mark, Path], None]
"""Writes the file, with the mark on it, to the path."""


class BeingDrawn(Exception):
    """Somebody else is drawing the very same file: ask again in a moment."""


class NotWhole(Exception):
    """The storage has not the bytes that were issued: they are drawn again, as another file."""


@dataclass(frozen=True, kw_only=True)
class Issue:
    """A file to be issued. `source` is the fingerprint of its values, `content` what `seen` said of them.

    `name` is the file's name for whoever saves it; `title` is read by anybody only where `is_public`.
    `last_event` is the entity's newest audit event before the values were read: now, where it is not given.
    """

    entity: Entity
    kind: IssuedKind
    suffix: str
    title: str
    name: str
    source: str = ""
    content: str = ""
    version: PlanVersion | None = None
    closing: Closing | None = None
    is_public: bool = False
    by: User | None = None
    last_event: int | None = None


def seen(stamp: Stamp) -> str:
    """What an issued file keeps of the numbers of its content: equal while neither they nor the drawing move."""
    return f"{EDITION} {_hash(settings.SITE_URL)[:8]} {_hash(stamp.text)}"


def is_same_content(content: str, stamp: Stamp) -> bool:
    """Whether a file was made of what `stamp` numbers, however it was drawn."""
    return content.rpartition(" ")[2] == _hash(stamp.text)


def fingerprint_of(*parts: object) -> str:
    """Of values whose `repr` says all of them; moves with the edition and the portal's address too."""
    return _hash(f"{EDITION} {settings.SITE_URL} {parts!r}")


def last_event(entity: Entity) -> int:
    return AuditChain.objects.filter(entity=entity).values_list("sequence", flat=True).first() or 0


def known_file(issue: Issue) -> IssuedFile | None:
    """The file that was issued of the same values, whether or not its bytes are still there."""
    return (
        IssuedFile.objects.standing()
        .filter(entity=issue.entity, kind=issue.kind, source=issue.source, suffix=issue.suffix)
        .first()
    )


def whole_file(issue: Issue) -> IssuedFile | None:
    """The same, where its bytes are those that were issued."""
    found = known_file(issue)
    return found if found and is_whole(found) else None


def is_whole(issued: IssuedFile) -> bool:
    """Whether the storage has the very bytes that were issued. Reads them all."""
    return sha256_of(issued.file) == issued.sha256


def whole_bytes(issued: IssuedFile) -> bytes:
    """The bytes that were issued; raises NotWhole, telling the operator, where others or none are stored."""
    try:
        with issued.file.open("rb") as stored:
            content = stored.read()
    except FileNotFoundError:
        content = None
    if content is None or hashlib.sha256(content).hexdigest() != issued.sha256:
        tell_operator(issued, is_gone=content is None)
        raise NotWhole
    return content


def tell_operator(issued: IssuedFile, *, is_gone: bool) -> None:
    what = "lost from the storage" if is_gone else "not the bytes that were issued: not handed out"
    logger.error("Issued file %s (%s) is %s.", issued.code, issued.file.name, what)


def issued_file(issue: Issue, draw: Draw) -> IssuedFile:
    """The file of those values: the one that there is, or drawn now and kept.

    One whose bytes were lost or changed is never given: the values are drawn again, as the file that replaces it.
    Raises BeingDrawn where another process draws it and takes long, and whatever `draw` raises.
    """
    if found := whole_file(issue):
        return found
    lock = f"issuing:{issue.entity.pk}:{issue.kind}:{issue.suffix}:{issue.source}"
    deadline = time.monotonic() + WAIT
    while not cache.add(lock, True, DRAWN_WITHIN):
        if time.monotonic() > deadline:
            raise BeingDrawn
        time.sleep(LOOK_EVERY)
        if found := whole_file(issue):
            return found
    try:
        return whole_file(issue) or _draw_and_keep(issue, draw)
    finally:
        cache.delete(lock)


def issued_copy(issue: Issue, draw: Draw, target: Path) -> IssuedFile:
    """Draw a copy for one person to `target` and note what it is: its bytes are not kept, their SHA-256 is.

    Each time it is another file with its own code, and may hold what only that person may read.
    """
    before, mark = _last_event(issue), Mark(new_code())
    draw(mark, target)
    return _note_copy(issue, mark, before, *_measured(target))


def issued_bytes(issue: Issue, draw: Callable[[Mark], bytes]) -> bytes:
    """The same for a file that is small enough for memory."""
    before, mark = _last_event(issue), Mark(new_code())
    content = draw(mark)
    _note_copy(issue, mark, before, hashlib.sha256(content).hexdigest(), len(content))
    return content


def in_memory(draw: Callable[[Mark], bytes]) -> Draw:
    """What gives bytes as what writes to a path."""

    def write(mark: Mark, target: Path) -> None:
        target.write_bytes(draw(mark))

    return write


def _draw_and_keep(issue: Issue, draw: Draw) -> IssuedFile:
    before, lost = _last_event(issue), known_file(issue)
    mark = Mark(new_code())
    with tempfile.NamedTemporaryFile(suffix=f".{issue.suffix}") as file:
        path = Path(file.name)
        draw(mark, path)
        row = _row(issue, mark, before, *_measured(path))
        row.replaces = lost
        with path.open("rb") as content:
            row.file.save(issue.name, File(content), save=False)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:  # somebody whose lock had run out was not dead after all
        row.file.storage.delete(row.file.name)
        if found := known_file(issue):
            return found
        raise
    except BaseException:
        row.file.storage.delete(row.file.name)
        raise
    if lost:
        logger.error("Issued file %s was lost or changed: file %s replaces it.", lost.code, row.code)
    return row


def _note_copy(issue: Issue, mark: Mark, before: int, sha256: str, size: int) -> IssuedFile:
    row = _row(issue, mark, before, sha256, size)
    row.source = sha256
    row.save(force_insert=True)
    return row


def _row(issue: Issue, mark: Mark, before: int, sha256: str, size: int) -> IssuedFile:
    return IssuedFile(
        entity=issue.entity,
        code=mark.code,
        kind=issue.kind,
        title=issue.title[:400],
        suffix=issue.suffix,
        source=issue.source,
        version=issue.version,
        closing=issue.closing,
        is_public=issue.is_public,
        name=issue.name[:250],
        sha256=sha256,
        size=size,
        content=issue.content,
        chain_sequence=before,
        by=issue.by,
    )


def _last_event(issue: Issue) -> int:
    return last_event(issue.entity) if issue.last_event is None else issue.last_event


def _measured(path: Path) -> tuple[str, int]:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest(), path.stat().st_size


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
