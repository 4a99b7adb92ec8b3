"""The Atom feed: what changed in public, in its order, with names and links that stay."""

import datetime
from decimal import Decimal

import pytest
from defusedxml import ElementTree
from django.utils.dateparse import parse_datetime

from actionplans.domain.following.reporting.reviewing import verify_progress
from actionplans.public.machines.news import news_of
from tests.factories import make_draft, make_published_plan
from tests.following import close, make_year, on_day, promised, reopen, reported
from tests.steps import approve_by_act, modify, modify_and_approve

pytestmark = pytest.mark.django_db
FEED = "/cartago/novedades.xml"
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def read(client, address=FEED):
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(answer.content)


def told(root, name):
    return [entry.findtext(f"a:{name}", namespaces=ATOM) for entry in root.findall("a:entry", ATOM)]


def paths(root):
    return [entry.find("a:link", ATOM).get("href") for entry in root.findall("a:entry", ATOM)]


@pytest.fixture
def year(house):
    """A plan with two versions; its first quarter closed, reopened for its first activity, and closed again."""
    with on_day(2024, 1, 20):
        version = make_published_plan(house.entity, office=house.office)
    activity = version.activities.first()
    first, *_ = make_year(house)
    with on_day(2024, 4, 10):
        reported(house, activity.activity, first)
        close(house, first)
    with on_day(2024, 4, 20):
        reopen(house, first, [activity], until=datetime.date(2024, 4, 30), act_name="Acta n.º 5")
    with on_day(2024, 5, 2):
        close(house, first)
    return version, first


def verify(house, activity, period, day, opinion="Sin observaciones."):
    with on_day(*day):
        return verify_progress(
            promised(activity, period), period, by=house.auditor, value=Decimal(50), opinion=opinion
        )


def test_any_origin_may_read_it(client, house):
    assert client.get(FEED)["Access-Control-Allow-Origin"] == "*"
    assert client.options(FEED).status_code == 204


def test_tells_versions_closings_and_reopenings_newest_first(client, house, year, settings):
    version, _first = year
    with on_day(2024, 5, 10):
        modify_and_approve(version, house)
    root = read(client)
    assert told(root, "title") == [
        "Plan de prueba 2024: versión 2 publicada",
        "Trimestre I de 2024: cierre 2",
        "Trimestre I de 2024: se reabrió después del cierre 1",
        "Trimestre I de 2024: cierre 1",
        "Plan de prueba 2024: versión 1 cargada en el portal",
    ]
    closed = [path.removeprefix(settings.SITE_URL) for path in paths(root)[1:4]]
    assert closed == ["/cartago/transparencia/2024/#cierres"] * 3
    assert 'id="cierres"' in client.get(closed[0]).content.decode()
    summaries = told(root, "summary")
    assert "Cambió el calendario" in summaries[0]
    assert "Aprobación: Acta n.º 2" in summaries[0]
    assert "Se encontró un error" in summaries[2]
    assert "Acta n.º 5" in summaries[2]
    assert summaries[1].startswith("Avance de la entidad: ")


def test_its_moment_is_that_of_the_newest(client, house, year):
    root = read(client)
    moments = [parse_datetime(text) for text in told(root, "updated")]
    assert moments == sorted(moments, reverse=True)
    assert parse_datetime(root.findtext("a:updated", namespaces=ATOM)) == moments[0]
    assert told(root, "published") == told(root, "updated")


def test_every_link_is_whole_and_opens(client, house, year, settings):
    verify(house, year[0].activities.first(), year[1], (2024, 5, 3))
    links = paths(read(client))
    assert len(links) == 5
    for link in links:
        assert link.startswith(f"{settings.SITE_URL}/cartago/")
        assert client.get(link.removeprefix(settings.SITE_URL).split("#")[0]).status_code == 200


def test_names_are_unique_and_stay_when_the_portal_moves(client, house, year, settings):
    before = told(read(client), "id")
    settings.SITE_URL = "https://planes.example.gov.co"
    root = read(client)
    assert told(root, "id") == before
    assert len(set(before)) == len(before)
    assert all(name.startswith("urn:uuid:") for name in before)
    assert (
        root.find("a:link[@rel='self']", ATOM).get("href") == "https://planes.example.gov.co/cartago/novedades.xml"
    )


def test_two_entities_share_no_entry(client, house, neighbour):
    make_published_plan(house.entity)
    make_published_plan(neighbour.entity)
    ours, theirs = read(client), read(client, "/candelaria/novedades.xml")
    assert not set(told(ours, "id")) & set(told(theirs, "id"))
    assert "/candelaria/" not in "".join(paths(ours))


def test_drafts_are_no_news(client, house):
    version = make_published_plan(house.entity)
    make_draft(house.entity, title="Un borrador oculto")
    modify(version, house, reason="Un motivo oculto")
    text = client.get(FEED).content.decode()
    assert "oculto" not in text
    assert text.count("<entry>") == 1


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        ((2024, 4, 2), (2024, 4, 10)),  # before the first closing: with it
        ((2024, 4, 12), (2024, 4, 12)),  # while the period stands closed: at once
        ((2024, 4, 25), (2024, 5, 2)),  # while it is open again: with the next closing
        ((2024, 5, 3), (2024, 5, 3)),
    ],
)
def test_a_verification_is_news_when_pages_show_it(house, year, day, shown):
    verify(house, year[0].activities.first(), year[1], day)
    news = [item for item in news_of(house.entity) if item.kind == "verificacion"]
    assert [item.at.date() for item in news] == [datetime.date(*shown)]


def test_a_verification_of_an_open_period_is_no_news(house, year):
    version, first = year
    with on_day(2024, 5, 20):
        reopen(house, first, [version.activities.first()], until=datetime.date(2024, 5, 30))
    verify(house, version.activities.first(), first, (2024, 5, 21), opinion="Algo que aún no se sabe.")
    verify(house, version.activities.last(), house.entity.periods.get(ordinal=2), (2024, 5, 21))
    assert [item for item in news_of(house.entity) if item.kind == "verificacion"] == []


def test_a_sitting_of_control_interno_is_one_entry(house, year):
    version, first = year
    for activity in version.activities.all():
        verify(house, activity, first, (2024, 5, 3))
    (item,) = [item for item in news_of(house.entity) if item.kind == "verificacion"]
    assert item.title == "Plan de prueba 2024: control interno verificó el trimestre I"
    assert item.text == "Se pronunció sobre 3 actividades."


def test_what_people_write_is_text_and_not_markup(client, house):
    version = make_published_plan(house.entity)
    draft = modify(version, house, reason="Se unió <b>la feria</b> & el foro")
    approve_by_act(draft, house)
    assert "&lt;b&gt;la feria&lt;/b&gt; &amp; el foro" in told(read(client), "summary")[0]


def test_an_entity_without_news_has_a_valid_feed(client, house):
    root = read(client)
    assert root.findall("a:entry", ATOM) == []
    assert parse_datetime(root.findtext("a:updated", namespaces=ATOM))
    assert root.findtext("a:id", namespaces=ATOM).startswith("urn:uuid:")
    assert root.findtext("a:author/a:name", namespaces=ATOM) == "Alcaldía de Cartago"


@pytest.mark.parametrize("plans", [1, 3])
def test_its_queries_do_not_grow(client, house, plans, django_assert_num_queries):
    versions = [make_published_plan(house.entity, title=f"Plan {n}", office=house.office) for n in range(plans)]
    first, *_ = make_year(house)
    with on_day(2024, 4, 10):
        close(house, first)
        for version in versions:
            verify_progress(
                promised(version.activities.first(), first), first, by=house.auditor, value=None, opinion="Bien."
            )
    with django_assert_num_queries(10):
        client.get(FEED)


def test_a_page_of_the_entity_names_its_feed(client, house):
    page = client.get("/cartago/").content.decode()
    assert '<link rel="alternate" type="application/atom+xml" title="Novedades de Alcaldía de Cartago"' in page
    assert f'href="{FEED}"' in page
