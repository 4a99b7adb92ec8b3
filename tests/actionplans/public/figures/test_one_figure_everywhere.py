"""One figure, the same wherever the portal tells it: pages, files of the plan, open data and the API."""

import csv
import io
import json
import re
from decimal import ROUND_HALF_UP, Decimal
from html import unescape

import pytest
from openpyxl import load_workbook

from actionplans.imports.reading.data_sheet import ACTIVITY, CLOSINGS, CUT
from tests.actionplans.opendata.conftest import told_year  # noqa: F401
from tests.actionplans.reports.conftest import pdf_tools, run_on  # noqa: F401

pytestmark = pytest.mark.django_db
PLAN = "/cartago/planes/2024/plan-de-participacion/"
DATA = "/cartago/datos/2024/"
EXECUTED, PROGRAMMED = Decimal("33.33"), Decimal("50.00")
"""Of the first activity: one of three fairs, as planning corrected it, with two of four months behind it."""
WORDS = "33,33 % ejecutado de 50 % programado a marzo"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def got(told_year, client):  # noqa: F811
    """The body of an address."""

    def get(address) -> bytes:
        answer = client.get(address)
        assert answer.status_code == 200, address
        return answer.getvalue()

    return get


def two_decimals(value) -> Decimal:
    return Decimal(str(value)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def text_of(page: bytes) -> str:
    """What a page says, without its markup."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.decode())).split())


def is_newest(row) -> bool:
    """Of the rows of a table: the first activity at the newest closing of the first quarter."""
    told = {name: str(row[name]).lower() for name in ("alcance", "actividad", "periodo", "vigente")}
    return list(told.values()) == ["actividad", "1", "trimestre-1", "true"]


def figures(rows) -> list[Decimal]:
    (row,) = filter(is_newest, rows)
    assert [two_decimals(row[f"{name}_exacto"]) for name in ("ejecutado", "programado")] == [EXECUTED, PROGRAMMED]
    return [two_decimals(row["ejecutado"]), two_decimals(row["programado"])]


@pytest.mark.parametrize("address", [PLAN, f"{PLAN}actividades/1/"])
def test_pages(got, address):
    assert WORDS in text_of(got(address))


def test_csv_of_the_plan(got):
    row = next(csv.DictReader(io.StringIO(got(f"{PLAN}descargar.csv").decode("utf-8-sig"), newline="")))
    assert [two_decimals(row[name]) for name in ("ejecutado_1", "programado_1")] == [EXECUTED, PROGRAMMED]


def test_json_of_the_plan(got):
    cut = json.loads(got(f"{PLAN}descargar.json"))["activities"][0]["cuts"][-1]
    assert [two_decimals(cut[name]) for name in ("executed", "programmed")] == [EXECUTED, PROGRAMMED]


def test_workbook_of_the_plan(got):
    rows = load_workbook(io.BytesIO(got(f"{PLAN}descargar.xlsx")))["Datos"].iter_rows(values_only=True)
    assert any(row[0] == CLOSINGS for row in rows)  # up to the title of that table
    headings = next(rows)
    told = [dict(zip(headings, row, strict=True)) for row in rows]
    (newest,) = [row for row in told if (row[ACTIVITY["key"]], row[CUT["closing"]]) == (1, 2)]
    assert [two_decimals(newest[CUT[name]]) for name in ("executed", "programmed")] == [EXECUTED, PROGRAMMED]


def test_pdf_of_the_plan(got, pdf_tools):  # noqa: F811
    shown = " ".join(run_on("pdftotext", got(f"{PLAN}descargar.pdf"), "-raw").split())
    assert "Trimestre I 2 50 33,33 66,67" in shown


def test_csv_of_open_data(got):
    rows = csv.DictReader(io.StringIO(got(f"{DATA}cifras.csv").decode(), newline=""))
    assert figures(rows) == [EXECUTED, PROGRAMMED]


def test_json_of_open_data(got):
    assert figures(json.loads(got(f"{DATA}cifras.json"), parse_float=Decimal)["filas"]) == [EXECUTED, PROGRAMMED]


def test_workbook_of_open_data(got):
    titles, *rows = load_workbook(io.BytesIO(got(f"{DATA}datos.xlsx")))["cifras"].iter_rows(values_only=True)
    told = [dict(zip(titles, row, strict=True)) for row in rows]
    (row,) = [row for row in told if (row["Alcance"], row["Actividad"], row["Vigente"]) == ("actividad", 1, "Sí")]
    assert [two_decimals(row[f"{name} (%)"]) for name in ("Ejecutado", "Programado")] == [EXECUTED, PROGRAMMED]


def test_api(got):
    told = json.loads(got("/api/v1/entidades/cartago/2024/cifras/?por_pagina=100"), parse_float=Decimal)
    assert figures(told["resultados"]) == [EXECUTED, PROGRAMMED]
