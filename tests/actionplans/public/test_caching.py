"""Kept pages: rendered once, right at once after a change, and never somebody else's."""

from functools import wraps

import pytest
from django.core.cache import caches
from django.http import HttpResponse
from django.test.signals import template_rendered
from django.urls import ResolverMatch

from actionplans.public import first
from actionplans.public.caching import kept_page
from planning import audit, content
from tests.factories import make_draft, make_entity, make_published_plan
from tests.following import close, make_year, on_day, reported

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


@pytest.mark.parametrize("header", ["ETag", "Last-Modified"])
def test_a_browser_that_has_it_gets_nothing_again(client, house, header):
    make_published_plan(house.entity)
    had = client.get(PLAN)[header]
    asked = {"ETag": {"HTTP_IF_NONE_MATCH": had}, "Last-Modified": {"HTTP_IF_MODIFIED_SINCE": had}}[header]
    unchanged = client.get(PLAN, **asked)
    assert (unchanged.status_code, unchanged.content) == (304, b"")


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
