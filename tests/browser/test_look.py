"""What only a browser shows of the look: colour of the entity, months on a phone, paper, the account menu."""

import pytest

from tests.factories import PASSWORD, make_entity, make_office, make_published_plan

PLAN = "/cartago/planes/2024/plan-de-prueba/"


@pytest.fixture
def plan(transactional_db):
    cartago = make_entity("cartago", colour="#7A1F1F")
    make_entity("candelaria")
    return make_published_plan(cartago, activities=3, office=make_office(cartago))


def background(page, selector):
    return page.locator(selector).first.evaluate("element => getComputedStyle(element).backgroundColor")


def test_each_entity_wears_its_own_colour(plan, open_page):
    page = open_page()

    page.goto("/cartago/")
    assert background(page, ".hero") == "rgb(122, 31, 31)"
    page.goto("/candelaria/")
    assert background(page, ".hero") == "rgb(11, 76, 140)"


def test_a_dark_theme_is_followed(plan, open_page):
    for theme, colour in {"light": "rgb(244, 246, 249)", "dark": "rgb(16, 21, 27)"}.items():
        page = open_page(theme=theme)
        page.goto(PLAN)
        assert background(page, "body") == colour


def test_the_grid_is_a_table_on_a_desk_and_words_on_a_phone(plan, open_page):
    desk, phone = open_page(1280), open_page(360)
    for page in (desk, phone):
        page.goto(PLAN)

    assert desk.locator("td.month").first.is_visible()
    assert not desk.get_by_text("Programada en febrero").is_visible()
    assert not phone.locator("td.month").first.is_visible()
    assert phone.get_by_text("Programada en febrero").is_visible()


def test_a_wide_grid_scrolls_in_its_own_region_and_keeps_the_activity_in_sight(plan, open_page):
    page = open_page(860)
    page.goto(PLAN)
    region = page.get_by_role("region", name="Actividades y cronograma")
    before = region.locator("th.what").nth(1).bounding_box()["x"]

    region.evaluate("element => element.scrollLeft = 200")

    assert page.evaluate("document.documentElement.scrollWidth") <= 860
    # The number goes, the activity stays at the edge.
    assert region.bounding_box()["x"] - 1 <= region.locator("th.what").nth(1).bounding_box()["x"] <= before


def test_paper_has_no_navigation(plan, open_page):
    page = open_page()
    page.goto(PLAN)
    page.emulate_media(media="print")

    for part in (".govco", ".site-nav", ".breadcrumb-trail"):
        assert not page.locator(part).is_visible()
    assert page.locator("td.month").first.is_visible()
    assert page.locator("thead").evaluate("e => getComputedStyle(e).display") == "table-header-group"


def test_the_account_menu_opens_without_script_and_closes_the_session(house, open_page, sign_in):
    page = sign_in(open_page(java_script_enabled=False), house.planning.email, PASSWORD)
    page.goto("/cartago/")

    page.locator("summary").click()
    assert page.get_by_role("link", name="Mi trabajo").is_visible()
    page.get_by_role("button", name="Cerrar sesión").click()

    page.goto("/cartago/")
    assert page.get_by_role("link", name="Ingresar").is_visible()
