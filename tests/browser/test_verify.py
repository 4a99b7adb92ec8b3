"""Comparing a copy with the file that was issued: in the browser, without sending it anywhere."""

import pytest

from actionplans.enums import IssuedKind
from actionplans.models import IssuedFile
from actionplans.reports.issued.issuing import Issue, issued_bytes
from tests.factories import make_entity

pytestmark = pytest.mark.django_db(transaction=True)
BODY = b"%PDF-1.7 informe"


@pytest.fixture
def issued(db):
    issue = Issue(
        entity=make_entity(), kind=IssuedKind.COMMITTEE, suffix="pdf", title="Informe", name="informe.pdf"
    )
    issued_bytes(issue, lambda mark: BODY)
    return IssuedFile.objects.get()


def chosen(page, name, body):
    page.set_input_files("#copia-archivo", {"name": name, "mimeType": "application/pdf", "buffer": body})


@pytest.mark.parametrize("width", [320, 1280])
def test_a_copy_is_compared_and_never_sent(issued, open_page, width):
    page = open_page(width)
    page.goto(f"/verificar/{issued.code}/")
    asked = []
    page.on("request", lambda request: "favicon" in request.url or asked.append(request.url))
    result = page.locator(".copy-result")
    chosen(page, "informe.pdf", BODY)
    result.get_by_text("Coincide", exact=True).wait_for()
    chosen(page, "otro.pdf", BODY.replace(b"informe", b"INFORME"))
    result.get_by_text("No coincide", exact=True).wait_for()
    assert "Tiene el mismo tamaño, pero no el mismo contenido." in result.inner_text()
    chosen(page, "otro.pdf", BODY + b"x" * 2000)
    result.get_by_text("Su copia tiene 2.016 bytes; el archivo que salió del portal, 16 bytes.").wait_for()
    assert asked == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_javascript_the_orders_are_there(issued, open_page):
    page = open_page(java_script_enabled=False)
    page.goto("/verificar/")
    page.get_by_label("Código de verificación").fill(issued.code.lower().replace("-", " "))
    page.get_by_role("button", name="Verificar").click()
    assert issued.sha256 in page.locator("#huella").inner_text()
    assert not page.locator("#copia-archivo").is_visible()
    page.locator("summary").click()
    assert page.get_by_text("sha256sum").is_visible()
