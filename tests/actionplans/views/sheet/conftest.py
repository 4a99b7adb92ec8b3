"""A draft of three activities, and planning, who fills its sheet."""

import pytest

from tests.factories import make_draft


@pytest.fixture
def draft(house):
    return make_draft(house.entity, office=house.office, activities=3)


@pytest.fixture
def planning(client, house):
    client.force_login(house.planning)
    return client
