"""The evidence of a period as a ZIP: what it holds, its index and sums, and what it never holds."""

import csv
import datetime
import hashlib
import io
import subprocess
import zipfile
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from actionplans import guards
from actionplans.domain.following.evidence.bringing import bring_file
from actionplans.domain.following.reporting.sending import contribute
from actionplans.models import ReportRevision
from actionplans.reports.evidence_zip import COLUMNS, archive_pieces, evidence_archive
from actionplans.reports.follow_up.selection import NothingToFollow
from actionplans.reports.zip_stream import Member, safe_name, zip_pieces
from tests.evidence_files import PDF, upload
from tests.factories import make_office, make_user
from tests.following import link, on_day, promised, report, reported

from .steps import brought, selection

pytestmark = pytest.mark.django_db


@pytest.fixture
def files(house, tracked, quarters):
    """One file that serves two activities, one withheld, a link, and one that nobody sent."""
    with on_day(2024, 4, 5):
        photo, list_ = brought(house, "acta de inicio.pdf"), brought(
            house, "lista.pdf", b"2", "datos-personales", ground="Ley 1581 de 2012: cédulas"
        )  # fmt: skip
        reported(house, tracked[0], quarters[0], 30, evidence=(photo, list_))
        report(house, tracked[1], quarters[0], 1, evidence=(photo, link(house)))
        brought(house, "sin usar.pdf", b"3")
    return photo, list_


def packed(selected):
    return zipfile.ZipFile(io.BytesIO(b"".join(archive_pieces(evidence_archive(selected)))))


def index(archive):
    return list(csv.DictReader(io.StringIO(archive.read("indice.csv").decode("utf-8-sig"))))


def test_each_file_goes_once_with_an_index_of_all_that_it_shows(house, quarters, files):
    photo, list_ = files
    archive = packed(selection(house, quarters[0]))
    assert archive.testzip() is None
    folder = "plan-de-percepcion/actividad-1/trimestre-i"
    first, second = f"{folder}/{photo.pk}-acta de inicio.pdf", f"{folder}/{list_.pk}-lista.pdf"
    assert archive.namelist() == [first, second, "indice.csv", "indice.xlsx", "LEEME.txt", "SHA256SUMS"]
    assert archive.read(first) == PDF
    rows = index(archive)
    assert list(rows[0]) == list(COLUMNS)
    assert [(row["numero"], row["nombre"], row["clase"], row["archivo"]) for row in rows] == [
        ("1", "acta de inicio.pdf", "Pública", first),
        ("1", "lista.pdf", "Contiene datos personales", second),
        ("2", "acta de inicio.pdf", "Pública", first),
        ("2", "https://ejemplo.gov.co/informe.pdf", "Pública", ""),
    ]
    assert [(row["sha256"], row["al_empacar"]) for row in rows] == [
        (photo.sha256, "coincide"), (list_.sha256, "coincide"), (photo.sha256, "coincide"), ("", "enlace"),
    ]  # fmt: skip
    assert (rows[1]["periodo"], rows[1]["por_que_no_es_publica"]) == (
        "Trimestre I de 2024", "Ley 1581 de 2012: cédulas",
    )  # fmt: skip
    page = load_workbook(io.BytesIO(archive.read("indice.xlsx")))["Evidencias"]
    assert [cell.value for cell in page[1]] == list(COLUMNS)
    assert page.max_row == 5


def test_the_sums_are_checked_by_the_usual_program(house, quarters, files, tmp_path):
    content = b"".join(archive_pieces(evidence_archive(selection(house, quarters[0]))))
    (tmp_path / "evidencias.zip").write_bytes(content)
    subprocess.run(["unzip", "-q", "evidencias.zip"], cwd=tmp_path, check=True)
    check = ["sha256sum", "-c", "SHA256SUMS"]
    said = subprocess.run(check, cwd=tmp_path, capture_output=True, check=True, text=True).stdout
    assert said.count(": OK") == 5
    next(tmp_path.glob("**/*lista.pdf")).write_bytes(b"otra cosa")
    assert subprocess.run(check, cwd=tmp_path, capture_output=True).returncode == 1


def test_a_stored_file_that_was_changed_or_lost_is_told_and_fails_the_check(house, quarters, files):
    photo, list_ = files
    storage = photo.file.storage
    storage.delete(photo.file.name)
    storage.delete(list_.file.name)
    storage.save(list_.file.name, io.BytesIO(b"otra cosa"))
    archive = packed(selection(house, quarters[0]))
    assert [row["al_empacar"] for row in index(archive)] == ["NO ESTÁ", "NO COINCIDE", "NO ESTÁ", "enlace"]
    assert "2 no están como se aportaron" in archive.read("LEEME.txt").decode()
    sums = archive.read("SHA256SUMS").decode()
    [changed] = [name for name in archive.namelist() if name.endswith("lista.pdf")]
    assert f"{list_.sha256}  {changed}\n" in sums
    assert hashlib.sha256(archive.read(changed)).hexdigest() != list_.sha256
    assert photo.sha256 in sums


def test_what_other_offices_added_goes_with_the_name_of_the_office(house, tracked, quarters, followed):
    treasury = make_office(house.entity, "Secretaría de Hacienda")
    with guards.lifted():
        first = followed.activities.get(position=1)
        first.responsibilities.create(position=2, text=treasury.name, office=treasury, role="supports")
    leader = make_user("hacienda@cartago.example", house.entity, "leader", offices=[treasury])
    leader.memberships.update(valid_from=quarters[0].starts)
    with on_day(2024, 4, 5):
        report(house, tracked[0], quarters[0], 1)
        of_office = {"by": leader, "office": treasury, "classification": "publica"}
        mine = bring_file(house.entity, upload(PDF, "aporte.pdf"), **of_office)
        promise = promised(tracked[0], quarters[0])
        contribute(promise, quarters[0], treasury, by=leader, text="Va", evidence=(mine,))
    [row] = index(packed(selection(house, quarters[0])))
    assert (row["nombre"], row["dependencia"]) == ("aporte.pdf", "Secretaría de Hacienda")


def test_only_what_the_reader_may_see_goes(house, neighbour, quarters, files):
    for reader in (neighbour.planning, house.administrator):
        with pytest.raises(NothingToFollow):
            evidence_archive(replace(selection(house, quarters[0]), reader=reader))
    for reader in (house.committee, house.auditor):
        assert len(evidence_archive(replace(selection(house, quarters[0]), reader=reader)).uses) == 4


def test_what_is_of_another_entity_stays_out_even_where_a_row_says_otherwise(house, neighbour, quarters, files):
    strange = link(neighbour)
    with guards.lifted():
        ReportRevision.objects.latest("pk").evidence.add(strange)
    assert strange not in [use.evidence for use in evidence_archive(selection(house, quarters[0])).uses]


def test_the_choice_narrows_it(house, quarters, files, followed):
    with pytest.raises(NothingToFollow):
        evidence_archive(selection(house, quarters[1]))
    assert len(evidence_archive(selection(house, quarters[0], plan=followed.plan)).uses) == 4
    with pytest.raises(NothingToFollow):
        evidence_archive(selection(house, quarters[0], office=make_office(house.entity, "Otra")))


@pytest.mark.parametrize("more", [0, 3])
def test_the_queries_do_not_grow_with_the_evidence(
    house, tracked, quarters, files, more, django_assert_num_queries
):
    with on_day(2024, 4, 6):
        extra = tuple(brought(house, f"{n}.pdf", f"otra {n}".encode()) for n in range(more))
        reported(house, tracked[2], quarters[0], evidence=extra)
    with django_assert_num_queries(7):  # five for the evidence, two to note the index
        b"".join(archive_pieces(evidence_archive(selection(house, quarters[0]))))


def test_a_large_file_passes_through_in_small_pieces(tmp_path):
    """Fifty megabytes: no piece is larger than what was read at a time."""
    block, day = b"x" * 65_536, datetime.datetime(2024, 4, 5)
    member = Member(path="a.bin", at=day, chunks=(block for _ in range(800)), size=len(block) * 800)
    sizes = []
    with (tmp_path / "a.zip").open("wb") as file:
        for piece in zip_pieces([member]):
            sizes.append(len(piece))
            file.write(piece)
    assert max(sizes) < 70_000
    assert sum(sizes) > 65_536 * 800
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert archive.testzip() is None
        assert archive.getinfo("a.bin").compress_type == zipfile.ZIP_STORED


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("acta.pdf", "acta.pdf"),
        ("../../etc/passwd", "etc-passwd"),
        ('a:b*c?"d".pdf', "a-b-c-d.pdf"),
        ("línea\nnueva.pdf", "línea-nueva.pdf"),
        ("", "archivo"),
        ("...", "archivo"),
        ("a" * 300 + ".docx", "a" * 80 + ".docx"),
    ],
)
def test_a_name_is_made_safe_for_every_system(name, safe):
    assert safe_name(name) == safe
