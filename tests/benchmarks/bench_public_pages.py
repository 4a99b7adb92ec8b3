"""A kept page against a bare Django view that answers a constant of the same size, under the same gunicorn."""

import pytest

from tests.benchmarks.measuring import report
from tests.benchmarks.serving import ask, environment_of, keep_busy, manage, served

PLANS, ACTIVITIES = 1, 50
WAYS = {"gzip": ("Accept-Encoding: gzip, deflate, br",), "plain": ()}


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """A portal with one plan of fifty activities, a closing in it, and its static files."""
    made = environment_of(tmp_path_factory.mktemp("served"))
    manage(made, "migrate", "--verbosity", "0")
    manage(made, "generate_load", "--plans", str(PLANS), "--activities", str(ACTIVITIES), "--closed", "1")
    manage(made, "collectstatic", "--no-input", "--verbosity", "0")
    return made


@pytest.fixture(scope="module")
def plan(environment):
    """Its address."""
    said = "from actionplans.models import PlanVersion as V; v = V.objects.published().select_related('plan__entity')[0]"
    return manage(
        environment,
        "shell",
        "--no-imports",
        "-c",
        f"{said}; print(f'/{{v.plan.entity.slug}}/planes/{{v.plan.topic}}/')",
    ).strip()


def test_a_kept_page_against_a_bare_view(environment, plan, capsys):
    with served(environment) as portal:
        size = len(ask(portal, plan).split(b"\r\n\r\n", 1)[1])
    with served({**environment, "CONSTANT_BYTES": str(size)}) as portal:
        for way, headers in WAYS.items():
            pairs = [
                (keep_busy(portal, "/constante/", headers), keep_busy(portal, plan, headers)) for _ in range(3)
            ]
            bare, kept = max((b for b, _ in pairs), key=_rate), max((k for _, k in pairs), key=_rate)
            least = [min(busy.processor_ms for busy in column) for column in zip(*pairs, strict=True)]
            report(
                capsys,
                f"kept plan page of {size / 1000:.0f} KB, {way}: {kept.per_second:.0f} a second against "
                f"{bare.per_second:.0f} of a bare view: {kept.per_second / bare.per_second:.2f} (wanted ≥ 0.75); "
                f"processor {least[1]:.2f} against {least[0]:.2f} ms: {least[0] / least[1]:.2f}",
            )


def _rate(busy):
    return busy.per_second
