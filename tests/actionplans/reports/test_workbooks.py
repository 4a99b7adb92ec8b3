"""A plan goes out as a workbook and comes back the same, in the built-in form and in the entity's own."""

import dataclasses
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from actionplans.imports import read_plan
from actionplans.imports.reading.data_sheet import MARK
from actionplans.models import FormTemplate
from actionplans.reports.issued.verification import Mark
from actionplans.reports.plan import built_in_workbook, own_workbook
from actionplans.reports.plan.builders import own_form, plan_sheet
from actionplans.reports.plan.files import workbook
from actionplans.reports.plan.sheet import OwnForm
from tests.factories import make_framework, make_office

from .conftest import SAMPLE, said

pytestmark = pytest.mark.django_db
LAYOUTS = Path("tests/data/workbooks")
OWN = [
    "component-rows", "f17-follow-up-and-signatures", "f17-moved-down-and-right", "merged-components",
    "metadata-beside", "months-by-text", "months-by-theme-colour", "months-planned-and-executed",
    "quarters-in-roman", "tasks-under-merged-activities", "text-that-looks-like-formulas",
    "three-header-rows", "weights-as-fractions", "zebra-rows",
]  # fmt: skip


def opened(content: bytes):
    return load_workbook(BytesIO(content))


# --- The built-in form ----------------------------------------------------------------------------


def test_the_sample_comes_back_field_by_field_from_the_built_in_form(cartago, read_into):
    first = read_into(cartago, SAMPLE, title="Participación")
    again = read_into(cartago, built_in_workbook.render(plan_sheet(first)), year=2026)
    assert said(again) == said(first)
    assert again.title == "Participación"


def test_what_the_form_has_no_column_for_comes_back_through_datos(full_plan, cartago, read_into):
    again = read_into(cartago, built_in_workbook.render(plan_sheet(full_plan)), year=2026)
    assert said(again) == said(full_plan)


def test_in_another_entity_an_unknown_office_that_reports_gives_way_to_the_first_known_one(
    full_plan, candelaria, read_into
):
    planning = make_office(candelaria, "Secretaría de Planeación")
    again = read_into(candelaria, built_in_workbook.render(plan_sheet(full_plan)))
    people = again.activities.get(position=1).responsibilities.values_list("office", "reports")
    assert list(people) == [(planning.pk, True), (None, False)]


@pytest.mark.parametrize(
    ("names", "linked"), [(["OÍR A  LA CIUDADANÍA"], 1), (["Oír"], 0), (["Oír a la ciudadanía"] * 2, 0)]
)
def test_an_objective_is_linked_where_one_of_the_entity_bears_its_name(
    full_plan, candelaria, read_into, names, linked
):
    axis = make_framework(candelaria).axes.create(position=1, name="Eje")
    for position, name in enumerate(names, start=1):
        axis.objectives.create(position=position, name=name)
    again = read_into(candelaria, built_in_workbook.render(plan_sheet(full_plan)))
    assert again.activities.get(position=1).objectives.count() == linked


def test_the_built_in_form_has_the_structure_of_the_sample(cartago, read_into):
    drawn = opened(built_in_workbook.render(plan_sheet(read_into(cartago, SAMPLE))))["PLAN DE ACCION"]
    sample = load_workbook(SAMPLE)["PLAN DE ACCION"]

    assert {str(merge) for merge in drawn.merged_cells.ranges} == {str(m) for m in sample.merged_cells.ranges}
    assert widths(drawn) == pytest.approx(widths(sample), abs=0.05)
    assert fills(drawn) == fills(sample)
    page = drawn.page_setup
    assert (page.orientation, page.paperSize, page.fitToWidth or 1, page.fitToHeight) == ("landscape", 5, 1, 0)
    assert (drawn.print_title_rows, drawn.freeze_panes) == (sample.print_title_rows, sample.freeze_panes)
    assert "&P" in drawn.oddFooter.right.text
    assert "&N" in drawn.oddFooter.right.text
    texts = {cell.coordinate: cell.value for row in sample["A5:W22"] for cell in row}
    assert {cell.coordinate: cell.value for row in drawn["A5:W22"] for cell in row} == texts
    assert drawn["C3"].value == f"{sample['C3'].value}\nBORRADOR: no aprobado (versión 1)"
    assert [drawn[place].value for place in ("A1", "S1", "S2", "S3", "S4", "A23", "A26")] == [
        sample[place].value for place in ("A1", "S1", "S2", "S3", "S4", "A23", "A26")
    ]


@pytest.mark.parametrize("own", [False, True], ids=["built-in", "own form"])
def test_every_printed_sheet_bears_the_code_and_the_draft_says_so_at_its_head(cartago, read_into, own):
    version = read_into(cartago, LAYOUTS / "zebra-rows.xlsx", title="Plan")
    mark = Mark("7K3M-9QXT-2RVB")
    if own:
        book = opened(own_workbook.render(plan_sheet(version), own_form(version), mark))
    else:
        book = opened(built_in_workbook.render(plan_sheet(version), mark=mark))
    for worksheet in book.worksheets:
        assert worksheet.oddFooter.left.text == f"Código de verificación {mark.code}\n{mark.address}"
        assert "&P" in worksheet.oddFooter.right.text
    form = book.worksheets[0]
    head = [str(cell.value) for row in form.iter_rows(max_row=4) for cell in row]
    assert any("BORRADOR: no aprobado (versión 1)" in text for text in head)


def test_the_data_sheet_is_wide_enough_on_paper_to_be_read(full_plan):
    worksheet = opened(built_in_workbook.render(plan_sheet(full_plan)))["Datos"]
    columns = worksheet.max_column
    assert columns > 8
    assert worksheet.page_setup.fitToWidth == -(-columns // 8)
    assert worksheet.page_setup.fitToHeight == 0


def widths(worksheet) -> list[float]:
    """The width of each column, also of those that a file describes together."""
    columns = worksheet.column_dimensions.values()
    return [column.width for column in columns for _ in range(column.min, column.max + 1)]


def fills(worksheet) -> dict[str, str]:
    return {
        cell.coordinate: cell.fill.fgColor.rgb[-6:]
        for row in worksheet.iter_rows()
        for cell in row
        if cell.fill.fill_type == "solid"
    }


def test_the_letterhead_and_the_signatures_are_the_entity_s(full_plan, cartago):
    cartago.letterhead, cartago.reviewed_by = "REPÚBLICA DE COLOMBIA\nMunicipio", "Ana Ruiz, asesora"
    cartago.save()
    drawn = opened(built_in_workbook.render(plan_sheet(full_plan))).worksheets[0]
    assert drawn["C1"].value == "REPÚBLICA DE COLOMBIA\nMunicipio"
    assert "Revisó: Ana Ruiz, asesora" in [cell.value for cell in drawn["A"]]


def test_a_plan_without_a_form_of_its_own_takes_the_entity_s_code(cartago, full_plan):
    full_plan.form_code = full_plan.form_version = ""
    full_plan.form_approval_date = None
    full_plan.save()
    cartago.form_code, cartago.form_version = "PL-F-01", "7"
    cartago.save()
    head = plan_sheet(full_plan).letterhead
    assert (head.code, head.version, head.approval_date) == ("PL-F-01", "7", None)


def test_no_cell_is_a_formula_and_text_that_looks_like_one_is_quoted(full_plan):
    book = opened(built_in_workbook.render(plan_sheet(full_plan)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    risky = [cell for cell in cells if isinstance(cell.value, str) and cell.value[0] in "=+-@"]
    assert len(risky) >= 4
    assert all(cell.quotePrefix for cell in risky)


def test_a_cancelled_activity_is_struck_through(full_plan):
    form = opened(built_in_workbook.render(plan_sheet(full_plan))).worksheets[0]
    assert [form.cell(row, 2).font.strike for row in (15, 16)] == [None, True]


@pytest.mark.parametrize("text", ["<r>no es marca</r>", "uno\x01dos", " con espacios ", "á" * 40_000])
def test_a_text_goes_into_a_cell_as_it_is(full_plan, text):
    """Only what no workbook can hold is left out: control characters, and what is longer than a cell."""
    sheet = dataclasses.replace(plan_sheet(full_plan), note=text)
    book = opened(built_in_workbook.render(sheet))
    facts = {row[0].value: row[1].value for row in book["Datos"].iter_rows(max_col=2)}
    assert facts["Nota del plan"].strip() == text.replace("\x01", "")[:32_767].strip()


def test_what_somebody_changes_in_the_form_wins_over_datos(full_plan, cartago, read_into):
    book = opened(built_in_workbook.render(plan_sheet(full_plan)))
    form = book.worksheets[0]
    form["B15"], form["S15"], form["P15"] = "Aplicar muchas encuestas", "Secretaría de Hacienda", None
    changed = BytesIO()
    book.save(changed)
    activity = read_into(cartago, changed.getvalue(), year=2026).activities.first()
    assert (activity.description, activity.deliverable) == ("Aplicar muchas encuestas", "")
    assert [r.office.slug for r in activity.responsibilities.select_related("office")] == ["hacienda"]
    assert activity.weight == full_plan.activities.first().weight


def test_a_row_that_somebody_adds_takes_nothing_from_another_one(full_plan, cartago, read_into):
    book = opened(built_in_workbook.render(plan_sheet(full_plan)))
    form = book.worksheets[0]
    form["A18"].value, form["B18"].value = 3, "Otra actividad"
    changed = BytesIO()
    book.save(changed)
    added = read_into(cartago, changed.getvalue(), year=2026).activities.get(description="Otra actividad")
    assert (added.weight, added.note, added.detail) == (None, "", "")


# --- The entity's own form ------------------------------------------------------------------------


@pytest.mark.parametrize("name", OWN)
def test_a_plan_comes_back_the_same_from_the_entity_s_own_form(name, cartago, candelaria, read_into):
    first = read_into(cartago, LAYOUTS / f"{name}.xlsx", title="Plan")
    content = own_workbook.render(plan_sheet(first), own_form(first))
    assert said(read_into(candelaria, content, title="Plan")) == said(first)


def test_what_the_own_form_has_no_column_for_comes_back_through_datos(cartago, read_into):
    version = read_into(cartago, SAMPLE, title="Plan")
    office = make_office(cartago, "Oficina Jurídica")
    objective = (
        make_framework(cartago).axes.create(position=1, name="Eje").objectives.create(position=1, name="Oír")
    )
    first, second = version.activities.all()[:2]
    first.indicators.update(target_1=1, target_2="2.25", target_3=None, target_4=4, kind="count")
    first.responsibilities.update(office=office, reports=True)
    first.objectives.add(objective)
    version.activities.filter(pk=second.pk).update(is_cancelled=True, cancel_reason="Ya no va. Nunca")
    content = own_workbook.render(plan_sheet(version), own_form(version))
    assert said(read_into(cartago, content, year=2026, title="Plan")) == said(version)


def test_the_own_form_keeps_its_look_and_grows_over_its_footer(cartago, read_into):
    version = read_into(cartago, SAMPLE, title="Plan")
    sheet = plan_sheet(version)
    last = sheet.activities[-1]
    more = tuple(
        type(last)(**{**vars(last), "key": n, "number": str(n), "printed_number": str(n), "months": (n - 9,)})
        for n in (10, 11)
    )
    grown = type(sheet)(**{**vars(sheet), "activities": (*sheet.activities, *more)})
    form = opened(own_workbook.render(grown, own_form(version))).worksheets[0]
    assert form["B24"].value == last.description
    assert [form.cell(23, 4).fill.fgColor.rgb[-6:], form.cell(24, 5).fill.fgColor.rgb[-6:]] == ["92D050"] * 2
    assert (form["B24"].font.name, form["B24"].border.left.style) == ("Arial", "thin")
    assert form.row_dimensions[24].height == 78
    assert form["A25"].value == "www.cartago.gov.co"
    assert "A25:W25" in {str(merge) for merge in form.merged_cells.ranges}
    assert form.print_title_rows == "$12:$13"


def test_a_shorter_plan_leaves_no_row_of_the_old_one(cartago, read_into):
    version = read_into(cartago, SAMPLE, title="Plan")
    sheet = plan_sheet(version)
    short = type(sheet)(**{**vars(sheet), "activities": sheet.activities[:2]})
    form = opened(own_workbook.render(short, own_form(version))).worksheets[0]
    assert form["A16"].value == "www.cartago.gov.co"
    assert form["A20"].value is None


def test_the_own_way_of_marking_is_kept(cartago, read_into):
    version = read_into(cartago, LAYOUTS / "months-by-text.xlsx", title="Plan")
    source = load_workbook(LAYOUTS / "months-by-text.xlsx").worksheets[0]
    form = opened(own_workbook.render(plan_sheet(version), own_form(version))).worksheets[0]
    marks = {cell.value for row in form.iter_rows() for cell in row if cell.value}
    assert "x" in {str(mark).lower() for mark in marks} & {
        str(cell.value).lower() for row in source.iter_rows() for cell in row
    }


def test_what_changed_in_the_plan_is_written_over_the_printed_one(cartago, read_into):
    version = read_into(cartago, SAMPLE, title="Plan")
    version.objective, version.form_version = "Otro objetivo", "3"
    version.save()
    form = opened(own_workbook.render(plan_sheet(version), own_form(version))).worksheets[0]
    assert (form["A7"].value, form["S3"].value) == ("OBJETIVO: Otro objetivo", "VERSION: 3")
    assert form["A8"].value == load_workbook(SAMPLE).worksheets[0]["A8"].value


def test_a_label_in_bold_stays_before_what_changed(cartago, read_into):
    book = load_workbook(SAMPLE)
    label = TextBlock(InlineFont(b=True), "OBJETIVO: ")
    book.worksheets[0]["A7"] = CellRichText(label, "Lo que se busca")
    changed = BytesIO()
    book.save(changed)
    version = read_into(cartago, changed.getvalue(), title="Plan")
    version.objective = "Otro objetivo"
    version.save()
    form = opened(own_workbook.render(plan_sheet(version), own_form(version))).worksheets[0]
    assert form["A7"].value == "OBJETIVO: Otro objetivo"


def test_only_the_sheet_of_the_plan_goes_out(cartago, read_into):
    version = read_into(cartago, LAYOUTS / "hidden-and-several-sheets.xlsx", title="Plan")
    book = opened(own_workbook.render(plan_sheet(version), own_form(version)))
    assert book.sheetnames == ["2025 A", "Datos"]
    assert book.properties.creator == "Alcaldía de Cartago"


def test_a_form_that_cannot_carry_the_plan_gives_way_to_the_built_in_one_and_says_so(cartago, read_into):
    version = read_into(cartago, LAYOUTS / "council-matrix.xlsx", title="Plan")
    sheet, form = plan_sheet(version), own_form(version)
    with pytest.raises(own_workbook.CannotCarry, match="comparten una celda"):
        own_workbook.render(sheet, form)
    book = opened(workbook(sheet, form))
    assert book.sheetnames == ["PLAN DE ACCION", "Datos"]
    notes = [cell.value for cell in book["Datos"]["B"] if cell.value]
    assert any("va en el formato del portal" in str(note) for note in notes)


def test_quarters_cannot_carry_a_month_alone(cartago, read_into):
    version = read_into(cartago, LAYOUTS / "quarters-in-roman.xlsx", title="Plan")
    sheet = plan_sheet(version)
    odd = type(sheet.activities[0])(**{**vars(sheet.activities[0]), "months": (2,)})
    with pytest.raises(own_workbook.CannotCarry, match="meses"):
        own_workbook.render(type(sheet)(**{**vars(sheet), "activities": (odd,)}), own_form(version))


def test_a_workbook_that_openpyxl_cannot_open_again_gives_way(full_plan):
    form = OwnForm(b"PK no es un libro", {"shares_rows": False})
    with pytest.raises(own_workbook.CannotCarry, match="no se pudo llenar"):
        own_workbook.render(plan_sheet(full_plan), form)


def test_the_workbook_is_kept_once_and_only_without_macros(cartago, read_into):
    read_into(cartago, SAMPLE, title="Uno")
    read_into(cartago, SAMPLE, title="Dos")
    read_into(cartago, LAYOUTS / "macros.xlsm", title="Tres", name="macros.xlsm", digest="1" * 64)
    template = FormTemplate.objects.get()
    assert (template.name, template.sheet) == ("plan.xlsx", "PLAN DE ACCION")
    assert "plan.xlsx" in str(template)


def test_a_plan_written_in_the_portal_has_no_form_of_its_own(full_plan):
    assert own_form(full_plan) is None


def test_a_sheet_named_datos_that_is_not_ours_is_left_alone(cartago):
    book = opened(SAMPLE.read_bytes())
    book.create_sheet("Datos")["A1"] = "Otra cosa"
    changed = BytesIO()
    book.save(changed)
    assert len(read_plan(changed, year=2025).activities) == 9
    assert MARK != "Otra cosa"
