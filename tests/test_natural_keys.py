"""Rows that data files name are found again by the name they give."""

import pytest

from tests.demo import demo, our_models  # noqa: F401  importing the fixture loads the documents

pytestmark = [pytest.mark.django_db, pytest.mark.walks_rows]

NAMED = [model for model in our_models() if hasattr(model, "natural_key")]
NOT_IN_THE_DEMO = {
    "FormTemplate", "ColumnTemplate", "ImportRun", "IssuedFile", "Job", "IndicatorLight", "OfflineUpload",
    "ReminderSent",
}  # fmt: skip


@pytest.mark.parametrize("model", NAMED, ids=lambda model: model._meta.label)
def test_a_row_is_found_by_its_natural_key(model):
    rows = list(model._default_manager.all()[:40])
    assert rows
    assert [model._default_manager.get_by_natural_key(*row.natural_key()) for row in rows] == rows


def test_what_the_documents_hold_is_named_that_way():
    named = {model._meta.model_name for model in NAMED}
    assert {
        "entity", "office", "strategicframework", "axis", "objective", "line", "programme", "purpose", "pillar",
        "principle", "value", "approach", "frameworksection", "modelversion", "dimension", "policy", "adoption",
        "policyleadership", "actor", "institutionalplan", "institutionalplankind", "actionplan", "planversion",
        "activity", "user",
    } <= named  # fmt: skip


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_every_row_says_in_words_what_it_is(model):
    rows = list(model._default_manager.all()[:5])
    assert bool(rows) == (model.__name__ not in NOT_IN_THE_DEMO)
    for row in rows:
        assert str(row)
        assert "object (" not in str(row)
