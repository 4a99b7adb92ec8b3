"""What the sheet's page answers, and what its script is told of rows."""

import json
from dataclasses import replace

import pytest
from django.urls import reverse

from actionplans.domain.contents.reading import content_of_activity
from actionplans.domain.drafting.editing import RowEdit, edit_rows, rows_of
from actionplans.domain.plan import submit
from planning.enums import Role
from tests.factories import make_draft, make_user

from .asking import AS_SCRIPT, address, edit, save

pytestmark = pytest.mark.django_db


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
