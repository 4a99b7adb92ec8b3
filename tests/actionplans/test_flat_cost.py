"""A public page costs what it shows: on PostgreSQL no query of any page reads through a big table.

The queries that each page really asks are explained and run over a load of many entities: a page of one of them
must find its rows by indexes, and read but a small part of what there is.
"""

import io

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.urls import URLPattern

from actionplans.management.load import loading
from actionplans.models import Activity, ActivityVersion, ClosedFigure
from actionplans.public import urls
from planning.models import Entity
from tests.explaining import flaws, sizes
from tests.public_pages import FILES, WHOLE_PORTAL, addresses, subject_of

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db, pytest.mark.walks_rows]
ENTITIES = 25
SHARE = 0.2
"""Of a big table's rows, what a step of a page of one entity out of `ENTITIES` may look at."""


@pytest.fixture(scope="module")
def many(django_db_setup, django_db_blocker):
    """Many entities, for all tests of this module; gone afterwards."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite no planea las consultas así: bin/with-postgresql")
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(loading, "PATTERNS", 1)
        asked = ("--entities", str(ENTITIES), "--plans", "20", "--activities", "30", "--closed", "1")
        call_command("generate_load", *asked, stdout=io.StringIO(), stderr=io.StringIO())
        yield subject_of(Entity.objects.order_by("pk")[ENTITIES // 2])
        transaction.set_rollback(True)


def test_every_public_page_is_looked_at(many):
    named = {pattern.name for pattern in urls.of_an_entity}
    named |= {pattern.name for pattern in urls.urlpatterns if isinstance(pattern, URLPattern)}
    assert named - FILES == set(addresses(many))


def test_no_public_page_reads_through_a_big_table(many):
    known = sizes()
    assert min(known[model._meta.db_table] for model in (Activity, ActivityVersion, ClosedFigure)) >= 15_000
    found = []
    for name, address in addresses(many).items():
        found += flaws(address, known, 1 if name in WHOLE_PORTAL else SHARE)
    assert not found, "\n".join(found)


def test_a_page_that_goes_through_everything_is_noticed(many):
    """The measure itself: where no index may be used, the plan's page is told."""
    with transaction.atomic(), connection.cursor() as cursor:
        for way in ("indexscan", "bitmapscan", "indexonlyscan"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
        assert any("goes through all of" in flaw for flaw in flaws(addresses(many)["plan"], sizes(), SHARE))
        transaction.set_rollback(True)
