"""Each licence that an entity may choose has its own address, and one where it is told in Spanish."""

import pytest

from actionplans.opendata.licences import licence_of
from planning.enums import DataLicence
from planning.models import Entity


@pytest.mark.parametrize(
    ("licence", "path"),
    [
        (DataLicence.CC_BY, "https://creativecommons.org/licenses/by/4.0/"),
        (DataLicence.CC_BY_SA, "https://creativecommons.org/licenses/by-sa/4.0/"),
        (DataLicence.CC0, "https://creativecommons.org/publicdomain/zero/1.0/"),
    ],
)
def test_where_a_licence_is_read(licence, path):
    found = licence_of(Entity(data_licence=licence))
    assert (found.name, found.path, found.deed) == (licence.value, path, f"{path}deed.es")


def test_every_licence_is_in_the_table_above():
    assert len(DataLicence) == 3
