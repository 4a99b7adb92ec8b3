"""Several workers: what another process changes is right at once in all; what it did not touch stays kept."""

import shutil
import socket
import subprocess
import time

import pytest

from tests.benchmarks.serving import ask, environment_of, manage, own_database, run, served

REDIS = shutil.which("redis-server")
FIND = """
import django
django.setup()
from actionplans.models import PlanVersion
published = PlanVersion.objects.published().select_related("plan__entity").order_by("pk")
for version in (published.first(), published.last()):
    print(f"/{version.plan.entity.slug}/planes/{version.plan.topic}/")
"""
CLOSE = """
import django
django.setup()
from actionplans.domain.following.closing.closing import close_period
from actionplans.models import PlanVersion, ReportingPeriod
from planning.enums import Role
from planning.models import Membership, User
plan = PlanVersion.objects.published().order_by("pk").first().plan
by = User.objects.create_user("cierra@portal.example", None)
Membership.objects.create(user=by, entity=plan.entity, role=Role.PLANNING)
close_period(ReportingPeriod.objects.of_plan(plan).get(ordinal=2), by=by)
"""


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """Two entities, of last year too, whose second quarter is over and not closed."""
    folder = tmp_path_factory.mktemp("workers")
    with own_database(folder) as database:
        made = environment_of(folder, database, MARK_ANSWERS="1")
        manage(made, "migrate", "--verbosity", "0")
        load = ("--entities=2", "--years=2", "--plans=1", "--activities=3", "--closed=1")
        manage(made, "generate_load", *load)
        manage(made, "collectstatic", "--no-input", "--verbosity", "0")
        yield made


@pytest.fixture(scope="module")
def redis():
    """An address of a cache of its own."""
    if not REDIS:
        pytest.skip("no hay redis-server: apt-get install redis-server")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ("--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no")
    process = subprocess.Popen([REDIS, *options], stdout=subprocess.DEVNULL)
    try:
        for _ in range(100):
            with socket.socket() as line:
                if line.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        process.terminate()
        process.wait(timeout=10)


def seen(portal, path: str) -> dict[str, tuple[bool, str]]:
    """By worker, whether its first answer was made anew, and its text."""
    found = {}
    for _ in range(400):
        head, text = ask(portal, path).split(b"\r\n\r\n", 1)
        assert head.startswith(b"HTTP/1.1 200"), head
        names = dict(line.split(": ", 1) for line in head.decode().split("\r\n")[1:])
        found.setdefault(names["X-Worker"], ("X-Made" in names, text.decode()))
        if len(found) == len(portal.workers):
            return found
    raise AssertionError("Only one worker answers.")


def made_anew(portal, path: str) -> list[bool]:
    return [made for made, _text in seen(portal, path).values()]


def test_what_another_process_closes_is_told_by_all_workers_at_once(environment):
    changed, untouched = run(environment, "-c", FIND).split()
    with served(environment, workers=2) as portal:
        for path in (changed, untouched):
            assert made_anew(portal, path) == [True, True]
            assert made_anew(portal, path) == [False, False]
        run(environment, "-c", CLOSE)
        told = seen(portal, changed)
        assert [made for made, _text in told.values()] == [True, True]
        assert all("Trimestre II de" in text for _made, text in told.values())
        assert made_anew(portal, untouched) == [False, False]


def test_workers_share_their_pages_where_the_cache_is_shared(environment, redis):
    path, _other = run(environment, "-c", FIND).split()
    with served({**environment, "CACHE_URL": redis}, workers=2) as portal:
        assert sorted(made_anew(portal, path)) == [False, True]
    with served({**environment, "CACHE_URL": redis}) as portal:
        assert made_anew(portal, path) == [False]
