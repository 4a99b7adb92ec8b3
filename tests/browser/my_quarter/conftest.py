"""A leader's quarter, and the form of a report in a browser."""

import pytest

from tests.report_steps import COUNTED, make_desk


@pytest.fixture
def desk(house):
    return make_desk(house)


@pytest.fixture
def open_report(open_page, sign_in, desk):
    def open_(number=COUNTED, width=1280, user=None, **options):
        page = sign_in(open_page(width, **options), (user or desk.house.leader).email)
        page.goto(desk.address(number))
        return page

    return open_
