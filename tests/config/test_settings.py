"""The frame: databases, headers, key, and what must never creep in."""

import importlib.util
import os
import stat
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from config.secret_key import own_secret_key
from planning.models import Office
from tests.factories import make_entity

ROOT = Path(settings.BASE_DIR)


def test_the_tests_run_on_the_database_that_was_asked_for(db):
    wanted = "postgresql" if os.environ.get("DATABASE_URL", "").startswith("postgres") else "sqlite"
    assert connection.vendor == wanted


def test_psycopg_3_is_not_installed_because_django_would_prefer_it():
    assert importlib.util.find_spec("psycopg") is None
    assert importlib.util.find_spec("psycopg2") is not None


@pytest.mark.sqlite
def test_sqlite_waits_for_other_writers_and_keeps_foreign_keys(db):
    options = settings.DATABASES["default"]["OPTIONS"]
    assert (options["transaction_mode"], options["timeout"]) == ("IMMEDIATE", 20)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys")
        assert cursor.fetchone() == (1,)


@pytest.mark.django_db(transaction=True)
def test_the_database_refuses_an_office_of_no_entity():
    from django.db import IntegrityError

    entity = make_entity()
    with pytest.raises(IntegrityError), transaction.atomic():
        Office.objects.create(entity_id=entity.pk + 999, slug="x", name="X", kind="otra")


def test_models_and_migrations_agree(db):
    call_command("makemigrations", check=True, dry_run=True, stdout=StringIO())


@pytest.mark.parametrize("address", ["/", "/cuenta/ingresar/", "/salud/", "/no-existe/", "/admin/"])
def test_every_answer_carries_the_security_headers(address, client, db):
    headers = client.get(address).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "unsafe" not in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_an_installation_draws_its_own_key_once_and_keeps_it_to_itself(tmp_path):
    path = tmp_path / "secret_key"
    key = own_secret_key(path)
    assert own_secret_key(path) == key
    assert len(key) >= 64
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert own_secret_key(tmp_path / "another") != key


def test_debug_is_off_unless_asked():
    assert settings.DEBUG is False


def test_lock_files_are_hashed_and_name_no_registry():
    for name in ("base", "dev"):
        text = (ROOT / "requirements" / f"{name}.txt").read_text()
        packages = [line for line in text.splitlines() if line and line[0].isalnum()]
        assert packages
        assert all(line.endswith("\\") for line in packages), "a package without hashes"
        assert "://" not in text


def test_templates_hold_no_inline_style_or_script():
    """But for those of PDFs, which no browser reads, and for data that no browser runs."""
    import re

    inline = re.compile(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", re.IGNORECASE)
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in (ROOT / "templates").rglob("*.html")
        if "reports" not in path.parts
        for match in inline.finditer(path.read_text())
    ]
    assert found == []


def test_every_dependency_says_why_it_is_here():
    import tomllib

    text = (ROOT / "pyproject.toml").read_text()
    project = tomllib.loads(text)["project"]
    named = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    for requirement in named:
        line = next(line for line in text.splitlines() if line.strip().startswith(f'"{requirement}"'))
        assert "# " in line, f"{requirement} has no reason beside it"
