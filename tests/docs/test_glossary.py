"""Every thing that the portal keeps has its word in the glossary."""

import re
from pathlib import Path

import pytest
from django.apps import apps

GLOSSARY = Path(__file__).parents[2] / "docs" / "glossary.md"
ROWS = [line.split("|")[1:-1] for line in GLOSSARY.read_text().splitlines() if line.startswith("| ")][1:]
NAMED = {name for row in ROWS for name in re.findall(r"`(\w+)`", row[1])}
KEPT = [model for model in apps.get_models() if model._meta.app_label in ("planning", "mipg", "actionplans")]


@pytest.mark.parametrize("model", KEPT, ids=lambda model: model.__name__)
def test_a_model_has_its_row(model):
    assert model.__name__ in NAMED


def test_each_row_says_three_things_and_no_word_comes_twice():
    assert {len(row) for row in ROWS} == {3}
    assert all(cell.strip() for row in ROWS for cell in row)
    words = [row[0].strip() for row in ROWS]
    assert len(words) == len(set(words))
