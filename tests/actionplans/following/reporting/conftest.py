"""The desk of a leader whose third quarter takes reports, and the form that is sent from it."""

import pytest

from tests.report_steps import make_desk


@pytest.fixture
def desk(house):
    return make_desk(house)


@pytest.fixture
def post(client, desk):
    """Send the form of an activity as the leader (or as `user`), with the button `do`."""

    def post_(number, data=None, *, do="save", user=None, to="", **options):
        client.force_login(user or desk.house.leader)
        response = client.post(f"{desk.address(number)}{to}", {"do": do, **(data or {})}, **options)
        response.html = response.content.decode()
        return response

    return post_
