"""The files of a plan carry its headline figure at every closing, with its rule."""

import csv
import datetime
import io
import json
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from actionplans.domain.contents.content import (
    ActivityContent,
    ComponentContent,
    PlanContent,
    ResponsibleContent,
)
from actionplans.reports.plan import built_in_workbook, pdf, tables
from actionplans.reports.plan.builders import plan_sheet
from tests.actionplans.reports.follow_up.steps import fresh
from tests.factories import make_published_plan
from tests.following import close, months, on_day, reopen, reported

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed_twice(house, quarters, followed, tracked):
    """By hand: 15 of 60 surveys are 25 %, then 30 are 50 %; the rest has no figure."""
    with on_day(2024, 4, 5):
        reported(house, tracked[0], quarters[0], 15)
    with on_day(2024, 4, 20):
        close(house, quarters[0])
    with on_day(2024, 5, 2):
        reopen(house, fresh(quarters[0]), tracked[:1], until=datetime.date(2024, 5, 9))
    with on_day(2024, 5, 3):
        reported(house, tracked[0], fresh(quarters[0]), 30)
    with on_day(2024, 5, 12):
        close(house, fresh(quarters[0]))
    return plan_sheet(followed)


def test_each_closing_says_the_plan_with_its_rule(closed_twice):
    first, second = closed_twice.totals
    assert (first.period, first.closing, first.closed_on, first.counts) == (
        "Trimestre I", 1, datetime.date(2024, 4, 20), False,
    )  # fmt: skip
    assert (first.name, first.executed, first.programmed, first.to_date) == ("Plan", 25, 25, 100)
    assert (second.closing, second.counts, second.executed, second.to_date, second.light) == (
        2, True, 50, 200, "Al día",
    )  # fmt: skip
    assert (second.counted, second.activities) == (1, 3)
    assert second.rule.startswith("Promedio simple de 1 de 3 actividades")


def test_data_json_and_table_carry_it(closed_twice):
    page = load_workbook(BytesIO(built_in_workbook.render(closed_twice)))["Datos"]
    rows = [list(row) for row in page.iter_rows(values_only=True)]
    at = next(place for place, row in enumerate(rows) if row[0] == "TOTALES DE LOS CIERRES")
    headings, first, second = rows[at + 1 : at + 4]
    of = dict(zip(headings, second, strict=True))
    assert (first[:2], first[3]) == (["Trimestre I", 1], "No")
    assert (of["Es el que cuenta"], of["De qué es"], of["Ejecutado (%)"]) == ("Sí", "Plan", 50)
    assert of["Regla"].startswith("Promedio simple de 1 de 3")
    told = json.loads(tables.json_bytes(closed_twice))["totals"]
    assert [(row["closing"], row["counts"], row["executed"]) for row in told] == [(1, False, 25), (2, True, 50)]
    [line, *_] = csv.DictReader(io.StringIO(tables.csv_bytes(closed_twice).decode("utf-8-sig")))
    assert [line[f"{name}_1"] for name in tables.PLAN_COLUMNS] == ["25", "50", "200", "Al día"]
    assert {line[f"{name}_2"] for name in tables.PLAN_COLUMNS} == {""}


@pytest.mark.usefixtures("pdf_tools")
def test_the_annex_carries_it(closed_twice):
    page = pdf.plan_html(closed_twice)
    assert "<h2>Totales de los cierres</h2>" in page
    assert page.count("Promedio simple de 1 de 3 actividades") == 2


def test_components_stand_under_their_plan_with_their_weight(house, quarters):
    said = {"responsibles": (ResponsibleContent(text=house.office.name, office=house.office, reports=True),)}
    content = PlanContent(
        title="Plan por partes",
        components=(
            ComponentContent(name="Una", weight=Decimal(60)), ComponentContent(name="Otra", weight=Decimal(40)),
        ),
        activities=tuple(
            ActivityContent(description=name, component=name, months=months(1), **said) for name in ("Una", "Otra")
        ),
    )  # fmt: skip
    version = make_published_plan(house.entity, content=content, year=2024)
    with on_day(2024, 4, 5):
        for activity, declared in zip(version.plan.activities.order_by("key"), (100, 50), strict=True):
            reported(house, activity, quarters[0], declared=declared)
    with on_day(2024, 4, 20):
        close(house, quarters[0])
    assert [(line.name, line.weight, line.executed) for line in plan_sheet(version).totals] == [
        ("Plan", None, 80), ("Una", 60, 100), ("Otra", 40, 50),
    ]  # fmt: skip
