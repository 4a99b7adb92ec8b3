"""What the database refuses to have twice: for the rules that matter, a row that it takes and one that not."""

import copy
from dataclasses import dataclass, field
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import UniqueConstraint

from tests.demo import our_models

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Twin:
    """A copy of a row, found by `where`: with `refused` set in it it breaks `rule` alone, with `taken` nothing."""

    rule: str
    taken: dict
    refused: dict = field(default_factory=dict)
    where: dict = field(default_factory=dict)


SEALED = {"status": "superseded"}
TWINS = (
    Twin("plan_slug_once_a_year", {"year": 2031}),
    Twin("version_number_once", {"number": 9}, where=SEALED),
    Twin("version_approved_once", {"number": 9, **SEALED}, {"number": 9}, {"status": "approved"}),
    Twin("activity_key_once", {"key": 70}),
    Twin("task_position_once", {"position": 70}),
    Twin("responsible_position_once", {"position": 70, "reports": False}, {"reports": False}),
    Twin("responsible_one_reports", {"position": 70, "reports": False}, {"position": 70}, {"reports": True}),
    Twin("period_once", {"scheme": "cuatrimestre"}, where={"ordinal": 3}),
    Twin("report_revision_once", {"number": 9}),
    Twin("measurement_once", {"key": 9}),
    Twin("correction_once", {"key": 9}),
    Twin("closing_once", {"sequence": 9}),
    Twin("figure_once", {"key": "otra"}),
    Twin("search_entry_once", {"key": "otra"}),
    Twin("adoption_once_a_year", {"year": 2031}),
    Twin("policy_number_once", {"number": 70, "key": "una"}, {"key": "una"}),
    Twin("policy_key_once", {"number": 70, "key": "una"}, {"number": 70}),
    Twin("office_slug_once_per_entity", {"slug": "una", "name": "Una"}, {"name": "Una"}),
    Twin("office_name_once_per_entity", {"slug": "una", "name": "Una"}, {"slug": "una"}),
    Twin("framework_slug_once_per_entity", {"slug": "otro"}),
    Twin("audit_sequence_once_per_chain", {"sequence": 900_000, "public_id": uuid4()}, {"public_id": uuid4()}),
    Twin("light_key_once_shipped", {"key": "otro", "is_in_use": False}, {"is_in_use": False}, {"entity": None}),
    Twin("one_default_light", {"key": "otro", "is_in_use": False}, {"key": "otro"}, {"is_in_use": True}),
    Twin("band_floor_once", {"floor": 7, "label": "Una", "shape": "◇"}, {"label": "Una", "shape": "◇"}),
    Twin("user_email_once_whatever_the_case", {"email": "otra@a.co"}, {"email": "PLANNING@cartago.example"}),
    Twin("membership_open_once", {"role": "administrator"}, where={"role": "planning"}),
    Twin(
        "issued_once", {"code": "OTRO", "suffix": "csv"}, {"code": "OTRO"},
    ),
)  # fmt: skip

RULES = {
    rule.name: (model, rule)
    for model in our_models()
    for rule in model._meta.constraints
    if isinstance(rule, UniqueConstraint)
}


def twin_of(model, where, values):
    """A row like the first one that `where` finds, not saved, but for these values."""
    row = model.objects.filter(**where).order_by("pk").first()
    assert row, "the rows of the module have none"
    twin = copy.copy(row)
    twin._state = copy.copy(row._state)
    twin.pk, twin._state.adding = None, True
    for name, value in values.items():
        setattr(twin, name, value)
    return twin


def broken(twin) -> set[str]:
    found = set()
    for name, (model, rule) in RULES.items():
        if isinstance(twin, model):
            try:
                rule.validate(model, twin)
            except ValidationError:
                found.add(name)
    return found


@pytest.mark.parametrize("case", TWINS, ids=lambda case: case.rule)
def test_the_twin_is_refused_by_its_rule_and_another_is_taken(case):
    model, _rule = RULES[case.rule]
    twin = twin_of(model, case.where, case.refused)
    assert broken(twin) == {case.rule}
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.bulk_create([twin])
    other = twin_of(model, case.where, case.taken)
    assert broken(other) == set()
    assert model.objects.bulk_create([other])


@pytest.mark.parametrize("name", RULES)
def test_every_rule_stands_in_the_database_by_its_name(name):
    model, rule = RULES[name]
    with connection.cursor() as cursor:
        there = connection.introspection.get_constraints(cursor, model._meta.db_table)
    assert there[name]["unique"]
    columns = [model._meta.get_field(field).column for field in rule.fields]
    assert there[name]["columns"] == columns or not columns  # of an expression there are none to tell
