"""Every file of an entity that shows example data says so in its head, and says nothing else than without."""

from dataclasses import replace
from io import BytesIO

import pytest
from django.template.loader import render_to_string
from openpyxl import load_workbook

from actionplans.imports import read_plan
from actionplans.reports.audit.extract import guide
from actionplans.reports.audit.selection import AuditChoice
from actionplans.reports.consolidated.selection import Selection
from actionplans.reports.plan import built_in_workbook, pdf, tables
from actionplans.reports.plan.builders import plan_sheet
from planning.models.entity import EXAMPLE_NOTICE
from tests.factories import make_published_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def entity(house):
    house.entity.has_example_data = True
    house.entity.save()
    return house.entity


@pytest.fixture
def sheet(entity):
    return plan_sheet(make_published_plan(entity))


def texts(workbook: bytes) -> list[str]:
    book = load_workbook(BytesIO(workbook))
    return [str(cell.value) for page in book for row in page.iter_rows() for cell in row if cell.value is not None]


def without(sheet):
    return replace(sheet, letterhead=replace(sheet.letterhead, notice=""))


def test_the_form_and_its_data_sheet_say_so(sheet):
    said = [text for text in texts(built_in_workbook.render(sheet)) if EXAMPLE_NOTICE in text]
    assert said == [f"{built_in_workbook.FORM_TITLE}\n{EXAMPLE_NOTICE}", EXAMPLE_NOTICE]
    assert not any("Datos de ejemplo" in text for text in texts(built_in_workbook.render(without(sheet))))


def test_read_again_it_is_the_same_plan(sheet):
    one, other = (
        read_plan(BytesIO(built_in_workbook.render(said)), year=sheet.year) for said in (sheet, without(sheet))
    )
    assert (one.ok, one.plan, one.problems) == (other.ok, other.plan, other.problems)


def test_the_pdf_and_the_json_say_so(sheet):
    assert EXAMPLE_NOTICE in pdf.plan_html(sheet)
    assert EXAMPLE_NOTICE in tables.json_bytes(sheet).decode()
    assert "Datos de ejemplo" not in pdf.plan_html(without(sheet))


def test_files_of_many_plans_and_of_the_trail_say_so(entity, house):
    assert Selection(entity=entity, year=2024, reader=house.auditor).remarks[0] == EXAMPLE_NOTICE
    assert EXAMPLE_NOTICE in guide(AuditChoice(entity=entity, reader=house.auditor))


def test_the_committees_page_says_so(entity):
    said = render_to_string("reports/committee.html", {"sheet": {"entity": entity}})
    assert f'<p class="notice">{EXAMPLE_NOTICE}</p>' in said
