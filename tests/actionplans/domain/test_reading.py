"""What a version says, as values and back to rows."""

from dataclasses import replace
from decimal import Decimal

import pytest

from actionplans.domain.contents.content import (
    ActivityContent,
    ComponentContent,
    IndicatorContent,
    ResponsibleContent,
)
from actionplans.domain.contents.reading import content_of_version
from actionplans.domain.contents.writing import write_content
from actionplans.domain.plan import create_plan
from actionplans.domain.sealing import digest
from actionplans.models import Activity
from planning.models import Axis, Objective
from tests.factories import PlanContent, activity_contents, make_entity, make_framework, make_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    """A draft with something in every field that a sheet can fill."""
    entity = make_entity()
    first, second = make_office(entity), make_office(entity, "Secretaría de Salud")
    axis = Axis.objects.create(framework=make_framework(entity), position=1, name="Eje")
    objective = Objective.objects.create(axis=axis, position=1, name="Servir")
    measured = IndicatorContent(
        name="Informes", key=3, target=Decimal(4), target_1=Decimal(1), target_4=Decimal(3), kind="count"
    )
    content = PlanContent(
        title="Plan",
        printed_participants=("Todas",),
        participating_offices=(first,),
        sections=(("Marco", "Normas"),),
        objectives=(("Servir", "Mejor"),),
        components=(ComponentContent(name="Uno", weight=Decimal(100), indicators=(measured,)),),
        activities=(
            ActivityContent(
                description="Publicar",
                component="Uno",
                tasks=("Escribir", "Revisar"),
                indicators=(measured,),
                responsibles=(
                    ResponsibleContent(text="Planeación", office=first, reports=False),
                    ResponsibleContent(text="", office=second, reports=True),
                ),
                objectives=(objective,),
            ),
            ActivityContent(description="Cancelada", is_cancelled=True, cancel_reason="Sin recursos"),
        ),
    )
    return create_plan(entity, 2024, content, by=None)


def test_writing_what_was_read_changes_nothing(version):
    before = digest(version)
    write_content(version, content_of_version(version))
    assert digest(version) == before


def test_an_activity_keeps_the_identity_that_its_content_names(version):
    content = content_of_version(version)
    first, second = content.activities
    moved = replace(content, activities=(second, ActivityContent(description="Nueva"), first))
    write_content(version, moved)
    keys = version.activities.values_list("activity__key", "description")
    assert list(keys) == [(2, "Cancelada"), (3, "Nueva"), (1, "Publicar")]


def test_a_number_that_was_taken_is_never_given_again(version):
    content = content_of_version(version)
    write_content(version, replace(content, activities=content.activities[:1]))
    write_content(
        version,
        replace(
            content_of_version(version), activities=(content.activities[0], ActivityContent(description="Otra"))
        ),
    )
    assert list(version.activities.values_list("activity__key", flat=True)) == [1, 3]
    assert Activity.objects.filter(plan=version.plan).count() == 3


def test_who_reports_is_proposed_only_where_nobody_said_it(version):
    reports = version.activities.first().responsibilities.values_list("reports", flat=True)
    assert list(reports) == [False, True]


def test_a_plan_of_thousands_is_read_and_sealed():
    content = PlanContent(title="Grande", activities=activity_contents(1200))
    version = create_plan(make_entity(), 2024, content, by=None)
    assert len(content_of_version(version).activities) == 1200
    assert len(digest(version)) == 64
