"""What the sheet costs with 300 activities: the page, the save of one cell, and the browser's share."""

import json
import time

import pytest
from django.urls import reverse

from actionplans.domain.contents.content import PlanContent
from actionplans.domain.plan import create_plan
from tests.benchmarks.measuring import milliseconds, report
from tests.cast import make_house
from tests.factories import activity_contents


@pytest.fixture
def sheet(db):
    house = make_house("cartago")
    activities = activity_contents(300, house.office, tasks=("Prepararlo", "Socializarlo"), deliverable="Informe")
    content = PlanContent(title="Plan de trescientas", activities=activities)
    version = create_plan(house.entity, 2024, content, by=house.planning)
    return house, version, reverse("sheet", args=["cartago", version.pk])


def test_the_sheet_and_its_saves(client, sheet, capsys):
    house, version, address = sheet
    client.force_login(house.planning)
    page = milliseconds(lambda: client.get(address))
    revision = iter(range(1, 1000))

    def save():
        number = next(revision)
        edit = {"id": "a", "key": 150, "revision": number, "values": {"deliverable": f"Vez {number}"}}
        answer = client.post(
            reverse("sheet_cells", args=["cartago", version.pk]),
            json.dumps({"edits": [edit]}),
            content_type="application/json",
        )
        assert answer.json()["rows"][0]["revision"] == number + 1

    report(capsys, f"sheet of 300 activities: page {page:.0f} ms, save of a cell {milliseconds(save):.0f} ms")


@pytest.mark.django_db(transaction=True)
def test_the_sheet_in_a_browser(open_page, sign_in, sheet, capsys):
    house, _, address = sheet
    page = sign_in(open_page(1366), house.planning.email)
    page.goto(address)
    loaded = page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")
    cell = page.locator("#actividad-150 td").first
    cell.click()
    began = time.perf_counter()
    page.keyboard.type("Otro texto")
    with page.expect_response("**/hoja/celdas/"):
        page.keyboard.press("Enter")
    saved = 1000 * (time.perf_counter() - began)
    report(capsys, f"           in Chromium: loaded {loaded:.0f} ms; typed, waited and saved {saved:.0f} ms")
