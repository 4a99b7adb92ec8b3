"""Two people at the same moment, on PostgreSQL, where both really run."""

from dataclasses import replace

import pytest
from django.db import connection, transaction

from actionplans.domain import plan as verbs
from actionplans.domain.contents.content import PlanContent
from actionplans.domain.contents.reading import content_of_activity
from actionplans.domain.drafting.editing import RowEdit, edit_rows, rows_of
from actionplans.domain.plan import PlanExists, create_plan
from actionplans.domain.workflow import TransitionRefused
from actionplans.models import ActionPlan
from planning import audit
from planning.models import AuditChain, AuditEvent
from tests.at_once import together
from tests.cast import make_house
from tests.factories import activity_contents, make_draft

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def only_where_writers_run_together():
    if connection.vendor != "postgresql":
        pytest.skip("en SQLite los que escriben hacen fila: se prueba en PostgreSQL")


def test_events_written_at_once_form_one_chain():
    entity = make_house("cartago").entity

    def write():
        for _ in range(10):
            with transaction.atomic():
                audit.record(entity, entity, "change", by=None)

    assert together(write, write, write, write) == [None] * 4
    chain = AuditChain.objects.get(entity=entity)
    assert chain.sequence == 40
    assert audit.verify(chain) == []


def test_two_who_submit_the_same_draft_leave_one_submission():
    house = make_house("cartago")
    draft = make_draft(house.entity)
    results = together(*[lambda: verbs.submit(draft, by=house.planning)] * 2)
    assert sorted(type(result).__name__ for result in results) == ["PlanVersion", "TransitionRefused"]
    assert any(isinstance(result, TransitionRefused) for result in results)
    assert AuditEvent.objects.filter(event="submit").count() == 1


def test_two_who_create_a_plan_of_the_same_title_leave_one_plan():
    house = make_house("cartago")
    content = PlanContent(title="Plan de prueba", activities=activity_contents(3))
    results = together(*[lambda: create_plan(house.entity, 2025, content, by=house.planning)] * 2)
    assert any(isinstance(result, PlanExists) for result in results)
    assert ActionPlan.objects.count() == 1


def row_edits(draft, house, key, *texts):
    """A call for each text, which saves it in the row as it was read now."""
    row = rows_of(draft, [key]).get()
    contents = [replace(content_of_activity(row), deliverable=text) for text in texts]
    edits = [RowEdit(key=key, revision=row.revision, content=content) for content in contents]
    return [lambda edit=edit: edit_rows(draft, [edit], by=house.planning)[0].stale for edit in edits]


def test_two_saves_of_one_row_leave_one_and_refuse_the_other():
    house = make_house("cartago")
    draft = make_draft(house.entity)
    assert sorted(together(*row_edits(draft, house, 1, "Uno", "Otro"))) == [False, True]
    assert AuditEvent.objects.filter(event="edit_activity").count() == 1


def test_saves_of_different_rows_do_not_disturb_each_other():
    house = make_house("cartago")
    draft = make_draft(house.entity, activities=4)
    calls = [call for key in (1, 2, 3, 4) for call in row_edits(draft, house, key, f"Texto {key}")]
    assert together(*calls) == [False] * 4
    assert set(draft.activities.values_list("deliverable", flat=True)) == {f"Texto {key}" for key in (1, 2, 3, 4)}


def test_a_save_and_a_submit_at_once_never_change_what_was_submitted():
    house = make_house("cartago")
    draft = make_draft(house.entity)
    (save,) = row_edits(draft, house, 1, "Tarde")
    saved, _ = together(save, lambda: verbs.submit(draft, by=house.planning))
    last = AuditEvent.objects.order_by("-sequence").first()
    assert isinstance(saved, TransitionRefused) or last.event == "submit"
