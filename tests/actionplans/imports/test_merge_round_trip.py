"""A plan that went out as a workbook and comes back: the portal recognises its own words."""

from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from actionplans.domain.contents.facts import fingerprint
from actionplans.domain.contents.reading import content_of_version
from actionplans.domain.contents.snapshots import from_json
from actionplans.domain.merging.choosing import CHANGED, Choices
from actionplans.imports.merge import apply_run, merge_of, undo_run
from actionplans.models import Indicator
from actionplans.reports.issued.verification import Mark
from actionplans.reports.plan.builders import own_form, plan_sheet
from actionplans.reports.plan.files import FORMATS
from planning.enums import OfficeKind
from tests.messy_workbook import saved
from tests.steps import bring

F17 = Path("fixtures/forms/MESG-AS-F17-participacion-ciudadana-2024.xlsx")


@pytest.fixture
def draft(house):
    """The sample form as a draft, completed in the portal with what its form has no column for."""
    house.entity.offices.create(slug="hacienda", name="Secretaría de Hacienda", kind=OfficeKind.SECRETARIAT)
    run = apply_run(bring(house, F17.read_bytes(), name=F17.name, year=2025), by=house.planning)
    version = run.version
    version.activities.update(weight=Decimal("11.11"), budget=Decimal(5000), note="Del comité", detail="Explicada")
    indicators = Indicator.objects.filter(activity_version__version=version)
    indicators.update(
        kind="count", direction="increasing", target=Decimal("4.5"), target_2=Decimal(2), unit="actas"
    )
    return version


def exported(version):
    return FORMATS["xlsx"].draw(plan_sheet(version), own_form(version), Mark("7K3M-9QXT-2RVB"))


def merge_with(draft, run):
    run.target = draft
    return merge_of(run, from_json(run.found["content"], run.entity))


def test_its_own_workbook_changes_nothing(house, draft):
    found = merge_with(draft, bring(house, exported(draft), name="exportado.xlsx"))
    assert [fact.changes for fact in found.facts] == []
    assert [row.changes for row in found.of(CHANGED)] == []
    assert found.is_empty


def test_the_bare_form_takes_nothing_away_from_what_the_portal_has(house, draft):
    run = bring(house, F17.read_bytes(), name="otra vez.xlsx", year=2025)
    found = merge_with(draft, run)
    assert found.is_empty
    assert found.result(Choices()) == found.current


def test_one_changed_cell_is_one_changed_fact_and_is_undone_to_the_letter(house, draft):
    book = load_workbook(BytesIO(exported(draft)))
    sheet = book.worksheets[0]
    [cell] = [
        cell
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.value.startswith("Estrategia de Participación")
    ]
    cell.value = "Estrategia adoptada por decreto"
    before = fingerprint(content_of_version(draft))
    run = bring(house, saved(book), name="corregido.xlsx", target=draft)
    found = merge_with(draft, run)
    [row] = found.of(CHANGED)
    assert [change.label for change in row.changes] == ["Entregable"]
    apply_run(run, by=house.planning, expected=before)
    assert draft.activities.get(deliverable="Estrategia adoptada por decreto").note == "Del comité"
    undo_run(run, by=house.planning)
    assert fingerprint(content_of_version(draft)) == before


def test_an_activity_reworded_in_the_file_is_still_the_same(house, draft):
    """Its permanent number came back with the sheet of data, though nothing else in its row says so."""
    first = draft.activities.get(position=1)
    book = load_workbook(BytesIO(exported(draft)))
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value == first.description:
                    cell.value = "Otra cosa con palabras que no se parecen"
    found = merge_with(draft, bring(house, saved(book), name="otras palabras.xlsx"))
    [row] = found.of(CHANGED)
    assert (row.content.key, [change.label for change in row.changes]) == (1, ["Actividad"])
