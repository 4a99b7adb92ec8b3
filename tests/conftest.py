"""What every test may ask for."""

import os

import pytest
import zeal
from django.core.cache import caches
from hypothesis import HealthCheck, settings

from .cast import make_house
from .factories import make_user

# How fast examples are made says how busy the machine is. In CI the same ones are tried each time.
settings.register_profile(
    "portal", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=bool(os.environ.get("CI"))
)
settings.load_profile("portal")


@pytest.fixture
def house(db):
    """The entity that a test is about, with all its people."""
    return make_house("cartago")


@pytest.fixture
def neighbour(db):
    """Another entity, whose people must never see or change the first one's rows."""
    return make_house("candelaria")


@pytest.fixture
def superuser(db):
    return make_user("superusuario@portal.example", is_staff=True, is_superuser=True, post="Sistemas")


@pytest.fixture
def pages(settings):
    """A page cache of its own for the test; without it, tests keep no page."""
    settings.CACHES = settings.CACHES | {"pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    caches["pages"].clear()
    yield caches["pages"]
    caches["pages"].clear()


@pytest.fixture(autouse=True)
def no_query_in_a_loop(request):
    """A relation loaded row by row is an error, except where the test itself walks rows."""
    if "db" in request.fixturenames and not request.node.get_closest_marker("walks_rows"):
        with zeal.zeal_context():
            yield
    else:
        yield
