"""The year that the transparency page is about."""

import pytest

from .year import Year


@pytest.fixture
def year(house):
    return Year(house)
