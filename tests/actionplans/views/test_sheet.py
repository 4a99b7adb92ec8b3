"""What the sheet's page answers, and what its script is told."""

import datetime
import json
from dataclasses import replace

import pytest
from django.urls import reverse

from actionplans.domain.contents.reading import content_of_activity
from actionplans.domain.drafting.editing import RowEdit, edit_rows, rows_of
from actionplans.domain.plan import submit
from actionplans.models import PlanVersion
from actionplans.reports.plan.builders import plan_sheet
from planning.enums import Role
from planning.models import AuditEvent, Office
from tests.factories import adopt, make_draft, make_policy, make_published_plan, make_user
from tests.steps import modify

pytestmark = pytest.mark.django_db
AS_SCRIPT = {"headers": {"accept": "application/json"}}


@pytest.fixture
def draft(house):
    return make_draft(house.entity, office=house.office, activities=3)


@pytest.fixture
def planning(client, house):
    client.force_login(house.planning)
    return client


def address(version, name="sheet", *more):
    return reverse(name, args=[version.entity.slug, version.pk, *more])


def save(client, version, **body):
    return client.post(
        address(version, "sheet_cells"), json.dumps(body), content_type="application/json", **AS_SCRIPT
    )


def edit(client, version, key=1, revision=1, **values):
    return save(client, version, edits=[{"id": "a", "key": key, "revision": revision, "values": values}])


@pytest.mark.parametrize("number", [1, 3])
def test_the_sheet_asks_the_same_whatever_the_number_of_rows(planning, house, number, django_assert_num_queries):
    version = make_draft(house.entity, office=house.office, activities=number)
    with django_assert_num_queries(27):
        answer = planning.get(address(version))
    assert answer.content.decode().count("data-key=") == number


def test_a_saved_row_comes_back_as_it_is_now(planning, draft):
    answer = edit(planning, draft, deliverable="Informe", month_5="x").json()
    (row,) = answer["rows"]
    assert (row["key"], row["revision"], row["errors"]) == (1, 2, {})
    assert "Informe" in row["html"]
    assert answer["totals"] == "3 actividades. Ninguna tiene peso."
    assert list(draft.activities.get(activity__key=1).months) == [1, 5]


def test_one_bad_cell_loses_no_other(planning, draft):
    (row,) = edit(planning, draft, deliverable="Informe", weight="mucho", starts="31/02/2024").json()["rows"]
    assert row["errors"].keys() == {"weight", "starts"}
    assert draft.activities.get(activity__key=1).deliverable == "Informe"


def test_new_rows_are_added_where_they_were_typed(planning, draft):
    new = [{"id": "x", "values": {"description": "Una"}}, {"id": "y", "values": {"description": " "}}]
    rows = {row["id"]: row for row in save(planning, draft, new=new, after=1).json()["rows"]}
    assert rows["x"]["key"] == 4
    assert (rows["y"]["key"], list(rows["y"]["errors"])) == (None, ["description"])
    keys = draft.activities.order_by("position").values_list("activity__key", flat=True)
    assert list(keys) == [1, 4, 2, 3]


def test_the_second_save_of_a_row_is_told_both_texts_and_who_wrote_the_other(planning, draft, house):
    edit(planning, draft, deliverable="Lo primero")
    (row,) = edit(planning, draft, deliverable="Lo segundo").json()["rows"]
    assert row["stale"]["fields"] == [
        {"name": "deliverable", "label": "Producto o entregable", "mine": "Lo segundo", "theirs": "Lo primero"}
    ]
    assert row["stale"]["who"].startswith(str(house.planning))
    assert draft.activities.get(activity__key=1).deliverable == "Lo primero"


def test_a_row_that_is_gone_is_said_and_the_others_are_saved(planning, draft):
    planning.post(address(draft, "sheet_row", 1, "quitar"), **AS_SCRIPT)
    edits = [{"id": str(key), "key": key, "revision": 1, "values": {"deliverable": "Tarde"}} for key in (1, 2)]
    rows = {row["key"]: row for row in save(planning, draft, edits=edits).json()["rows"]}
    assert rows[1] == {"id": "1", "key": 1, "gone": True}
    assert draft.activities.get(activity__key=2).deliverable == "Tarde"


def test_a_save_whose_answer_was_lost_is_not_done_twice(planning, draft):
    new = [{"id": "marca", "values": {"description": "Una vez"}}]
    save(planning, draft, new=new, after=3)
    (row,) = save(planning, draft, new=new, after=3, again=True).json()["rows"]
    assert (row["key"], draft.activities.count()) == (4, 4)
    edit(planning, draft, deliverable="Lo mío")
    again = [{"id": "a", "key": 1, "revision": 1, "values": {"deliverable": "Lo mío y más"}}]
    (row,) = save(planning, draft, edits=again, again=True).json()["rows"]
    assert "stale" not in row
    assert draft.activities.get(activity__key=1).deliverable == "Lo mío y más"


def test_another_s_text_is_not_taken_for_one_s_own(planning, draft, house, client):
    other = make_user("otra@cartago.example", house.entity, Role.PLANNING)
    row = rows_of(draft, [1]).get()
    content = replace(content_of_activity(row), deliverable="De otra")
    edit_rows(draft, [RowEdit(key=1, revision=1, content=content)], by=other)
    again = [{"id": "a", "key": 1, "revision": 1, "values": {"deliverable": "Lo mío"}}]
    (row,) = save(planning, draft, edits=again, again=True).json()["rows"]
    assert row["stale"]["fields"][0]["theirs"] == "De otra"


def test_rows_are_removed_and_brought_back_together(planning, draft):
    def post(action, **data):
        return planning.post(address(draft, "sheet_rows", action), data, **AS_SCRIPT)

    assert post("quitar", keys="1,3").json()["totals"] == "1 actividad. Ninguna tiene peso."
    assert post("quitar", keys="1,2").status_code == 409
    assert draft.activities.count() == 1
    assert post("quitar", keys="1,3", again="1").status_code == 200
    html = post("recuperar", keys="1,3").json()["html"]
    assert html.keys() == {"1", "3"}
    assert post("recuperar", keys="1,3", again="1").status_code == 200
    for nonsense in ({"keys": ""}, {"keys": "1,x"}, {"keys": "9" * 30}):
        assert post("quitar", **nonsense).status_code == 404
    assert post("duplicar", keys="1").status_code == 404


def test_a_copy_whose_answer_was_lost_is_made_once(planning, draft):
    for again in ("", "1"):
        data = {"token": "marca", "again": again}
        answer = planning.post(address(draft, "sheet_row", 1, "duplicar"), data, **AS_SCRIPT)
        assert answer.json()["key"] == 4
    assert draft.activities.count() == 4


def test_a_plan_that_was_submitted_meanwhile_refuses_the_save(planning, draft, house):
    submit(draft, by=house.planning)
    answer = edit(planning, draft, deliverable="Tarde")
    assert (answer.status_code, answer.json()["closed"]) == (409, True)
    assert planning.get(address(draft)).status_code == 302


@pytest.mark.parametrize(
    "body",
    [
        "no es json",
        "[]",
        json.dumps({"edits": [{"id": "a", "key": 1, "revision": 1, "values": {"otra": "x"}}]}),
        json.dumps({"edits": [{"id": "a", "key": "1", "revision": 1, "values": {}}]}),
        json.dumps({"edits": [{"id": "a", "key": 1, "revision": 1, "values": {"weight": 5}}]}),
        json.dumps({"edits": [{"key": 1, "revision": 1, "values": {}}]}),
        json.dumps({"edits": [{"id": "a", "key": 10**30, "revision": 1, "values": {}}]}),
        json.dumps({"edits": [{"id": "a", "key": True, "revision": 1, "values": {}}]}),
        json.dumps({"edits": [{"id": "a", "key": 1, "revision": 1, "values": {}}] * 2}),
        json.dumps({"new": [{"id": "a", "values": {"description": "\ud800"}}]}),
        json.dumps({"new": [{"id": "a", "values": {"description": "x"}}], "after": 10**30}),
        "[" * 100_000,
        json.dumps({"new": [{"id": str(n), "values": {"description": "x"}} for n in range(501)]}),
        json.dumps({"new": [], "after": "primera"}),
        json.dumps({"edits": 5}),
    ],
)
def test_nonsense_is_refused_in_words(planning, draft, body):
    answer = planning.post(address(draft, "sheet_cells"), body, content_type="application/json", **AS_SCRIPT)
    assert answer.status_code == 400
    assert answer.json()["message"].startswith("No se entendió")


def test_another_entity_s_draft_is_not_there(planning, neighbour):
    foreign = make_draft(neighbour.entity)
    assert edit(planning, foreign, deliverable="x").status_code == 404
    wrong = reverse("sheet_cells", args=["cartago", foreign.pk])
    assert planning.post(wrong, "{}", content_type="application/json").status_code == 404


def test_totals_tell_what_is_lacking(planning, draft):
    edit(planning, draft, key=1, weight="40")
    assert edit(planning, draft, key=2, weight="40").json()["totals"] == (
        "3 actividades. Los pesos suman 80 % (faltan 20)."
    )
    edit(planning, draft, key=1, revision=2, component="A", weight="100")
    assert edit(planning, draft, key=2, revision=2, component="B", weight="60,5").json()["totals"] == (
        "3 actividades. Los pesos por componente suman: «A» 100 %; «B» 60,5 % (faltan 39,5)."
    )


# --- The plan's data ------------------------------------------------------------------------------


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


# --- One activity on its page ---------------------------------------------------------------------


def activity(revision=1, **fields):
    empty = ("indicadores", "responsables")
    management = {f"{name}-{part}_FORMS": "0" for name in empty for part in ("TOTAL", "INITIAL")}
    return management | {"revision": revision, "description": "Publicar"} | fields


def test_an_activity_is_saved_from_its_page(planning, draft, house):
    data = activity(
        months=["2", "3"],
        tasks="Una\nDos",
        **{
            "indicadores-TOTAL_FORMS": "2", "indicadores-0-indicator": "Informes",
            "indicadores-0-target": "1.250,5", "indicadores-0-kind": "count",
            "indicadores-1-indicator": "Lectores",
            "responsables-TOTAL_FORMS": "2", "responsables-0-office": house.office.pk,
            "responsables-0-role": "supports", "responsables-1-text": "Todas", "responsables-1-role": "leads",
        },
    )  # fmt: skip
    answer = planning.post(address(draft, "sheet_activity", 1), data)
    assert answer["Location"].endswith("/hoja/#actividad-1")
    row = draft.activities.get(activity__key=1)
    assert (row.description, list(row.months), row.tasks.count()) == ("Publicar", [2, 3], 2)
    assert [(i.name, i.kind) for i in row.indicators.all()] == [("Informes", "count"), ("Lectores", "")]
    assert [(r.name, r.role) for r in row.responsibilities.all()] == [
        (house.office.name, "supports"),
        ("Todas", "leads"),
    ]


def test_a_stale_page_shows_both_texts_and_may_be_saved_again(planning, draft):
    edit(planning, draft, description="Lo primero")
    answer = planning.post(address(draft, "sheet_activity", 1), activity(description="Lo segundo"))
    assert answer.status_code == 409
    assert "Lo primero" in answer.content.decode()
    assert draft.activities.get(activity__key=1).description == "Lo primero"
    assert 'name="revision" value="2"' in answer.content.decode()
    planning.post(address(draft, "sheet_activity", 1), activity(2, description="Lo segundo"))
    assert draft.activities.get(activity__key=1).description == "Lo segundo"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"description": ""}, "obligatorio"),
        ({"weight": "101"}, "100"),
        (
            {"responsables-TOTAL_FORMS": "1", "responsables-0-role": "leads", "responsables-0-reports": "on"},
            "Solo reporta",
        ),
        ({"indicadores-TOTAL_FORMS": "1", "indicadores-0-target": "x"}, "no es una cifra"),
    ],
)
def test_a_flawed_page_says_what_to_mend(planning, draft, fields, said):
    answer = planning.post(address(draft, "sheet_activity", 1), activity(**fields))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert draft.activities.get(activity__key=1).revision == 1


def test_an_approved_activity_is_cancelled_and_not_removed(planning, house):
    draft = modify(make_published_plan(house.entity, office=house.office), house)
    answer = planning.post(address(draft, "sheet_row", 1, "quitar"), **AS_SCRIPT)
    assert (answer.status_code, "cancélela" in answer.json()["message"]) == (409, True)
    page = planning.get(address(draft, "sheet_activity", 1)).content.decode()
    assert "Cancelar la actividad" in page
    assert "Quitar del borrador" not in page


@pytest.mark.parametrize("action", ["duplicar", "subir", "bajar", "quitar", "mover"])
def test_what_is_done_with_a_row_that_is_gone_is_refused(planning, draft, action):
    assert planning.post(address(draft, "sheet_row", 9, action), **AS_SCRIPT).status_code == 409


def test_a_day_of_editing_is_one_moment_of_the_history(planning, draft):
    for revision in (1, 2, 3):
        edit(planning, draft, revision=revision, deliverable=f"Vez {revision}")
    page = planning.get(address(draft, "version")).content.decode()
    assert "Se editó el borrador: 3 cambios" in page
