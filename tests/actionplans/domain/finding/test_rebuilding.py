"""Making the index again says what the verbs said; what writing and reading it cost."""

import pytest
from django.core.management import call_command
from django.db import connection

from actionplans.domain.finding.asking import MOST_HITS, Asked, find, matching
from actionplans.domain.finding.entries import entry, write
from actionplans.domain.finding.plans import index_versions
from actionplans.enums import SearchKind
from actionplans.models import PlanVersion, SearchEntry
from actionplans.search_words import INDEX
from planning.management.refusal import Error
from tests.factories import make_draft, make_published_plan
from tests.following import close, link, reported

from .steps import plan_of, said_everywhere

pytestmark = pytest.mark.django_db


# --- Rebuilding ----------------------------------------------------------------------------------------------


def test_rebuilding_says_what_the_verbs_said_however_often(house, neighbour, plan, quarter, capsys):
    reported(house, plan.activities.first(), quarter, evidence=(link(house, description="Fotos"),))
    close(house, quarter)
    plan_of(neighbour.entity, "Comprar cajas")
    before = said_everywhere()
    assert len(before) == 7
    call_command("index_search")
    assert said_everywhere() == before
    call_command("index_search", entity="cartago")
    assert said_everywhere() == before
    assert capsys.readouterr().out.splitlines() == [
        "candelaria: 2 entradas en el buscador.",
        "cartago: 5 entradas en el buscador.",
        "cartago: 5 entradas en el buscador.",
    ]


def test_rebuilding_mends_one_entity_and_leaves_the_others(house, neighbour):
    make_published_plan(house.entity)
    make_published_plan(neighbour.entity)
    SearchEntry.objects.update(title="Dañado")
    call_command("index_search", entity="cartago", verbosity=0)
    assert set(SearchEntry.objects.filter(title="Dañado").values_list("entity__slug", flat=True)) == {"candelaria"}


def test_an_entity_that_is_not_there_is_said():
    with pytest.raises(Error, match="No hay una entidad «nadie»"):
        call_command("index_search", entity="nadie")


@pytest.mark.parametrize("number", [3, 30])
def test_a_batch_is_written_with_few_questions(house, number, django_assert_max_num_queries):
    version = make_published_plan(house.entity, activities=number, office=house.office)
    draft = make_draft(house.entity, title="Borrador")
    with django_assert_max_num_queries(13):  # one statement of INSERT for so many values
        assert index_versions([version.pk, draft.pk]) == number + 1
    assert SearchEntry.objects.filter(plan=draft.plan).count() == 0


def test_many_versions_are_written_in_batches(house, monkeypatch):
    monkeypatch.setattr("actionplans.domain.finding.plans.VERSIONS_AT_ONCE", 2)
    for number in range(5):
        make_published_plan(house.entity, title=f"Plan {number}", activities=1)
    SearchEntry.objects.all().delete()
    published = PlanVersion.objects.published().values_list("pk", flat=True)
    assert index_versions(published, fresh=True) == 10 == SearchEntry.objects.count()


# --- Cost ----------------------------------------------------------------------------------------------------


def many(entity, number, title="Comprar cajas", words=""):
    rows = (
        entry(
            entity.pk, SearchKind.ACTIVITY, str(row), title=f"{title} {row}", lines=[f"un plan {words}"], path="x/"
        )
        for row in range(number)
    )
    return write(list(rows))


def test_more_than_a_page_can_order_is_cut(house):
    many(house.entity, MOST_HITS + 5)
    assert len(find(Asked(words=("plan",), entity=house.entity.pk))) == MOST_HITS + 1


@pytest.mark.postgresql
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="el índice es de PostgreSQL")
@pytest.mark.parametrize("filters", [{}, {"kind": "actividad"}, {"year": 2024}])
@pytest.mark.parametrize("whose", ["one", "all"])
def test_postgresql_reads_the_index_and_never_every_entry(house, neighbour, whose, filters):
    text = " ".join(f"palabra{number}" for number in range(60))
    many(house.entity, 50, words=text)
    many(neighbour.entity, 5000, "Vender sillas", words=text)
    with connection.cursor() as cursor:
        cursor.execute("SELECT gin_clean_pending_list(%s)", [INDEX])  # as VACUUM does, which no transaction may
        cursor.execute("ANALYZE actionplans_searchentry")
    asked = Asked(words=("plan", "cajas"), entity=house.entity.pk if whose == "one" else None, **filters)
    explained = matching(asked).explain(analyze=True)
    assert INDEX in explained
    assert "Seq Scan" not in explained
    assert len(find(asked)) == (0 if "year" in filters else 50)
