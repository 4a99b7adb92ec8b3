"""Every address × every post: what each one answers. A new address without an expectation fails."""

import pytest
from django.urls import URLPattern, get_resolver, reverse

from .expected import EXPECTED, POSTS, SIGN_IN
from .rows import keys_of


def all_patterns(resolver, namespace=""):
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}"
        else:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from all_patterns(pattern, inner)


def test_every_address_has_an_expectation():
    names = {name for name in all_patterns(get_resolver()) if not name.startswith("admin:")}
    assert names - {"None"} == set(EXPECTED)


@pytest.mark.parametrize("post", POSTS)
def test_every_address_answers_each_post_as_expected(post, site, client):
    draft, people = site
    answers, pks = {}, keys_of(draft)
    for name, expected in EXPECTED.items():
        if post != "anonymous":
            client.force_login(people[post])
        kwargs = {name: pks.get(value, value) for name, value in expected.kwargs.items()}
        response = client.get(reverse(name, kwargs=kwargs))
        to_sign_in = response.status_code == 302 and "/cuenta/ingresar/" in response.url
        answers[name] = SIGN_IN if to_sign_in and expected.answer(post) == SIGN_IN else response.status_code
    assert answers == {name: expected.answer(post) for name, expected in EXPECTED.items()}
