"""Kept pages: rendered once, with all that a page has, and never somebody else's."""

from functools import wraps

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import ResolverMatch

from actionplans.public.serving import first
from actionplans.public.serving.caching import kept_page
from tests.factories import make_entity, make_published_plan

from .kept import ANYTHING, PLAN, pages_rendered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages")]


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


def test_a_kept_page_says_nothing_of_the_host_that_was_asked_first(client, two, settings):
    settings.SITE_URL = "https://planeacion.example"
    pages_ = {}
    for host in ("localhost", "127.0.0.1"):
        pages_[host] = {address: client.get(address, HTTP_HOST=host).content.decode() for address in ANYTHING}
        assert not [address for address, page in pages_[host].items() if f"//{host}" in page]
    assert pages_["localhost"] == pages_["127.0.0.1"]
    assert f"Impreso de https://planeacion.example{PLAN}" in pages_["localhost"][PLAN]


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


@pytest.mark.parametrize("method", ["post", "put", "delete"])
@pytest.mark.parametrize("address", [PLAN, "/", "/cartago/datos/2024/planes.csv", f"{PLAN}descargar.xlsx"])
def test_who_sends_something_to_a_public_page_is_told_that_it_only_answers(house, method, address):
    make_published_plan(house.entity)
    answer = getattr(Client(enforce_csrf_checks=True), method)(address)
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")
