"""A worker that is really killed in the middle of a job, on a database of its own."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from uuid import uuid4

import pytest

SCRIPT = Path(__file__).with_name("a_process.py")
PATIENCE = 180


@pytest.fixture
def database(tmp_path):
    """The address of an empty database that other processes can open."""
    address = os.environ.get("DATABASE_URL", "")
    if not address.startswith("postgres"):
        yield f"sqlite:///{tmp_path / 'portal.sqlite3'}"
        return
    import psycopg2

    server, name = address.rsplit("/", 1)[0], f"jobs_{uuid4().hex}"
    administration = psycopg2.connect(address)
    administration.autocommit = True
    with administration.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
        yield f"{server}/{name}"
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    administration.close()


@pytest.fixture
def process(database, tmp_path):
    """A function that starts one of the script's processes; whatever still runs at the end is killed."""
    running = []

    def process_(*words, steps=1):
        environment = {
            **os.environ, "DATABASE_URL": database, "MEDIA_ROOT": str(tmp_path / "media"), "HTTPS": "0",
            "STEPS": str(steps),
        }  # fmt: skip
        started = subprocess.Popen(
            [sys.executable, str(SCRIPT), *words], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        running.append(started)
        return started

    yield process_
    for started in running:
        started.kill()
        started.communicate()


@pytest.fixture
def finished(process):
    """Run one of the script's processes to its end; what it printed."""

    def finished_(*words, **options):
        out, complaints = process(*words, **options).communicate(timeout=PATIENCE)
        assert b"database is locked" not in complaints
        assert b"Traceback" not in complaints, complaints.decode()
        return out.decode()

    return finished_


@pytest.fixture
def told(finished):
    return lambda: json.loads(finished("tell"))


def wait_until(condition):
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "nothing happened"
        time.sleep(0.2)


def test_the_next_worker_does_again_what_a_killed_one_left(process, finished, told, tmp_path):
    finished("prepare")
    first = process("work", steps=1000)
    wait_until(lambda: told()["done"] > 0)
    first.send_signal(signal.SIGKILL)
    assert first.wait(PATIENCE) == -signal.SIGKILL
    assert told()["status"] == "running"  # nobody had the time to say anything
    time.sleep(1.1)
    finished("work", "--once")
    assert told() == {"status": "done", "attempts": 2, "done": 1, "result": "intento 2"}
    assert len(list((tmp_path / "media" / "trabajos" / "cartago").iterdir())) == 1


def test_a_worker_that_is_told_to_stop_leaves_its_job_to_the_next_at_once(process, finished, told):
    finished("prepare")
    first = process("work", steps=1000)
    wait_until(lambda: told()["done"] > 0)
    first.send_signal(signal.SIGTERM)
    _out, complaints = first.communicate(timeout=PATIENCE)
    assert (first.returncode, b"Traceback" in complaints) == (0, False)
    assert told()["status"] == "waiting"
    finished("work", "--once")
    assert told()["result"] == "intento 2"
