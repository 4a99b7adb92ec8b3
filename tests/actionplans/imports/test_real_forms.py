"""The form MESG-AS-F17 as Cartago fills it, from end to end."""

import datetime
import json
from pathlib import Path

import pytest

from actionplans.imports import read_plan
from actionplans.imports.reading.offices import OfficeName

FORMS = Path(__file__).parents[3] / "fixtures" / "forms"
FILLED = FORMS / "MESG-AS-F17-participacion-ciudadana-2024.xlsx"
BLANK = FORMS / "MESG-AS-F17-sin-cronograma.xlsx"
OFFICES = (
    OfficeName("planeacion", "Secretaría de Planeación, Medio Ambiente y Desarrollo Económico"),
    OfficeName("servicios", "Secretaría de Servicios Administrativos"),
)


@pytest.fixture(scope="module")
def reading():
    return read_plan(FILLED, year=2025, offices=OFFICES)


def test_the_shaded_months_are_the_schedule(reading):
    assert [activity.months for activity in reading.activities] == [
        (2, 3), (3, 4), (4, 5, 8), (5,), (6, 7, 8), (6, 9, 12), (4, 7, 10, 12), tuple(range(1, 13)), (11, 12),
    ]  # fmt: skip


def test_the_letterhead_says_which_form_it_is(reading):
    assert reading.form.as_dict() == {"code": "MESG-AS-F17", "version": "2", "approval_date": "2024-03-06"}


def test_the_rows_above_the_table_are_the_plan(reading):
    plan = reading.plan
    assert plan.date == datetime.date(2024, 10, 29)
    assert plan.process == "GESTION PLANEACION"
    assert plan.subprocess == "PLANEACION INSTITUCIONAL"
    assert plan.objective.startswith("Establecer las acciones")
    assert plan.scope.startswith("Aplica para las dependencias")
    assert plan.title == "FORMATO PLAN DE ACCIÓN"
    assert plan.formulating_office.office == "planeacion"
    assert [participant.office for participant in plan.participants] == ["planeacion", "servicios"]


def test_an_activity_says_all_that_its_row_says(reading):
    first = reading.activities[0]
    assert first.description.startswith("Elaborar el diagnóstico")
    assert len(first.tasks) == 1
    assert first.tasks[0].startswith("Aplicar el autodiagnóstico MIPG")
    assert first.indicator == "Numero de autodiagnosticos elaborados"
    assert first.deliverable.startswith("Diagnostico Política")
    assert (first.printed_number, first.cell) == ("1", "B14")
    assert (first.result, first.target, first.weight, first.followups) == (None, None, None, {})


def test_a_misspelt_office_is_a_question_and_an_unknown_one_stays_open(reading):
    by_text = {person.text: person for activity in reading.activities for person in activity.responsibles}
    misspelt = by_text["Sec. de Sevicios Administrativos"]
    assert (misspelt.office, misspelt.suggestion) == (None, "servicios")
    assert by_text["Administración Municipal"].suggestion is None
    assert [problem.cell for problem in reading.problems] == ["S16", "S20"]
    assert {problem.severity for problem in reading.problems} == {"warning"}


def test_the_web_address_ends_the_table(reading):
    assert len(reading.activities) == 9


def test_the_date_of_the_plan_is_not_its_vigencia():
    reading = read_plan(FILLED)
    assert not reading.ok
    assert reading.year is None
    assert [problem.message for problem in reading.problems] == [
        "El archivo no dice la vigencia del plan. Indíquela (por ejemplo, 2025)."
    ]


def test_a_plan_without_schedule_is_accepted_with_one_warning():
    reading = read_plan(BLANK, year=2025)
    assert reading.ok
    assert len(reading.activities) == 9
    assert len(reading.problems) == 1
    assert "Ningún mes está marcado" in reading.problems[0].message


def test_the_object_has_the_keys_of_the_contract_in_their_order(reading):
    said = json.loads(json.dumps(reading.as_dict()))
    assert list(said) == ["sheet", "form", "year", "plan", "activities", "problems"]
    assert list(said["plan"])[:7] == [
        "process", "subprocess", "objective", "scope", "formulating_office", "date", "participants",
    ]  # fmt: skip
    assert list(said["activities"][0])[:19] == [
        "number", "component", "description", "tasks", "months", "executed_months", "schedule_text", "start",
        "end",
        "deliverable", "indicator", "result", "target", "baseline", "weight", "budget", "responsibles",
        "followups",
        "printed_number",
    ]  # fmt: skip
    assert list(said["activities"][0]["responsibles"][0])[:3] == ["text", "office", "score"]
    assert list(said["problems"][0]) == ["severity", "sheet", "cell", "message"]
