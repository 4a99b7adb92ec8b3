"""A file is what it holds, whatever its name says."""

import io
import zipfile

import pytest

from actionplans.domain.following.evidence import kinds as evidence_kinds
from actionplans.domain.following.evidence import photos
from actionplans.domain.following.evidence.kinds import (
    BY_MEDIA_TYPE,
    HEIC,
    JPEG,
    KINDS,
    PDF,
    PNG,
    WEBP,
    NotEvidence,
    clean_name,
    kind_of,
)
from tests import evidence_files as files

WORD = BY_MEDIA_TYPE["application/vnd.openxmlformats-officedocument.wordprocessingml.document"]


@pytest.mark.parametrize(
    ("content", "suffix"),
    [
        (files.PDF, ".pdf"),
        (files.picture("PNG"), ".png"),
        (files.picture("JPEG"), ".jpg"),
        (files.picture("WEBP"), ".webp"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", ".heic"),
        (files.office_file(files.WORD), ".docx"),
        (files.office_file(files.EXCEL), ".xlsx"),
        (files.office_file(files.SLIDES), ".pptx"),
        (files.open_document("application/vnd.oasis.opendocument.text"), ".odt"),
        (files.open_document("application/vnd.oasis.opendocument.spreadsheet"), ".ods"),
    ],
)
def test_a_kind_is_told_by_what_the_file_holds(content, suffix):
    kind = kind_of(io.BytesIO(content))
    assert kind.suffixes[0] == suffix
    assert BY_MEDIA_TYPE[kind.media_type].media_type == kind.media_type


def test_a_file_is_left_at_its_beginning():
    file = io.BytesIO(files.office_file(files.WORD))
    kind_of(file)
    assert file.tell() == 0


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "vacío"),
        (b"MZ\x90\0", "programa"),
        (b"\x7fELF\x02", "programa"),
        (b"<html><script>alert(1)</script>", "página web"),
        (b"\xef\xbb\xbf  <!DOCTYPE html>", "página web"),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "página web"),
        (b"<svg onload=alert(1)>", "página web"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Office antiguo"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0", "video"),
        (b"RIFF\0\0\0\0AVI LIST", "video"),
        (b"Rar!\x1a\x07", "comprimido"),
        (b"GIF89a", "JPG o PNG"),
        (b"a;b;c\n1;2;3\n", "no guarda esta clase"),
        (files.archive({"foto.jpg": b"\xff\xd8\xff"}), "comprimido (ZIP)"),
        (files.office_file(files.MACROS), "macros"),
        (files.office_file(files.WORD, **{"word/vbaProject.bin": b"x"}), "macros"),
        (files.open_document("application/vnd.oasis.opendocument.text", **{"Basic/x.xml": "x"}), "macros"),
        (files.open_document("application/x-otra-cosa"), "no guarda esta clase"),
        (files.office_file("application/vnd.ms-visio.drawing.main+xml"), "de una clase que el portal no guarda"),
        (files.office_file(files.WORD, **{"../../fuera.xml": "x"}), "dañado"),
        (files.office_file(files.WORD)[:60], "dañado"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_evidence_is_refused_with_what_to_do(content, words):
    with pytest.raises(NotEvidence, match=r".*") as refusal:
        kind_of(io.BytesIO(content))
    assert words in str(refusal.value)


@pytest.mark.parametrize("pillow_is_lenient", [False, True])  # as it is where a PDF was drawn before
@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
@pytest.mark.parametrize("part", [0.2, 0.5, 0.9])
def test_a_picture_that_was_cut_off_is_refused(form, part, pillow_is_lenient, monkeypatch):
    monkeypatch.setattr("PIL.ImageFile.LOAD_TRUNCATED_IMAGES", pillow_is_lenient)
    content = files.large_picture(form)
    assert kind_of(io.BytesIO(content)).word.endswith({"PNG": "PNG", "JPEG": "JPG", "WEBP": "WebP"}[form])
    with pytest.raises(NotEvidence, match="dañada o incompleta"):
        kind_of(io.BytesIO(content[: int(len(content) * part)]))


@pytest.mark.parametrize("options", [{"progressive": True}, {"mode": "L"}, {"mode": "CMYK"}])
def test_whole_photos_of_every_make_are_taken(options):
    assert kind_of(io.BytesIO(files.large_picture("JPEG", **options))) == JPEG


def test_a_photo_with_several_pictures_in_it_is_taken():
    """As telephones make them for their own gallery: one after another."""
    assert kind_of(io.BytesIO(files.large_picture("MPO"))) == JPEG


def test_what_only_begins_like_a_picture_is_refused():
    for start in (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"RIFF\x20\0\0\0WEBP"):
        with pytest.raises(NotEvidence, match="dañada"):
            kind_of(io.BytesIO(start + b"0" * 64))


def test_a_picture_that_claims_to_be_enormous_is_not_opened(monkeypatch):
    monkeypatch.setattr("PIL.Image.MAX_IMAGE_PIXELS", 1000)
    with pytest.raises(NotEvidence, match="demasiados puntos"):
        kind_of(io.BytesIO(files.large_picture("JPEG")))


def test_a_large_progressive_photo_is_not_held_in_memory(monkeypatch):
    monkeypatch.setattr(photos, "_MOST_PROGRESSIVE", 1000)
    assert kind_of(io.BytesIO(files.large_picture("JPEG"))) == JPEG
    with pytest.raises(NotEvidence, match="demasiados puntos"):
        kind_of(io.BytesIO(files.large_picture("JPEG", progressive=True)))


def test_hostile_xml_inside_an_office_file_is_not_interpreted():
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><Types>&a;</Types>'
    with pytest.raises(NotEvidence, match="dañado"):
        kind_of(io.BytesIO(files.archive({"[Content_Types].xml": bomb})))


def test_a_file_that_expands_beyond_measure_is_refused_without_expanding_it(monkeypatch):
    monkeypatch.setattr(evidence_kinds, "LARGEST_UNPACKED", 1000)
    with pytest.raises(NotEvidence, match="se expande"):
        kind_of(io.BytesIO(files.office_file(files.WORD, **{"word/document.xml": "a" * 2000})))


def test_a_list_of_types_that_lies_about_its_size_is_not_read_whole(monkeypatch):
    monkeypatch.setattr(evidence_kinds, "LARGEST_TYPES", 50)
    with pytest.raises(NotEvidence, match="dañado"):
        kind_of(io.BytesIO(files.office_file(files.WORD)))


def test_an_archive_with_a_password_is_refused():
    content = bytearray(files.office_file(files.WORD))
    for start in (b"PK\x03\x04", b"PK\x01\x02"):
        at = content.find(start)
        content[at + (6 if start == b"PK\x03\x04" else 8)] |= 1
    with pytest.raises(NotEvidence, match="dañado"):
        kind_of(io.BytesIO(bytes(content)))
    assert zipfile.is_zipfile(io.BytesIO(bytes(content)))


@pytest.mark.parametrize(
    ("name", "kind", "clean"),
    [
        ("Acta de comité.pdf", PDF, "Acta de comité.pdf"),
        ("C:\\Users\\x\\acta.PDF", PDF, "acta.pdf"),
        ("../../etc/passwd", PDF, "passwd.pdf"),
        ("foto.pdf", PNG, "foto.pdf.png"),
        ("virus.exe", JPEG, "virus.exe.jpg"),
        ("foto.JPEG", JPEG, "foto.jpeg"),
        ("acta\u202efdp.docx", WORD, "acta fdp.docx"),
        ('in"forme\r\nX: y.pdf', PDF, "informe X y.pdf"),
        ("", HEIC, "archivo.heic"),
        (".htaccess", WEBP, "htaccess.webp"),
        ("x" * 300 + ".pdf", PDF, "x" * 116 + ".pdf"),
    ],
)
def test_the_name_keeps_what_does_no_harm(name, kind, clean):
    assert clean_name(name, kind) == clean


def test_what_opens_in_the_browser_holds_no_code_of_a_page():
    assert {kind.suffixes[0] for kind in KINDS if kind.opens_in_browser} == {".pdf", ".png", ".jpg", ".webp"}
