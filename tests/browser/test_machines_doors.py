"""Data for machines in real pages: no browser runs it, and none complains of it."""

import json

import pytest

from tests.factories import make_published_plan

pytestmark = pytest.mark.django_db(transaction=True)
SCRIPT_DATA = 'script[type="application/ld+json"]'


@pytest.mark.parametrize("address", ["/", "/cartago/", "/cartago/planes/2024/plan-de-prueba/", "/cartago/datos/"])
def test_data_blocks_break_no_policy(open_page, house, neighbour, address):
    """`open_page` fails on whatever the console complains of; the policy forbids script inside the page."""
    make_published_plan(house.entity)
    page = open_page()
    page.add_init_script("addEventListener('securitypolicyviolation', () => { window.broken = true })")
    page.goto(address)
    assert json.loads(page.locator(SCRIPT_DATA).text_content())["@graph"]
    assert page.evaluate("window.broken") is None


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_of_the_api_can_be_read_by_everybody(open_page, violations, db, width, theme):
    page = open_page(width, theme)
    page.goto("/api/docs")
    plans = page.locator('[aria-labelledby="tabla-planes"]')
    plans.get_by_text("Campos").click()
    assert plans.get_by_text("publicado_en", exact=True).is_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement !== document.body")


def test_the_page_of_the_api_needs_no_script(open_page, db):
    page = open_page(360, java_script_enabled=False)
    page.goto("/api/docs")
    page.get_by_text("Parámetros de Las entidades del portal").click()
    assert page.get_by_text("por_pagina", exact=True).first.is_visible()
