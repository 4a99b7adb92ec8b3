"""The command writes a whole file or none, and refuses in Spanish."""

import json

import pytest
from django.core.management import CommandError, call_command

from actionplans.imports import read_plan
from actionplans.reports.plan import pdf
from tests.factories import make_draft, make_entity

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(db):
    return make_draft(make_entity("cartago"))


def refused(*args, **options):
    with pytest.raises(CommandError) as refusal:
        call_command("export_plan", *map(str, args), **options)
    assert refusal.value.returncode == 2
    return str(refusal.value)


def test_it_writes_a_workbook_that_can_be_read_again(version, tmp_path, capsys):
    path = tmp_path / "plan.xlsx"
    call_command("export_plan", str(version.plan_id), format="xlsx", output=str(path))
    reading = read_plan(path)
    assert (reading.ok, reading.year, len(reading.activities)) == (True, 2024, 3)
    assert "«Plan de prueba» 2024, versión 1" in capsys.readouterr().out
    assert [file.name for file in tmp_path.iterdir()] == ["plan.xlsx"]


def test_a_version_is_chosen_by_its_number(version, capsys):
    call_command("export_plan", str(version.plan_id), "--version", "1", "--format", "json", "-o", "-")
    assert json.loads(capsys.readouterr().out)["version"] == 1
    message = refused(version.plan_id, "--version", "7", "--format", "json", "-o", "-")
    assert "no tiene la versión 7. Las que hay: 1." in message


def test_the_csv_can_be_shown(version, capsys):
    call_command("export_plan", str(version.plan_id), "--format", "csv", "-o", "-")
    assert capsys.readouterr().out.startswith("\ufeffentidad,")


def test_a_workbook_is_not_shown(version):
    assert "Solo csv y json" in refused(version.plan_id, "--format", "xlsx", "-o", "-")


def test_a_plan_that_there_is_not_is_refused(db):
    assert "No hay un plan 999" in refused(999, "--format", "csv", "-o", "-")


def test_a_folder_that_there_is_not_is_refused(version, tmp_path):
    message = refused(version.plan_id, "--format", "csv", "-o", tmp_path / "no" / "plan.csv")
    assert "No se puede escribir en" in message


def test_a_name_that_is_a_folder_is_refused_and_leaves_nothing(version, tmp_path):
    (tmp_path / "plan.csv").mkdir()
    assert "No se puede escribir" in refused(version.plan_id, "--format", "csv", "-o", tmp_path / "plan.csv")
    assert [file.name for file in tmp_path.iterdir()] == ["plan.csv"]


def test_a_pdf_without_its_libraries_is_refused(version, tmp_path, monkeypatch):
    def none():
        raise pdf.PdfUnavailable

    monkeypatch.setattr(pdf, "_weasyprint", none)
    assert "apt-get install" in refused(version.plan_id, "--format", "pdf", "-o", tmp_path / "plan.pdf")
