"""Whatever a sheet holds, it is read without an exception, in bounded work, with problems at real cells."""

import io
import json
import re
import time

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from actionplans.imports import read_plan
from actionplans.imports.opening.deadline import NEVER
from actionplans.imports.opening.grid import Cell, Merge, Sheet
from actionplans.imports.reading import plan_form, table_reading
from actionplans.imports.reading.corrections import Corrections
from actionplans.imports.reading.meanings import label_of_code
from actionplans.imports.reading.tables import tables_of

from . import hostile

LABELS = st.sampled_from(
    ["N°", "ACTIVIDADES", "TAREAS", "RESPONSABLE", "MES", "ENERO", "P", "E", "I", "II", "T1 PLANEADO",
    "PLAZO", "META",
     "FECHA INICIO", "FECHA FIN", "COMPONENTE", "PESO", "PRESUPUESTO", "SEGUIMIENTO TRIMESTRAL", "% AVANCE",
     "TOTAL",
     "VIGENCIA: 2025", "OBJETIVO:", "CÓDIGO", "Elaboró:", "www.x.gov.co", "· Una\n· Otra", "x", "80%",
     "$ 1.000", "N/A"]
)  # fmt: skip
VALUES = st.one_of(
    st.none(), LABELS, st.text(max_size=20), st.integers(), st.floats(), st.booleans(), st.datetimes(), st.times(),
    st.timedeltas(),
)  # fmt: skip
CELLS = st.builds(
    Cell, VALUES, st.sampled_from(["General", "0%", "dd/mm/yyyy"]), st.sampled_from([None, "92D050"])
)
PLACES = st.tuples(st.integers(1, 12), st.integers(1, 16))
MERGES = st.builds(lambda a, b: Merge(*map(min, a, b), *map(max, a, b)), PLACES, PLACES)
HEADER = [
    "N°",
    "COMPONENTE",
    "ACTIVIDADES",
    "TAREAS",
    "ENERO",
    "FEBRERO",
    "RESPONSABLE",
    "PLAZO",
    "META",
    "FECHA FIN",
]


@st.composite
def sheets(draw):
    cells = draw(st.dictionaries(PLACES, CELLS, max_size=60))
    header = {(3, column): Cell(label) for column, label in enumerate(HEADER, start=1)}
    cells |= draw(st.sampled_from([header, {}]))
    return Sheet(
        "Hoja",
        cells=cells,
        merges=draw(st.lists(MERGES, max_size=3)),
        unknown=frozenset(draw(st.sets(PLACES, max_size=2))),
    )


@settings(max_examples=400, deadline=None)
@given(sheets())
def test_no_sheet_is_too_strange_to_be_read(sheet):
    for table in tables_of([sheet], 2025):
        reading = table_reading.read_table(table, 2025, ())
        json.dumps(reading.as_dict(), allow_nan=False)
        assert all(p.cell is None or re.fullmatch(r"[A-Z]+[1-9]\d*", p.cell) for p in reading.problems)
        assert [activity.number for activity in reading.activities] == list(range(1, len(reading.activities) + 1))
        assert all(set(activity.months) <= set(range(1, 13)) for activity in reading.activities)


def test_a_plan_of_thousands_of_rows_is_read_in_bounded_time():
    """Three thousand activities under one header, more than a governor's consolidated plan."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("PLAN 2025")
    sheet.append(["N°", "ACTIVIDAD", "RESPONSABLE", *range(1, 13)])
    for number in range(1, 3_001):
        sheet.append(
            [number, f"Actividad {number}", f"Oficina {number % 40}", *["x" if number % 3 else None] * 12]
        )
    start = time.monotonic()
    reading = read_plan(io.BytesIO(hostile.saved(workbook)))
    assert len(reading.activities) == 3_000
    assert time.monotonic() - start < 30


CODES = st.sampled_from(["activity", "months:1-3", "task", "followup:1:progress", "responsible", "none", "other"])


@settings(max_examples=200, deadline=None)
@given(
    sheets(),
    st.dictionaries(st.integers(1, 18), CODES, max_size=4),
    st.dictionaries(PLACES, st.sampled_from(["", "x", "31/12/2025", "Secretaría"]), max_size=4),
)
def test_no_correction_is_too_strange_to_be_applied(sheet, columns, cells):
    corrections = Corrections(columns=columns, cells=cells)
    reading = plan_form.read_sheets([sheet], 2025, None, (), NEVER, corrections)
    json.dumps(reading.as_dict(), allow_nan=False)
    assert reading.activities or not reading.ok
    assert all(label_of_code(column.code) == column.label for column in reading.columns)
