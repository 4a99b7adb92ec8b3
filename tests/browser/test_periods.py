"""The pages of the reporting periods for people who see, hear or point otherwise, and with the mouse."""

import datetime

import pytest
from playwright.sync_api import expect

from actionplans.domain.following.calendar.extensions import extend
from tests.factories import make_published_plan
from tests.following import close, make_year, on_day, reopen, report, shipped_lights


@pytest.fixture
def periods(house):
    """A quarter closed, one reopened and two open, the last of which asks for nothing yet."""
    shipped_lights()
    version = make_published_plan(house.entity, activities=4, office=house.office)
    first, second, third, fourth = make_year(house)
    row = version.activities.first()
    with on_day(2024, 4, 5):
        report(house, row, first)
    for period, day in ((first, (2024, 4, 20)), (second, (2024, 7, 20))):
        with on_day(*day):
            close(house, period)
    with on_day(2024, 7, 22):
        reopen(house, second, [row], until=datetime.date(2024, 8, 1))
        extend(third, [row.activity], by=house.planning, until=datetime.date(2024, 11, 1), reason="Inundación")
    return first, second, third, fourth


def addresses(periods):
    first, second, third, _fourth = periods
    base = "/gestion/cartago/periodos/"
    return [
        f"{base}?vigencia=2024",
        f"{base}nuevos/?vigencia=2025&cada=trimestre",
        f"{base}planes/?vigencia=2024",
        f"{base}semaforos/?texto=actividad",
        f"{base}{first.pk}/",
        f"{base}{second.pk}/",
        f"{base}{third.pk}/",
        f"{base}{third.pk}/prorroga/",
        f"{base}{third.pk}/fechas/",
        f"{base}{third.pk}/cerrar/",
        f"{base}{first.pk}/reabrir/",
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    width, theme, house, periods, open_page, sign_in, violations
):
    page, found = sign_in(open_page(width, theme), house.planning.email), []
    for address in addresses(periods):
        assert page.goto(address).status == 200, address
        found += violations(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
    assert found == []


def test_an_extension_is_given_to_activities_found_in_two_searches(house, periods, open_page, sign_in):
    third = periods[2]
    page = sign_in(open_page(), house.planning.email)
    page.goto(f"/gestion/cartago/periodos/{third.pk}/prorroga/")
    page.get_by_label("Motivo").fill("Paro de transporte")
    page.get_by_label("Buscar actividades").fill("número 2")
    page.get_by_role("button", name="Buscar").click()
    page.get_by_label("Actividad número 2").check()
    page.get_by_label("Buscar actividades").fill("número 3")
    page.get_by_role("button", name="Buscar").click()
    expect(page.get_by_label("Actividad número 4")).to_have_count(0)
    expect(page.get_by_label("Actividad número 2")).to_be_checked()
    page.get_by_label("Actividad número 3").check()
    page.get_by_label("Pueden reportar hasta").fill("2024-12-01")
    page.get_by_role("button", name="Dar la prórroga").click()
    expect(page.get_by_text("2 actividades pueden reportarse hasta el 01/12/2024")).to_be_visible()
    assert third.extensions.filter(reason="Paro de transporte").count() == 2
