"""What a file bears so that it can be verified: code, address and QR."""

import subprocess
from dataclasses import replace
from io import BytesIO

import pytest
import segno
from openpyxl import load_workbook
from PIL import Image

from actionplans.models import IssuedFile
from actionplans.reports.issued.verification import Mark
from actionplans.reports.plan.builders import own_form, plan_sheet
from actionplans.reports.plan.files import FORMATS
from tests.actionplans.reports.conftest import SAMPLE, run_on, said

from .published import CODE, PUBLISHED
from .qr import modules_of

pytestmark = pytest.mark.django_db


def expected_modules(code: str) -> list[list[bool]]:
    address = Mark(code).address
    return [[bool(module) for module in row] for row in segno.make_qr(address, error="m").matrix]


@pytest.mark.usefixtures("pdf_tools")
def test_the_pdf_bears_code_address_and_a_qr_of_it(published, client, settings):
    settings.SITE_URL = "https://planeacion.cartago.example"
    body = client.get(f"{PUBLISHED}pdf").content
    code = IssuedFile.objects.get().code
    sheets = run_on("pdftotext", body, "-layout").split("\f")[:-1]
    assert all(f"Código de verificación {code}" in sheet for sheet in sheets)
    assert f"Verifique este documento en https://planeacion.cartago.example/verificar/{code}/" in sheets[-1]
    picture = subprocess.run(
        ["pdftoppm", "-r", "300", "-f", str(len(sheets)), "-gray", "-"],
        input=body,
        capture_output=True,
        check=True,
    ).stdout
    wanted = expected_modules(code)
    assert modules_of(Image.open(BytesIO(picture)), len(wanted)) == wanted


def test_the_workbook_bears_code_address_and_a_qr_of_it(published, client):
    page = load_workbook(BytesIO(client.get(f"{PUBLISHED}xlsx").content)).worksheets[-1]
    code = IssuedFile.objects.get().code
    assert page["A2"].value == f"Código de verificación: {code}"
    assert page["A3"].value == f"Verifique este documento en {Mark(code).address}"
    wanted = expected_modules(code)
    assert modules_of(Image.open(page._images[0].ref), len(wanted)) == wanted


@pytest.mark.parametrize("own", [False, True], ids=["built-in", "own form"])
def test_a_marked_workbook_is_read_back_as_the_same_plan(cartago, candelaria, read_into, full_plan, own):
    version = read_into(cartago, SAMPLE) if own else full_plan
    form = own_form(version) if own else None
    assert bool(form) == own
    body = FORMATS["xlsx"].draw(plan_sheet(version), form, Mark(CODE))
    assert load_workbook(BytesIO(body)).sheetnames[1:] == ["Datos", "Verificación"]
    read = said(read_into(candelaria, body))
    plain = said(read_into(candelaria, FORMATS["xlsx"].draw(replace(plan_sheet(version)), form), title="Otro"))
    assert read | {"title": ""} == plain | {"title": ""}
