"""A draft of three activities, and its sheet as planning opens it."""

import pytest

from tests.factories import make_draft


@pytest.fixture
def draft(house):
    return make_draft(house.entity, office=house.office, activities=3)


@pytest.fixture
def open_sheet(open_page, sign_in, house):
    def open_(version, width=1440, **options):
        page = sign_in(open_page(width, **options), house.planning.email)
        page.goto(f"/gestion/cartago/planes/{version.pk}/hoja/")
        return page

    return open_
