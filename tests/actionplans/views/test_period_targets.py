"""Targets of periods in a plan followed by four-month periods: three of them, under their own names."""

import json
import re
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from openpyxl import load_workbook

from actionplans.domain.contents.content import ActivityContent, IndicatorContent, PlanContent
from actionplans.domain.contents.snapshots import from_json
from actionplans.domain.following.calendar.periods import set_scheme
from actionplans.domain.following.figures.standing import standing
from actionplans.domain.merging.choosing import CHANGED
from actionplans.enums import PeriodScheme
from actionplans.imports.merge import merge_of
from actionplans.models import Indicator
from actionplans.reports.issued.verification import Mark
from actionplans.reports.plan.builders import own_form, plan_sheet
from actionplans.reports.plan.files import FORMATS
from tests.factories import make_draft, make_published_plan
from tests.following import make_year
from tests.steps import bring

pytestmark = pytest.mark.django_db
QUARTERS = ["Meta del trimestre I", "Meta del trimestre II", "Meta del trimestre III", "Meta del trimestre IV"]
THIRDS = ["Meta del cuatrimestre I", "Meta del cuatrimestre II", "Meta del cuatrimestre III"]
FOURTH = "cuatrimestres: no tiene un cuarto periodo"


@pytest.fixture
def planning(client, house):
    client.force_login(house.planning)
    return client


@pytest.fixture
def draft(house):
    """Followed by four-month periods."""
    return by_thirds(make_draft(house.entity, office=house.office, activities=1), house)


def by_thirds(version, house):
    version.plan = set_scheme(version.plan, PeriodScheme.FOUR_MONTH, by=house.planning)
    return version


def measured(version, **targets):
    row = version.activities.get(position=1)
    return row.indicators.create(position=9, key=9, name="Informes", kind="count", accumulation="flow", **targets)


def content_of(**targets):
    indicator = IndicatorContent(name="Informes", kind="count", accumulation="flow", **targets)
    return PlanContent(
        title="Plan de prueba", activities=(ActivityContent(description="Hacer", indicators=(indicator,)),)
    )


def columns(client, version) -> list[str]:
    page = client.get(reverse("sheet", args=[version.entity.slug, version.pk])).content.decode()
    return re.findall(r"<th [^>]*>(Meta del [^<]*)</th>", page)


def save(client, version, **body):
    address = reverse("sheet_cells", args=[version.entity.slug, version.pk])
    headers = {"accept": "application/json"}
    return client.post(address, json.dumps(body), content_type="application/json", headers=headers).json()["rows"]


def test_the_sheet_names_targets_by_the_periods_of_the_plan_and_offers_no_fourth(planning, house, draft):
    assert columns(planning, make_draft(house.entity, title="Otro", activities=1)) == QUARTERS
    assert columns(planning, draft) == THIRDS


def test_a_fourth_target_typed_or_pasted_all_the_same_is_refused_at_its_cell(planning, draft):
    values = {"description": "Nueva", "indicator": "Informes", "target_3": "2", "target_4": "5"}
    (row,) = save(planning, draft, edits=[{"id": "a", "key": 1, "revision": 1, "values": values}])
    assert row["errors"].keys() == {"target_4"}
    assert FOURTH in row["errors"]["target_4"]
    (new,) = save(planning, draft, new=[{"id": "b", "values": values}], after=1)
    assert FOURTH in new["errors"]["target_4"]
    told = Indicator.objects.filter(name="Informes").values_list("target_3", "target_4")
    assert set(told) == {(Decimal(2), None)}


def test_a_fourth_target_of_before_is_told_and_can_be_taken_away(planning, house, draft):
    measured(draft, target_1=1, target_4=2)
    sheet = planning.get(reverse("sheet", args=[house.entity.slug, draft.pk]))
    assert "meta de un cuarto periodo: no se cuenta" in sheet.content.decode()
    address = reverse("sheet_activity", args=[house.entity.slug, draft.pk, 1])
    page = planning.get(address)
    assert "Meta de un cuarto periodo" in page.content.decode()
    form = page.context["form"]
    posted = {bound.html_name: bound.value() for bound in form if bound.value() is not None}
    for rows in (form.indicators, form.responsibles):
        for each in (rows.management_form, *rows.forms):
            posted |= {bound.html_name: bound.value() for bound in each if bound.value() not in (None, False)}
    (name,) = [name for name, value in posted.items() if name.endswith("target_4")]
    refused = planning.post(address, posted)
    assert refused.status_code == 422
    assert FOURTH in refused.content.decode()
    assert planning.post(address, posted | {name: ""}).status_code == 302
    assert Indicator.objects.get(name="Informes").target_4 is None
    assert "Meta de un cuarto periodo" not in planning.get(address).content.decode()


def test_the_account_says_that_a_fourth_target_was_not_counted(house):
    version = make_published_plan(house.entity, content=content_of(target_1=1, target_2=1, target_3=1, target_4=7))
    by_thirds(version, house)
    period = make_year(house, scheme=PeriodScheme.FOUR_MONTH)[0]
    (found,) = standing(period).activities.values()
    told = str(found.figure.progress)
    assert "se tomó 3, de las metas por periodo" in told
    assert "da una meta para un periodo más de los 3 en que se sigue: no se contó" in told


def test_its_workbook_names_them_so_and_comes_back(house, draft):
    measured(draft, target_1=1, target_3=Decimal("2.5"))
    run = bring(house, workbook(draft), target=draft)
    assert not merge_of(run, from_json(run.found["content"], house.entity)).of(CHANGED)
    assert not warned(run, "metas por")
    headings = [cell.value for row in load_workbook(BytesIO(workbook(draft)))["Datos"] for cell in row]
    assert "Meta del cuatrimestre I 1" in headings
    assert "Meta del trimestre I 1" not in headings


def workbook(version) -> bytes:
    return FORMATS["xlsx"].draw(plan_sheet(version), own_form(version), Mark("7K3M-9QXT-2RVB"))


def warned(run, words) -> list[str]:
    return [problem["message"] for problem in run.found["problems"] if words in problem["message"]]


def test_a_file_that_gives_a_fourth_is_told_so_and_nothing_is_lost(house):
    version = make_draft(house.entity, office=house.office, activities=1)
    measured(version, target_1=1, target_4=2)
    content = workbook(version)
    assert not warned(bring(house, content), "cuarto periodo")
    by_thirds(version, house)
    run = bring(house, content, target=version)
    assert warned(run, "la meta de un cuarto periodo se guarda como viene, pero no se cuenta")
    assert warned(run, "El archivo da metas por trimestre y el plan se sigue por cuatrimestres")


def test_a_new_plan_is_told_that_its_targets_are_of_other_periods(house, draft):
    measured(draft, target_1=1)
    run = bring(house, workbook(draft), title="Otro plan")
    assert warned(run, "El archivo da metas por cuatrimestre y el plan se sigue por trimestres")


def test_the_command_tells_it_too(house, draft, tmp_path):
    measured(draft, target_1=1, target_2=1)
    file = tmp_path / "plan.xlsx"
    file.write_bytes(workbook(draft))
    said = StringIO()
    call_command("import_plan", str(file), "--entity", house.entity.slug, "--title", "Otro", stdout=said)
    assert "El archivo da metas por cuatrimestre" in said.getvalue()
