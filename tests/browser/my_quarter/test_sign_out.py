"""Who signs out leaves nothing in the browser, and nobody finds another's text in it."""

import re

from playwright.sync_api import expect

from tests.factories import make_user
from tests.report_steps import COUNTED

from .hands import KEPT, draft, forgotten, narrative, told


def leave_unsent(page, words="Secreto"):
    """Text that stays in the browser alone."""
    page.route("**/borrador/", lambda route: route.abort())
    narrative(page).fill(words)
    told(page, "guardado en este equipo")
    assert len(page.evaluate(KEPT)) == 1


def sign_out_of_the_page(page):
    page.locator("details.account summary").click()
    page.get_by_role("button", name="Cerrar sesión").click()


def test_signing_out_names_what_is_unsent_and_then_erases_it(desk, open_report, violations):
    page = open_report()
    leave_unsent(page)
    sign_out_of_the_page(page)
    page.wait_for_url("**/cuenta/salir/")
    box = page.locator("[data-unsent]")
    expect(box).to_contain_text("Capacitar funcionarios: texto")
    expect(box.get_by_role("link", name="Enviar antes de salir")).to_have_attribute("href", desk.address(COUNTED))
    assert violations(page) == []
    page.locator("main").get_by_role("button", name="Cerrar sesión").click()
    page.wait_for_url(lambda address: "/cuenta/salir/" not in address)
    page.goto("/cuenta/ingresar/")
    forgotten(page)


def test_signing_out_with_everything_sent_asks_nothing(desk, open_report):
    page = open_report()
    narrative(page).fill("Guardado")
    sign_out_of_the_page(page)
    page.wait_for_url(lambda address: "seguimiento" not in address and "salir" not in address)
    assert draft().answers == {"narrative": "Guardado"}


def test_another_account_on_the_same_computer_finds_nothing(desk, open_report, sign_in):
    other = make_user("colega@cartago.example", desk.house.entity, "leader", offices=[desk.house.office])
    page = open_report()
    leave_unsent(page)
    page.context.clear_cookies()  # the session ended by itself
    sign_in(page, other.email)
    page.goto(desk.address(COUNTED))
    expect(narrative(page)).to_have_value("")
    expect(page.get_by_text("Secreto")).to_have_count(0)
    page.goto("/cuenta/salir/")
    expect(page.locator("[data-unsent]")).to_be_hidden()
    page.locator("main").get_by_role("button", name="Cerrar sesión").click()
    page.wait_for_url(lambda address: "/cuenta/salir/" not in address)
    page.unroute("**/borrador/")
    sign_in(page, desk.house.leader.email)
    page.goto(desk.address(COUNTED))
    expect(narrative(page)).to_have_value("Secreto")
    told(page, "Borrador guardado a las")
    assert draft().answers == {"narrative": "Secreto"}


def test_a_session_that_ended_is_said_with_the_way_back(desk, open_report):
    page = open_report()
    page.context.clear_cookies()
    narrative(page).fill("Escrito después")
    told(page, "Su sesión terminó. Lo que escribió está guardado en este equipo")
    way_back = page.locator("[data-told]").get_by_role("link", name="Ingresar de nuevo")
    expect(way_back).to_have_attribute("href", re.compile("^/cuenta/ingresar/[?]next=%2Fseguimiento"))
