"""The portal under gunicorn over a database of its own, and clients that keep it busy."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg2

ROOT = Path(__file__).parents[2]
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Portal:
    """A served portal: `environment` is that of its processes, for commands beside it."""

    port: int
    pid: int
    environment: dict[str, str]

    @property
    def workers(self) -> list[int]:
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text(encoding="ascii")
        return [int(pid) for pid in children.split()]

    def processor_seconds(self) -> float:
        """What the workers have used so far."""
        return sum(_used(pid) for pid in self.workers)

    def manage(self, *command: str) -> str:
        return manage(self.environment, *command)


@dataclass
class Busy:
    """What clients got: how many answers a second, what each cost the workers, and the last answer."""

    per_second: float
    processor_ms: float
    answers: list[bytes] = field(repr=False)


def manage(environment, *command: str) -> str:
    return run(environment, "manage.py", *command)


def run(environment, *command: str) -> str:
    """What Python prints; RuntimeError with its complaint where it fails."""
    done = subprocess.run([sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return done.stdout


def environment_of(folder: Path, database: str, **more: str) -> dict[str, str]:
    """For processes over that database, with their static files in the folder."""
    return {
        **os.environ,
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "tests.benchmarks.served_settings",
        "STATIC_ROOT": str(folder / "static"),
        **more,
    }


@contextmanager
def own_database(folder: Path) -> Iterator[str]:
    """A new database, on the server of `DATABASE_URL` if that is PostgreSQL, else a file; gone afterwards."""
    given = os.environ.get("DATABASE_URL", "")
    if not given.startswith("postgres"):
        yield f"sqlite:///{folder / 'db.sqlite3'}"
        return
    name = f"portal_{uuid.uuid4().hex}"
    _on_server(given, f"CREATE DATABASE {name}")
    try:
        yield f"{given.rsplit('/', 1)[0]}/{name}"
    finally:
        _on_server(given, f"DROP DATABASE {name} WITH (FORCE)")


def _on_server(address: str, statement: str) -> None:
    line = psycopg2.connect(address)
    try:
        line.autocommit = True
        line.cursor().execute(statement)
    finally:
        line.close()


@contextmanager
def served(environment: dict[str, str], workers: int = 1) -> Iterator[Portal]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = ["-m", "gunicorn", "config.wsgi", "--workers", str(workers), "--bind", f"127.0.0.1:{port}"]
    process = subprocess.Popen(
        [sys.executable, *command, "--log-level", "error"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        portal = Portal(port, process.pid, environment)
        _wait_for(portal, workers)
        yield portal
    finally:
        process.terminate()
        process.wait(timeout=20)


def ask(portal: Portal, path: str, *headers: str) -> bytes:
    """The whole answer, headers first; the connection is closed, as the worker does."""
    lines = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1", "Connection: close", *headers, "", ""]
    with socket.create_connection(("127.0.0.1", portal.port), timeout=120) as line:
        line.sendall("\r\n".join(lines).encode())
        pieces = []
        while piece := line.recv(1 << 18):
            pieces.append(piece)
    return b"".join(pieces)


def keep_busy(
    portal: Portal, path: str, headers: Sequence[str] = (), requests: int = 1000, clients: int = 3
) -> Busy:
    """Ask for `path` so many times, several at once, after some that warm up."""
    for _ in range(20):
        ask(portal, path, *headers)
    last: list[bytes] = []

    def one_client():
        for _ in range(requests // clients):
            answer = ask(portal, path, *headers)
            assert answer.startswith(b"HTTP/1.1 200"), answer[:200]
        last.append(answer)

    used, began = portal.processor_seconds(), time.perf_counter()
    threads = [threading.Thread(target=one_client) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - began
    asked = requests // clients * clients
    return Busy(asked / took, 1000 * (portal.processor_seconds() - used) / asked, last)


def _wait_for(portal: Portal, workers: int) -> None:
    for _ in range(300):
        try:
            if ask(portal, "/salud/").startswith(b"HTTP/1.1 200") and len(portal.workers) == workers:
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise RuntimeError("El servidor no respondió.")


def _used(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS
