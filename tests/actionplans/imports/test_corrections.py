"""What a person corrects in a reading counts when the same file is read again."""

import datetime
import io
import json
from pathlib import Path

import pytest
from openpyxl import Workbook

from actionplans.imports import read_plan
from actionplans.imports.reading.corrections import Corrections
from actionplans.imports.reading.labels import classify
from actionplans.imports.reading.meanings import MEANINGS, code_of, label_of_code, meaning_of
from actionplans.imports.reading.offices import OfficeName
from actionplans.imports.reading.questions import office_questions

from . import hostile

WORKBOOKS = Path(__file__).parents[2] / "data" / "workbooks"
OFFICES = (
    OfficeName("hacienda", "Secretaría de Hacienda"),
    OfficeName("control", "Oficina de Control Interno", "OCI"),
)


def read(name, **options):
    return read_plan(WORKBOOKS / f"{name}.xlsx", **{"offices": OFFICES, "year": 2025, **options})


def read_rows(*rows, **corrections):
    workbook = Workbook()
    for row in rows:
        workbook.active.append(row)
    file = io.BytesIO(hostile.saved(workbook))
    return read_plan(file, year=2025, offices=OFFICES, corrections=Corrections(**corrections))


def codes(reading):
    return {column.letter: column.code for column in reading.columns}


def test_every_meaning_has_its_own_code_and_words():
    assert len({code for code, _ in MEANINGS}) == len({label for _, label in MEANINGS}) == len(MEANINGS)
    assert [code_of(meaning_of(code)) for code, _ in MEANINGS] == [code for code, _ in MEANINGS]


@pytest.mark.parametrize(
    ("path", "code", "label"),
    [
        ("MES / 3", "months:3", "Mes: marzo"),
        ("T2 EJECUTADO 2026", "months:4-6:executed", "Trimestre II (abril a junio) (ejecutado)"),
        ("SEGUIMIENTO TRIMESTRAL / II", "followup:2:text", "Seguimiento II (texto)"),
        ("Segundo semestre", "months:7-12", "Semestre II (julio a diciembre)"),
    ],
)
def test_a_heading_has_the_code_that_a_person_would_choose(path, code, label):
    assert (code_of(classify(path)), label_of_code(code)) == (code, label)


@pytest.mark.parametrize(
    "code", ["", "months", "months:0", "months:13", "months:5-2", "months:3,3", "followup:5:text"]
)
def test_what_is_no_code_is_refused(code):
    with pytest.raises(ValueError, match="not"):
        meaning_of(code)


def test_corrections_survive_json():
    corrections = Corrections(
        columns={4: "activity", 5: "months:1-3"}, cells={(14, 4): "", (2, 28): "x"}, offices={"A": None, "B": "b"}
    )
    assert Corrections.from_dict(json.loads(json.dumps(corrections.as_dict()))) == corrections
    assert Corrections.from_dict({}) == Corrections()


@pytest.mark.parametrize(
    "data",
    [
        [],
        {"columns": {"x": "activity"}},
        {"columns": {"1": "nothing known"}},
        {"columns": {"1": 5}},
        {"cells": {"1": "x"}},
        {"cells": {"A1": None}},
        {"offices": {"A": 3}},
        {"offices": 3},
    ],
)
def test_what_is_no_corrections_is_refused(data):
    with pytest.raises(ValueError, match="not"):
        Corrections.from_dict(data)


def test_the_columns_say_what_they_were_taken_for_with_examples():
    columns = read("dates").columns
    assert [(c.index, c.letter, c.title, c.code, c.label) for c in columns[:2]] == [
        (1, "A", "ACTIVIDAD", "activity", "Actividad"),
        (2, "B", "FECHA INICIO", "start", "Fecha de inicio"),
    ]
    assert columns[1].examples == ("03/02/2025", "3/01/25", "01/11/2024")


def test_a_column_means_what_a_person_says_and_takes_it_from_the_other():
    rows = (["ACTIVIDAD", "DETALLE", "RESPONSABLE", "PLAZO"], ["Rótulo", "Elaborar el mapa", "Hacienda", "Mayo"])
    before = read_rows(*rows)
    after = read_rows(*rows, columns={2: "activity"})
    assert [a.description for a in before.activities] == ["Rótulo"]
    assert [a.description for a in after.activities] == ["Elaborar el mapa"]
    assert codes(after) == {"A": "other", "B": "activity", "C": "responsible", "D": "schedule"}
    assert after.activities[0].other == {"ACTIVIDAD": "Rótulo"}


def test_a_column_without_a_heading_is_listed_and_can_be_read():
    rows = (["ACTIVIDAD", "RESPONSABLE", "ENERO", None], ["Elaborar el mapa", "OCI", "x", "Mapa"])
    before = read_rows(*rows)
    after = read_rows(*rows, columns={4: "deliverable"})
    assert (before.columns[3].code, before.columns[3].title, before.columns[3].examples) == ("none", "", ("Mapa",))
    assert "no tiene encabezado" in before.problems[0].message
    assert (after.activities[0].deliverable, after.problems) == ("Mapa", ())


def test_saying_again_what_the_columns_were_taken_for_changes_nothing():
    for name in ("f17-follow-up-and-signatures", "months-planned-and-executed", "formulas", "dates-of-every-kind"):
        before = read(name)
        again = read(name, corrections=Corrections(columns={c.index: c.code for c in before.columns}))
        assert again == before


def test_a_column_that_is_not_read_leaves_no_trace():
    rows = (["ACTIVIDAD", "RESPONSABLE", "PLAZO", "NOTAS"], ["Elaborar el mapa", "Hacienda", "Mayo", "Privado"])
    assert read_rows(*rows).activities[0].other == {"NOTAS": "Privado"}
    assert read_rows(*rows, columns={4: "none"}).activities[0].other == {}


def test_months_and_followup_can_be_given_to_columns():
    rows = (["ACTIVIDAD", "RESPONSABLE", "K1", "K2", "K3"], ["Elaborar el mapa", "Hacienda", "x", "x", "Va bien"])
    reading = read_rows(*rows, columns={3: "months:1-3", 4: "months:2:executed", 5: "followup:1:text"})
    [activity] = reading.activities
    assert (activity.months, activity.executed_months) == ((1, 2, 3), (2,))
    assert activity.followups["1"].text == "Va bien"


def test_without_a_column_of_activities_the_mapping_is_asked_for():
    rows = (["ACTIVIDAD", "RESPONSABLE", "PLAZO"], ["Elaborar el mapa", "Hacienda", "Mayo"])
    reading = read_rows(*rows, columns={1: "other"})
    assert [(p.severity, "Ninguna columna dice las actividades" in p.message) for p in reading.problems] == [
        ("error", True)
    ]
    assert codes(reading) == {"A": "other", "B": "responsible", "C": "schedule"}


def test_a_correction_counts_in_the_blocks_whose_column_is_headed_alike():
    before = read("blocks-with-more-columns")
    after = read("blocks-with-more-columns", corrections=Corrections(columns={3: "other"}))
    assert [bool(a.responsibles) for a in before.activities] == [True] * 4
    assert [bool(a.responsibles) for a in after.activities] == [False, False, True, False]


def test_headings_that_nobody_knows_can_be_mapped():
    rows = (
        ["Qué", "Quién", "Hasta"],
        ["Elaborar el mapa de riesgos", "Hacienda", "Mayo"],
        ["Divulgarlo a todos", "", ""],
    )
    before = read_rows(*rows)
    assert not before.ok
    assert codes(before) == {"A": "activity", "B": "responsible", "C": "end"}
    assert [column.title for column in before.columns] == ["Qué", "Quién", "Hasta"]
    after = read_rows(*rows, columns={1: "activity"})
    assert [(a.description, a.months) for a in after.activities] == [
        ("Elaborar el mapa de riesgos", (5,)),
        ("Divulgarlo a todos", ()),
    ]


def test_bad_dates_are_problems_where_they_stand_and_a_typed_date_mends_them():
    before = read("dates")
    assert [(problem.cell, problem.at) for problem in before.problems] == [("C5", (5, 3)), ("B6", (6, 2))]
    mended = read("dates", corrections=Corrections(cells={(5, 3): "31/12/2025", (6, 2): " 1/2/2025 "}))
    assert mended.problems == ()
    assert mended.activities[3].end == datetime.date(2025, 12, 31)
    assert mended.activities[4].start == datetime.date(2025, 2, 1)
    still = read("dates", corrections=Corrections(cells={(5, 3): "31/12/2025", (6, 2): "31/02/2025"}))
    assert [problem.at for problem in still.problems] == [(6, 2)]


def test_a_blank_correction_empties_the_cell():
    reading = read("dates", corrections=Corrections(cells={(5, 3): "", (6, 2): ""}))
    assert [problem.at for problem in reading.problems] == []


def test_a_typed_mark_does_not_change_how_colours_are_read_elsewhere():
    name = "f17-header-at-row-35"
    before = read(name).activities[0]
    marked = read(name, corrections=Corrections(cells={(37, 15): "x"})).activities[0]
    bare = read(name, corrections=Corrections(cells={(37, 6): ""})).activities[0]
    assert (before.months, marked.months, bare.months) == ((3,), (3, 12), ())


def test_a_correction_under_a_merge_counts_where_the_merge_is_written():
    name = "merged-components"
    [first, *_] = read(name, corrections=Corrections(cells={(3, 2): "Otro"})).activities
    assert first.component == "Otro"


def test_garbled_uncalculated_and_overlong_cells_are_mended_by_typing():
    assert [problem.at for problem in read("formulas").problems] == [(2, 2)]
    mended = read("formulas", corrections=Corrections(cells={(2, 2): "Hacienda"}))
    assert [p.suggestion for p in mended.activities[0].responsibles] == ["hacienda"]
    [overlong] = [problem for problem in read("a-text-too-long").problems if problem.severity == "error"]
    assert read("a-text-too-long", corrections=Corrections(cells={overlong.at: "Corto"})).ok


QUESTIONED = (
    ["ACTIVIDAD", "RESPONSABLE", "PLAZO"],
    ["Elaborar el mapa", "Hacienda", "Mayo"],
    ["Divulgar el mapa", "HACIENDA", "Junio"],
    ["Revisar el mapa", "Control Interno; Talento Humano", "Julio"],
)


def test_each_uncertain_office_is_asked_once_with_its_places():
    first, second, third = office_questions(read_rows(*QUESTIONED))
    assert (first.text, first.suggestion, first.activities) == ("Hacienda", "hacienda", 2)
    assert (first.parts, first.cells) == (("responsable",), ("B2", "B3"))
    assert (second.text, second.suggestion, second.cells) == ("Control Interno", "control", ("B4",))
    assert (third.text, third.suggestion, third.score) == ("Talento Humano", None, pytest.approx(0, abs=0.8))


def test_an_answered_office_is_certain_or_stays_text_and_is_asked_no_more():
    answers = {"hacienda": "hacienda", "CONTROL INTERNO": "control", "Talento humano": None}
    reading = read_rows(*QUESTIONED, offices=answers)
    assert office_questions(reading) == ()
    assert reading.problems == ()
    assert [[(p.text, p.office, p.score) for p in a.responsibles] for a in reading.activities] == [
        [("Hacienda", "hacienda", 1)],
        [("HACIENDA", "hacienda", 1)],
        [("Control Interno", "control", 1), ("Talento Humano", None, 0)],
    ]


def test_an_answer_that_is_no_office_of_the_entity_is_no_answer():
    first, *_ = office_questions(read_rows(*QUESTIONED, offices={"hacienda": "de-otra-entidad"}))
    assert first.text == "Hacienda"


def test_participants_and_who_formulates_are_asked_about_too():
    rows = (
        ["DEPENDENCIA RESPONSABLE: Planeación"],
        ["DEPENDENCIAS PARTICIPANTES: Talento Humano"],
        ["ACTIVIDAD", "RESPONSABLE", "PLAZO"],
        ["Elaborar el mapa", "Secretaría de Hacienda", "Mayo"],
    )
    questions = office_questions(read_rows(*rows))
    assert [(q.text, q.parts, q.activities) for q in questions] == [
        ("Planeación", ("formula el plan",), 0),
        ("Talento Humano", ("participante",), 0),
    ]


def test_without_offices_there_is_nothing_to_ask():
    assert office_questions(read("component-rows", offices=())) == ()


def test_important_columns_that_are_missing_are_told_one_by_one():
    assert [problem.message.partition(":")[0] for problem in read("dates").missing] == [
        "No se encontró una columna que diga el producto o entregable",
        "No se encontró una columna que diga el indicador",
    ]
    assert read("f17-header-at-row-35").missing == ()
    assert all(problem.severity == "warning" for problem in read("dates").missing)


def test_the_other_sheets_that_could_be_read_are_named_whichever_was():
    assert read("hidden-and-several-sheets").sheets == ("2025 B", "Oculta")
    assert read("hidden-and-several-sheets", sheet="Oculta").sheets == ("2025 A", "2025 B")
    assert read("hidden-and-several-sheets", sheet="Hoja9").sheets == ("2025 A", "2025 B", "Oculta")


def test_the_command_s_answer_has_no_further_keys():
    answer = read("dates", corrections=Corrections(cells={(5, 3): "x"})).as_dict()
    assert set(answer) == {"sheet", "form", "year", "plan", "activities", "problems"}
    assert set(answer["problems"][0]) == {"severity", "sheet", "cell", "message"}
    [responsible] = answer["activities"][0]["responsibles"]
    assert set(responsible) == {"text", "office", "score", "certain", "suggestion", "role"}
