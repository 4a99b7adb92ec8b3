"""Reading any file ends in time, wherever the time goes."""

import hashlib
import io
import subprocess
import sys
import time
from pathlib import Path

import pytest

from actionplans.imports import read_plan
from actionplans.imports.opening import archive, xml_scan
from actionplans.imports.opening.deadline import TOO_SLOW, Deadline
from actionplans.imports.opening.file_kind import Refused
from actionplans.imports.reading import people, plan_form
from actionplans.imports.reading.offices import OfficeName

from . import hostile

ROOT = Path(__file__).parents[3]


class Clock:
    """Gives the same time a number of times, and then a time after every deadline."""

    def __init__(self, steps):
        self.steps = steps

    def __call__(self):
        self.steps -= 1
        return 0 if self.steps >= 0 else 1e9


def test_a_deadline_is_silent_until_it_is_over():
    clock = Clock(3)
    deadline = Deadline(5, clock)
    deadline.check()
    deadline.check()
    with pytest.raises(Refused, match="tarda demasiado"):
        deadline.check()


def test_wherever_the_time_ends_the_answer_is_one_refusal(monkeypatch):
    asked = Clock(10**9)
    monkeypatch.setattr(plan_form, "Deadline", lambda: Deadline(5, asked))
    assert read_plan(io.BytesIO(hostile.plain_book())).ok
    times = 10**9 - asked.steps
    assert times > 20
    for steps in range(1, times):
        monkeypatch.setattr(plan_form, "Deadline", lambda steps=steps: Deadline(5, Clock(steps)))
        [problem] = read_plan(io.BytesIO(hostile.plain_book())).problems
        assert (problem.severity, problem.message) == ("error", TOO_SLOW)


def test_offices_beyond_the_budget_are_kept_as_printed(monkeypatch):
    monkeypatch.setattr(people, "MOST_CHARACTERS", 100)
    known = people.People([OfficeName("hacienda", "Secretaría de Hacienda")])
    assert known.named_in("Secretaría de Hacienda")[0].office == "hacienda"
    [left] = known.named_in("Secretaría de Hacienda, " + "x" * 100)
    assert (left.office, left.text[:11]) == (None, "Secretaría ")
    assert known.named_in("Secretaría de Hacienda")[0].office == "hacienda"


@pytest.mark.parametrize(
    ("root", "part", "body"),
    [("sst", "sharedStrings", "<si/>"), ("styleSheet", "styles", "<dxf/>")],
)
def test_texts_and_styles_are_counted_before_they_are_read(root, part, body, monkeypatch):
    monkeypatch.setitem(xml_scan.MOST_PARTS, root, 100)
    content = f"<{root} {hostile.MAIN}>{body * 200}</{root}>"
    with pytest.raises(Refused, match="tamaño excesivo"):
        archive.check(hostile.with_part(f"xl/{part}.xml", content))


def test_all_the_limits_at_once_are_read_in_time(tmp_path):
    """As much of everything as the limits let through, read while the machine does nothing else for it."""
    path = tmp_path / "plan.xlsx"
    path.write_bytes(hostile.as_much_as_is_allowed())
    script = "import sys; from actionplans.imports import read_plan; read_plan(sys.argv[1], year=2025)"
    start = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert time.monotonic() - start < 30


def test_malformed_numbers_and_dates_are_warnings_at_their_cells():
    header = "".join(
        f'<c r="{name}1" t="inlineStr"><is><t>{text}</t></is></c>'
        for name, text in zip("ABCD", ["ACTIVIDAD", "RESPONSABLE", "FECHA INICIO", "META"], strict=True)
    )
    activity = '<c r="A2" t="inlineStr"><is><t>Publicar</t></is></c>'
    body = f'<row r="2">{activity}<c r="C2" t="d"><v>0000-01-99</v></c><c r="D2"><v>NaN</v></c></row>'
    data = hostile.with_sheet(f'<sheetData><row r="1">{header}</row>{body}</sheetData>')
    reading = read_plan(io.BytesIO(data), year=2025)
    assert [activity.description for activity in reading.activities] == ["Publicar"]
    assert [(problem.severity, problem.cell) for problem in reading.problems[:2]] == [
        ("warning", "C2"),
        ("warning", "D2"),
    ]


def test_the_digest_is_that_of_the_bytes_that_were_read():
    data = hostile.plain_book()
    assert read_plan(io.BytesIO(data)).file_digest == hashlib.sha256(data).hexdigest()
    assert read_plan(io.BytesIO(b"no es un libro")).file_digest == hashlib.sha256(b"no es un libro").hexdigest()
    assert read_plan("no-existe.xlsx").file_digest is None
