"""A real Chromium on the live server."""

import json
import os
import shutil
from pathlib import Path

import pytest

from tests.factories import PASSWORD

AXE = Path(__file__).parents[1] / "vendor" / "axe-core" / "axe.min.js"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip

# Playwright's own event loop runs in this thread; the ORM calls of the tests are not inside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


def pytest_collection_modifyitems(items):
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.browser)
            if not CHROMIUM and not os.environ.get("REQUIRE_BROWSER"):
                item.add_marker(pytest.mark.skip(reason="no hay Chromium: apt-get install chromium"))


@pytest.fixture(scope="session")
def chromium():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium, live_server):
    """A function that opens a new page at a width and in a theme; what its console complains of fails the test."""
    contexts, complaints = [], []

    def open_(width=1280, theme="light", **options):
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 900},
            color_scheme=theme,
            locale="es-CO",
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: message.type == "error" and complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield open_
    for context in contexts:
        context.close()
    refusals = (403, 404, 409, 410, 422, 503)  # that tests ask for
    expected = tuple(f"status of {status}" for status in refusals)
    expected += ("net::ERR_INTERNET_DISCONNECTED", "net::ERR_FAILED")  # lines that tests cut
    assert [text for text in complaints if not any(part in text for part in expected)] == []


@pytest.fixture
def sign_in():
    """Sign in through the login page, as a person does."""

    def sign_in_(page, email, password=PASSWORD):
        page.goto("/cuenta/ingresar/")
        page.get_by_label("Correo electrónico").fill(email)
        page.get_by_label("Contraseña").fill(password)
        page.get_by_role("button", name="Ingresar").click()
        page.wait_for_load_state()
        return page

    return sign_in_


@pytest.fixture
def violations():
    """What axe-core finds on a page, one line for each place."""

    def violations_(page):
        page.evaluate(AXE.read_text())
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        return [
            f"{page.url}: {violation['id']} at {json.dumps(node['target'])}"
            for violation in found["violations"]
            for node in violation["nodes"]
        ]

    return violations_
