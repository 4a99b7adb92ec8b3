"""The worker: does the long work that people asked for, one job after the other, until it is told to stop."""

from __future__ import annotations

import logging
import signal
import sys
import time
from contextlib import contextmanager

from django.core.management.base import BaseCommand
from django.db import OperationalError, close_old_connections
from django.utils.crypto import get_random_string
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, DEFAULT_TASK_QUEUE_NAME
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from actionplans.jobs.resuming import remove_old, resume_abandoned

logger = logging.getLogger(__name__)

CHORES = {resume_abandoned: 20, remove_old: 6 * 60 * 60}  # every so many seconds
STOPS = (signal.SIGTERM, signal.SIGINT)


class Command(BaseCommand):
    help = "Hace los trabajos largos que las personas piden (archivos consolidados, libros grandes)."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="Hacer lo que haya en la cola y terminar.")
        parser.add_argument(
            "--interval", type=float, default=1.5, help="Segundos entre una mirada a la cola y la siguiente (1,5)."
        )

    def handle(self, *, once, interval, **options):
        worker = _worker()
        with _leaving_when_told(worker):
            due = dict.fromkeys(CHORES, 0.0)
            while worker.running:
                _look_after(worker, due)
                if once or not worker.running:
                    return
                time.sleep(interval)


def _look_after(worker, due: dict) -> None:
    """The chores whose time has come, then every job of the queue."""
    close_old_connections()
    try:
        for chore, moment in due.items():
            if time.monotonic() >= moment:
                chore()
                due[chore] = time.monotonic() + CHORES[chore]
        if DBTaskResult.objects.ready().exists():  # an idle worker takes no lock
            worker.run()
    except OperationalError:  # the database restarts, or SQLite is busy: the next look finds it again
        logger.warning("The queue could not be read; it is tried again.", exc_info=True)
        close_old_connections()


def _worker() -> Worker:
    """The library's own worker, told to return once the queue is empty."""
    return Worker(
        queue_names=[DEFAULT_TASK_QUEUE_NAME],
        interval=0,
        batch=True,
        backend_name=DEFAULT_TASK_BACKEND_ALIAS,
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
        excluded_queue_names=[],
    )


@contextmanager
def _leaving_when_told(worker: Worker):
    """SIGTERM and Ctrl+C stop at once: the job in hand goes back to the queue for the next worker."""

    def leave(number, frame):
        worker.running = False  # a task that is stopped ends as if it were done
        for repeated in STOPS:
            signal.signal(repeated, signal.SIG_IGN)
        sys.exit(0)

    before = {number: signal.signal(number, leave) for number in STOPS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
