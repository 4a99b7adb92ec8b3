"""Every layout of the corpus in tests/data/workbooks says what a person reads in it."""

import datetime
import importlib.util
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from actionplans.imports import read_plan
from actionplans.imports.reading.offices import OfficeName

DATA = Path(__file__).parents[2] / "data"
OFFICES = (
    OfficeName("hacienda", "Secretaría de Hacienda"),
    OfficeName("control", "Oficina de Control Interno", "OCI"),
    OfficeName("general", "Secretaría General"),
)


def read(name, **options):
    return read_plan(DATA / "workbooks" / name, **{"offices": OFFICES, **options})


MONTHS = {
    "f17-moved-down-and-right.xlsx": [(2, 3), (12,)],
    "f17-header-at-row-35.xlsx": [(3,)],
    "f17-follow-up-and-signatures.xlsx": [(1, 2)],
    "tasks-under-merged-activities.xlsx": [(1, 2), (3, 4)],
    "three-header-rows.xlsx": [(1, 2)],
    "months-by-text.xlsx": [(1, 2, 3), (2, 3), (1,), (1, 3, 4), (1, 2, 3)],
    "months-by-percent.xlsx": [(1, 3)],
    "months-by-theme-colour.xlsx": [(1, 2), (4,)],
    "months-by-initials.xlsx": [(1, 3)],
    "months-by-wide-label.xlsx": [(4,)],
    "quarters-by-names.xlsx": [(1, 2, 3, 7, 8, 9)],
    "quarters-planned-and-executed.xlsx": [(1, 2, 3, 10, 11, 12)],
    "quarters-in-roman.xlsx": [(4, 5, 6, 10, 11, 12)],
    "months-planned-and-executed.xlsx": [(1, 2)],
    "dates.xlsx": [(2, 3, 4), (1, 2), (1, 2), (), ()],
    "words.xlsx": [(1, 2, 3), tuple(range(1, 13)), (4,), (3, 6, 9, 12), (), (), (2, 5, 8)],
    "council-matrix.xlsx": [(1, 2, 3)] * 3 + [tuple(range(7, 13))] + [tuple(range(1, 13))] * 2,
    "component-rows.xlsx": [(3,), (4,), (5,)],
    "merged-components.xlsx": [(1,), (), (), ()],
    "zebra-rows.xlsx": [(1,), (2,), ()],
    "header-colour-is-no-mark.xlsx": [(4,)],
    "hidden-and-several-sheets.xlsx": [(5,)],
    "only-hidden-sheet.xlsx": [(1,)],
    "text-that-looks-like-formulas.xlsx": [(1,), (1,)],
    "formulas.xlsx": [(1,)],
    "weights-as-fractions.xlsx": [(1,)] * 3,
    "weights-as-percentages.xlsx": [(1,)] * 3,
    "metadata-beside.xlsx": [tuple(range(1, 13))],
    "no-description.xlsx": [(1,), ()],
    "no-plan.xlsx": [],
    "follow-up-pairs.xlsx": [(12,)],
    "consolidated-with-parents.xlsx": [(1, 2, 3, 10, 11, 12)],
    "macros.xlsm": [(1,)],
}


def test_every_stored_workbook_equals_what_the_script_generates(tmp_path):
    spec = importlib.util.spec_from_file_location("make_workbooks", DATA / "make_workbooks.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    script.write(tmp_path)
    stored = {path.name: content(path) for path in (DATA / "workbooks").iterdir()}
    assert stored == {path.name: content(path) for path in tmp_path.iterdir()}
    assert set(MONTHS) <= set(stored)


def content(path):
    return [
        [(sheet.title, sheet.sheet_state, sorted(map(str, sheet.merged_cells.ranges)))]
        + [
            (cell.coordinate, cell.value, cell.number_format, repr(cell.fill.fgColor), cell.fill.fill_type)
            for row in sheet.iter_rows()
            for cell in row
        ]
        for sheet in load_workbook(path)
    ]


@pytest.mark.parametrize("name", MONTHS)
def test_the_months_are_those_that_a_person_sees(name):
    assert [activity.months for activity in read(name).activities] == MONTHS[name]


@pytest.mark.parametrize(
    ("name", "year"), [("council-matrix.xlsx", 2024), ("quarters-planned-and-executed.xlsx", 2026)]
)
def test_the_vigencia_in_a_title_or_a_heading_counts_as_said(name, year):
    assert read(name).year == year


def test_a_vigencia_that_is_given_wins_over_the_printed_one_with_a_warning():
    reading = read("metadata-beside.xlsx", year=2026)
    assert reading.year == 2026
    assert [problem.cell for problem in reading.problems] == ["D4"]


def test_a_vigencia_out_of_this_century_is_an_error():
    assert not read("words.xlsx", year=20255).ok


def test_executed_columns_give_the_executed_months():
    assert read("months-planned-and-executed.xlsx").activities[0].executed_months == (2,)
    assert read("quarters-planned-and-executed.xlsx").activities[0].executed_months == (1, 2, 3)
    assert read("months-by-text.xlsx").activities[4].executed_months == (4,)


def test_task_rows_join_the_activity_above_them():
    tasks = [activity.tasks for activity in read("tasks-under-merged-activities.xlsx").activities]
    assert tasks == [("Aplicar la encuesta", "Analizar los datos"), ("Redactarlo", "Divulgarlo")]


def test_a_list_of_tasks_in_one_cell_is_several_tasks():
    assert read("metadata-beside.xlsx").activities[0].tasks == ("Inventariar", "Limpiar los datos", "Publicar")


def test_each_bullet_of_a_matrix_by_component_is_an_activity_that_shares_its_row():
    activities = read("council-matrix.xlsx").activities
    assert [(a.number, a.component, a.description, a.shares_row) for a in activities] == [
        (1, "Diagnóstico", "Realizar un diagnóstico.", True),
        (2, "Diagnóstico", "Aplicar encuestas.", True),
        (3, "Diagnóstico", "Evaluar los procesos.", True),
        (4, "Modernización", "Implementar plataformas.", False),
        (5, "Medición", "Realizar encuestas", True),
        (6, "Medición", "Analizar resultados", True),
    ]
    assert activities[3].indicator == "Uso\nVisitas"
    assert activities[0].schedule_text == "Primer trimestre"


def test_component_rows_name_what_follows_and_repeated_headers_and_totals_are_skipped():
    reading = read("component-rows.xlsx")
    assert [(a.component, a.printed_number, a.target) for a in reading.activities] == [
        ("COMPONENTE 1: GESTIÓN DEL RIESGO", "1", Decimal(1)),
        ("COMPONENTE 2: TRÁMITES", "2", Decimal(80)),
        ("COMPONENTE 2: TRÁMITES", "3", None),
    ]
    assert reading.activities[2].target_text == "tres o cuatro"
    assert [problem.cell for problem in reading.problems] == ["C8"]


def test_merged_parents_are_carried_down_and_blank_ones_are_not():
    activities = read("merged-components.xlsx").activities
    assert [a.component for a in activities] == ["Trámites", "Trámites", "Datos", None]
    assert [[p.office for p in a.responsibles] for a in activities] == [
        ["hacienda", "control"], ["hacienda"], ["hacienda"], [],
    ]  # fmt: skip
    assert {a.other["OBJETIVO"] for a in activities} == {"Servir"}


def test_follow_up_is_kept_by_quarter_and_signatures_end_the_table():
    [activity] = read("f17-follow-up-and-signatures.xlsx").activities
    assert {quarter: followup.as_dict() for quarter, followup in activity.followups.items()} == {
        "1": {"text": "Se aplicó", "progress": None},
        "2": {"text": "", "progress": 50},
    }
    assert activity.result == "1 de 1"


def test_a_quarter_may_have_a_column_of_progress_and_one_of_text():
    [activity] = read("three-header-rows.xlsx").activities
    assert activity.followups["1"].as_dict() == {"text": "Va bien", "progress": 50}
    assert activity.executed_months == (1,)


def test_each_quarter_may_group_its_progress_and_its_text():
    [activity] = read("follow-up-pairs.xlsx").activities
    assert {quarter: followup.as_dict() for quarter, followup in activity.followups.items()} == {
        "1": {"text": "Va bien", "progress": 50},
        "2": {"text": "Listo", "progress": 100},
    }


def test_the_best_named_column_is_the_activity_and_its_parents_are_kept():
    reading = read("consolidated-with-parents.xlsx")
    [activity] = reading.activities
    assert (reading.year, activity.description) == (2022, "A1 Auditar un municipio")
    assert (activity.component, activity.other["ESTRATEGIA"], activity.weight) == ("Vigilar", "Auditar", 20)
    assert (activity.start, activity.end) == (datetime.date(2022, 1, 3), datetime.date(2022, 12, 30))


def test_fields_may_stand_beside_their_labels():
    reading = read("metadata-beside.xlsx")
    assert reading.form.as_dict() == {"code": "RE-SM-01", "version": "5", "approval_date": "2023-01-31"}
    assert reading.year == 2025
    assert reading.plan.policy == "Gobierno Digital"
    assert reading.plan.objective == "Mejorar los servicios"
    assert reading.plan.formulating_office.office == "control"
    assert reading.plan.title == "PLAN DE ACCIÓN"


def test_text_that_looks_like_a_formula_is_kept_as_typed():
    activities = read("text-that-looks-like-formulas.xlsx").activities
    assert [a.description for a in activities] == ["=SUMA(1;2)", "-1 es menos uno"]
    assert [a.deliverable for a in activities] == ["+57 602 211", "=HYPERLINK(1)"]
    assert [a.responsibles[0].text for a in activities] == ["@oficina", "-Sec"]
    assert [a.budget for a in activities] == [1707857234, 2500000]


def test_a_formula_that_was_never_calculated_is_unknown_and_a_warning_at_its_cell():
    reading = read("formulas.xlsx")
    assert reading.ok
    assert reading.activities[0].responsibles == ()
    assert [(problem.severity, problem.cell) for problem in reading.problems] == [("warning", "B2")]


@pytest.mark.parametrize(
    ("name", "weights"),
    [("weights-as-fractions.xlsx", [60, 40, None]), ("weights-as-percentages.xlsx", [60, 30, 10])],
)
def test_weights_are_percentages_however_they_are_typed(name, weights):
    assert [activity.weight for activity in read(name).activities] == weights


def test_what_is_no_figure_is_null_and_only_what_is_not_understood_is_a_warning():
    reading = read("weights-as-fractions.xlsx")
    assert [activity.budget for activity in reading.activities] == [Decimal("1500.50"), None, None]
    assert [problem.cell for problem in reading.problems] == ["D3"]


def test_a_target_column_and_a_baseline_are_figures():
    [activity] = read("quarters-planned-and-executed.xlsx").activities
    assert (activity.baseline, activity.unit, activity.deliverable) == (Decimal("1500.5"), "Kilómetro", "Vías")


def test_dates_are_kept_and_the_wrong_ones_are_warnings_at_their_cells():
    reading = read("dates.xlsx")
    assert (reading.activities[0].start, reading.activities[0].end) == (
        datetime.date(2025, 2, 3), datetime.date(2025, 4, 30),
    )  # fmt: skip
    assert reading.activities[2].start == datetime.date(2024, 11, 1)
    assert reading.activities[3].start is None
    assert [problem.cell for problem in reading.problems] == ["C5", "B6"]


def test_words_that_mean_no_month_or_another_year_are_kept_with_a_warning():
    reading = read("words.xlsx")
    assert reading.activities[4].schedule_text == "A demanda"
    assert [problem.cell for problem in reading.problems] == ["C6", "C7"]
    assert "fuera de la vigencia 2025" in reading.problems[1].message


def test_all_the_problems_of_a_file_come_at_once_with_their_cells():
    reading = read("no-description.xlsx")
    assert not reading.ok
    assert [(p.severity, p.sheet, p.cell) for p in reading.problems] == [
        ("error", "PLAN DE ACCION 2025", "B3"),
        ("warning", "PLAN DE ACCION 2025", "E4"),
    ]


def test_a_workbook_without_a_plan_says_which_headings_are_expected():
    [problem] = read("no-plan.xlsx").problems
    assert "no parece un plan de acción" in problem.message
    assert "ACTIVIDADES" in problem.message


def test_a_sheet_can_be_chosen_and_the_others_are_named():
    reading = read("hidden-and-several-sheets.xlsx")
    assert reading.sheet == "2025 A"
    assert "«2025 B»" in reading.problems[0].message
    assert read("hidden-and-several-sheets.xlsx", sheet="2025 B").activities[0].description == "Otra"
    assert read("hidden-and-several-sheets.xlsx", sheet="Oculta").sheet == "Oculta"


def test_an_unknown_sheet_is_a_problem_that_lists_the_sheets():
    [problem] = read("hidden-and-several-sheets.xlsx", sheet="Hoja9").problems
    assert all(name in problem.message for name in ("«Oculta»", "«Instrucciones»", "«2025 A»", "«2025 B»"))


def test_without_offices_nothing_is_asked_about_them():
    reading = read("component-rows.xlsx", offices=())
    assert [problem.cell for problem in reading.problems] == ["C8"]
