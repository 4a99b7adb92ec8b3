import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from actionplans.imports import read_plan
from actionplans.imports.opening import archive
from actionplans.imports.opening.workbook import Refused, open_workbook

from . import hostile

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("kind", hostile.KINDS)
def test_what_is_no_workbook_is_refused_saying_what_it_is(kind, tmp_path):
    make, words = hostile.KINDS[kind]
    path = tmp_path / "plan.xlsx"
    path.write_bytes(make())
    reading = read_plan(path, year=2025)
    assert not reading.ok
    assert [problem.severity for problem in reading.problems] == ["error"]
    assert words in reading.problems[0].message
    assert reading.problems[0].message.endswith(".")


def test_a_missing_file_a_folder_and_a_device_are_refused_by_name(tmp_path):
    for path, words in (
        (tmp_path / "no.xlsx", "No existe"),
        (tmp_path, "carpeta"),
        (Path("/dev/null"), "no es un archivo"),
    ):
        with pytest.raises(Refused, match=words):
            open_workbook(path)


def test_a_name_that_no_file_system_takes_is_refused():
    with pytest.raises(Refused):
        open_workbook("plan\0.xlsx")


def test_an_open_file_is_read_from_its_beginning():
    file = io.BytesIO(hostile.plain_book())
    file.read(10)
    assert read_plan(file).ok


def test_a_file_over_the_size_limit_is_refused(monkeypatch):
    monkeypatch.setattr("actionplans.imports.opening.file_kind.MAX_FILE_BYTES", 1000)
    with pytest.raises(Refused, match="pesa más"):
        open_workbook(io.BytesIO(hostile.plain_book()))


def test_a_stray_format_in_the_last_cell_of_the_sheet_does_no_harm():
    row = '<row r="1"><c r="A1" t="inlineStr"><is><t>hola</t></is></c></row>'
    far = '<row r="1048576"><c r="XFD1048576" s="0"/></row>'
    [sheet] = open_workbook(io.BytesIO(hostile.with_sheet(f"<sheetData>{row}{far}</sheetData>")))
    assert (sheet.last_row, sheet.last_column) == (1, 1)


def test_a_merge_over_whole_columns_does_no_harm():
    row = '<row r="1"><c r="A1" t="inlineStr"><is><t>hola</t></is></c></row>'
    merges = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    [sheet] = open_workbook(io.BytesIO(hostile.with_sheet(f"<sheetData>{row}</sheetData>{merges}")))
    assert sheet.shown(1, 1).value == "hola"


def test_a_bomb_is_stopped_by_what_it_unpacks_to_and_not_by_what_it_claims(monkeypatch):
    monkeypatch.setattr(archive, "MAX_TOTAL_BYTES", 10_000)
    with pytest.raises(Refused, match="tamaño excesivo"):
        archive.check(hostile.plain_book())


def test_an_encrypted_or_exotic_member_is_refused():
    data = bytearray(hostile.plain_book())
    for signature, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = data.find(signature)
        data[at + offset] |= 1
    with pytest.raises(Refused):
        open_workbook(io.BytesIO(bytes(data)))


def test_macros_are_ignored():
    assert read_plan(ROOT / "tests/data/workbooks/macros.xlsm").ok


@pytest.mark.skipif(sys.platform != "linux", reason="address space limits are Linux's")
def test_every_hostile_file_is_refused_within_one_gigabyte_and_thirty_seconds(tmp_path):
    """The hard proof, in a process of its own: each refusal within the time, all of them within the memory."""
    script = """
import resource, sys, time
resource.setrlimit(resource.RLIMIT_AS, (1_000_000_000, 1_000_000_000))
from actionplans.imports import read_plan
for path in sys.argv[1:]:
    start = time.monotonic()
    assert not read_plan(path).ok, path
    assert time.monotonic() - start < 30, path
"""
    paths = []
    for number, (make, _) in enumerate(hostile.KINDS.values()):
        paths.append(tmp_path / f"{number}.xlsx")
        paths[-1].write_bytes(make())
    command = [sys.executable, "-c", script, *map(str, paths)]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]
