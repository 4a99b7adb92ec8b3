"""Signs of life of a running job: what the work says of itself, and a pulse while it says nothing."""

from __future__ import annotations

import logging
import threading
import time

from django.db import OperationalError, connection
from django.utils import timezone

from actionplans.models import Job

from .contract import Cancelled

WRITE_EVERY = 0.5  # seconds
BEAT_EVERY = 15.0  # seconds; a quarter of the silence after which a job counts as abandoned
STEP_LENGTH = 200

logger = logging.getLogger(__name__)


class Progress:
    """Writes how far an attempt is; raises Cancelled once the attempt should stop."""

    def __init__(self, job: Job):
        self.job = job
        self.depth = len(connection.atomic_blocks)
        self.written_at = float("-inf")

    def __call__(self, done: int, total: int, step: str = "") -> None:
        now = time.monotonic()
        if now - self.written_at < WRITE_EVERY or self._is_inside_own_transaction():
            return
        self.written_at = now
        values = {"done": max(0, done), "total": max(0, total), "step": step[:STEP_LENGTH]}
        held = Job.objects.held(self.job).filter(cancel_asked_at=None)
        if not held.update(beat_at=timezone.now(), **values):
            raise Cancelled

    def _is_inside_own_transaction(self) -> bool:
        """There nobody would see it before the end, and the row would stay locked until then."""
        return len(connection.atomic_blocks) > self.depth


class Pulse:
    """Keeps `beat_at` fresh from a thread of its own while the work is busy with one long step."""

    def __init__(self, job: Job, every: float = BEAT_EVERY):
        self.job, self.every = job, every
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self._beat, name=f"pulse of job {job.pk}", daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *exc_info):
        self.ended.set()
        self.thread.join()

    def _beat(self) -> None:
        try:
            while not self.ended.wait(self.every):
                self._beat_once()
        finally:
            connection.close()

    def _beat_once(self) -> None:
        try:
            Job.objects.held(self.job).update(beat_at=timezone.now())
        except OperationalError:  # SQLite is being written, or the server restarts: the next beat comes
            logger.info("A beat of job %s was lost.", self.job.pk)
            connection.close()
