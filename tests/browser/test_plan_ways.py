"""Sharing and printing a plan: with script the browser's own ways, without it the address to copy by hand."""

import pytest
from playwright.sync_api import expect

from tests.factories import make_published_plan

pytestmark = pytest.mark.django_db(transaction=True)

PLAN = "/cartago/planes/2024/plan-de-prueba/"


@pytest.fixture
def plan(house):
    return make_published_plan(house.entity, office=house.office)


def test_the_address_is_copied_and_said(open_page, plan, settings):
    page = open_page(360, permissions=["clipboard-read", "clipboard-write"])
    page.goto(PLAN)
    page.get_by_role("button", name="Copiar la dirección").click()
    page.get_by_text("Dirección copiada").wait_for()

    assert page.evaluate("navigator.clipboard.readText()") == f"{settings.SITE_URL}{PLAN}"


def test_printing_opens_the_browsers_own_dialog(open_page, plan):
    page = open_page(1280)
    page.add_init_script("window.print = () => { window.printed = true }")
    page.goto(f"{PLAN}actividades/1/")
    page.get_by_role("button", name="Imprimir esta página").click()

    page.wait_for_function("window.printed === true")


def test_without_script_no_button_promises_what_it_cannot_do(open_page, plan, settings):
    page = open_page(360, java_script_enabled=False)
    page.goto(PLAN)

    assert page.get_by_label("Dirección de esta página").input_value() == f"{settings.SITE_URL}{PLAN}"
    assert page.locator(".share button:visible").count() == 0


@pytest.mark.parametrize("width", [320, 360])
def test_a_long_plan_fits_a_phone_and_its_last_row_is_reached_by_keyboard(open_page, house, width):
    make_published_plan(house.entity, activities=200, office=house.office)
    page = open_page(width)
    page.goto(PLAN)
    page.get_by_role("link", name="Actividad número 200").focus()

    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(page.get_by_role("link", name="Actividad número 200")).to_be_in_viewport()
