"""Copies that staff take along: noted with their sum and code, not kept; the act of a closing is."""

import hashlib
from io import BytesIO
from unittest import mock

import pytest
from openpyxl import load_workbook

from actionplans.domain.versions import discard_draft
from actionplans.enums import IssuedKind
from actionplans.models import IssuedFile
from actionplans.reports.audit import extract as audit_extract
from actionplans.reports.audit.selection import AuditChoice
from actionplans.reports.consolidated import files as consolidated
from actionplans.reports.consolidated.selection import Selection
from actionplans.reports.follow_up import files as follow_up_files
from tests.actionplans.reports.conftest import run_on
from tests.actionplans.reports.follow_up.steps import selection
from tests.factories import make_draft
from tests.following import close, make_year, on_day, reported

pytestmark = pytest.mark.django_db


def test_a_draft_is_noted_and_its_bytes_are_not_kept(house, client):
    draft = make_draft(house.entity, office=house.office)
    client.force_login(house.planning)
    answers_ = [client.get(f"/gestion/cartago/planes/{draft.pk}/descargar.xlsx/").content for _ in range(2)]
    rows = list(IssuedFile.objects.order_by("pk"))
    assert [row.sha256 for row in rows] == [hashlib.sha256(body).hexdigest() for body in answers_]
    assert {(row.is_public, row.file.name, row.version_id, row.by) for row in rows} == {
        (False, "", None, house.planning)
    }
    assert len({row.code for row in rows}) == 2


def test_a_draft_that_was_taken_along_can_still_be_dropped(house, client):
    draft = make_draft(house.entity, office=house.office)
    client.force_login(house.planning)
    client.get(f"/gestion/cartago/planes/{draft.pk}/descargar.xlsx/")
    discard_draft(draft, by=house.planning)
    assert not type(draft).objects.filter(pk=draft.pk).exists()
    assert IssuedFile.objects.count() == 1


@pytest.fixture
def quarter(house, published):
    """The first quarter, closed, reopened and closed again."""
    period = make_year(house)[0]
    activity = published.activities.first().activity
    with on_day(2024, 4, 10):
        reported(house, activity, period)
        close(house, period)
    period.refresh_from_db()
    return period


def workbooks(house, period, folder):
    everything = Selection(entity=house.entity, year=2024, reader=house.planning)
    target = folder / "libro.xlsx"
    consolidated.write_consolidated(everything, "xlsx", target, lambda *said: None)
    yield IssuedKind.CONSOLIDATED, target.read_bytes()
    follow_up_files.write(selection(house, period), "libro", target)
    yield IssuedKind.FOLLOW_UP, target.read_bytes()
    audit_extract.write_workbook(AuditChoice(entity=house.entity, reader=house.auditor), target)
    yield IssuedKind.AUDIT_EXTRACT, target.read_bytes()


def test_every_workbook_of_staff_bears_its_code_on_its_last_sheet(house, quarter, tmp_path):
    made = list(workbooks(house, quarter, tmp_path))
    for (kind, body), row in zip(made, IssuedFile.objects.order_by("pk"), strict=True):
        assert (row.kind, row.sha256, row.is_public) == (kind, hashlib.sha256(body).hexdigest(), False)
        page = load_workbook(BytesIO(body)).worksheets[-1]
        assert page.title == "Verificación"
        assert row.code in page["A2"].value


def documents(house, period, folder, client):
    everything = Selection(entity=house.entity, year=2024, reader=house.planning)
    target = folder / "libro.pdf"
    consolidated.write_consolidated(everything, "pdf", target, lambda *said: None)
    yield IssuedKind.CONSOLIDATED, target.read_bytes()
    follow_up_files.write(selection(house, period), "pdf", target)
    yield IssuedKind.FOLLOW_UP, target.read_bytes()
    client.force_login(house.committee)
    yield IssuedKind.COMMITTEE, client.get("/gestion/cartago/tablero/informe.pdf").content
    yield (
        IssuedKind.CLOSING_ACT,
        client.get(f"/gestion/cartago/periodos/{period.pk}/cierres/1/acta.pdf").getvalue(),
    )


@pytest.mark.usefixtures("pdf_tools")
def test_every_page_of_every_pdf_of_staff_bears_its_code(house, quarter, tmp_path, client):
    with on_day(2024, 4, 11):
        made = list(documents(house, quarter, tmp_path, client))
    for (kind, body), row in zip(made, IssuedFile.objects.order_by("pk"), strict=True):
        assert (row.kind, row.sha256, row.is_public) == (kind, hashlib.sha256(body).hexdigest(), False)
        sheets = run_on("pdftotext", body, "-layout").split("\f")[:-1]
        assert all(f"Código de verificación {row.code}" in sheet for sheet in sheets)
        assert sum(f"/verificar/{row.code}/" in "".join(sheet.split()) for sheet in sheets) == 1


@pytest.mark.usefixtures("pdf_tools")
def test_the_act_of_a_closing_is_drawn_once(house, quarter, client):
    client.force_login(house.auditor)
    address = f"/gestion/cartago/periodos/{quarter.pk}/cierres/1/acta.pdf"
    first = client.get(address).getvalue()
    with mock.patch("actionplans.reports.issued.acts.render", side_effect=AssertionError):
        assert client.get(address).getvalue() == first
    assert IssuedFile.objects.get().closing == quarter.closings.get()
