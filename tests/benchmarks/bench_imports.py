"""What importing a large workbook costs, beside what openpyxl takes only to load it; in one run on one machine.

Not a test of speed: the numbers are printed. Memory is measured in processes of their own.
"""

import gc
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from django.db import connection

from actionplans.imports import read_plan
from actionplans.imports.apply import content_of, import_reading, office_names
from actionplans.imports.storable import unstorable
from tests.benchmarks.measuring import report
from tests.factories import make_entity, make_office

ROOT = Path(__file__).parents[2]
ROWS = 10_000
REPEATS = 3
HEADINGS = [
    "N°", "ACTIVIDADES", "TAREA (S)", *range(1, 13), "PRODUCTOS", "FÓRMULA DEL INDICADOR", "RESULTADO",
    "RESPONSABLES", "SEGUIMIENTO I", "SEGUIMIENTO II", "SEGUIMIENTO III", "SEGUIMIENTO IV",
]  # fmt: skip


def form(path, rows):
    """A filled MESG-AS-F17: 23 bordered columns, three shaded months in each row."""
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("PLAN 2025")
    plain, shaded = book.add_format({"border": 1}), book.add_format({"border": 1, "bg_color": "#92D050"})
    sheet.write_row(0, 0, HEADINGS, plain)
    for number in range(1, rows + 1):
        texts = {
            0: number,
            1: f"Actividad número {number} del plan de acción",
            2: f"Tarea {number} que ayuda a implementarla",
            15: f"Informe {number % 50}",
            16: f"Número de informes {number % 40} / total",
            18: f"Oficina {number % 40}",
        }
        months = {3 + (number + ahead) % 12 for ahead in range(3)}
        for column in range(len(HEADINGS)):
            sheet.write(number, column, texts.get(column), shaded if column in months else plain)
    book.close()


@pytest.fixture(scope="module")
def workbooks(tmp_path_factory):
    folder = tmp_path_factory.mktemp("workbooks")
    paths = {rows: folder / f"{rows}.xlsx" for rows in (ROWS // 10, ROWS)}
    for rows, path in paths.items():
        form(path, rows)
    return paths


def seconds(call):
    """What a call gives, and the processor's seconds: others who work on the machine do not count."""
    gc.collect()
    began = time.process_time()
    result = call()
    return result, time.process_time() - began


@pytest.mark.django_db
def test_importing_against_bare_openpyxl(workbooks, capsys):
    path = workbooks[ROWS]
    bare, parts, clock = [], [], []
    for number in range(REPEATS):
        bare.append(seconds(lambda: openpyxl.load_workbook(path))[1])
        began = time.perf_counter()
        parts.append(imported(path, f"entidad-{number}"))
        clock.append(time.perf_counter() - began)
    read, checked, saved = map(statistics.median, zip(*parts, strict=True))
    total, load = statistics.median(map(sum, parts)), statistics.median(bare)
    report(capsys, f"import of {ROWS:,} rows × 23 columns, 30,000 shaded cells ({connection.vendor}):")
    report(capsys, f"  read {read:.2f} s, checked {checked:.2f} s, saved {saved:.2f} s: {total:.2f} s in all")
    report(capsys, f"  openpyxl only loads it in {load:.2f} s: ratio {total / load:.2f} (medians of {REPEATS})")
    # A database in a process of its own spends its own time, which only the clock tells.
    report(capsys, f"  by the clock, with the database's own time: {statistics.median(clock):.2f} s")


def imported(path, slug):
    entity = make_entity(slug)
    for number in range(40):
        make_office(entity, f"Oficina {number}")
    reading, read = seconds(lambda: read_plan(path, year=2025, offices=office_names(entity)))
    (content, flaws), checked = seconds(lambda: checked_content(reading, entity))
    assert (len(reading.activities), reading.problems, flaws) == (ROWS, (), [])
    version, saved = seconds(
        lambda: import_reading(
            reading,
            content,
            entity,
            by=None,
            file_name=path.name,
            file_digest=reading.file_digest,
            workbook=path.read_bytes(),
        )
    )
    assert version.activities.count() == ROWS
    return read, checked, saved


def checked_content(reading, entity):
    content = content_of(reading, entity, title="Plan")
    return content, unstorable(content, reading)


def test_reading_grows_with_the_rows(workbooks, capsys):
    (_, few), (_, many) = (seconds(lambda path=path: read_plan(path, year=2025)) for path in workbooks.values())
    report(capsys, f"reading {ROWS // 10:,} rows {few:.2f} s, {ROWS:,} rows {many:.2f} s: {many / few:.1f} times")


@pytest.mark.skipif(sys.platform != "linux", reason="peak memory is measured as Linux gives it")
def test_memory(workbooks, capsys):
    idle = peak("import actionplans.imports, openpyxl")
    ours = peak(f"from actionplans.imports import read_plan; read_plan({str(workbooks[ROWS])!r}, year=2025)")
    bare = peak(f"import openpyxl; openpyxl.load_workbook({str(workbooks[ROWS])!r})")
    report(capsys, f"peak memory: reading {ours - idle:.0f} MB over {idle:.0f}, openpyxl {bare - idle:.0f} MB\n")


def peak(script):
    """The peak memory of a script in a process of its own, in MB."""
    script += "; print(next(line for line in open('/proc/self/status') if line.startswith('VmHWM')).split()[1])"
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, text=True, check=True)
    return int(done.stdout) / 1024
