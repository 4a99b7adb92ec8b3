"""The workbook as a file of its values, and withdrawn once it tells of what was withheld later."""

import datetime
from io import BytesIO
from unittest import mock

import pytest
from django.core.cache import cache
from django.db import transaction
from openpyxl import load_workbook

from actionplans.domain.following.evidence.bringing import reclassify
from actionplans.jobs.open_data import draw_book
from actionplans.models import Closing, Evidence, IssuedFile
from actionplans.opendata import issued_book
from actionplans.public.serving import withdrawn
from actionplans.reports.closing import act_pdf
from actionplans.reports.closing.act import closing_act
from actionplans.reports.issued.issuing import BeingDrawn
from planning import audit, content
from planning.content import changed_at
from tests.actionplans.reports.conftest import pdf_tools, run_on  # noqa: F401
from tests.factories import make_published_plan
from tests.steps import modify_and_approve

ADDRESS = "/cartago/datos/2024/datos.xlsx"
PLAN = "/cartago/planes/2024/plan-de-participacion/descargar.xlsx"
NAME = "Acta de la mesa"
WITHDRAWN = "Este archivo ya no se entrega"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def readings(monkeypatch):
    """How often the values of a year were read to be compared."""
    years = []
    read = issued_book.fingerprint_of_book
    monkeypatch.setattr(
        issued_book, "fingerprint_of_book", lambda entity, year: years.append(year) or read(entity, year)
    )
    return years


def texts_of(body: bytes) -> str:
    book = load_workbook(BytesIO(body))
    return "\n".join(str(cell.value) for page in book for row in page for cell in row)


def withhold(house, evidence):
    said = {"classification": "datos-personales", "ground": "Ley 1581 de 2012"}
    return reclassify(evidence, by=house.planning, **said)


def download(client, issued, **headers):
    return client.get(f"/verificar/{issued.code}/descargar/", headers=headers)


# --- A file for each content ----------------------------------------------------------------------


def test_what_moves_no_value_gives_the_same_file_and_is_read_once(told_year, client, readings):
    body = client.get(ADDRESS).getvalue()
    for entity in (None, told_year.entity):
        content.touch(entity)
        assert [client.get(ADDRESS).getvalue() for _again in range(2)] == [body, body]
    make_published_plan(told_year.entity, title="De otro año", year=2023)
    assert client.get(ADDRESS).getvalue() == body
    assert IssuedFile.objects.count() == 1
    assert readings == [2024] * 4


def test_another_value_gives_another_file(told_year, client):
    first = client.get(ADDRESS).getvalue()
    make_published_plan(told_year.entity, title="Plan nuevo")
    assert client.get(ADDRESS).getvalue() != first
    assert IssuedFile.objects.count() == 2


def test_known_values_of_a_large_year_are_found_by_the_worker_and_given_by_who_serves(
    told_year, client, monkeypatch
):
    client.get(ADDRESS)
    monkeypatch.setattr(issued_book, "MOST_AT_ONCE", 1)
    monkeypatch.setattr(issued_book, "write_book", None)  # it would fail
    content.touch(told_year.entity)
    assert issued_book.known_book(told_year.entity, 2024) is None
    draw_book.call(told_year.entity.pk, 2024)
    assert client.get(ADDRESS).status_code == 200
    assert IssuedFile.objects.count() == 1


def test_no_file_bears_the_fingerprint_of_what_is_not_in_it(told_year, monkeypatch):
    """Something is published between the reading and the drawing."""
    read = issued_book.fingerprint_of_book

    def late(entity, year):
        source = read(entity, year)
        withhold(told_year, Evidence.objects.get(description=NAME))
        return source

    monkeypatch.setattr(issued_book, "fingerprint_of_book", late)
    with pytest.raises(BeingDrawn):
        issued_book.issued_book(told_year.entity, 2024)
    assert not IssuedFile.objects.exists()


def test_data_were_updated_when_their_entity_changed_them(told_year):
    before = changed_at(told_year.entity)
    content.touch(None)
    assert changed_at(told_year.entity) == before
    content.touch(told_year.entity)
    assert before < changed_at(told_year.entity) < datetime.datetime.now(datetime.UTC)


# --- What was withheld since ----------------------------------------------------------------------


@pytest.fixture
def issued(told_year, client):
    """The workbook of while a piece of evidence was public."""
    assert NAME in texts_of(client.get(ADDRESS).getvalue())
    return IssuedFile.objects.get()


def test_what_is_withheld_is_in_no_file_that_is_handed_out(told_year, client, issued):
    etag = download(client, issued)["ETag"]
    withhold(told_year, Evidence.objects.get(description=NAME))
    for answer in (download(client, issued), download(client, issued, **{"if-none-match": etag})):
        page = answer.content.decode()
        assert answer.status_code == 410
        assert NAME not in page
        assert WITHDRAWN in page
    page = client.get(f"/verificar/{issued.code}/").content.decode()
    for said in (WITHDRAWN, issued.sha256, 'href="/cartago/datos/"', "Hay datos más nuevos"):
        assert said in page
    assert "/descargar/" not in page
    assert NAME not in texts_of(client.get(ADDRESS).getvalue())
    assert download(client, IssuedFile.objects.latest("pk")).status_code == 200


@pytest.mark.parametrize(("event", "withholds"), [("bring_redacted", True), ("attach_evidence", False)])
def test_another_redacted_copy_withholds_the_one_before(told_year, issued, event, withholds):
    with transaction.atomic():
        audit.record(told_year.entity, Evidence.objects.first(), event, by=told_year.planning)
    assert withdrawn.withheld_since(issued) == withholds


def test_what_is_published_again_is_handed_out_again(told_year, client, issued):
    evidence = withhold(told_year, Evidence.objects.get(description=NAME))
    assert download(client, issued).status_code == 410
    reclassify(evidence, by=told_year.planning, classification="publica", ground="No tiene datos personales.")
    assert download(client, issued).status_code == 200
    assert client.get(ADDRESS)["ETag"] == f'"{issued.sha256}"'


def test_who_cannot_tell_soon_hands_nothing_out(told_year, client, issued, monkeypatch):
    monkeypatch.setattr(issued_book, "MOST_AT_ONCE", 1)
    evidence = withhold(told_year, Evidence.objects.get(description=NAME))
    reclassify(evidence, by=told_year.planning, classification="publica", ground="No tiene datos personales.")
    cache.clear()
    assert download(client, issued).status_code == 410
    assert "Hubo cambios después" in client.get(f"/verificar/{issued.code}/").content.decode()
    draw_book.call(told_year.entity.pk, 2024)
    assert download(client, issued).status_code == 200


def test_what_is_withheld_while_a_file_is_drawn_is_not_handed_out(told_year, client, monkeypatch):
    write = issued_book.write_book

    def late(*said):
        write(*said)
        withhold(told_year, Evidence.objects.get(description=NAME))

    monkeypatch.setattr(issued_book, "write_book", late)
    issued = issued_book.issued_book(told_year.entity, 2024)
    assert download(client, issued).status_code == 410


def test_a_year_that_held_nothing_of_it_stays_handed_out(told_year, client, issued):
    make_published_plan(told_year.entity, title="De otro año", year=2023)
    client.get("/cartago/datos/2023/datos.xlsx")
    other = IssuedFile.objects.latest("pk")
    withhold(told_year, Evidence.objects.get(description=NAME))
    assert [download(client, row).status_code for row in (issued, other)] == [410, 200]


def test_new_versions_leave_earlier_files_handed_out(told_year, client, issued):
    client.get(PLAN)
    of_plan = IssuedFile.objects.latest("pk")
    modify_and_approve(told_year.entity.plans.get().versions.get(), told_year)
    assert client.get(ADDRESS)["ETag"] != f'"{issued.sha256}"'
    assert [download(client, row).status_code for row in (issued, of_plan)] == [200, 200]


def test_the_file_of_a_plan_names_no_evidence_and_stays_handed_out(told_year, client):
    body = client.get(PLAN).getvalue()
    evidence = Evidence.objects.get(description=NAME)
    for said in (NAME, evidence.url, evidence.name):
        assert said not in texts_of(body)
    issued = IssuedFile.objects.get()
    withhold(told_year, evidence)
    with mock.patch.object(issued_book, "_content_of", side_effect=AssertionError):
        assert download(client, issued).status_code == 200


def test_the_plan_on_paper_and_the_acts_of_closings_name_no_evidence(told_year, client, pdf_tools):  # noqa: F811
    evidence = Evidence.objects.get(description=NAME)
    papers = [client.get(PLAN.replace("xlsx", "pdf")).getvalue()]
    papers += [act_pdf.render(closing_act(closing)) for closing in Closing.objects.all()]
    assert len(papers) > 1
    for paper in papers:
        shown = " ".join(run_on("pdftotext", paper, "-raw").split())
        assert "Participación" in shown
        assert not [said for said in (NAME, evidence.url, evidence.name) if said in shown]
