"""How cost grows: measured, printed, and compared inside one run on one machine. Not a test of speed."""

import pytest
from django.urls import reverse

from tests.benchmarks.measuring import milliseconds, report
from tests.factories import make_entity, make_office, make_published_plan


@pytest.mark.django_db
def test_plan_page(client, capsys):
    entity = make_entity()
    office = make_office(entity)
    cost = {}
    for count in (9, 300):
        version = make_published_plan(entity, title=f"Plan de {count}", activities=count, office=office)
        address = reverse("plan", args=["cartago", 2024, version.plan.slug])
        cost[count] = milliseconds(lambda address=address: client.get(address))
    per_activity = (cost[300] - cost[9]) / 291
    report(capsys, f"plan page: 9 activities {cost[9]:.0f} ms, 300 activities {cost[300]:.0f} ms")
    report(capsys, f"           {per_activity:.2f} ms for each further activity, same number of queries\n")
