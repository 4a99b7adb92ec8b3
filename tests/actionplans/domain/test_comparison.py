"""Two versions side by side: exactly what differs, in words."""

import copy
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actionplans.domain.comparing.comparison import compare
from actionplans.domain.comparing.differences import compare_versions
from actionplans.domain.comparing.word_marks import MOST_WORDS, Piece, marked
from actionplans.models import Activity
from tests.factories import make_published_plan
from tests.steps import approve_by_act, modify

INDICATOR = [
    1, "Informes", "", "count", "flow", "increasing", "", "", "informes", "1", "2", "N / D", "uno", "dos",
    "1", "1", "2", None,
]  # fmt: skip
ACTIVITY = {
    "key": 1,
    "component": "Uno",
    "cancelled": False,
    "cancel_reason": "",
    "description": "Publicar el informe anual",
    "detail": "Cada año",
    "printed_number": "1.1",
    "months": [1, 2],
    "schedule_text": "Primer bimestre",
    "starts": None,
    "ends": None,
    "deliverable": "Informe",
    "weight": "40",
    "budget": "1000000",
    "note": "Nota",
    "tasks": ["Escribir", "Revisar"],
    "indicators": [INDICATOR, [2, "Lectores", *[""] * 7, None, None, *[""] * 3, *[None] * 4]],
    "objectives": [["cartago", "marco", 1, 1]],
    "responsibles": [["Sec. Gobierno", "gobierno", "leads", True]],
}
WRITTEN = {
    "entity": "cartago",
    "year": 2024,
    "plan": "plan",
    "version": 1,
    "origin": "portal",
    "reason": "",
    "effective_from": None,
    "act": None,
    "title": "Plan",
    "form_code": "F17",
    "form_version": "2",
    "form_approval_date": None,
    "process": "Proceso",
    "subprocess": "Subproceso",
    "objective": "Objetivo",
    "scope": "Alcance",
    "formulating_office": "gobierno",
    "printed_formulating_office": "Sec. Gobierno",
    "plan_date": None,
    "note": "Nota",
    "source": "Fuente",
    "participants": ["Todas"],
    "participating_offices": ["gobierno", "hacienda"],
    "sections": [["Introducción", "Texto"], ["Marco", "Normas"]],
    "objectives": [["Servir", "Mejor"]],
    "components": [
        {"name": "Uno", "description": "El primero", "weight": "40", "indicators": [INDICATOR]},
        {"name": "Dos", "description": "", "weight": "60", "indicators": []},
    ],
    "activities": [ACTIVITY, {**ACTIVITY, "key": 2}],
}
PLAN = json.loads(json.dumps(WRITTEN))  # every part its own, so that one is changed at a time
ABOUT_THE_VERSION = {"entity", "year", "plan", "version", "origin", "reason", "effective_from", "act"}


def changed(change):
    """The plan as version 2, after `change` has been made to it."""
    new = copy.deepcopy(PLAN) | {"version": 2}
    change(new)
    return compare(PLAN, new, {"gobierno": "Secretaría de Gobierno", ("cartago", "marco", 1, 1): "Servir"})


def leaves(value, path=()):
    """The paths of all that a canonical dict says."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if path or key not in ABOUT_THE_VERSION:
                yield from leaves(inner, (*path, key))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from leaves(inner, (*path, place))
    else:
        yield path


def mutated(path):
    new = copy.deepcopy(PLAN) | {"version": 2}
    holder = new
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = _other(path, holder[path[-1]])
    return new


CHOICES = {3: "ratio", 4: "last", 5: "maintain", 9: "7", 10: "8", 14: "9", 15: "9", 16: "9", 17: "9"}
"""Other values for these places in the row of an indicator."""
NUMBERS = {"weight": "50", "budget": "5", "leads": "supports"}


def _other(path, value):
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 7
    if "indicators" in path and path[-1] in CHOICES:
        return CHOICES[path[-1]]
    return NUMBERS.get(path[-1]) or NUMBERS.get(value) or f"{value} y más"


@pytest.mark.parametrize("path", list(leaves(PLAN)), ids=lambda path: ".".join(map(str, path)))
def test_no_difference_goes_untold(path):
    assert not compare(PLAN, mutated(path)).is_empty


def test_equal_versions_say_so():
    comparison = changed(lambda new: None)
    assert comparison.is_empty
    assert comparison.sentence == "La versión 2 dice lo mismo que la versión 1."


def test_an_activity_is_told_field_by_field():
    def change(new):
        new["activities"][0] |= {"months": [3, 4, 5], "weight": "50", "deliverable": ""}
        new["activities"][0]["responsibles"] = [["Todas", None, "supports", False]]

    (activity,) = changed(change).changed
    assert {c.label: (c.old, c.new) for c in activity.changes} == {
        "Meses programados": ("enero y febrero", "marzo a mayo"),
        "Ponderación": ("40 %", "50 %"),
        "Entregable": ("Informe", ""),
        "Responsables": ("Secretaría de Gobierno (impreso: «Sec. Gobierno»), reporta", "Todas, apoya"),
    }


def test_an_indicator_is_told_fact_by_fact():
    def change(new):
        new["activities"][0]["indicators"][0][10] = "5"
        new["activities"][1]["indicators"].pop()

    first, second = changed(change).changed
    assert [(c.label, c.old, c.new) for c in first.changes] == [("Meta (Informes)", "2", "5")]
    assert [(c.label, c.old, c.new) for c in second.changes] == [("Indicador", "Lectores", "")]


def test_what_is_added_cancelled_restored_and_removed_is_told_apart():
    def change(new):
        new["activities"][0] |= {"cancelled": True, "cancel_reason": "Sin recursos"}
        new["activities"].append({**ACTIVITY, "key": 3, "description": "Otra"})

    comparison = changed(change)
    assert [(row.key, row.reason) for row in comparison.cancelled] == [(1, "Sin recursos")]
    assert [(row.key, row.description) for row in comparison.added] == [(3, "Otra")]
    assert comparison.changed == comparison.removed == ()
    assert comparison.sentence == "La versión 2 agrega 1 actividad y cancela 1."
    removed = changed(lambda new: new["activities"].pop())
    assert [row.key for row in removed.removed] == [2]


def test_the_sentence_counts_everything():
    def change(new):
        for activity in new["activities"]:
            activity["note"] = "Otra"
        new["activities"].append({**ACTIVITY, "key": 3})
        new["objective"] = "Otro"

    assert changed(change).sentence == "La versión 2 cambia 2 actividades, agrega 1 y cambia 1 dato del plan."


def test_another_order_is_a_change():
    comparison = changed(lambda new: new["activities"].reverse())
    assert [(c.label, c.new) for c in comparison.plan] == [("Orden de las actividades", "1. 2\n2. 1")]


def test_marks_show_the_words_that_went_and_came():
    assert marked("Publicar el informe anual", "Publicar el informe mensual") == [
        Piece("same", "Publicar el informe "),
        Piece("removed", "anual"),
        Piece("added", "mensual"),
    ]


@pytest.mark.parametrize(("old", "new"), [("", "Algo"), ("Algo", ""), ("uno dos tres", "x y z"), ("a b", "a b")])
def test_marks_give_back_both_texts(old, new):
    pieces = marked(old, new)
    assert "".join(p.text for p in pieces if p.kind != "added") == old
    assert "".join(p.text for p in pieces if p.kind != "removed") == new


def test_a_very_long_text_is_told_whole():
    pieces = marked("a " * MOST_WORDS, "a " * MOST_WORDS + "b")
    assert [piece.kind for piece in pieces] == ["removed", "added"]


def modified(house, number):
    version = make_published_plan(house.entity, activities=number, office=house.office)
    draft = modify(version, house)
    draft.activities.filter(activity__key=1).update(description="Actividad distinta")
    identity = Activity.objects.create(plan=draft.plan, entity=house.entity, key=number + 1)
    draft.activities.create(activity=identity, position=number + 1, description="Nueva")
    return version, approve_by_act(draft, house)


def test_versions_are_compared_from_the_older_whichever_comes_first(house):
    first, second = modified(house, 3)
    comparison = compare_versions(second, first)
    assert comparison == compare_versions(first, second)
    assert comparison.sentence == "La versión 2 cambia 1 actividad y agrega 1."


def test_comparing_costs_the_same_for_nine_activities_and_for_three_hundred(house, neighbour):
    costs = []
    for cast, number in ((house, 9), (neighbour, 300)):
        pair = modified(cast, number)
        with CaptureQueriesContext(connection) as captured:
            compare_versions(*pair)
        costs.append(len(captured))
    assert costs[0] == costs[1]
