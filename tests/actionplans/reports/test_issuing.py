"""Issued files: drawn once, kept, verifiable; copies for staff are noted and not kept."""

import hashlib
import re
import subprocess
from dataclasses import replace
from io import BytesIO
from unittest import mock

import pytest
import segno
from django.core.cache import cache, caches
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from PIL import Image

from actionplans.domain.plan import submit
from actionplans.domain.versions import discard_draft
from actionplans.enums import IssuedKind
from actionplans.jobs import issued as jobs
from actionplans.models import IssuedFile
from actionplans.reports.audit import extract as audit_extract
from actionplans.reports.audit.selection import AuditChoice
from actionplans.reports.consolidated import files as consolidated
from actionplans.reports.consolidated.selection import Selection
from actionplans.reports.follow_up import files as follow_up_files
from actionplans.reports.issued import answers, issuing
from actionplans.reports.issued import plans as issued_plans
from actionplans.reports.issued.verification import ALPHABET, Mark, new_code, read_code
from actionplans.reports.plan import built_in_workbook, pdf
from actionplans.reports.plan.builders import own_form, plan_sheet
from actionplans.reports.plan.files import FORMATS
from planning import content
from planning.management.refusal import Error
from tests.actionplans.reports.qr import modules_of
from tests.actionplans.reports.test_follow_up import selection
from tests.factories import make_draft, make_published_plan
from tests.following import close, make_year, on_day, reported
from tests.steps import modify, modify_and_approve

from .conftest import run_on, said
from .test_workbooks import SAMPLE

pytestmark = pytest.mark.django_db

PUBLISHED = "/cartago/planes/2024/plan-de-prueba/descargar."
WRITES = re.compile(r"^(INSERT|UPDATE|DELETE)")
CODE = "7K3M-9QXT-2RVB"


@pytest.fixture
def published(house):
    return make_published_plan(house.entity, office=house.office)


@pytest.fixture
def draws(monkeypatch):
    """How often a workbook was drawn in the portal's form."""
    made, render = [], built_in_workbook.render

    def counted(sheet, **options):
        made.append(sheet.version)
        return render(sheet, **options)

    monkeypatch.setattr(built_in_workbook, "render", counted)
    return made


@pytest.fixture
def pages(settings):
    settings.CACHES = settings.CACHES | {"pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    caches["pages"].clear()
    yield caches["pages"]
    caches["pages"].clear()


# --- Codes ----------------------------------------------------------------------------------------


def test_codes_are_short_unambiguous_and_all_different():
    codes = {new_code() for _ in range(2000)}
    assert len(codes) == 2000
    assert all(re.fullmatch(rf"([{ALPHABET}]{{4}}-){{2}}[{ALPHABET}]{{4}}", code) for code in codes)
    assert not set("ILOU") & set(ALPHABET)


@pytest.mark.parametrize(
    "typed",
    [
        CODE, "7k3m9qxt2rvb", " 7K3M 9QXT 2RVB ", "7K3M–9QXT–2RVB", f"https://portal.example/verificar/{CODE}/",
    ],
)  # fmt: skip
def test_a_code_is_read_however_it_is_typed(typed):
    assert read_code(typed) == CODE


def test_letters_that_look_like_digits_are_read_as_them():
    assert read_code("oIl0-1111-AAAA") == "0110-1111-AAAA"


@pytest.mark.parametrize("typed", ["", "7K3M", f"{CODE}A", "7K3M-9QXT-2RVU", "¿?"])
def test_what_is_no_code_is_none(typed):
    assert read_code(typed) == ""


# --- Drawn once -----------------------------------------------------------------------------------


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


# --- Two at the same moment -----------------------------------------------------------------------


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


# --- The worker -----------------------------------------------------------------------------------


def test_a_large_plan_is_left_to_the_worker_once(published, client, monkeypatch, draws):
    cache.clear()
    monkeypatch.setitem(issued_plans.MOST_AT_ONCE, "xlsx", 2)
    asked = []
    monkeypatch.setattr(jobs.draw_file.__class__, "enqueue", lambda task, *args: asked.append(args))
    assert [client.get(f"{PUBLISHED}xlsx").status_code for _ in range(2)] == [503, 503]
    assert asked == [(published.pk, "xlsx")]
    assert draws == []
    jobs.draw_file.func(*asked[0])
    assert client.get(f"{PUBLISHED}xlsx").status_code == 200
    assert draws == [1]


def test_approving_lets_the_files_be_drawn_ahead(
    house, client, settings, monkeypatch, django_capture_on_commit_callbacks
):
    settings.DRAW_AHEAD = True
    asked = []
    monkeypatch.setattr(jobs, "issued_plan", lambda version, suffix: asked.append((version.pk, suffix)))
    published = make_published_plan(house.entity, office=house.office)
    draft = submit(modify(published, house), by=house.planning)
    client.force_login(house.committee)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("version_step", args=["cartago", draft.pk, "approve"]), {"name": "", "date": ""})
    draft.refresh_from_db()
    assert draft.status == "approved"
    assert asked == [(draft.pk, "xlsx"), (draft.pk, "pdf")]


def test_closing_lets_the_files_of_its_plans_be_drawn_ahead(
    house, published, client, settings, monkeypatch, django_capture_on_commit_callbacks
):
    settings.DRAW_AHEAD = True
    asked = []
    monkeypatch.setattr(jobs, "issued_plan", lambda version, suffix: asked.append((version.pk, suffix)))
    make_published_plan(house.entity, title="Otro", year=2023)
    period = make_year(house)[0]
    client.force_login(house.planning)
    with on_day(2024, 4, 20), django_capture_on_commit_callbacks(execute=True):
        client.post(f"/gestion/cartago/periodos/{period.pk}/cerrar/", {"note": "", "accept": "on", "early": "on"})
    assert period.closings.count() == 1
    assert asked == [(published.pk, "xlsx"), (published.pk, "pdf")]


def test_the_worker_draws_nothing_of_a_draft(house):
    draft = make_draft(house.entity)
    jobs.draw_file.func(draft.pk, "xlsx")
    assert not IssuedFile.objects.exists()


# --- Copies for staff -----------------------------------------------------------------------------


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


# --- What a file bears ----------------------------------------------------------------------------


def expected_modules(code: str) -> list[list[bool]]:
    address = Mark(code).address
    return [[bool(module) for module in row] for row in segno.make_qr(address, error="m").matrix]


@pytest.mark.usefixtures("pdf_tools")
def test_the_pdf_bears_code_address_and_a_qr_of_it(published, client, settings):
    settings.SITE_URL = "https://planeacion.cartago.example"
    body = client.get(f"{PUBLISHED}pdf").content
    code = IssuedFile.objects.get().code
    sheets = run_on("pdftotext", body, "-layout").split("\f")[:-1]
    assert all(f"Código de verificación {code}" in sheet for sheet in sheets)
    assert f"Verifique este documento en https://planeacion.cartago.example/verificar/{code}/" in sheets[-1]
    picture = subprocess.run(
        ["pdftoppm", "-r", "300", "-f", str(len(sheets)), "-gray", "-"],
        input=body,
        capture_output=True,
        check=True,
    ).stdout
    wanted = expected_modules(code)
    assert modules_of(Image.open(BytesIO(picture)), len(wanted)) == wanted


def test_the_workbook_bears_code_address_and_a_qr_of_it(published, client):
    page = load_workbook(BytesIO(client.get(f"{PUBLISHED}xlsx").content)).worksheets[-1]
    code = IssuedFile.objects.get().code
    assert page["A2"].value == f"Código de verificación: {code}"
    assert page["A3"].value == f"Verifique este documento en {Mark(code).address}"
    wanted = expected_modules(code)
    assert modules_of(Image.open(page._images[0].ref), len(wanted)) == wanted


@pytest.mark.parametrize("own", [False, True], ids=["built-in", "own form"])
def test_a_marked_workbook_is_read_back_as_the_same_plan(cartago, candelaria, read_into, full_plan, own):
    version = read_into(cartago, SAMPLE) if own else full_plan
    form = own_form(version) if own else None
    assert bool(form) == own
    body = FORMATS["xlsx"].draw(plan_sheet(version), form, Mark(CODE))
    assert load_workbook(BytesIO(body)).sheetnames[1:] == ["Datos", "Verificación"]
    read = said(read_into(candelaria, body))
    plain = said(read_into(candelaria, FORMATS["xlsx"].draw(replace(plan_sheet(version)), form), title="Otro"))
    assert read | {"title": ""} == plain | {"title": ""}


# --- Kept as it was -------------------------------------------------------------------------------


def test_what_was_issued_never_changes(published, client):
    client.get(f"{PUBLISHED}xlsx")
    with pytest.raises(IntegrityError, match="no cambia"), transaction.atomic():
        IssuedFile.objects.update(sha256="0" * 64)


@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="en SQLite borrar no se vigila: véase docs/decisions/0004"
)
def test_what_was_issued_is_not_removed(published, client):
    client.get(f"{PUBLISHED}xlsx")
    with pytest.raises(DatabaseError, match="no cambia"), transaction.atomic():
        IssuedFile.objects.all().delete()


def test_the_proof_reads_what_is_stored(published, client, capsys):
    client.get(f"{PUBLISHED}xlsx")
    call_command("verify_audit")
    assert "1 archivos emitidos, iguales a lo que se emitió." in capsys.readouterr().out


@pytest.mark.parametrize("change", ["other", "none"])
def test_the_proof_names_a_file_that_is_not_what_was_issued(published, client, change):
    client.get(f"{PUBLISHED}xlsx")
    row = IssuedFile.objects.get()
    storage, name = row.file.storage, row.file.name
    storage.delete(name)
    if change == "other":
        with storage.open(name, "wb") as stored:
            stored.write(b"otro")
    words = {"other": "no es el que se emitió", "none": "ya no está"}[change]
    with pytest.raises(Error, match=f"{row.code}.*{words}"):
        call_command("verify_audit", entity="cartago")


@pytest.mark.parametrize("change", ["other", "none"])
def test_what_was_lost_is_drawn_again_as_another_file_and_the_operator_is_told(
    published, client, change, draws, caplog
):
    address = f"{PUBLISHED}xlsx"
    client.get(address)
    lost = IssuedFile.objects.get()
    storage, name = lost.file.storage, lost.file.name
    storage.delete(name)
    if change == "other":
        with storage.open(name, "wb") as stored:
            stored.write(b"otro")
    answers_ = [client.get(address) for _ in range(2)]
    successor = lost.replaced_by
    assert [hashlib.sha256(answer.content).hexdigest() for answer in answers_] == [successor.sha256] * 2
    assert (successor.source, successor.content) == (lost.source, lost.content)
    assert draws == [1, 1]
    assert [record.levelname for record in caplog.records] == ["ERROR", "ERROR"]
    assert lost.code in caplog.text
    assert successor.code in caplog.text
    with pytest.raises(Error, match=f"{lost.code}.*Lo reemplaza {successor.code}"):
        call_command("verify_audit", entity="cartago")


def test_the_worker_draws_a_large_file_again_that_was_lost(published, client, monkeypatch):
    client.get(f"{PUBLISHED}xlsx")
    lost = IssuedFile.objects.get()
    lost.file.storage.delete(lost.file.name)
    cache.clear()
    monkeypatch.setitem(issued_plans.MOST_AT_ONCE, "xlsx", 2)
    asked = []
    monkeypatch.setattr(jobs.draw_file.__class__, "enqueue", lambda task, *args: asked.append(args))
    assert client.get(f"{PUBLISHED}xlsx").status_code == 503
    jobs.draw_file.func(*asked[0])
    assert client.get(f"{PUBLISHED}xlsx").status_code == 200
    assert lost.replaced_by.is_public


def test_of_each_content_one_file_is_not_replaced(published, client):
    client.get(f"{PUBLISHED}xlsx")
    row = IssuedFile.objects.get()
    again = {field.name: getattr(row, field.name) for field in row._meta.fields if field.name != "id"}
    with pytest.raises(IntegrityError), transaction.atomic():
        IssuedFile.objects.create(**again | {"code": CODE})
    IssuedFile.objects.create(**again | {"code": CODE, "replaces": row})
    with pytest.raises(IntegrityError), transaction.atomic():
        IssuedFile.objects.create(**again | {"code": "0000-0000-0001", "replaces": row})


def test_a_server_without_libraries_issues_no_pdf(published, client, monkeypatch):
    monkeypatch.setattr(pdf, "_weasyprint", mock.Mock(side_effect=pdf.PdfUnavailable))
    assert client.get(f"{PUBLISHED}pdf").status_code == 503
    assert not IssuedFile.objects.exists()
