"""From the list of entities to the proof, as people do it who use no mouse, or whose browser runs no script."""

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

PLAN = "/cartago/planes/2026/participacion-ciudadana-ejemplo/"
MOST_KEYS = 80  # a page on which a link is further away is not walked by anybody


@pytest.fixture
def demo(transactional_db):
    call_command("load_demo", verbosity=0)


def test_a_citizen_goes_from_the_entities_to_the_proof_with_the_keyboard_alone(demo, open_page):
    page = open_page()
    page.goto("/")
    _go_to(page, "Alcaldía de Cartago")
    _go_to(page, "Transparencia")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Lo que prometimos")
    _skip_to_content(page)
    _open_first_account(page)

    _go_to(page, "Buscar", by="Shift+Tab")  # the header is behind
    _tab_to(page, "texto")
    page.keyboard.type("encuentro")
    page.keyboard.press("Enter")
    page.wait_for_url("**/buscar/?*texto=encuentro*")
    expect(page.locator("mark").first).to_be_visible()

    page.goto(PLAN)
    _go_to(page, "Mejorar el resultado del autodiagnóstico de participación")
    assert "/actividades/" in page.url
    _go_to(page, "Acta del encuentro")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    _see_the_focus_everywhere(page)


def _see_the_focus_everywhere(page):
    for address in ("/cartago/transparencia/", PLAN, "/cartago/datos/", "/verificar/"):
        page.goto(address)
        for _ in range(12):
            page.keyboard.press("Tab")
            outline = page.evaluate(
                "(() => { const style = getComputedStyle(document.activeElement);"
                " return style.outlineStyle + ' ' + style.outlineWidth + ' ' + style.boxShadow })()"
            )
            assert outline != "none 0px none", page.evaluate("document.activeElement.outerHTML")


def test_a_citizen_without_script_reads_searches_takes_the_data_and_tries_a_code(demo, open_page):
    page = open_page(width=360, java_script_enabled=False)
    page.goto("/cartago/transparencia/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Lo que prometimos")
    page.locator("summary", has_text="¿Cómo se calculó?").first.click()
    expect(page.locator("details[open]").first).to_be_visible()

    page.get_by_role("link", name="Buscar", exact=True).first.click()
    page.get_by_label("Qué busca").fill("participación")
    page.get_by_role("button", name="Buscar", exact=True).click()
    expect(page.locator("mark").first).to_be_visible()

    page.goto(PLAN)
    with page.expect_download() as taken:
        page.get_by_role("link", name="CSV").first.click()
    assert taken.value.suggested_filename.endswith(".csv")

    page.goto("/cartago/datos/")
    with page.expect_download() as taken:
        page.get_by_role("link", name="XLSX").first.click()
    assert taken.value.suggested_filename.endswith(".xlsx")

    page.goto("/verificar/")
    page.get_by_role("textbox").fill("no es un código")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text("código")


def _go_to(page, words, by="Tab"):
    """Presses Tab until the link is reached, and Enter."""
    link = page.get_by_role("link", name=words).first
    address = link.get_attribute("href")
    page.locator("body").press("Escape")
    for _ in range(MOST_KEYS):
        if page.evaluate("document.activeElement.getAttribute('href')") == address:
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
        page.keyboard.press(by)
    raise AssertionError(f"«{words}» is not reached with {MOST_KEYS} keys")


def _tab_to(page, name):
    for _ in range(MOST_KEYS):
        if page.evaluate("document.activeElement.name") == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the field «{name}» is not reached with {MOST_KEYS} keys")


def _skip_to_content(page):
    """The first stop of a page leads past its header."""
    page.reload()
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Saltar al contenido")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "contenido"


def _open_first_account(page):
    """The first «¿Cómo se calculó?» of the page opens with the space bar."""
    for _ in range(MOST_KEYS):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "SUMMARY":
            page.keyboard.press("Space")
            expect(page.locator("details[open]").first).to_be_visible()
            return
    raise AssertionError("no account is reached with the keyboard")
