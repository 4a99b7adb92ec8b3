"""A browser that has a page gets it again only where it changed, whether it asks by tag or by date."""

import time

import pytest

from planning import content
from planning.models import ContentVersion
from tests.factories import make_published_plan

from .kept import ANYTHING, PLAN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages")]


def test_a_browser_that_has_it_gets_nothing_again(client, house):
    make_published_plan(house.entity)
    had = client.get(PLAN)["ETag"]
    unchanged = client.get(PLAN, headers={"if-none-match": had})
    assert (unchanged.status_code, unchanged.content) == (304, b"")


@pytest.mark.parametrize("address", ANYTHING)
def test_a_browser_that_asks_by_date_gets_nothing_again(client, two, later, address):
    with later(0.4) as begun:
        assert "Last-Modified" not in client.get(address)  # that second is not over
    with later(0.9):
        assert "Last-Modified" not in client.get(address)
        assert client.get(address, headers={"if-modified-since": begun}).status_code == 200
    with later(5):
        had = client.get(address)["Last-Modified"]
        unchanged = client.get(address, headers={"if-modified-since": had})
    with later(1) as over:
        assert had == over
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert unchanged["Last-Modified"] == had
    with later(6):
        assert client.get(address, headers={"if-modified-since": begun}).status_code == 200


@pytest.mark.parametrize("address", ANYTHING)
def test_no_date_hides_a_change(client, two, later, address):
    """Whatever date a browser got with what it has, the second before it or the same as the change."""
    dates = []
    for moment in (0.1, 3.2, 3.3, 3.7):
        with later(moment) as date:
            dates += [client.get(address).headers.get("Last-Modified"), date]
    content.touch(two[0].entity)
    content.touch(None)
    for moment in (3.8, 3.9, 4.1, 9):
        with later(moment):
            for date in filter(None, dates):
                assert client.get(address, headers={"if-modified-since": date}).status_code == 200, (moment, date)


def test_another_process_that_committed_late_is_not_hidden_by_a_date(client, two, later):
    """The numbers of two entities are not committed in the order in which they were taken."""
    earlier = time.time_ns() // 1000
    with later(0):
        client.get("/")
    content.touch(two[1].entity)
    with later(5):
        client.get("/")
    with later(10):
        had = client.get("/")["Last-Modified"]
    ContentVersion.objects.filter(entity=two[0].entity, topic=content.WHOLE).update(number=earlier)
    with later(12):
        assert client.get("/", headers={"if-modified-since": had}).status_code == 200


def test_the_whole_portal_is_another_whoever_changes(house, neighbour):
    texts = {content.stamp_of_all().text}
    for entity in (house.entity, neighbour.entity, None):
        content.touch(entity)
        texts.add(content.stamp_of_all().text)
    assert len(texts) == 4


def test_the_numbers_of_thousands_of_entities_are_added_without_overflow(house, neighbour):
    for entity in (house.entity, neighbour.entity):
        content.touch(entity)
    ContentVersion.objects.filter(topic=content.WHOLE).update(number=2**63 - 1)
    texts = {content.stamp_of_all().text}
    ContentVersion.objects.filter(entity=house.entity, topic=content.WHOLE).update(number=2**63 - 2)
    texts.add(content.stamp_of_all().text)
    assert len(texts) == 2


@pytest.mark.parametrize(
    "address", ["/nope/transparencia/", "/cartago/planes/2031/nope/", "/cartago/mapa.xml?pagina=9"]
)
@pytest.mark.parametrize("asked", [{"if-none-match": "*"}, {"if-modified-since": "Fri, 01 Jan 2100 00:00:00 GMT"}])
def test_what_does_not_exist_is_not_found_whatever_a_browser_says_it_has(client, house, address, asked):
    make_published_plan(house.entity)
    for _again in range(2):
        assert client.get(address, headers=asked).status_code == 404


@pytest.mark.parametrize("cached", [True, False])
def test_a_page_that_is_made_again_is_not_sent_to_who_has_it(client, house, pages, settings, cached):
    make_published_plan(house.entity)
    had = client.get(PLAN)["ETag"]
    pages.clear()
    if not cached:
        settings.CACHES = settings.CACHES | {"pages": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    for _again in range(2):
        assert client.get(PLAN, headers={"if-none-match": had}).status_code == 304


def test_compressed_or_not_the_page_has_a_tag_that_promises_no_bytes(client, house):
    make_published_plan(house.entity)
    packed, plain = (client.get(PLAN, headers=asked) for asked in ({"accept-encoding": "gzip"}, {}))
    assert packed.content != plain.content
    assert packed["ETag"] == plain["ETag"]
    assert packed["ETag"].startswith('W/"')
    assert client.get(PLAN, headers={"if-none-match": packed["ETag"]}).status_code == 304
