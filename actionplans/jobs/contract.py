"""What a piece of work is given and gives back; whoever adds a kind of work reads this."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


class JobRefused(Exception):
    """The work cannot be done as it was asked; the message says why and what to do, in Spanish."""


class Cancelled(Exception):
    """The person does not want it any more, or another attempt took the job over. Let it pass."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of a job: a file, by `content` or by `path`, or a page of the portal, or nothing to fetch.

    `name` is the file's name for the person who saves it. The file at `path` is taken over: it is
    copied to where results are kept, and removed. `address` is the path of a page (`reverse(...)`).
    """

    name: str = ""
    content_type: str = "application/octet-stream"
    path: Path | None = None
    content: bytes | None = None
    address: str = ""


class Says(Protocol):
    """How work tells how far it is: `progress(3, 30, "Plan de Archivo")`. Call it freely.

    Writes at most twice a second. Raises Cancelled when the person cancelled, so call it where
    stopping leaves nothing half done. Inside a transaction of the work's own it does nothing.
    """

    def __call__(self, done: int, total: int, step: str = "") -> None: ...


Work = Callable[..., Outcome]  # work(job: Job, progress: Says) -> Outcome


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of work, and the permission on the entity that asking for it and fetching it needs.

    `work` may be begun again from the start when a process died in the middle: it writes its outcome in
    one file or in one short transaction, and sees by itself what an earlier attempt already did.
    """

    work: Work
    permission: str
