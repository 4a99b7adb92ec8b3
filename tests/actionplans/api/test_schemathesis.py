"""The API tried against its own description, with what it allows and with what it does not."""

import copy

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis import GenerationMode
from schemathesis.config import SchemathesisConfig

from actionplans.api.description import description
from config.wsgi import application
from tests.factories import make_published_plan
from tests.following import close, make_year, on_day, reported

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("default")]
PLAIN = {"Accept-Encoding": "identity"}  # schemathesis reads what WSGI gives it, without unpacking
TRIES = settings(
    max_examples=6,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(autouse=True)
def one_connection():
    """A request of WSGI begins and ends by closing old connections: here they are those of the test itself."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def published(house):
    """A year of the house with a plan, a closed period and a report that counted."""
    activity = make_published_plan(house.entity, office=house.office).activities.first()
    first, *_ = make_year(house)
    with on_day(2024, 4, 10):
        reported(house, activity.activity, first)
        close(house, first)


def described(raw, *, with_limits=True):
    """`with_limits` tries every limit of every parameter, one by one."""
    config = SchemathesisConfig()
    config.projects.default.phases.coverage.enabled = with_limits
    config.projects.default.generation.update(
        modes=[GenerationMode.POSITIVE, GenerationMode.NEGATIVE], deterministic=True
    )
    schema = schemathesis.openapi.from_dict(raw, config=config)
    schema.app = application
    return schema


def of_the_house() -> dict:
    """The same, of an entity and a year that are there: whatever is allowed is answered with rows."""
    raw = copy.deepcopy(description())
    there = {"entidad": {"type": "string", "enum": ["cartago"]}, "vigencia": {"type": "integer", "enum": [2024]}}
    for operations in raw["paths"].values():
        for parameter in operations["get"].get("parameters", []):
            parameter["schema"] = there.get(parameter["name"], parameter["schema"])
    return raw


@described(description()).include(path_regex="entidades/$|{entidad}/$|vigencias/$|planes/$|cifras/$").parametrize()
@TRIES
def test_answers_are_as_described(case, published):
    case.call_and_validate(headers=PLAIN)


@described(of_the_house(), with_limits=False).parametrize()
@TRIES
def test_rows_are_as_described(case, published):
    case.call_and_validate(headers=PLAIN)
