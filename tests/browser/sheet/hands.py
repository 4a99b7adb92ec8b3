"""What a person does with the sheet, and what the sheet and the database say of it."""

import re

from playwright.sync_api import expect


def saved(page):
    told(page, "Guardado a las")


def told(page, words):
    expect(page.locator("[data-state]")).to_have_text(re.compile(words))


def cell(page, key, column):
    """The cell of activity `key` under a column's label; months by their three letters."""
    headings = page.locator(".sheet thead th").all_text_contents()
    place = [text.strip() for text in headings].index(column)
    return page.locator(f"#actividad-{key} > *").nth(place)


def paste(page, text):
    page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.setData('text/plain', text);
            document.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true}));
        }""",
        text,
    )


def rows(version):
    return list(version.activities.order_by("position").values_list("activity__key", "description"))


def slowly(page, time=700):
    """Every answer comes late, so that what a person does meanwhile is seen."""

    def late(route):
        page.wait_for_timeout(time)
        route.continue_()

    page.route("**/hoja/**", late)


def on_screen(page):
    return page.evaluate(
        """() => [...document.querySelectorAll('.sheet tbody tr[data-key]')].map(row =>
            [Number(row.dataset.key), row.cells[1].textContent])"""
    )
