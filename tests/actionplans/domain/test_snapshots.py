"""A plan's content kept as JSON and read back."""

import datetime
import json
from decimal import Decimal

import pytest

from actionplans.domain.contents.content import (
    ActivityContent,
    ComponentContent,
    IndicatorContent,
    PlanContent,
    ResponsibleContent,
)
from actionplans.domain.contents.reading import content_of_version
from actionplans.domain.contents.snapshots import as_json, from_json
from actionplans.domain.contents.writing import write_content
from actionplans.domain.sealing import digest
from actionplans.months import MonthSet
from tests.factories import make_draft, make_framework, make_office


@pytest.fixture
def content(house):
    objective = (
        make_framework(house.entity).axes.create(position=1, name="Eje").objectives.create(position=1, name="O")
    )
    office = make_office(house.entity, "Secretaría de Hacienda")
    indicator = IndicatorContent(name="", key=3, target=Decimal("12.5"), target_2=Decimal(0), unit="actas")
    return PlanContent(
        title="Plan",
        plan_date=datetime.date(2025, 1, 31),
        formulating_office=office,
        printed_participants=("Todas", "Las demás"),
        participating_offices=(office,),
        sections=(("Introducción", "Texto"),),
        objectives=(("Servir", ""),),
        components=(ComponentContent(name="A", weight=Decimal("0.00"), indicators=(indicator,)),),
        activities=(
            ActivityContent(
                description="Hacer",
                key=7,
                component="A",
                tasks=("Una", "Otra"),
                months=MonthSet([1, 12]),
                starts=datetime.date(2025, 1, 1),
                budget=Decimal("1000000.50"),
                indicators=(indicator,),
                responsibles=(
                    ResponsibleContent(text="", office=office, reports=False),
                    ResponsibleContent(text="Otros", role="supports"),
                ),
                objectives=(objective,),
            ),
            ActivityContent(description="Cancelada", key=9, is_cancelled=True, cancel_reason="Sin recursos"),
        ),
    )


def test_everything_comes_back(content, house, django_assert_num_queries):
    kept = json.loads(json.dumps(as_json(content)))
    with django_assert_num_queries(2):
        assert from_json(kept, house.entity) == content


def test_what_was_written_is_written_back_with_the_same_digest(content, house):
    version = make_draft(house.entity)
    write_content(version, content)
    before = digest(version)
    kept = as_json(content_of_version(version))
    write_content(version, PlanContent(title="Otra cosa"))
    write_content(version, from_json(kept, house.entity))
    assert digest(version) == before


def test_an_office_that_is_gone_is_left_out(content, house):
    kept = as_json(content)
    house.entity.offices.filter(name="Secretaría de Hacienda").delete()
    back = from_json(kept, house.entity)
    assert (back.formulating_office, back.participating_offices) == (None, ())
    assert back.activities[0].responsibles[1].text == "Otros"
