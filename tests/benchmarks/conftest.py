"""Benchmarks use the real browser too."""

from tests.browser.conftest import chromium, open_page, sign_in  # noqa: F401
