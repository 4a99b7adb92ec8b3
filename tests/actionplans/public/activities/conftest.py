"""The year whose activities are asked for: that of the transparency page."""

import pytest

from tests.actionplans.public.transparency.year import Year


@pytest.fixture
def year(house):
    return Year(house)
