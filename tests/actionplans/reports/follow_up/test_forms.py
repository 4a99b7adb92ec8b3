"""The form of a plan filled to a cut: nothing of later periods, and provisional while it is open."""

import datetime
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from actionplans.domain.contents.snapshots import from_json
from actionplans.domain.following.reporting.reviewing import return_report
from actionplans.imports.merge import apply_run, merge_of
from actionplans.reports.follow_up import forms as follow_up_forms
from actionplans.reports.plan.builders import own_form, plan_sheet
from actionplans.reports.plan.files import workbook
from tests.following import close, on_day, reopen, report, reported
from tests.steps import approve_by_act, bring

from .steps import fresh, selection

pytestmark = pytest.mark.django_db
F17 = Path("fixtures/forms/MESG-AS-F17-participacion-ciudadana-2024.xlsx")
PROVISIONAL = "Datos provisionales: el trimestre II de 2024 no se ha cerrado. RESULTADO cuenta lo validado."


@pytest.fixture
def half_year(house, quarters, tracked):
    """The first quarter closed with 15 surveys; of the second, 10 validated, one report sent and one returned."""
    with on_day(2024, 4, 5):
        reported(house, tracked[0], quarters[0], 15, narrative="Quince")
        report(house, tracked[1], quarters[0], 0, narrative="Por publicar")
    with on_day(2024, 4, 20):
        close(house, quarters[0])
    with on_day(2024, 7, 3):
        reported(house, tracked[0], quarters[1], 10, narrative="Diez")
        report(house, tracked[1], quarters[1], 1, narrative="Publicado")
        back = report(house, tracked[2], quarters[1], narrative="Charlas")
        return_report(back, by=house.planning, number=1, comment="Falta la lista")
    return [fresh(period) for period in quarters]


def filled(house, version, period=None):
    """The lines of the sheet to the last cut of what is chosen."""
    chosen = selection(house, period, plan=version.plan)
    [(found, cut)] = follow_up_forms.versions_of(chosen)
    sheet = plan_sheet(found, reader=house.planning, cut=cut)
    return sheet, [(line.result_text, *line.followups) for line in sheet.activities]


def test_to_a_closed_cut_it_says_what_its_closing_knew(house, followed, half_year):
    with on_day(2024, 7, 5):
        sheet, lines = filled(house, followed, half_year[0])
    assert lines == [
        ("15 de 60 encuestas", "Quince", "", "", ""), ("Por publicar", "", "", "", ""), ("", "", "", "", ""),
    ]  # fmt: skip
    assert sheet.letterhead.notice == ""
    assert len(sheet.follow_up) == 1


def test_to_an_open_cut_result_counts_what_was_validated_and_the_form_says_that_it_is_provisional(
    house, followed, half_year
):
    with on_day(2024, 7, 5):
        for period in (half_year[1], None):
            sheet, lines = filled(house, followed, period)
            assert lines == [
                ("25 de 60 encuestas", "Quince", "Diez", "", ""),
                ("Por publicar", "", "Publicado\n(Enviado, por validar.)", "", ""),
                ("", "", "Charlas\n(Devuelto.)", "", ""),
            ]
            assert sheet.letterhead.notice == PROVISIONAL
            assert sheet.follow_up[-1] == PROVISIONAL
            page = load_workbook(BytesIO(workbook(sheet, None)))["PLAN DE ACCION"]
            assert any(PROVISIONAL in str(cell.value) for cell in page[3])


def test_a_period_that_is_open_again_is_provisional_and_later_ones_stay_out(house, followed, tracked, half_year):
    with on_day(2024, 7, 6):
        reopen(house, half_year[0], tracked[:1], until=datetime.date(2024, 7, 20))
        sheet, lines = filled(house, followed, fresh(half_year[0]))
    assert lines[0] == ("", "Quince\n(Devuelto.)", "", "", "")
    assert "trimestre I de 2024 no se ha cerrado" in sheet.letterhead.notice


def test_the_entity_s_own_workbook_says_so_too_and_is_still_the_same_plan(house, quarters):
    run = apply_run(bring(house, F17.read_bytes(), name=F17.name, year=2024), by=house.planning)
    version = run.version
    version.activities.get(position=1).responsibilities.update(office=house.office, reports=True)
    version = approve_by_act(version, house, date=datetime.date(2024, 1, 10))
    with on_day(2024, 7, 5):
        reported(house, version.activities.get(position=1).activity, quarters[1], declared=30)
        sheet, _ = filled(house, version, quarters[1])
    content = workbook(sheet, own_form(version))
    book = load_workbook(BytesIO(content))
    form = book.worksheets[0]
    assert [cell.value for row in form.iter_rows() for cell in row].count(PROVISIONAL) == 1
    assert form.oddHeader.center.text == PROVISIONAL
    again = bring(house, content, name="exportado.xlsx", year=2024)
    again.target = version
    assert merge_of(again, from_json(again.found["content"], again.entity)).is_empty
