"""The builder reads a plan in a number of queries that does not depend on its size."""

import pytest

from actionplans.domain.contents.content import PlanContent
from actionplans.domain.plan import create_plan
from actionplans.reports.plan.builders import plan_sheet
from actionplans.reports.plan.files import file_name, fingerprint
from planning.enums import EntityKind
from tests.factories import activity_contents, make_draft, make_entity, make_office

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("activities", [9, 300])
def test_the_cost_is_the_same_for_few_activities_and_for_many(cartago, activities, django_assert_num_queries):
    office = make_office(cartago)
    content = PlanContent(title="Plan", activities=activity_contents(activities, office, tasks=("Una", "Otra")))
    version = create_plan(cartago, 2025, content, by=None)
    with django_assert_num_queries(12):
        assert len(plan_sheet(version).activities) == activities


def test_an_activity_is_numbered_as_printed_or_by_its_position(full_plan):
    assert [activity.number for activity in plan_sheet(full_plan).activities] == ["1", "2", "3"]


def test_the_letterhead_is_made_of_what_the_entity_says_of_itself(cartago):
    head = plan_sheet(make_draft(cartago)).letterhead
    assert head.crest == ("ALCALDÍA", "DE CARTAGO")
    assert head.lines == ("MUNICIPIO DE CARTAGO", "VALLE DEL CAUCA", "Nit: 891.900.493-2")
    assert head.footer == (
        "www.cartago.gov.co",
        "Centro Administración Municipal – CAM",
        "Calle 8 No 6 – 52",
        "Código Postal: 762021",
    )
    assert head.signatures == ()


def test_an_entity_that_is_no_territory_goes_by_its_name():
    entity = make_entity("hospital", name="Hospital San Juan", kind=EntityKind.HOSPITAL)
    head = plan_sheet(make_draft(entity)).letterhead
    assert (head.crest, head.lines, head.footer) == (("HOSPITAL SAN JUAN",), ("HOSPITAL SAN JUAN",), ())


def test_a_file_is_named_after_the_plan_and_its_version(cartago):
    assert file_name(plan_sheet(make_draft(cartago)), "pdf") == "cartago-plan-de-prueba-2024-v1.pdf"


def test_the_fingerprint_follows_the_plan_the_letterhead_and_the_format(cartago):
    version = make_draft(cartago)
    before = fingerprint(plan_sheet(version), "pdf")
    assert fingerprint(plan_sheet(version), "pdf") == before != fingerprint(plan_sheet(version), "csv")
    cartago.letterhead = "Otro"
    cartago.save()
    assert fingerprint(plan_sheet(version), "pdf") != before
