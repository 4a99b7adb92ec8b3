"""Two browsers with the same sign-in link at the same moment, on PostgreSQL."""

import pytest
from django.db import connection

from planning.models import AuditEvent
from planning.sign_in_links import make_token, use
from tests.at_once import together
from tests.cast import make_house

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="en SQLite los que escriben hacen fila")
def test_one_of_them_comes_in():
    house = make_house("cartago")
    token = make_token(house.leader, house.entity, by=house.administrator, reason="Lo pidió en persona.")

    found = together(*[lambda: use(token, house.entity)] * 4)
    assert [user for user in found if user] == [house.leader]
    assert AuditEvent.objects.filter(event="use_sign_in_link").count() == 1
