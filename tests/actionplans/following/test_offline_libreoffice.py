"""The loop with LibreOffice itself: open, type, save, upload, and the drafts are those of the portal."""

import json
import shutil
import subprocess
import uuid

import pytest

from .offline_books import FilledBook
from .test_offline import apply, download, drafts, first, leader, other, plan, preview  # noqa: F401

PYTHON = "/usr/bin/python3"


def speaks_uno() -> bool:
    if not shutil.which("soffice") or not shutil.which(PYTHON):
        return False
    return subprocess.run([PYTHON, "-c", "import uno"], capture_output=True).returncode == 0


def typed_in_libreoffice(book: FilledBook, answers: dict, folder) -> tuple[FilledBook, list[str]]:
    """The workbook as LibreOffice saved it, and the cells that it kept from being changed."""
    source, target, pipe = folder / "libro.xlsx", folder / "lleno.xlsx", f"prueba{uuid.uuid4().hex}"
    source.write_bytes(book.content())
    own_profile = f"-env:UserInstallation=file://{folder}/perfil"
    office = subprocess.Popen(
        ["soffice", own_profile, "--headless", "--norestore", f"--accept=pipe,name={pipe};urp;"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    script = __file__.replace("test_offline_libreoffice", "fill_in_libreoffice")
    try:
        done = subprocess.run(
            [PYTHON, script, pipe, str(source), str(target), json.dumps(answers)],
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        office.wait(timeout=30)
    finally:
        office.kill()
        office.wait()
    return FilledBook(target.read_bytes()), json.loads(done.stdout)


@pytest.mark.django_db
@pytest.mark.skipif(not speaks_uno(), reason="no hay LibreOffice con Python")
def test_what_is_typed_in_libreoffice_becomes_equal_drafts(first, leader, tmp_path):  # noqa: F811
    book = download(leader, first)

    def place(row, key):
        return book.cell(row, key).coordinate

    answers = {
        place(0, "value"): 1234.5,
        place(0, "month_2"): "Sí",
        place(0, "narrative"): "Se hicieron talleres.\n- En el coliseo, «lleno».",
        place(1, "numerator"): 12,
        place(1, "denominator"): 25,
        place(1, "narrative"): "=Atención",
        place(2, "value"): "No",
        place(3, "without_progress"): "Sí",
        place(3, "difficulties"): "Sin contrato",
    }
    locked = {place(0, "activity"): "Otra", place(0, "id"): "x", place(0, "numerator"): 5}
    filled, refused = typed_in_libreoffice(book, answers | locked, tmp_path)
    assert set(refused) == set(locked)
    assert filled.sheet.protection.sheet
    seen = preview(leader, first, filled)
    assert seen.context["found"].strays == []
    apply(leader, seen)
    assert {key: draft.answers for key, draft in drafts(first).items()} == {
        1: {"value_1": "1234,5", "months": ["2"], "narrative": "Se hicieron talleres.\n- En el coliseo, «lleno»."},
        2: {"numerator_1": "12", "denominator_1": "25", "value_2": "0", "narrative": "=Atención"},
        3: {"without_progress": "on", "difficulties": "Sin contrato"},
    }
