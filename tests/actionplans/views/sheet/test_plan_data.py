"""The plan's own data on the sheet: its lists, two people, flaws told at their field."""

import datetime

import pytest

from actionplans.models import PlanVersion
from actionplans.reports.plan.builders import plan_sheet
from planning.models import AuditEvent, Office
from tests.factories import adopt, make_policy

from .asking import AS_SCRIPT, address, edit

pytestmark = pytest.mark.django_db


def header(version, **fields):
    empty = {"components": 0, "objectives": 0, "sections": 0}
    management = {f"{name}-TOTAL_FORMS": str(count) for name, count in empty.items()}
    management |= {f"{name}-INITIAL_FORMS": "0" for name in empty}
    return management | {"revision": version.header_revision, "title": version.title} | fields


def test_the_plan_s_data_with_its_lists(planning, draft, house):
    policy = make_policy()
    adopt(house.entity, policy)
    data = header(
        draft,
        objective="Servir",
        policy=policy.pk,
        participating_offices=[house.office.pk],
        **{
            "components-TOTAL_FORMS": "1", "components-0-name": "Uno", "components-0-weight": "60,5",
            "objectives-TOTAL_FORMS": "1", "objectives-0-name": "Mejorar",
            "sections-TOTAL_FORMS": "1", "sections-0-title": "Marco", "sections-0-body": "Normas",
        },
    )  # fmt: skip
    answer = planning.post(address(draft, "sheet_header"), data, **AS_SCRIPT)
    assert answer.json()["revision"] == 2
    version = PlanVersion.objects.get(pk=draft.pk)
    assert (version.objective, version.plan.policy, version.plan.kind) == ("Servir", policy, "politica")
    assert [str(component.weight) for component in version.components.all()] == ["60.50"]
    assert list(version.objectives.values_list("name", flat=True)) == ["Mejorar"]
    assert list(version.sections.values_list("title", "body")) == [("Marco", "Normas")]
    assert AuditEvent.objects.filter(event="edit_plan").get().new["objective"] == "Servir"


def test_a_component_made_in_a_row_survives_a_save_that_does_not_know_it(planning, draft):
    edit(planning, draft, component="Nuevo")
    planning.post(address(draft, "sheet_header"), header(draft, objective="Servir"), **AS_SCRIPT)
    assert draft.activities.get(activity__key=1).component.name == "Nuevo"


def test_a_component_taken_away_leaves_its_activities(planning, draft):
    edit(planning, draft, component="Uno")
    component = draft.components.get()
    data = header(draft) | {
        "components-TOTAL_FORMS": "1", "components-INITIAL_FORMS": "1", "components-0-pk": component.pk,
        "components-0-name": "Uno", "components-0-DELETE": "on",
    }  # fmt: skip
    planning.post(address(draft, "sheet_header"), data)
    row = draft.activities.get(activity__key=1)
    assert (row.component, row.revision) == (None, 3)
    assert not draft.components.exists()


def test_the_second_save_of_the_plan_s_data_is_told_both_texts(planning, draft):
    planning.post(address(draft, "sheet_header"), header(draft, objective="Lo primero"), **AS_SCRIPT)
    answer = planning.post(address(draft, "sheet_header"), header(draft, objective="Lo segundo"), **AS_SCRIPT)
    assert answer.status_code == 409
    assert (answer.json()["values"]["objective"], answer.json()["revision"]) == ("Lo primero", 2)
    page = planning.post(address(draft, "sheet_header"), header(draft, objective="Lo segundo")).content.decode()
    assert "Lo primero" in page
    assert "Lo segundo" in page
    assert PlanVersion.objects.get(pk=draft.pk).objective == "Lo primero"


def test_the_script_saves_the_plan_s_own_data_and_leaves_its_lists(planning, draft):
    draft.objectives.create(position=1, name="Uno")
    data = {"part": "facts", "revision": 1, "title": "Otro título"}
    assert planning.post(address(draft, "sheet_header"), data, **AS_SCRIPT).json()["revision"] == 2
    assert draft.objectives.get().name == "Uno"
    assert PlanVersion.objects.get(pk=draft.pk).title == "Otro título"


def test_a_component_added_under_a_known_name_is_that_one(planning, draft):
    edit(planning, draft, component="Gestión")
    data = header(draft) | {
        "components-TOTAL_FORMS": "1",
        "components-0-name": "GESTION",
        "components-0-weight": "5",
    }
    planning.post(address(draft, "sheet_header"), data)
    assert [str(component.weight) for component in draft.components.all()] == ["5.00"]


def test_an_office_that_exists_no_more_stays_where_it_answered(planning, draft, house):
    Office.objects.filter(pk=house.office.pk).update(valid_to=datetime.date(2020, 1, 1))
    page = planning.get(address(draft, "sheet_activity", 1)).content.decode()
    assert f'<option value="{house.office.pk}" selected>' in page


def test_what_a_person_chooses_takes_the_place_of_what_was_printed(planning, draft, house):
    printed = {"printed_formulating_office": "Sec. de antes", "printed_participants": ["Todas las de antes"]}
    PlanVersion.objects.filter(pk=draft.pk).update(**printed)
    planning.post(address(draft, "sheet_header"), header(draft, objective="Otro"))
    version = PlanVersion.objects.get(pk=draft.pk)
    assert (version.formulating_name, version.participant_names) == ("Sec. de antes", ("Todas las de antes",))
    chosen = {"formulating_office": house.office.pk, "participating_offices": [house.office.pk]}
    planning.post(address(draft, "sheet_header"), header(version, **chosen))
    sheet = plan_sheet(PlanVersion.objects.get(pk=draft.pk))
    assert (sheet.formulating_office, sheet.participants) == (house.office.name, (house.office.name,))


def test_a_flaw_in_the_plan_s_data_is_told_at_its_field(planning, draft):
    answer = planning.post(address(draft, "sheet_header"), header(draft, title=""), **AS_SCRIPT)
    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["title"])
    answer = planning.post(address(draft, "sheet_header"), header(draft, title=""))
    assert answer.status_code == 422
