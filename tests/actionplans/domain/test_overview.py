"""A list says of each plan what its page says, however many there are."""

from decimal import Decimal
from itertools import product

import pytest

from actionplans.domain.completeness import gaps
from actionplans.domain.contents.content import (
    ActivityContent,
    ComponentContent,
    IndicatorContent,
    PlanContent,
    ResponsibleContent,
)
from actionplans.domain.overview import Shortfall, overviews
from actionplans.domain.plan import create_plan, submit
from actionplans.models import ActivityVersion, PlanVersion
from actionplans.months import MonthSet

MEASURED = IndicatorContent(name="Informes", target=Decimal(1))
PRINTED = IndicatorContent(name="Informes", printed_target="una por mes")
UNTARGETED = IndicatorContent(name="Informes")
YES_NO = IndicatorContent(name="Publicado", kind="yes_no")


def write(house, title, activities=(), **fields):
    content = PlanContent(title=title, activities=tuple(activities), **fields)
    return create_plan(house.entity, 2024, content, by=house.planning)


def activity(**fields):
    return ActivityContent(**{"description": "Hacer", **fields})


@pytest.fixture
def plans(house):
    """Plans that lack every thing, nothing, and what lies between."""
    known = ResponsibleContent(text="Planeación", office=house.office)
    unknown = ResponsibleContent(text="Alguien")
    whole = {
        "months": MonthSet([1]), "deliverable": "Informe", "budget": Decimal(0), "indicators": (MEASURED,),
        "responsibles": (known,),
    }  # fmt: skip
    groups = (
        ComponentContent(name="Gestión", weight=Decimal("33.33"), indicators=(UNTARGETED,)),
        ComponentContent(name="Control", weight=Decimal("66.66"), indicators=(PRINTED,)),
    )
    every = [
        activity(component=component, indicators=own, responsibles=who, deliverable=what, weight=weight)
        for component, own, who, what, weight in product(
            (None, "Gestión", "Control"),
            ((), (MEASURED,), (UNTARGETED,), (PRINTED, UNTARGETED), (YES_NO,)),
            ((), (unknown,), (unknown, known)),
            ("", "Informe"),
            (None, Decimal("0.1")),
        )
    ]
    dates = {
        "months": MonthSet([12]), "schedule_text": "Permanente", "starts": "2024-01-01", "ends": "2024-12-31",
    }  # fmt: skip
    dated = [activity(**{name: value}) for name, value in dates.items()]
    thirds = [activity(**whole, weight=Decimal(weight)) for weight in ("33.33", "33.33", "33.34")]
    write(house, "Vacío")
    write(house, "Completo", thirds, objective="Lograr")
    write(house, "Con objetivos", [activity(**whole)], objectives=(("Lograr", ""),))
    write(house, "Todo junto", every, components=groups)
    write(house, "Fechas", dated)
    submit(write(house, "En revisión", [activity(**whole)]), by=house.planning)
    cancelled = write(house, "Con cancelada", [activity(**whole, weight=Decimal(100)), activity()])
    ActivityVersion.objects.filter(version=cancelled, position=2).update(is_cancelled=True, cancel_reason="No va")
    return PlanVersion.objects.order_by("pk")


def test_a_list_says_what_each_page_says(plans):
    found = overviews(plans)
    for version in plans.with_activities():
        told = [Shortfall(text=gap.text, activities=len(gap.activities)) for gap in gaps(version)]
        assert list(found[version.pk].shortfalls) == told, version.title


def test_the_prepared_plans_lack_every_kind_of_thing(plans):
    """Else the test above would prove little."""
    told = {shortfall.text for overview in overviews(plans).values() for shortfall in overview.shortfalls}
    assert len(told) == 12


def test_activities_and_weights_are_those_that_count(plans):
    found = {version.title: overviews(plans)[version.pk] for version in plans}
    assert (found["Completo"].kept, found["Completo"].weighing) == (3, "Pesan 100 %")
    assert (found["Con cancelada"].kept, found["Con cancelada"].weighing) == (1, "Pesan 100 %")
    assert (found["Vacío"].kept, found["Vacío"].weighing) == (0, "Sin ponderar")
    assert found["Completo"].shortfalls == ()


def test_the_last_change_is_the_last_event_of_the_trail(plans, house):
    version = plans.get(title="Completo")
    assert overviews([version])[version.pk].changed_by == str(house.planning)
    from django.db import transaction

    from planning import audit

    with transaction.atomic():
        audit.record(house.entity, version, "change", by=house.committee)
    found = overviews(plans)
    assert found[version.pk].changed_by == str(house.committee)
    assert found[plans.get(title="Vacío").pk].changed_by == str(house.planning)


def test_the_number_of_queries_depends_on_nothing(plans, django_assert_num_queries):
    one, every = list(plans[:1]), list(plans)
    for versions in (one, every):
        with django_assert_num_queries(5):
            overviews(versions)


@pytest.mark.parametrize(
    ("weights", "words"),
    [
        ((("A", 100), ("B", 60), ("B", 40)), "Pesan 100 % en cada componente"),
        ((("A", 100), ("B", 60)), "No pesan 100 % en cada componente"),
        ((("A", 30), ("B", 70)), "Pesan 100 %"),
        (((None, 30), (None, 60)), "Pesan 90 %"),
        ((("A", None), ("B", None)), "Sin ponderar"),
    ],
)
def test_weights_are_told_inside_each_component_where_there_are_several(house, weights, words):
    names = dict.fromkeys(name for name, _ in weights if name)
    rows = [activity(component=name, weight=weight and Decimal(weight)) for name, weight in weights]
    version = write(house, "Pesado", rows, components=tuple(ComponentContent(name=name) for name in names))

    assert overviews([version])[version.pk].weighing == words
