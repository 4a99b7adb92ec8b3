"""What tests of public pages stand on."""

import pytest

from tests.factories import make_entity


@pytest.fixture
def cartago(db):
    return make_entity("cartago")
