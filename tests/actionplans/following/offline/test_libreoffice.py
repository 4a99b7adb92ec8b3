"""The loop with LibreOffice itself: open, type, save, upload, and the drafts are those of the portal."""

import json
import shutil
import subprocess
import uuid
from pathlib import Path

import pytest

from .filled_book import FilledBook
from .steps import apply, download, drafts, preview

PYTHON = "/usr/bin/python3"
SCRIPT = str(Path(__file__).with_name("fill_in_libreoffice.py"))


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
    try:
        done = subprocess.run(
            [PYTHON, SCRIPT, pipe, str(source), str(target), json.dumps(answers)],
            capture_output=True,
            text=True,
            timeout=120,
        )
        # It says so once the workbook is saved; how it ends after LibreOffice has gone does not matter.
        assert done.stdout, done.stderr
        office.wait(timeout=30)
    finally:
        office.kill()
        office.wait()
    return FilledBook(target.read_bytes()), json.loads(done.stdout)


@pytest.mark.django_db
@pytest.mark.skipif(not speaks_uno(), reason="no hay LibreOffice con Python")
def test_what_is_typed_in_libreoffice_becomes_equal_drafts(first, leader, tmp_path):
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
