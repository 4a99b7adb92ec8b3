"""Downloads: the public ones of what is published, the staff's of drafts, each entity its own."""

import json

import pytest

from actionplans.reports.plan import pdf
from tests.factories import make_draft, make_published_plan

pytestmark = pytest.mark.django_db

PUBLISHED = "/cartago/planes/2024/plan-de-prueba/descargar."


@pytest.fixture
def published(house):
    return make_published_plan(house.entity, office=house.office)


@pytest.mark.parametrize(
    ("suffix", "media_type", "start"),
    [
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK"),
        ("csv", "text/csv; charset=utf-8", b"\xef\xbb\xbf"),
        ("json", "application/json", b"{"),
    ],
)
def test_anybody_downloads_a_published_plan(published, client, suffix, media_type, start):
    answer = client.get(PUBLISHED + suffix)
    assert (answer.status_code, answer["Content-Type"]) == (200, media_type)
    assert answer.content.startswith(start)
    assert answer["Content-Disposition"] == f'attachment; filename="cartago-plan-de-prueba-2024-v1.{suffix}"'
    assert "no-cache" in answer["Cache-Control"]
    assert "public" in answer["Cache-Control"]


@pytest.mark.usefixtures("pdf_tools")
def test_anybody_downloads_the_pdf(published, client):
    assert client.get(f"{PUBLISHED}pdf").content.startswith(b"%PDF-1.7")


def test_what_has_not_changed_is_not_sent_again(published, client):
    etag = client.get(f"{PUBLISHED}csv")["ETag"]
    again = client.get(f"{PUBLISHED}csv", headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(f"{PUBLISHED}json", headers={"if-none-match": etag}).status_code == 200


def test_an_earlier_version_is_asked_for_by_its_number(published, client):
    assert json.loads(client.get(f"{PUBLISHED}json?version=1").content)["version"] == 1
    assert client.get(f"{PUBLISHED}json?version=2").status_code == 404
    assert client.get(f"{PUBLISHED}json?version=uno").status_code == 404


def test_there_is_no_other_format(published, client):
    assert client.get(f"{PUBLISHED}docx").status_code == 404


def test_a_draft_is_not_downloaded_by_the_public(house, client):
    make_draft(house.entity, title="Plan de prueba", office=house.office)
    assert client.get(f"{PUBLISHED}csv").status_code == 404


def test_the_staff_downloads_a_draft_that_nobody_keeps(house, client):
    draft = make_draft(house.entity, office=house.office)
    client.force_login(house.planning)
    answer = client.get(f"/gestion/cartago/planes/{draft.pk}/descargar.xlsx/")
    assert answer.status_code == 200
    assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))
    assert "ETag" not in answer


def test_another_entity_is_refused(house, neighbour, client):
    draft = make_draft(house.entity, office=house.office)
    client.force_login(neighbour.planning)
    assert client.get(f"/gestion/cartago/planes/{draft.pk}/descargar.csv/").status_code == 404
    assert client.get(f"/gestion/candelaria/planes/{draft.pk}/descargar.csv/").status_code == 404


def test_without_libraries_the_pdf_says_how_to_install_them(published, client, monkeypatch):
    def none():
        raise pdf.PdfUnavailable

    monkeypatch.setattr(pdf, "_weasyprint", none)
    answer = client.get(f"{PUBLISHED}pdf")
    assert answer.status_code == 503
    assert "apt-get install -y --no-install-recommends libpango-1.0-0" in answer.content.decode()


def test_both_pages_offer_the_four_files(house, published, client):
    page = client.get("/cartago/planes/2024/plan-de-prueba/").content.decode()
    client.force_login(house.planning)
    staff = client.get(f"/gestion/cartago/planes/{published.pk}/").content.decode()
    for suffix in ("xlsx", "pdf", "csv", "json"):
        assert f'href="{PUBLISHED}{suffix}"' in page
        assert f'href="/gestion/cartago/planes/{published.pk}/descargar.{suffix}/"' in staff
