"""Discarding a draft in a browser: what the portal keeps and what this computer keeps go together."""

import re

import pytest
from playwright.sync_api import expect

from actionplans.models import ReportDraft
from tests.report_steps import COUNTED

from .hands import KEPT, forgotten, narrative, told


def go_to_question(page):
    page.get_by_role("link", name="Descartar borrador").click()
    page.wait_for_url("**/descartar/")


@pytest.mark.parametrize("width", [1280, 360])
def test_what_only_this_computer_keeps_is_said_and_goes_too(desk, open_report, violations, width):
    page = open_report(width=width)
    expect(page.get_by_role("link", name="Descartar borrador")).to_be_hidden()
    narrative(page).fill("Lo que sobra")
    told(page, "Borrador guardado a las")
    page.route("**/borrador/", lambda route: route.abort())
    narrative(page).fill("Lo que sobra y no llegó")
    told(page, "guardado en este equipo")
    go_to_question(page)
    expect(page.locator("dd", has_text="Lo que sobra")).to_be_visible()
    expect(page.locator("[data-device]")).to_have_text(
        re.compile(r"desde las \d\d:\d\d: «Lo que sobra y no llegó»")
    )
    assert len(page.evaluate(KEPT)) == 1
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert violations(page) == []
    page.unroute("**/borrador/")
    page.get_by_role("button", name="Sí, descartar el borrador").click()
    page.wait_for_url(f"**{desk.address(COUNTED)}")
    expect(page.get_by_text("El borrador se descartó. La actividad queda sin reporte.")).to_be_visible()
    expect(narrative(page)).to_have_value("")
    forgotten(page)
    assert not ReportDraft.objects.exists()


def test_what_was_typed_last_is_among_what_goes(desk, open_report):
    page = open_report()
    narrative(page).fill("Primero")
    told(page, "Borrador guardado a las")
    narrative(page).fill("Primero y lo último")
    go_to_question(page)
    expect(page.locator("dd", has_text="Primero y lo último")).to_be_visible()
    expect(page.locator("[data-device]")).to_be_hidden()
    page.get_by_role("link", name="No, seguir con él").click()
    expect(narrative(page)).to_have_value("Primero y lo último")


def test_without_script_it_is_discarded_too(desk, open_report):
    page = open_report(java_script_enabled=False)
    narrative(page).fill("Lo que sobra")
    page.get_by_role("button", name="Guardar el borrador").click()
    go_to_question(page)
    page.get_by_role("button", name="Sí, descartar el borrador").click()
    expect(page.get_by_text("El borrador se descartó. La actividad queda sin reporte.")).to_be_visible()
    assert not ReportDraft.objects.exists()
