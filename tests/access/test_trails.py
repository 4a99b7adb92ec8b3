"""The trail of staff pages: on all but those of the navigation, and no step of it is closed to the person."""

import re
from html import unescape

import pytest
from django.urls import reverse

from .expected import EXPECTED, SIGN_IN
from .rows import keys_of

NAVIGATION = re.compile(r'<nav class="site-nav" aria-label="Trabajo en la entidad">(.*?)</nav>', re.DOTALL)
TRAIL = re.compile(r'<nav class="breadcrumb-trail" aria-label="Ruta de navegación">(.*?)</nav>', re.DOTALL)
STEP = re.compile(r"<li( aria-current=\"page\")?>(?:<a href=\"([^\"]*)\">)?([^<]*)")


def staff_pages(client, post, pks):
    """Address and text of every page that the person may open and that has the navigation of the staff."""
    for name, expected in EXPECTED.items():
        if expected.anonymous == SIGN_IN and "entity" in expected.kwargs and expected.answer(post) == 200:
            address = reverse(name, kwargs={key: pks.get(value, value) for key, value in expected.kwargs.items()})
            response = client.get(address)
            text = "" if response.streaming else response.content.decode(errors="replace")
            if NAVIGATION.search(text):
                yield address, text


def trail_of(text):
    found = TRAIL.search(text)
    return [(is_last != "", unescape(to), words) for is_last, to, words in STEP.findall(found[1])] if found else []


@pytest.mark.parametrize("post", ["planning", "leader", "committee", "auditor", "administrator"])
def test_every_page_says_where_it_is_and_leads_back(post, site, client):
    draft, people = site
    client.force_login(people[post])
    steps = {}
    for address, text in staff_pages(client, post, keys_of(draft)):
        offered = set(re.findall(r'href="([^"]*)"', NAVIGATION.search(text)[1]))
        trail = trail_of(text)
        assert (trail == []) == (address in offered), address
        if trail:
            assert [is_last for is_last, *_ in trail] == [False] * (len(trail) - 1) + [True], address
            assert all(words.strip() for *_, words in trail), address
            assert trail[0][1].partition("?")[0] in offered, address
            steps |= {to: address for _, to, _ in trail[:-1]}
    assert steps
    assert {to: page for to, page in steps.items() if client.get(to).status_code != 200} == {}
