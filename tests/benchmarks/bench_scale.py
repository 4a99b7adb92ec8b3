"""The same pages of the same entity alone and among a million activities, rendered anew each time, on PostgreSQL.

`BENCH_ACTIVITIES` says how many there are around it (200,000 where it is not said; a million takes a good while).
`BENCH_DATABASES` names two databases, small and large, that such a run left before, to measure them again.
"""

import os
import statistics
import time

import psycopg2
import pytest

from tests.benchmarks.measuring import report
from tests.benchmarks.serving import ask, environment_of, manage, served
from tests.benchmarks.subjects import first_pages, flaws_of_all_pages

ACTIVITIES = int(os.environ.get("BENCH_ACTIVITIES", "200000"))
YEARS, PLANS, EACH = 2, 20, 50
ROUNDS = 15
WANTED = 1.3
GIVEN = os.environ.get("DATABASE_URL", "")

pytestmark = pytest.mark.skipif(not GIVEN.startswith("postgres"), reason="bin/with-postgresql la pone en él")


@pytest.fixture(scope="module")
def sizes(tmp_path_factory):
    """The environments of the two databases: a thousand activities in 62 entities, and all the others too."""
    folder = tmp_path_factory.mktemp("scale")
    if known := os.environ.get("BENCH_DATABASES"):
        found = [_environment(folder, name) for name in known.split()]
        manage(found[0], "collectstatic", "--no-input", "--verbosity", "0")
        return found
    return [_loaded(folder, "bench_small"), _loaded(folder, "bench_large", ACTIVITIES)]


def test_a_page_costs_the_same_among_a_million(sizes, capsys):
    pages = first_pages(sizes[0])
    with served(sizes[0]) as small, served(sizes[1]) as large:
        times = {name: ([], []) for name in pages}
        for _ in range(ROUNDS):
            for name, address in pages.items():
                for portal, own in zip((small, large), times[name], strict=True):
                    own.append(_milliseconds(portal, address))
    for name, (alone, among) in times.items():
        few, many = statistics.median(alone[1:]), statistics.median(among[1:])
        line = f"{name}: {few:.0f} ms alone, {many:.0f} ms among many: {many / few:.2f} times (wanted ≤ {WANTED})"
        report(capsys, f"{line}; at best {min(alone):.0f} and {min(among):.0f} ms")
    found = flaws_of_all_pages(sizes[1])
    for flaw in found:
        report(capsys, flaw)
    report(capsys, f"steps of queries that read too much, on all public pages: {len(found)}\n")


def _environment(folder, name) -> dict[str, str]:
    database = f"{GIVEN.rsplit('/', 1)[0]}/{name}"
    return environment_of(folder, database, CACHE_URL="dummycache://")


def _loaded(folder, name, more: int = 0) -> dict[str, str]:
    line = psycopg2.connect(GIVEN)
    line.autocommit = True
    line.cursor().execute(f"CREATE DATABASE {name}")
    line.close()
    made = _environment(folder, name)
    manage(made, "migrate", "--verbosity", "0")
    manage(made, "collectstatic", "--no-input", "--verbosity", "0")
    manage(made, "generate_load", "--activities", "25", "--closed", "1")
    manage(made, "generate_load", "--seed=2", "--entities=61", "--plans=1", "--activities=8", "--closed=1")
    if more:
        entities = max(1, more // (YEARS * PLANS * EACH))
        asked = {"seed": 3, "entities": entities, "years": YEARS, "plans": PLANS, "activities": EACH, "closed": 1}
        manage(made, "generate_load", "--unchecked", *(f"--{option}={value}" for option, value in asked.items()))
    return made


def _milliseconds(portal, address) -> float:
    began = time.perf_counter()
    assert ask(portal, address).startswith(b"HTTP/1.1 200"), address
    return 1000 * (time.perf_counter() - began)
