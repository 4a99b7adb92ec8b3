"""One activity on its page, for who has no script and for what the grid has no room."""

import pytest

from tests.factories import make_published_plan
from tests.steps import modify

from .asking import AS_SCRIPT, address, edit

pytestmark = pytest.mark.django_db


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
