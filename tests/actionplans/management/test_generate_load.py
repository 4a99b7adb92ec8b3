"""Synthetic load: the same for the same seed, whole under the portal's own proofs, and never where people work."""

import io
import re

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from actionplans.management.load import loading
from actionplans.models import Activity, Closing, PlanVersion, ReportRevision, SearchEntry
from planning.models import Entity

pytestmark = [pytest.mark.django_db, pytest.mark.walks_rows]
SMALL = ("--years", "2", "--plans", "3", "--activities", "4")


def generate(*options) -> tuple[str, str]:
    out, told = io.StringIO(), io.StringIO()
    call_command("generate_load", *options, stdout=out, stderr=told)
    return out.getvalue(), told.getvalue()


@pytest.fixture
def copies(monkeypatch):
    """Two entities, of which the second follows the pattern of the first. Gives the second."""
    monkeypatch.setattr(loading, "PATTERNS", 1)
    generate("--entities", "2", *SMALL)
    return Entity.objects.order_by("pk").last()


def said_by_plans() -> list[tuple]:
    rows = PlanVersion.objects.order_by("entity__slug", "plan__year", "plan__slug", "number")
    return list(rows.values_list("entity__slug", "plan__slug", "number", "status", "digest"))


def test_it_makes_what_is_asked_for_and_says_how_far_it_is():
    out, told = generate("--entities", "2", *SMALL)
    assert Entity.objects.count() == 2
    assert Activity.objects.count() == 2 * 2 * 3 * 4
    assert "Se generaron 2 entidades con 48 actividades" in out
    assert told.count("\n") == 2
    assert "2 de 2 · Alcaldía de " in told


def test_the_trail_the_seals_and_the_closings_prove_it(copies, capsys):
    """Of the copy too: its figures are those of another entity, its numbers are its own."""
    assert Closing.objects.filter(entity=copies).count() >= 4
    assert ReportRevision.objects.filter(evidence__isnull=False).exists()
    call_command("verify_audit")
    assert "cadena completa" in capsys.readouterr().out


@pytest.mark.django_db(transaction=True)
def test_equal_seeds_give_equal_plans_and_others_give_others():
    generate("--seed", "7", *SMALL)
    first = said_by_plans()
    with_the_same, with_another = [], []
    for seed, found in (("7", with_the_same), ("8", with_another)):
        call_command("flush", "--no-input", verbosity=0)
        generate("--seed", seed, *SMALL)
        found += said_by_plans()
    assert with_the_same == first
    assert not {row[-1] for row in with_another} & {row[-1] for row in first}


def test_a_second_load_comes_beside_the_first():
    generate(*SMALL)
    generate(*SMALL)
    assert Entity.objects.count() == 2


def test_what_is_found_of_a_copy_is_what_the_portal_finds_of_it(copies):
    """The search entries of an entity that follows a pattern are those that rebuilding gives."""
    fields = ("kind", "key", "plan", "year", "policy", "title", "text", "folded", "path")
    entries = SearchEntry.objects.filter(entity=copies)
    before = set(entries.values_list(*fields))
    call_command("index_search", stdout=io.StringIO())
    assert set(entries.values_list(*fields)) == before
    assert {kind for kind, *_rest in before} == {"plan", "actividad", "politica", "marco", "evidencia"}


def test_the_pages_of_a_copy_are_whole(client, copies):
    entity = copies
    version = PlanVersion.objects.published().filter(entity=entity).order_by("-plan__year").first()
    plan = [entity.slug, version.plan.year, version.plan.slug]
    pages = [
        client.get(reverse("entity", args=[entity.slug])),
        client.get(reverse("plans", args=[entity.slug])),
        client.get(reverse("plan", args=plan)),
        client.get(reverse("activity", args=[*plan, 1])),
        client.get(reverse("mipg", args=[entity.slug])),
        client.get(reverse("framework", args=[entity.slug])),
    ]
    for page in pages:
        assert page.status_code == 200
        text = page.content.decode()
        assert entity.name in text
        assert "Datos de ejemplo" in text
        assert not re.search(r"@[a-z]+@", text), "a mark of the pattern is left"


def test_it_is_for_trial_installations(settings):
    settings.ALLOW_DEMO = False
    with pytest.raises(CommandError, match="no se genera en un portal en servicio") as refused:
        generate(*SMALL)
    assert refused.value.returncode == 2
    assert not Entity.objects.exists()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--entities", "0"], "Pida de 1 a 5.000 entidades: --entities 0 no sirve."),
        (["--years", "40"], "Pida de 1 a 15 vigencias: --years 40 no sirve."),
        (["--closed", "5"], "Pida de 0 a 4 trimestres cerrados: --closed 5 no sirve."),
    ],
)
def test_it_refuses_what_it_cannot_make(options, words):
    with pytest.raises(CommandError) as refused:
        generate(*options)
    assert (str(refused.value), refused.value.returncode) == (words, 2)


@pytest.mark.sqlite
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL sí lo permite")
def test_only_postgresql_loads_unchecked():
    with pytest.raises(CommandError, match="quite --unchecked"):
        generate("--unchecked", *SMALL)


def test_without_closings_nothing_was_reported():
    generate("--closed", "0", *SMALL)
    assert not Closing.objects.exists()
    assert not ReportRevision.objects.exists()
    assert PlanVersion.objects.published().filter(plan__year=timezone.localdate().year).count() == 3
