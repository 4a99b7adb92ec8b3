"""A kept page against a bare Django view of the same bytes under the same gunicorn; and what pages weigh."""

import pytest
from django.urls import reverse

from tests.benchmarks.measuring import report
from tests.benchmarks.serving import ask, environment_of, keep_busy, manage, own_database, served
from tests.benchmarks.subjects import first_pages
from tests.benchmarks.weighing import transferred

ACTIVITIES = "50"
ROUNDS = 2  # of a thousand requests of each, in turns
WAYS = {"gzip": ("Accept-Encoding: gzip, deflate, br",), "plain": ()}
COLD, WARM = 100, 30  # KB


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """A portal with twenty plans of fifty activities and a closing of each, and its static files."""
    folder = tmp_path_factory.mktemp("served")
    with own_database(folder) as database:
        made = environment_of(folder, database)
        manage(made, "migrate", "--verbosity", "0")
        manage(made, "generate_load", "--activities", ACTIVITIES, "--closed", "1")
        manage(made, "generate_load", "--seed", "2", "--plans", "1", "--activities", "5", "--closed", "0")
        manage(made, "collectstatic", "--no-input", "--verbosity", "0")
        yield made


def test_a_kept_page_against_a_bare_view(environment, tmp_path, capsys):
    plan, text = first_pages(environment)["plan"], tmp_path / "constant"
    with served(environment) as portal:
        text.write_bytes(ask(portal, plan).split(b"\r\n\r\n", 1)[1])
    with served({**environment, "CONSTANT_FILE": str(text)}) as portal:
        for way, headers in WAYS.items():
            bare, kept = (
                min(column, key=lambda busy: busy.processor_ms)
                for column in zip(
                    *(
                        (keep_busy(portal, "/constante/", headers), keep_busy(portal, plan, headers))
                        for _ in range(ROUNDS)
                    ),
                    strict=True,
                )
            )
            report(
                capsys,
                f"kept plan page of {text.stat().st_size / 1000:.0f} KB, {way}: {kept.per_second:.0f} a second, "
                f"bare view {bare.per_second:.0f}: {kept.per_second / bare.per_second:.2f} times (wanted ≥ 0.75); "
                f"processor {kept.processor_ms:.2f} ms, bare {bare.processor_ms:.2f} ms: "
                f"{bare.processor_ms / kept.processor_ms:.2f} times",
            )


def test_what_pages_weigh(environment, chromium, capsys):
    """Cold, by somebody who was never here; warm, by somebody who comes from another page of the portal."""
    pages = first_pages(environment)
    with served(environment) as portal:
        for name, address in pages.items():
            before = reverse("portal_terms")
            cold, warm = transferred(chromium, f"http://127.0.0.1:{portal.port}", before, address)
            report(capsys, f"{name}: {cold:.0f} KB cold (wanted ≤ {COLD}), {warm:.0f} KB warm (wanted ≤ {WARM})")
    report(capsys, "")
