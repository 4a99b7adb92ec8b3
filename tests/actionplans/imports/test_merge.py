"""A file against a draft: what pairs, what differs, and what a person's choices make of it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from actionplans.domain.contents.content import (
    ActivityContent,
    ComponentContent,
    IndicatorContent,
    PlanContent,
    ResponsibleContent,
)
from actionplans.domain.contents.facts import fingerprint
from actionplans.domain.merging.choosing import CANCEL, CHANGED, LEAVE, MISSING, NEW, REMOVE, SAME, TAKE, Choices
from actionplans.domain.merging.merging import merge
from actionplans.domain.merging.pairing import pairs
from actionplans.enums import IndicatorKind, ResponsibilityRole
from actionplans.months import MonthSet
from planning.models import Office

CARACTERIZAR = "Caracterizar a los usuarios de la entidad"
INFORMAR = "Publicar el informe de PQRSD"
CAPACITAR = "Capacitar a los servidores en lenguaje claro"


def activity(description, key=None, **said):
    return ActivityContent(description=description, key=key, **said)


def plan(*activities, **said):
    return PlanContent(**{"title": "Plan", **said}, activities=activities)


def kinds(found):
    return [(row.kind, row.content.description) for row in found.rows]


DRAFT = plan(
    activity(CARACTERIZAR, 1, printed_number="1", months=MonthSet([2])),
    activity(INFORMAR, 2, printed_number="2"),
    activity(CAPACITAR, 3, printed_number="3"),
)
FILE = plan(*(replace(row, key=None) for row in DRAFT.activities))


def test_the_same_file_pairs_all_and_changes_nothing():
    found = merge(DRAFT, FILE)
    assert found.is_empty
    assert [row.kind for row in found.rows] == [SAME] * 3
    assert found.result(Choices()) == DRAFT


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        # one text: the number does not matter
        ([(INFORMAR, "7"), (CARACTERIZAR, "8")], {0: 1, 1: 0}),
        # one number and a text alike: reworded
        ([("Publicar y difundir el informe de PQRSD", "2")], {0: 1}),
        # one number and another text: another activity
        ([("Comprar computadores", "2")], {}),
        # no number, a text almost equal
        ([("Capacitar a los servidores en lenguage claro", "")], {0: 2}),
    ],
)
def test_activities_pair_by_text_then_number_then_likeness(said, expected):
    incoming = [activity(text, printed_number=number) for text, number in said]
    assert pairs(DRAFT.activities, incoming) == expected


def test_two_equal_rows_never_become_the_same_activity():
    twice = [activity(INFORMAR), activity(INFORMAR)]
    assert pairs(DRAFT.activities, twice) == {0: 1}


def test_permanent_numbers_count_only_where_the_file_is_of_this_plan():
    own = [activity("Otra redacción, del todo distinta", 1), activity(INFORMAR, 2), activity(CAPACITAR, 3)]
    assert pairs(DRAFT.activities, own)[0] == 0
    of_another_plan = [activity("Comprar computadores", 1), activity("Pintar la sede", 2), activity(CAPACITAR, 3)]
    assert pairs(DRAFT.activities, of_another_plan) == {2: 2}


def test_a_new_a_changed_and_a_missing_row_are_told_and_chosen_one_by_one():
    incoming = plan(
        activity("Medir la satisfacción", printed_number="9"),
        activity(CARACTERIZAR, printed_number="1", months=MonthSet([3])),
        activity(INFORMAR, printed_number="2"),
    )
    found = merge(DRAFT, incoming)
    assert kinds(found) == [
        (NEW, "Medir la satisfacción"), (CHANGED, CARACTERIZAR), (SAME, INFORMAR), (MISSING, CAPACITAR),
    ]  # fmt: skip
    assert [(c.label, c.old, c.new) for c in found.of(CHANGED)[0].changes] == [
        ("Meses programados", "febrero", "marzo")
    ]

    by_default = found.result(Choices())
    assert [row.key for row in by_default.activities] == [None, 1, 2, 3]
    assert by_default.activities[1].months == MonthSet([3])

    tokens = {row.kind: row.token for row in found.rows}
    choices = Choices(rows={tokens[NEW]: LEAVE, tokens[CHANGED]: LEAVE, tokens[MISSING]: REMOVE})
    assert found.result(choices).activities == DRAFT.activities[:2]
    assert found.counts(choices) == {"added": 0, "changed": 0, "removed": 1, "cancelled": 0, "facts": 0}
    assert found.counts(Choices())["added"] == 1


def test_an_approved_activity_is_cancelled_with_a_reason_and_never_removed():
    found = merge(DRAFT, plan(*FILE.activities[:2]), promised={1, 2, 3})
    [missing] = found.of(MISSING)
    assert missing.options == (LEAVE, CANCEL)
    forced = Choices(rows={missing.token: REMOVE})
    assert len(found.result(forced).activities) == 3
    cancelling = Choices(rows={missing.token: CANCEL})
    assert found.obstacles(cancelling) == ["Escriba por qué se cancela la actividad 3."]
    told = replace(cancelling, reasons={missing.token: "Sin recursos"})
    assert found.obstacles(told) == []
    last = found.result(told).activities[-1]
    assert (last.is_cancelled, last.cancel_reason, last.key) == (True, "Sin recursos", 3)


def test_what_a_form_has_no_column_for_stays_as_the_portal_has_it():
    office = Office(pk=1, slug="hacienda", name="Secretaría de Hacienda")
    kept = activity(
        INFORMAR,
        1,
        weight=Decimal(40),
        budget=Decimal(1000),
        note="Acordado en comité",
        indicators=(IndicatorContent(name="Informes", key=5, kind=IndicatorKind.COUNT, target=Decimal(4)),),
        responsibles=(ResponsibleContent(text="Hacienda", office=office, reports=True),),
    )
    said = activity(
        INFORMAR,
        deliverable="Informe",
        indicators=(IndicatorContent(name="Informes publicados"),),
        responsibles=(ResponsibleContent(text="Hacienda"),),
    )
    found = merge(plan(kept), plan(said))
    assert [change.label for change in found.rows[0].changes] == ["Entregable", "Indicador"]
    [row] = found.result(Choices()).activities
    assert (row.weight, row.budget, row.note, row.responsibles) == (
        kept.weight, kept.budget, kept.note, kept.responsibles,
    )  # fmt: skip
    [indicator] = row.indicators
    assert (indicator.name, indicator.key, indicator.kind, indicator.target) == (
        "Informes publicados",
        5,
        "count",
        4,
    )


def test_an_empty_cell_counts_where_the_file_speaks_of_the_field_at_all():
    draft = plan(activity(INFORMAR, 1, deliverable="Informe"), activity(CAPACITAR, 2, deliverable="Actas"))
    incoming = plan(activity(INFORMAR, deliverable="Informe"), activity(CAPACITAR))
    found = merge(draft, incoming)
    [changed] = found.of(CHANGED)
    assert [(change.old, change.new) for change in changed.changes] == [("Actas", "")]


def test_another_responsible_takes_over_and_only_an_office_reports():
    hacienda, talento = (Office(pk=n, slug=slug, name=slug) for n, slug in enumerate(("hacienda", "talento"), 1))
    draft = plan(
        activity(INFORMAR, 1, responsibles=(ResponsibleContent(text="A", office=hacienda, reports=True),))
    )
    said = (ResponsibleContent(text="Otros"), ResponsibleContent(text="B", office=talento))
    [row] = merge(draft, plan(activity(INFORMAR, responsibles=said))).result(Choices()).activities
    assert [(person.text, person.reports) for person in row.responsibles] == [("Otros", False), ("B", True)]


def test_a_role_given_in_the_portal_stays_where_the_file_tells_no_roles():
    office = Office(pk=1, slug="hacienda", name="Hacienda")
    person = ResponsibleContent(text="H", office=office, role=ResponsibilityRole.SUPPORTS, reports=False)
    draft = plan(activity(INFORMAR, 1, responsibles=(person,)))
    assert merge(
        draft, plan(activity(INFORMAR, responsibles=(replace(person, role="leads", reports=None),)))
    ).is_empty


def test_facts_of_the_plan_are_chosen_apart_and_the_title_stays_by_itself():
    draft = replace(DRAFT, objective="Antes", scope="Todo")
    found = merge(draft, replace(FILE, title="Otro título", objective="Ahora"))
    assert [(fact.name, fact.default) for fact in found.facts] == [("title", LEAVE), ("objective", TAKE)]
    by_default = found.result(Choices())
    assert (by_default.title, by_default.objective, by_default.scope) == ("Plan", "Ahora", "Todo")
    other = found.result(Choices(facts={"title": TAKE, "objective": LEAVE}))
    assert (other.title, other.objective) == ("Otro título", "Antes")


def test_the_order_of_the_file_is_taken_or_left():
    found = merge(DRAFT, plan(*reversed(FILE.activities), activity("Nueva del todo")))
    assert [fact.name for fact in found.facts] == ["order"]
    assert [row.key for row in found.result(Choices()).activities] == [3, 2, 1, None]
    left = found.result(Choices(facts={"order": LEAVE}))
    assert [row.key for row in left.activities] == [1, None, 2, 3]


def test_components_come_with_the_activities_that_name_them():
    draft = plan(
        activity(INFORMAR, 1, component="A"), components=(ComponentContent(name="A", weight=Decimal(60)),)
    )
    incoming = plan(
        activity(INFORMAR, component="A"),
        activity(CAPACITAR, component="B"),
        components=(ComponentContent(name="A"), ComponentContent(name="B")),
    )
    found = merge(draft, incoming)
    taken = found.result(Choices())
    assert [(c.name, c.weight) for c in taken.components] == [("A", 60), ("B", None)]
    [new] = found.of(NEW)
    left = found.result(Choices(rows={new.token: LEAVE}))
    assert [c.name for c in left.components] == ["A"]
    only_the_row = found.result(Choices(facts={"components": LEAVE}))
    assert [c.name for c in only_the_row.components] == ["A", "B"]


def test_a_fingerprint_changes_with_what_is_said_and_not_with_how_it_is_kept():
    same = plan(activity(INFORMAR, 1, weight=Decimal("40.00")))
    assert fingerprint(same) == fingerprint(plan(activity(INFORMAR, 1, weight=Decimal(40))))
    assert fingerprint(same) != fingerprint(plan(activity(INFORMAR, 2, weight=Decimal(40))))
