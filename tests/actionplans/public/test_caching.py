"""Kept pages: rendered once, right at once after a change, and never somebody else's."""

import datetime
import time
from contextlib import contextmanager
from decimal import Decimal
from functools import wraps
from unittest import mock

import pytest
from django.core.cache import caches
from django.http import HttpResponse
from django.test import Client
from django.test.signals import template_rendered
from django.urls import ResolverMatch
from django.utils.http import http_date

from actionplans.domain.following.reporting.reviewing import verify_progress
from actionplans.public.serving import first
from actionplans.public.serving.caching import kept_page
from planning import audit, content
from planning.models import ContentVersion
from tests.factories import make_draft, make_entity, make_published_plan
from tests.following import close, make_year, on_day, promised, reported

pytestmark = pytest.mark.django_db
OTHER_PLAN = "/cartago/planes/2024/otro/"
PLAN = "/cartago/planes/2024/plan-de-prueba/"


@pytest.fixture(autouse=True)
def pages(settings):
    """A page cache of its own for each test."""
    settings.CACHES = settings.CACHES | {"pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    caches["pages"].clear()
    yield caches["pages"]
    caches["pages"].clear()


@pytest.fixture
def renders():
    """The names of the pages that were rendered, in order."""
    names = []

    def seen(sender, template, **_rest):
        if (template.name or "").startswith("public/"):
            names.append(template.name)

    template_rendered.connect(seen)
    yield names
    template_rendered.disconnect(seen)


def pages_rendered(client, renders, *addresses) -> dict[str, bool]:
    found = {}
    for address in addresses:
        renders.clear()
        assert client.get(address).status_code == 200
        found[address] = bool(renders)
    return found


def test_a_page_is_rendered_once_and_asks_one_query(client, house, renders, django_assert_num_queries):
    make_published_plan(house.entity)
    assert pages_rendered(client, renders, PLAN) == {PLAN: True}
    renders.clear()
    with django_assert_num_queries(1):
        again = client.get(PLAN)
    assert not renders
    assert b"Plan de prueba" in again.content


def test_what_is_kept_is_what_was_answered(client, house):
    make_published_plan(house.entity)
    first, again = client.get(PLAN), client.get(PLAN)
    squeezed = client.get(PLAN, HTTP_ACCEPT_ENCODING="gzip")
    assert first.content == again.content
    assert squeezed["Content-Encoding"] == "gzip"
    assert len(squeezed.content) < len(again.content) / 3
    assert again["Content-Type"] == "text/html; charset=utf-8"
    assert again["Cache-Control"] == "public, no-cache"
    assert "Cookie" in again["Vary"]
    assert "Accept-Encoding" in again["Vary"]


def test_a_browser_that_has_it_gets_nothing_again(client, house):
    make_published_plan(house.entity)
    had = client.get(PLAN)["ETag"]
    unchanged = client.get(PLAN, headers={"if-none-match": had})
    assert (unchanged.status_code, unchanged.content) == (304, b"")


ANYTHING = ["/", "/sitemap.xml", "/glosario/", "/mapa-del-sitio/", "/cartago/mapa.xml", "/cartago/", PLAN]
"""Pages of everything that a page may depend on."""


@pytest.fixture
def later():
    """Some seconds of a day, one after the other, and the date of each as browsers are told it."""

    @contextmanager
    def at(seconds):
        moment = datetime.datetime(2024, 4, 1, 17, tzinfo=datetime.UTC) + datetime.timedelta(seconds=seconds)
        with mock.patch("django.utils.timezone.now", return_value=moment):
            yield http_date(moment.timestamp())

    return at


@pytest.fixture
def two(house, neighbour):
    """Two entities with a plan each: the portal has a list of them."""
    return make_published_plan(house.entity), make_published_plan(neighbour.entity)


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


def test_the_whole_portal_has_the_moment_of_its_newest_change(house, neighbour):
    content.touch(house.entity)
    begun = datetime.datetime.now(datetime.UTC)
    assert content.stamp_of_all().at < begun
    content.touch(neighbour.entity)
    assert begun < content.stamp_of_all().at < datetime.datetime.now(datetime.UTC)


def test_the_numbers_of_thousands_of_entities_are_added_without_overflow(house, neighbour, monkeypatch):
    monkeypatch.setattr(content, "_moment", lambda number: None)  # of numbers that no clock gives
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


OF_NO_ENTITY = ["/glosario/", "/accesibilidad/", "/privacidad/", "/terminos/", "/verificar/", "/api/docs"]


def test_what_shows_nothing_of_entities_stays_kept_while_they_work(client, two, renders):
    addresses = [*OF_NO_ENTITY, "/mapa-del-sitio/"]
    pages_rendered(client, renders, *addresses)
    content.touch(two[0].entity, [two[0].plan.topic])
    assert not any(pages_rendered(client, renders, *addresses).values())
    content.touch(two[0].entity)
    seen = pages_rendered(client, renders, *addresses)
    assert {address for address, was in seen.items() if was} == {"/mapa-del-sitio/"}
    content.touch(None)
    assert all(pages_rendered(client, renders, *addresses).values())


def test_a_verification_moves_its_plan_and_the_whole_of_its_entity(client, house, neighbour, renders):
    activity = make_published_plan(house.entity, office=house.office).activities.first().activity
    make_published_plan(house.entity, title="Otro")
    make_published_plan(neighbour.entity)
    period = make_year(house)[0]
    with on_day(2024, 4, 10):
        reported(house, activity, period)
    with on_day(2024, 4, 20):
        close(house, period)
    with on_day(2024, 4, 22):
        addresses = [PLAN, OTHER_PLAN, "/cartago/", "/candelaria/", "/candelaria/planes/", *OF_NO_ENTITY]
        pages_rendered(client, renders, *addresses)
        verify_progress(promised(activity, period), period, by=house.auditor, value=Decimal(25), opinion="Falta.")
        seen = pages_rendered(client, renders, *addresses)
    assert {address for address, was in seen.items() if was} == {PLAN, "/cartago/"}


def test_a_kept_page_says_nothing_of_the_host_that_was_asked_first(client, two, settings):
    settings.SITE_URL = "https://planeacion.example"
    pages_ = {}
    for host in ("localhost", "127.0.0.1"):
        pages_[host] = {address: client.get(address, HTTP_HOST=host).content.decode() for address in ANYTHING}
        assert not [address for address, page in pages_[host].items() if f"//{host}" in page]
    assert pages_["localhost"] == pages_["127.0.0.1"]
    assert f"Impreso de https://planeacion.example{PLAN}" in pages_["localhost"][PLAN]


def test_a_change_of_a_plan_leaves_the_other_plan_and_the_neighbour_kept(client, house, neighbour, renders):
    make_published_plan(house.entity)
    make_published_plan(house.entity, title="Otro")
    make_published_plan(neighbour.entity)
    addresses = [PLAN, OTHER_PLAN, "/cartago/", "/cartago/planes/", "/candelaria/", "/candelaria/planes/"]
    pages_rendered(client, renders, *addresses)

    plan = house.entity.plans.get(slug="plan-de-prueba")
    content.touch(house.entity, plan.content_topics("publish"))

    assert pages_rendered(client, renders, *addresses) == {
        PLAN: True,
        OTHER_PLAN: False,
        "/cartago/": True,
        "/cartago/planes/": True,
        "/candelaria/": False,
        "/candelaria/planes/": False,
    }


def test_a_closing_is_told_at_once_and_only_where_it_measured(client, house, neighbour, renders):
    activity = make_published_plan(house.entity, office=house.office).activities.first()
    make_published_plan(neighbour.entity)
    make_published_plan(house.entity, title="Otro", year=2023)
    periods = make_year(house)
    addresses = [PLAN, "/cartago/planes/2023/otro/", "/cartago/", "/candelaria/"]
    with on_day(2024, 4, 10):
        pages_rendered(client, renders, *addresses)
        reported(house, activity.activity, periods[0])
        assert not any(pages_rendered(client, renders, *addresses).values())
        close(house, periods[0])
        assert pages_rendered(client, renders, *addresses) == dict(
            zip(addresses, [True, False, True, False], strict=True)
        )


def test_drafts_change_no_page(client, house, renders):
    make_published_plan(house.entity)
    pages_rendered(client, renders, PLAN, "/cartago/")
    make_draft(house.entity, title="Un borrador", by=house.planning)
    assert not any(pages_rendered(client, renders, PLAN, "/cartago/").values())


def test_a_rename_of_the_entity_is_on_every_page_of_it_and_on_the_list(client, house, neighbour, renders):
    make_published_plan(house.entity)
    pages_rendered(client, renders, "/", PLAN, "/candelaria/")
    house.entity.name = "Municipio renombrado"
    house.entity.save()
    audit.record(house.entity, house.entity, "change", by=house.administrator)
    assert pages_rendered(client, renders, "/", PLAN, "/candelaria/") == {
        "/": True,
        PLAN: True,
        "/candelaria/": False,
    }
    assert "Municipio renombrado" in client.get(PLAN).content.decode()


def test_a_new_day_is_a_new_page(client, house, renders):
    make_published_plan(house.entity)
    with on_day(2024, 3, 31, hour=23):
        assert pages_rendered(client, renders, PLAN) == {PLAN: True}
    with on_day(2024, 4, 1, hour=0):
        assert pages_rendered(client, renders, PLAN) == {PLAN: True}
        assert pages_rendered(client, renders, PLAN) == {PLAN: False}


def test_who_has_signed_in_neither_gets_nor_leaves_a_kept_page(client, house, renders):
    make_published_plan(house.entity)
    client.get(PLAN)
    client.force_login(house.planning)
    own = client.get(PLAN)
    assert "Cerrar sesión" in own.content.decode()
    assert own["Cache-Control"] == "private, no-cache"
    client.logout()
    client.cookies.clear()
    assert "Cerrar sesión" not in client.get(PLAN).content.decode()


def test_parameters_that_nobody_reads_fill_no_cache(client, house, pages):
    make_published_plan(house.entity)
    client.get(PLAN)
    kept = len(pages._cache)
    for number in range(3):
        assert client.get(f"{PLAN}?inventado={number}").status_code == 200
    client.get(f"/cartago/planes/?vigencia={'9' * 300}")
    assert len(pages._cache) == kept


def test_what_is_not_found_is_not_kept(client, pages):
    make_entity("cartago")
    assert client.get(PLAN).status_code == 404
    assert not pages._cache


def test_a_kept_page_has_the_headers_of_any_page(client, house):
    """It is answered before most of what handles requests, and must not show it."""
    make_published_plan(house.entity)
    made, kept = client.get(PLAN), client.get(PLAN)
    assert dict(made.headers) == dict(kept.headers)
    for name in ("Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy"):
        assert name in kept.headers


def test_a_kept_page_is_for_the_portals_own_hosts(client, house):
    make_published_plan(house.entity)
    client.get(PLAN)
    assert client.get(PLAN, HTTP_HOST="ajeno.example").status_code == 400


def test_what_stands_around_a_view_is_not_left_out():
    """Only the view of `kept_page` itself is answered beforehand: another decorator may add to it."""

    def marked(view):
        @wraps(view)
        def answer(*args, **kwargs):
            response = view(*args, **kwargs)
            response["X-Marked"] = "1"
            return response

        return answer

    @kept_page()
    def page(request, entity):
        return HttpResponse("texto")

    around = marked(page)
    match = ResolverMatch(around, (), {"entity": "cartago"})
    assert around.keeping
    assert first._keeping(match) is None
    assert first._keeping(ResolverMatch(page, (), {"entity": "cartago"})) is page.keeping


def test_a_page_is_read_only(client, house):
    make_published_plan(house.entity)
    assert client.post(PLAN).status_code == 405


def test_compressed_or_not_the_page_has_a_tag_that_promises_no_bytes(client, house):
    make_published_plan(house.entity)
    packed, plain = (client.get(PLAN, headers=asked) for asked in ({"accept-encoding": "gzip"}, {}))
    assert packed.content != plain.content
    assert packed["ETag"] == plain["ETag"]
    assert packed["ETag"].startswith('W/"')
    assert client.get(PLAN, headers={"if-none-match": packed["ETag"]}).status_code == 304


@pytest.mark.parametrize("method", ["post", "put", "delete"])
@pytest.mark.parametrize("address", [PLAN, "/", "/cartago/datos/2024/planes.csv", f"{PLAN}descargar.xlsx"])
def test_who_sends_something_to_a_public_page_is_told_that_it_only_answers(house, method, address):
    make_published_plan(house.entity)
    answer = getattr(Client(enforce_csrf_checks=True), method)(address)
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")
