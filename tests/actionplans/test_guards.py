"""The database itself keeps what was published, whoever writes to it."""

import pytest
from django.db import IntegrityError, connection, transaction

from actionplans import guards
from actionplans.domain.contents.content import ComponentContent, IndicatorContent, PlanContent
from actionplans.enums import Origin
from actionplans.models import (
    ActivityVersion,
    Component,
    Indicator,
    PlanObjective,
    PlanSection,
    PlanVersion,
    Responsibility,
    Task,
)
from planning.models import Axis, Objective
from tests.factories import activity_contents, make_draft, make_framework, make_published_plan

CHILDREN = [Component, ActivityVersion, PlanSection, PlanObjective, Task, Responsibility, Indicator]
LINKS = [PlanVersion.participating_offices.through, ActivityVersion.objectives.through]


@pytest.fixture
def version(house):
    indicator = IndicatorContent(name="Informes")
    content = PlanContent(
        title="Plan",
        participating_offices=(house.office,),
        sections=(("Introducción", "Texto"),),
        objectives=(("Servir", ""),),
        components=(ComponentContent(name="Uno", indicators=(indicator,)),),
        activities=activity_contents(2, house.office, component="Uno", tasks=("A",), indicators=(indicator,)),
    )
    from actionplans.domain.plan import create_plan, publish_document

    draft = create_plan(house.entity, 2024, content, by=None, origin=Origin.DOCUMENT)
    axis = Axis.objects.create(framework=make_framework(house.entity), position=1, name="Eje")
    draft.activities.first().objectives.add(Objective.objects.create(axis=axis, position=1, name="Objetivo"))
    return publish_document(draft)


def refused(change):
    with pytest.raises(IntegrityError, match="no cambia"), transaction.atomic():
        change()


def again(row):
    """The same row as a new one, past every constraint but the guard."""
    values = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if not f.primary_key}
    for name in ("position", "key"):
        if name in values:
            values[name] += 50
    type(row).objects.bulk_create([type(row)(**values)])


@pytest.mark.parametrize("model", CHILDREN + LINKS, ids=lambda model: model.__name__)
def test_no_row_of_a_published_version_is_changed_or_added(version, model):
    row = model.objects.first()
    column = row._meta.concrete_fields[-1].attname
    refused(lambda: model.objects.filter(pk=row.pk).update(**{column: getattr(row, column)}))
    refused(lambda: again(row))


@pytest.mark.parametrize("model", [Task, Responsibility, PlanSection, PlanObjective, *LINKS])
def test_postgresql_keeps_them_from_being_deleted_too(version, model):
    if connection.vendor != "postgresql":
        pytest.skip("en SQLite borrar no se vigila: véase docs/decisions/0004")
    refused(model.objects.all().delete)


def test_a_row_is_not_moved_into_a_published_version(version, house):
    draft = make_draft(house.entity, title="Otro")
    refused(lambda: draft.activities.filter(position=1).update(version=version, position=99))


@pytest.mark.parametrize(
    "change",
    [{"title": "Otro"}, {"digest": "1" * 64}, {"reason": "Otro"}, {"number": 7}, {"status": "draft"}],
    ids=lambda change: next(iter(change)),
)
def test_a_published_version_is_not_changed(version, change):
    refused(lambda: PlanVersion.objects.filter(pk=version.pk).update(**change))


def test_a_published_version_may_be_superseded_and_never_comes_back(version):
    PlanVersion.objects.filter(pk=version.pk).update(status="superseded")
    refused(lambda: PlanVersion.objects.filter(pk=version.pk).update(status="approved"))


def test_a_draft_changes_freely(house):
    make_published_plan(house.entity)
    draft = make_draft(house.entity, title="Otro")
    assert draft.activities.update(description="Otra") == 3
    PlanVersion.objects.filter(pk=draft.pk).update(title="Otro título")


def test_lifted_guards_come_back(version):
    with guards.lifted():
        version.activities.update(detail="Algo")
    refused(lambda: version.activities.update(detail="Otra cosa"))
