"""A public file is drawn once for each content, also when two ask at the same moment."""

import hashlib
import re
from unittest import mock

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actionplans.models import IssuedFile
from actionplans.reports.issued import answers, issuing
from actionplans.reports.issued import plans as issued_plans
from actionplans.reports.plan import pdf
from actionplans.reports.plan.builders import plan_sheet
from planning import content
from tests.following import close, make_year, on_day, reported
from tests.steps import modify_and_approve

from .published import PUBLISHED

pytestmark = pytest.mark.django_db
WRITES = re.compile(r"^(INSERT|UPDATE|DELETE)")


# --- Drawn once ----------------------------------------------------------------------------------------------


def test_the_second_click_neither_draws_nor_writes(published, client, draws):
    first = client.get(f"{PUBLISHED}xlsx")
    with CaptureQueriesContext(connection) as asked:
        again = client.get(f"{PUBLISHED}xlsx")
    assert first.content == again.content
    assert draws == [1]
    assert len(asked) == 3  # the version, its numbers, the file
    assert not [query["sql"] for query in asked if WRITES.match(query["sql"])]
    issued = IssuedFile.objects.get()
    assert issued.sha256 == hashlib.sha256(first.content).hexdigest()
    assert (issued.size, issued.is_public, issued.version) == (len(first.content), True, published)
    assert first["Content-Disposition"] == 'attachment; filename="cartago-plan-de-prueba-2024-v1.xlsx"'


def test_who_has_the_file_gets_nothing_again(published, client):
    etag = client.get(f"{PUBLISHED}xlsx")["ETag"]
    with mock.patch("django.db.models.fields.files.FieldFile.open", side_effect=AssertionError):
        again = client.get(f"{PUBLISHED}xlsx", headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")


def test_what_changes_elsewhere_leaves_the_file_and_is_looked_at_once(published, client, draws, pages):
    client.get(f"{PUBLISHED}xlsx")
    content.touch(published.entity)
    client.get(f"{PUBLISHED}xlsx")
    with mock.patch.object(answers, "plan_sheet", side_effect=AssertionError):
        assert client.get(f"{PUBLISHED}xlsx").status_code == 200
    assert draws == [1]
    assert IssuedFile.objects.count() == 1


def test_a_new_version_and_a_closing_make_a_new_file_each(house, published, client, draws):
    periods = make_year(house)
    with on_day(2024, 4, 11):
        client.get(f"{PUBLISHED}xlsx")
        reported(house, published.activities.first().activity, periods[0])
        client.get(f"{PUBLISHED}xlsx")
        assert draws == [1]  # what no closing published is in no public file
        close(house, periods[0])
        client.get(f"{PUBLISHED}xlsx")
        modify_and_approve(published, house)
        client.get(f"{PUBLISHED}xlsx")
    assert draws == [1, 1, 2]
    assert IssuedFile.objects.filter(is_public=True).count() == 3


def test_another_edition_or_address_of_the_portal_is_another_file(published, client, settings, monkeypatch):
    client.get(f"{PUBLISHED}xlsx")
    settings.SITE_URL = "https://otro.example"
    client.get(f"{PUBLISHED}xlsx")
    monkeypatch.setattr(issuing, "EDITION", 99)
    monkeypatch.setattr("actionplans.reports.plan.files.EDITION", 99)
    client.get(f"{PUBLISHED}xlsx")
    assert IssuedFile.objects.count() == 3


def test_rows_as_text_are_neither_issued_nor_drawn_for_who_has_them(published, client):
    etag = client.get(f"{PUBLISHED}csv")["ETag"]
    assert not IssuedFile.objects.exists()
    with mock.patch.object(answers, "plan_sheet", side_effect=AssertionError):
        assert client.get(f"{PUBLISHED}csv", headers={"if-none-match": etag}).status_code == 304
    content.touch(published.entity, [published.plan.topic])
    assert client.get(f"{PUBLISHED}csv", headers={"if-none-match": etag}).status_code == 200


# --- Two at the same moment ----------------------------------------------------------------------------------


def issue_of(version) -> issuing.Issue:
    return issued_plans.plan_issue(version, plan_sheet(version), "xlsx", "números")


def test_of_two_that_draw_at_once_one_file_stays(published):
    """The second one whose lock ran out finds the row of the first, and leaves no bytes behind."""
    version = type(published).objects.select_related("plan__entity").get(pk=published.pk)
    issue, inner = issue_of(version), []

    def slow(mark, target):
        if not inner:
            inner.append(None)
            cache.clear()  # the lock of the first has run out
            inner.append(issuing.issued_file(issue, slow))
        target.write_bytes(mark.code.encode())

    with mock.patch("django.core.files.storage.InMemoryStorage.delete") as removed:
        found = issuing.issued_file(issue, slow)
    assert found == inner[1]
    assert IssuedFile.objects.get() == found
    assert removed.call_count == 1
    assert removed.call_args.args[0] != found.file.name


def test_who_comes_while_it_is_drawn_is_told_when_to_come_back(published, client, monkeypatch):
    monkeypatch.setattr(issuing, "WAIT", 0)
    monkeypatch.setattr(issuing, "LOOK_EVERY", 0)
    monkeypatch.setattr(issuing.cache, "add", lambda *lock: False)
    answer = client.get(f"{PUBLISHED}xlsx?version=1")
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert f'href="{PUBLISHED}xlsx?version=1"' in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


def test_a_drawing_that_fails_leaves_the_way_free(published):
    version = type(published).objects.select_related("plan__entity").get(pk=published.pk)
    issue = issue_of(version)
    with pytest.raises(RuntimeError):
        issuing.issued_file(issue, mock.Mock(side_effect=RuntimeError))
    assert not IssuedFile.objects.exists()
    issuing.issued_file(issue, lambda mark, target: target.write_bytes(b"x"))
    assert IssuedFile.objects.get().size == 1


def test_a_server_without_libraries_issues_no_pdf(published, client, monkeypatch):
    monkeypatch.setattr(pdf, "_weasyprint", mock.Mock(side_effect=pdf.PdfUnavailable))
    assert client.get(f"{PUBLISHED}pdf").status_code == 503
    assert not IssuedFile.objects.exists()
