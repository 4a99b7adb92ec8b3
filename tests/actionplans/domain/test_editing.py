"""Editing a draft row by row."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from actionplans.domain.contents.content import ActivityContent, IndicatorContent, ResponsibleContent
from actionplans.domain.contents.reading import content_of_activity
from actionplans.domain.drafting.editing import RowEdit, RowGone, edit_rows, rows_of
from actionplans.domain.drafting.recovery import recover_activity
from actionplans.domain.drafting.row_order import (
    FIRST,
    add_activities,
    added_before,
    move_activity,
    remove_activity,
)
from actionplans.domain.plan import submit
from actionplans.domain.versions import cancel_activity
from actionplans.domain.workflow import TransitionRefused
from actionplans.months import MonthSet
from planning.models import AuditEvent, Axis, Objective
from tests.factories import make_draft, make_framework, make_published_plan
from tests.steps import modify

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(house):
    return make_draft(house.entity, office=house.office, activities=3)


def edit(version, key, by, *, revision=1, **changes):
    row = rows_of(version, [key]).get()
    content = replace(content_of_activity(row), **changes)
    (outcome,) = edit_rows(version, [RowEdit(key=key, revision=revision, content=content)], by=by)
    return outcome


def order(version):
    return list(version.activities.order_by("position").values_list("activity__key", "position"))


def last_event(version):
    return AuditEvent.objects.filter(object_id=str(version.pk)).order_by("-sequence").first()


def test_a_row_is_saved_with_its_next_number_and_an_event_of_what_changed(draft, house):
    outcome = edit(draft, 2, house.planning, deliverable="Informe", months=MonthSet([2, 3]))
    assert (outcome.stale, outcome.row.revision, outcome.row.deliverable) == (False, 2, "Informe")
    event = last_event(draft)
    assert (event.event, event.actor_id) == ("edit_activity", house.planning.pk)
    assert event.old == {"activities": {"2": {"deliverable": "", "months": [2]}}}
    assert event.new == {"activities": {"2": {"deliverable": "Informe", "months": [2, 3]}}}


def test_the_second_save_of_one_row_is_refused_and_shows_what_stands(draft, house):
    edit(draft, 2, house.planning, deliverable="El mío")
    outcome = edit(draft, 2, house.planning, revision=1, deliverable="El de otra persona")
    assert outcome.stale
    assert outcome.row.deliverable == "El mío"
    assert rows_of(draft, [2]).get().deliverable == "El mío"


def test_different_rows_do_not_disturb_each_other(draft, house):
    edit(draft, 2, house.planning, deliverable="Dos")
    assert not edit(draft, 3, house.planning, deliverable="Tres").stale


def test_a_save_that_changes_nothing_leaves_no_event(draft, house):
    before = last_event(draft)
    edit(draft, 2, house.planning)
    assert last_event(draft) == before


def test_every_part_of_a_row_is_rewritten(draft, house):
    content = {
        "tasks": ("Escribir", "Revisar"),
        "indicators": (IndicatorContent(name="Informes", target=Decimal(4), target_2=Decimal(2)),),
        "responsibles": (ResponsibleContent(text="Otra", reports=None),),
        "component": "Transparencia",
        "weight": Decimal("12.50"),
    }
    row = edit(draft, 1, house.planning, **content).row
    assert [task.text for task in row.tasks.all()] == ["Escribir", "Revisar"]
    assert [(i.name, i.target, i.target_2) for i in row.indicators.all()] == [("Informes", 4, 2)]
    assert [r.text for r in row.responsibilities.all()] == ["Otra"]
    assert (row.component.name, row.weight) == ("Transparencia", Decimal("12.50"))
    again = edit(draft, 2, house.planning, component="Transparencia").row
    assert again.component == row.component


def test_new_rows_stand_where_they_were_asked_for_with_numbers_of_their_own(draft, house):
    rows = add_activities(
        draft,
        [ActivityContent(description="Nueva"), ActivityContent(description="Otra")],
        by=house.planning,
        after=1,
    )
    assert [row.activity.key for row in rows] == [4, 5]
    assert order(draft) == [(1, 1), (4, 2), (5, 3), (2, 4), (3, 5)]
    assert last_event(draft).new["activities"].keys() == {"4", "5"}


@pytest.mark.parametrize(
    ("key", "after", "expected"),
    [(3, FIRST, [3, 1, 2]), (1, 3, [2, 3, 1]), (1, 2, [2, 1, 3]), (2, 1, [1, 2, 3]), (2, 2, [1, 2, 3])],
)
def test_a_row_moves_and_no_gap_stays(draft, house, key, after, expected):
    move_activity(draft, key, by=house.planning, after=after)
    assert order(draft) == [(number, place) for place, number in enumerate(expected, start=1)]


def test_a_removed_row_comes_back_as_it_was(draft, house):
    axis = Axis.objects.create(framework=make_framework(house.entity), position=1, name="Eje")
    objective = Objective.objects.create(axis=axis, position=1, name="Servir")
    edit(
        draft,
        2,
        house.planning,
        tasks=("Una",),
        component="Grupo",
        budget=Decimal("1500000.50"),
        indicators=(IndicatorContent(name="Informes", kind="count", target=Decimal("2.5"), target_1=Decimal(1)),),
        objectives=(objective,),
    )
    before = content_of_activity(rows_of(draft, [2]).get())
    remove_activity(draft, 2, by=house.planning)
    assert order(draft) == [(1, 1), (3, 2)]
    recover_activity(draft, 2, by=house.planning)
    assert content_of_activity(rows_of(draft, [2]).get()) == before
    assert order(draft) == [(1, 1), (2, 2), (3, 3)]


def test_the_last_row_comes_back_after_others_went_too(draft, house):
    for key in (3, 1):
        remove_activity(draft, key, by=house.planning)
    recover_activity(draft, 3, by=house.planning)
    assert order(draft) == [(2, 1), (3, 2)]


def test_only_what_was_removed_comes_back(draft, house):
    for key in (2, 9):
        with pytest.raises(TransitionRefused):
            recover_activity(draft, key, by=house.planning)


def test_an_approved_activity_is_not_removed(house):
    modification = modify(make_published_plan(house.entity, office=house.office), house)
    with pytest.raises(TransitionRefused, match="cancélela"):
        remove_activity(modification, 1, by=house.planning)


def test_a_row_that_somebody_removed_is_gone_and_the_others_are_saved(draft, house):
    remove_activity(draft, 2, by=house.planning)
    edits = [RowEdit(key=key, revision=1, content=ActivityContent(description="Tarde")) for key in (2, 3)]
    gone, saved = edit_rows(draft, edits, by=house.planning)
    assert (gone.row, gone.stale) == (None, False)
    assert saved.row.description == "Tarde"
    for verb in (remove_activity, lambda *args, by: move_activity(*args, by=by, after=FIRST)):
        with pytest.raises(RowGone):
            verb(draft, 2, by=house.planning)


def test_who_shows_a_row_as_it_was_before_it_went_and_came_back_does_not_write_over_it(draft, house):
    edit(draft, 2, house.planning, deliverable="Lo último")
    remove_activity(draft, 2, by=house.planning)
    recover_activity(draft, 2, by=house.planning)
    assert edit(draft, 2, house.planning, revision=1, deliverable="Lo viejo").stale
    assert edit(draft, 2, house.planning, revision=2, deliverable="Lo viejo").stale


def test_a_cancelled_activity_is_not_edited(house):
    modification = modify(make_published_plan(house.entity, office=house.office), house)
    cancel_activity(rows_of(modification, [1]).get(), by=house.planning, reason="Sin recursos")
    with pytest.raises(TransitionRefused, match="restablézcala"):
        edit(modification, 1, house.planning, revision=2, deliverable="Otro")


def test_a_component_is_known_whatever_its_case_and_accents(draft, house):
    first = edit(draft, 1, house.planning, component="Gestión").row
    second = edit(draft, 2, house.planning, component="GESTION").row
    assert first.component == second.component


def test_rows_behind_one_that_is_gone_go_to_the_end(draft, house):
    remove_activity(draft, 2, by=house.planning)
    add_activities(draft, [ActivityContent(description="Nueva")], by=house.planning, after=2)
    add_activities(draft, [ActivityContent(description="Primera")], by=house.planning, after=FIRST)
    assert [key for key, _ in order(draft)] == [5, 1, 3, 4]


def test_a_row_is_known_by_the_token_under_which_it_was_added(draft, house):
    add_activities(draft, [ActivityContent(description="Nueva")], by=house.planning, tokens=["abc"])
    assert (added_before(draft, "abc"), added_before(draft, "otro")) == (4, None)


VERBS = {
    "edit": lambda version, by: edit(version, 1, by, deliverable="Tarde"),
    "add": lambda version, by: add_activities(version, [ActivityContent(description="Tarde")], by=by),
    "remove": lambda version, by: remove_activity(version, 1, by=by),
    "move": lambda version, by: move_activity(version, 1, by=by, after=2),
    "recover": lambda version, by: recover_activity(version, 1, by=by),
}


@pytest.mark.parametrize("verb", VERBS)
def test_no_late_save_slips_past_a_submit(draft, house, verb):
    submit(draft, by=house.planning)
    with pytest.raises(TransitionRefused, match="ya no es un borrador"):
        VERBS[verb](draft, house.planning)


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("post", ["administrator", "leader", "committee", "auditor"])
def test_only_planning_edits(draft, house, verb, post):
    with pytest.raises(PermissionDenied):
        VERBS[verb](draft, getattr(house, post))
