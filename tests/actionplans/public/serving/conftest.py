"""Pages that are kept: which were rendered, two entities that they are about, and the second that it is."""

import datetime
from contextlib import contextmanager
from unittest import mock

import pytest
from django.test.signals import template_rendered
from django.utils.http import http_date

from tests.factories import make_published_plan


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
