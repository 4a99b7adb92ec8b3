"""Layouts that entities really use, whose reading takes more than one header and one row per activity."""

import datetime
from pathlib import Path

import pytest

from actionplans.imports import read_plan
from actionplans.imports.reading.offices import OfficeName

WORKBOOKS = Path(__file__).parents[2] / "data" / "workbooks"
OFFICES = (
    OfficeName("hacienda", "Secretaría de Hacienda"),
    OfficeName("control", "Oficina de Control Interno", "OCI"),
    OfficeName("general", "Secretaría General"),
)
YEAR = tuple(range(1, 13))


def read(name, **options):
    return read_plan(WORKBOOKS / f"{name}.xlsx", **{"offices": OFFICES, **options})


MONTHS = {
    "blocks-with-more-columns": [(1,), (2,), (3,), (4,)],
    "blocks-without-a-row-between": [(1,), (1,), (3,), (4,)],
    "blocks-with-months-shifted": [(2, 6, 10), (3, 7, 11), (4, 8, 12)],
    "number-and-activity-under-one-label": [(4,), (4,), (1,)],
    "number-without-label": [(4,)],
    "components-over-subcomponents": [(1,), (6,)],
    "bands-under-text-marks": [(1,), (2,), (3,), ()],
    "bands-under-colour-marks": [(1,), (), (3,), (4,), (5,)],
    "colour-left-out-where-text-marks": [(1, 4)],
    "text-in-some-rows-colour-in-others": [(1,), (3, 4)],
    "whole-year-in-the-colour-of-the-others": [YEAR, (2,), YEAR],
    "month-in-the-colour-of-the-axis": [(2,), (4,)],
    "month-in-the-colour-of-the-header": [(3,)],
    "programmed-and-executed-rows": [(3, 9), (2,)],
    "programmed-and-executed-rows-without-label": [(3,)],
    "signatures-by-name-and-post": [(1,), (1,), (1,)],
    "consolidated-with-coordination": [(1, 2, 3)],
    "first-and-last-month": [(2, 3, 4, 5, 6), (3, 4, 5), (4,)],
    "improvement-plan": [(2, 3, 4, 5, 6)],
    "products-as-activities": [(1, 2, 3, 7, 8, 9, 10, 11, 12)],
    "dates-of-every-kind": [(2, 3, 4), (5, 6)],
}
STATED = {"blocks-with-months-shifted", "number-and-activity-under-one-label", "components-over-subcomponents"}


@pytest.mark.parametrize("name", MONTHS)
def test_the_months_are_those_that_a_person_sees(name):
    year = None if name in STATED else 2025
    assert [activity.months for activity in read(name, year=year).activities] == MONTHS[name]


@pytest.mark.parametrize("name", sorted(set(MONTHS) - {"colour-left-out-where-text-marks"}))
def test_nothing_is_an_error_in_them(name):
    reading = read(name, year=None if name in STATED else 2025)
    assert [problem for problem in reading.problems if problem.severity == "error"] == []


def test_each_block_is_read_with_its_own_columns():
    activities = read("blocks-with-more-columns", year=2025).activities
    assert [(a.component, a.printed_number, a.target, a.indicator, a.deliverable) for a in activities] == [
        ("COMPONENTE 1: Riesgos", "1", None, "", ""),
        ("COMPONENTE 1: Riesgos", "2", None, "", ""),
        ("COMPONENTE 2: Trámites", "1", 3, "Trámites", "Acto"),
        ("COMPONENTE 3: Rendición", "1", None, "", ""),
    ]
    assert {a.responsibles[0].office for a in activities} == {"hacienda"}


def test_blocks_of_different_columns_are_no_form_to_fill_again():
    assert read("blocks-with-more-columns", year=2025).layout is None
    assert read("components-over-subcomponents").layout is not None


def test_what_is_not_read_under_a_header_is_a_problem_with_its_cell():
    reading = read("rows-that-are-not-read", year=2025)
    assert [activity.description for activity in reading.activities] == ["Elaborar el diagnóstico"]
    assert [problem.cell for problem in reading.problems] == ["E2", "B3", "B5"]


def test_the_number_before_the_activity_is_its_number():
    for name, wanted in (
        ("number-and-activity-under-one-label", [("1.1", "Revisar la política"), ("1.2", "Aprobar la política"),
                                                 ("2.1", "Identificar riesgos")]),
        ("number-without-label", [("1.1", "Revisar la política")]),
    ):  # fmt: skip
        activities = read(name, year=2017).activities
        assert [(a.printed_number, a.description) for a in activities] == wanted
        assert [a.tasks for a in activities] == [() for _ in wanted]


def test_a_subcomponent_follows_the_component_announced_above_it():
    reading = read("components-over-subcomponents")
    assert [a.component for a in reading.activities] == [
        "Componente 1: Gestión del Riesgo / 1.1 Política",
        "Componente 2: Trámites / 2.1 Trámites",
    ]
    assert reading.problems == ()


def test_colours_that_text_marks_leave_out_are_told():
    [problem] = read("colour-left-out-where-text-marks", year=2025).problems
    assert (problem.severity, problem.cell) == ("warning", "D2")
    assert "se marcan con texto" in problem.message


def test_rows_of_what_was_executed_give_the_executed_months():
    activities = read("programmed-and-executed-rows", year=2025).activities
    assert [a.executed_months for a in activities] == [(3,), (3,)]
    assert [a.other for a in activities] == [{}, {}]
    [activity] = read("programmed-and-executed-rows-without-label", year=2025).activities
    assert activity.executed_months == (5,)


@pytest.mark.parametrize(("year", "sheet"), [(2023, "PLAN 2023"), (2024, "PLAN 2024")])
def test_the_sheet_of_the_year_asked_for_is_read(year, sheet):
    reading = read("a-sheet-for-each-year", year=year)
    assert (reading.ok, reading.sheet) == (True, sheet)


def test_sheets_of_other_years_are_an_error_unless_one_is_named():
    reading = read("a-sheet-for-each-year", year=2025)
    assert not reading.ok
    [problem] = [problem for problem in reading.problems if problem.severity == "error"]
    assert "«PLAN 2023» dice 2023" in problem.message
    assert "«PLAN 2024»" in problem.message
    assert read("a-sheet-for-each-year", year=2025, sheet="PLAN 2024").ok


def test_the_component_is_the_objective_and_not_who_coordinates():
    [activity] = read("consolidated-with-coordination").activities
    assert (activity.component, activity.other["LÍNEA DE COORDINACIÓN"]) == ("Vigilar", "Despacho")


def test_weeks_and_cuts_are_no_schedule():
    [activity] = read("improvement-plan", year=2025).activities
    assert (activity.start, activity.end) == (datetime.date(2025, 2, 1), datetime.date(2025, 6, 30))
    assert activity.schedule_text is None
    assert read("improvement-plan", year=2025).problems == ()


def test_products_are_the_activities_of_a_table_that_has_none():
    [activity] = read("products-as-activities").activities
    assert (activity.description, activity.component) == ("Mantener 10 km de vías", "EJE 1")
    assert activity.executed_months == (1, 2, 3)
    assert activity.indicator == "Km"
    assert activity.other["NOMBRE DEL PROYECTO"] == "Vías"


def test_who_leads_and_who_supports_are_told_apart():
    activities = read("leaders-and-supporters", year=2025).activities
    assert [[(p.office, p.as_dict()["role"]) for p in a.responsibles] for a in activities] == [
        [("hacienda", "leads"), ("control", "supports")],
        [("hacienda", "leads"), ("general", "supports")],
        [("hacienda", "leads"), ("control", "supports")],
    ]


def test_a_text_too_long_is_an_error_at_its_cell():
    reading = read("a-text-too-long", year=2025)
    assert [(problem.severity, problem.cell) for problem in reading.problems] == [("error", "C2")]
    assert "el máximo es 20.000" in reading.problems[0].message
