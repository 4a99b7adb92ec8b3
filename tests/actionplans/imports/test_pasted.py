"""Rows copied in a spreadsheet are read like a file, with or without their headings."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actionplans.imports.reading import pasted
from actionplans.imports.reading.corrections import Corrections
from actionplans.imports.reading.offices import OfficeName
from actionplans.imports.reading.pasted import read_pasted, split_rows
from actionplans.imports.reading.questions import office_questions

OFFICES = (
    OfficeName("hacienda", "Secretaría de Hacienda"),
    OfficeName("control", "Oficina de Control Interno", "OCI"),
)
CELLS = st.text(st.sampled_from('ab "\t\n;=ñ✓'), max_size=8)
WORDS = st.sampled_from(["ACTIVIDAD", "PLAZO", "x", "Mayo", "80%", "1", "01/02/2025"])


def as_pasted(rows) -> str:
    """Rows as a spreadsheet puts them on the clipboard."""
    return "".join("\t".join(map(_quoted, row)) + "\r\n" for row in rows)


def _quoted(value: str) -> str:
    if not any(sign in value for sign in '\t\n"'):
        return value
    return '"{}"'.format(value.replace('"', '""'))


def marks(*months):
    return ["x" if month in months else "" for month in range(1, 13)]


F17 = [
    ["1", "Elaborar el diagnóstico", 'Aplicar la "encuesta"\nAnalizar', *marks(2, 3), "Informe", "Informes", "",
     "OCI", "", "", "", ""],
    ["2", "Publicar los resultados", "Redactar", *marks(4), "Boletín", "Boletines", "", "Hacienda"],
]  # fmt: skip


@given(
    st.lists(st.lists(CELLS, min_size=1, max_size=4), min_size=1, max_size=4).filter(lambda rows: rows[-1] != [""])
)
def test_what_a_spreadsheet_puts_on_the_clipboard_is_cut_into_the_same_cells(rows):
    assert split_rows(as_pasted(rows)) == rows


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),
        ("a\tb\nc", [["a", "b"], ["c"]]),
        ('"uno\ndos"\t"dice ""sí"""\r\n', [["uno\ndos", 'dice "sí"']]),
        ('"sin cerrar\tb\nc', [['"sin cerrar', "b"], ["c"]]),
        ('"Plan" 2025\tb', [['"Plan" 2025', "b"]]),
        ('6" de tubo\tb', [['6" de tubo', "b"]]),
        ('""\tb', [["", "b"]]),
        ("\t\tb", [["", "", "b"]]),
    ],
)
def test_quotes_tabs_and_line_breaks_are_those_of_a_spreadsheet(text, rows):
    assert split_rows(text) == rows


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.lists(st.one_of(CELLS, WORDS), min_size=1, max_size=16), max_size=6),
    st.dictionaries(st.integers(1, 20), st.sampled_from(["activity", "months:1-3", "weight", "start", "none"])),
    st.dictionaries(st.tuples(st.integers(1, 7), st.integers(1, 20)), st.sampled_from(["", "x", "01/01/2025"])),
)  # fmt: skip
def test_no_text_is_too_strange_to_be_pasted(rows, columns, cells):
    corrections = Corrections(columns=columns, cells=cells)
    reading = read_pasted(as_pasted(rows), year=2025, offices=OFFICES, corrections=corrections)
    assert reading.activities or not reading.ok
    assert all(p.cell is None or re.fullmatch(r"[A-Z]+[1-9]\d*", p.cell) for p in reading.problems)
    assert (reading.sheet, reading.layout) == ("Pegado", None)


def test_rows_with_their_headings_are_read_like_a_file():
    rows = [["N°", "ACTIVIDADES", "RESPONSABLES", "PLAZO"], ["1", "Elaborar el mapa", "OCI", "pronto"]]
    reading = read_pasted(as_pasted(rows), year=2025, offices=OFFICES)
    [activity] = reading.activities
    assert (activity.description, activity.cell, activity.responsibles[0].office) == (
        "Elaborar el mapa", "B2", "control",
    )  # fmt: skip
    assert [(problem.cell, problem.at) for problem in reading.problems] == [("D2", (2, 4)), (None, None)]


def test_rows_without_headings_are_understood_by_their_content():
    reading = read_pasted(as_pasted(F17), year=2025, offices=OFFICES)
    codes = {column.letter: column.code for column in reading.columns}
    assert [codes[letter] for letter in "ABCDOPQS"] == [
        "number", "activity", "task", "months:1", "months:12", "deliverable", "indicator", "responsible",
    ]  # fmt: skip
    first, second = reading.activities
    assert (first.months, second.months) == ((2, 3), (4,))
    assert first.tasks == ('Aplicar la "encuesta"', "Analizar")
    assert [question.text for question in office_questions(reading)] == ["Hacienda"]
    assert all(column.title == "" for column in reading.columns)


def test_quarters_dates_figures_and_components_are_proposed_too():
    rows = [
        ["Riesgos", "Elaborar el mapa de riesgos", "x", "", "", "x", "01/02/2025", "30/06/2025", "60%", "$ 1.000"],
        ["Riesgos", "Divulgar el mapa de riesgos", "", "x", "", "", "01/03/2025", "30/07/2025", "30%", "$ 2.000"],
        ["Riesgos", "Revisar el mapa de riesgos", "", "x", "", "", "01/03/2025", "30/07/2025", "10%", "$ 500"],
    ]
    reading = read_pasted(as_pasted(rows), year=2025)
    assert [column.code for column in reading.columns] == [
        "component", "activity", "months:1-3", "months:4-6", "months:7-9", "months:10-12", "start", "end",
        "weight", "budget",
    ]  # fmt: skip
    first = reading.activities[0]
    assert (first.component, first.weight, first.budget) == ("Riesgos", 60, 1_000)


def test_a_single_column_of_texts_is_the_activities():
    reading = read_pasted("Elaborar el mapa\nDivulgar el mapa\n", year=2025)
    assert [activity.description for activity in reading.activities] == ["Elaborar el mapa", "Divulgar el mapa"]


def test_a_wrong_proposal_is_corrected():
    corrections = Corrections(columns={3: "activity", 2: "component"}, cells={(1, 4): "x"})
    first, _ = read_pasted(as_pasted(F17), year=2025, corrections=corrections).activities
    assert (first.component, first.months) == ("Elaborar el diagnóstico", (1, 2, 3))


@pytest.mark.parametrize("text", ["", " \t \r\n", "\t\t\t"])
def test_nothing_pasted_is_a_problem(text):
    [problem] = read_pasted(text, year=2025).problems
    assert (problem.severity, "No hay nada pegado" in problem.message) == ("error", True)


def test_too_much_pasted_is_a_problem(monkeypatch):
    limits = (("MAX_CHARACTERS", 5, "a" * 6), ("MAX_ROWS", 2, "a\n" * 3), ("MAX_COLUMNS", 2, "a\t" * 3))
    for name, limit, text in limits:
        with monkeypatch.context() as patched:
            patched.setattr(pasted, name, limit)
            assert "demasiado largo" in read_pasted(text, year=2025).problems[0].message


def test_without_a_year_it_is_asked_for():
    assert "vigencia" in read_pasted(as_pasted(F17), year=None).problems[0].message
