"""The workbook of the follow-up: live numbers, totals that a spreadsheet computes to the same, stable columns."""

import shutil
import subprocess
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from actionplans.domain.contents.content import ActivityContent, ComponentContent, PlanContent, ResponsibleContent
from actionplans.reports.follow_up import book as follow_up_book
from actionplans.reports.follow_up.builder import follow_up_sheet
from actionplans.reports.follow_up.columns import EVIDENCE_COLUMNS, ROW_COLUMNS, TOTAL_COLUMNS
from tests.factories import make_published_plan
from tests.following import close, link, months, on_day, reported

from .steps import fresh, selection

pytestmark = pytest.mark.django_db
ROW_TITLES = [column.title for column in ROW_COLUMNS]


def drawn(sheet):
    file = BytesIO()
    follow_up_book.write(sheet, file)
    return file.getvalue()


def opened(content, **options):
    return load_workbook(BytesIO(content), **options)


def lines(page, columns, first=1):
    """The rows of a sheet as dicts by key, from the row after `first` on."""
    keys = [column.key for column in columns]
    rows = page.iter_rows(min_row=first + 1, values_only=True)
    return [dict(zip(keys, row, strict=False)) for row in rows if any(row)]


def totals_row(page):
    return next(row for row in range(1, 30) if page.cell(row, 2).value == "De qué es")


@pytest.fixture
def content(house, told, offices):
    with on_day(2024, 4, 20):
        close(house, told)
        return drawn(follow_up_sheet(selection(house, fresh(told))))


def test_the_keys_and_their_order_stay():
    assert [column.key for column in ROW_COLUMNS] == [
        "periodo", "plan", "plan_id", "politica", "dependencia", "dependencia_id", "otras", "componente", "numero",
        "clave", "actividad", "ponderacion", "programados", "meses_hechos", "programado", "ejecutado",
        "cumplimiento", "cumplimiento_periodo", "reportado", "validado", "verificado", "semaforo", "estado",
        "turno", "reporte", "enviado", "validado_el", "verificado_el", "marcas", "motivo_correccion", "resultado",
        "narrativa", "dificultades", "aportes", "concepto", "fuente", "evidencias", "cuenta_ejecutado",
        "cuenta_programado",
    ]  # fmt: skip
    for columns in (ROW_COLUMNS, TOTAL_COLUMNS, EVIDENCE_COLUMNS):
        assert len({column.key for column in columns}) == len(columns)


def test_numbers_are_numbers_percentages_are_shares_with_their_format_and_days_are_days(content):
    page = opened(content)["Seguimiento"]
    assert [cell.value for cell in page[1]] == ROW_TITLES
    keys = [column.key for column in ROW_COLUMNS]
    of = {row[keys.index("actividad")].value: dict(zip(keys, row, strict=True)) for row in page.iter_rows()}
    cells, third = of["Aplicar encuestas"], of["Sensibilizar"]
    assert (cells["programado"].value, cells["programado"].number_format) == (0.25, "0.00%")
    assert (cells["ejecutado"].value, cells["cumplimiento"].value) == (0.5, 2)
    assert (cells["clave"].value, cells["clave"].data_type) == (1, "n")
    assert cells["enviado"].is_date
    assert (cells["semaforo"].value, cells["reporte"].value) == ("Al día", "Reporte validado")
    assert [third[key].value for key in ("ejecutado", "reportado", "reporte")] == [None, None, "Sin reporte"]


def test_the_columns_are_documented_in_the_workbook_itself(content):
    page = opened(content)["Columnas"]
    documented = [row[1] for row in page.iter_rows(min_row=2, values_only=True)]
    assert documented == [column.key for column in (*TOTAL_COLUMNS, *ROW_COLUMNS, *EVIDENCE_COLUMNS)]


def test_the_summary_proves_the_closing_and_says_every_rule(content):
    page = opened(content)["Resumen"]
    head = [page.cell(row, 1).value for row in range(1, totals_row(page))]
    assert "Seguimiento · Trimestre I de 2024" in head[0]
    assert any(line and line.startswith("Huella del cierre (SHA-256): ") for line in head)
    assert any(line and line.startswith("Cabeza de la auditoría al cerrar: Hecho n.º ") for line in head)
    found = lines(page, TOTAL_COLUMNS, totals_row(page))
    assert all(line["regla"] for line in found)
    assert {line["ambito"] for line in found} == {"Entidad", "Dimensión", "Política", "Plan", "Dependencia"}


def test_simple_means_are_formulas_with_their_values_beside(house, told, offices, content):
    formulas, cached = opened(content)["Resumen"], opened(content, data_only=True)["Resumen"]
    first = totals_row(formulas)
    of = {line["nombre"]: line for line in lines(formulas, TOTAL_COLUMNS, first)}
    values = {line["nombre"]: line for line in lines(cached, TOTAL_COLUMNS, first)}
    assert of["Plan de percepción"]["ejecutado"].startswith("=AVERAGEIFS('Seguimiento'!$AL$2:$AL$6,")
    assert values["Plan de percepción"]["ejecutado"] == 0.5
    assert values["Plan de percepción"]["programado"] == 0.25
    assert values["Plan de percepción"]["cumplimiento"] == 2
    assert of[house.entity.name]["ejecutado"].startswith("=AVERAGE(")


def components_plan(house, **weights):
    """Two activities by weight in each of two components, and one alone; `weights` are those of the components."""
    said = {"responsibles": (ResponsibleContent(text=house.office.name, office=house.office, reports=True),)}
    content = PlanContent(
        title="Plan por partes",
        components=tuple(ComponentContent(name=name, weight=weight) for name, weight in weights.items()),
        activities=tuple(
            ActivityContent(
                description=f"{name} {weight}", component=name, months=months(1, 7), weight=Decimal(weight), **said
            )
            for name in weights
            for weight in (70, 30)
        ),
    )
    return make_published_plan(house.entity, content=content, year=2024)


@pytest.fixture
def by_parts(house, quarters):
    """By hand: in «>=50%», 100 and 0 of 70 and 30 are 70; in «Otra», 40 and 20 are 34; by 60 and 40, 55,6."""
    plan = components_plan(house, **{">=50%": Decimal(60), "Otra": Decimal(40)})
    with on_day(2024, 4, 5):
        for activity, declared in zip(plan.plan.activities.order_by("key"), (100, 0, 40, 20), strict=True):
            reported(house, activity, quarters[0], declared=declared)
        return drawn(follow_up_sheet(selection(house, quarters[0])))


def test_weighted_totals_are_formulas_over_rows_and_components(by_parts):
    formulas, cached = opened(by_parts)["Resumen"], opened(by_parts, data_only=True)["Resumen"]
    first = totals_row(formulas)
    of = {(line["ambito"], line["nombre"]): line for line in lines(formulas, TOTAL_COLUMNS, first)}
    values = {(line["ambito"], line["nombre"]): line for line in lines(cached, TOTAL_COLUMNS, first)}
    plan, one, other = (("Plan", "Plan por partes"), ("Componente", ">=50%"), ("Componente", "Otra"))
    for key, expected, weight in ((plan, 0.556, None), (one, 0.7, 60), (other, 0.34, 40)):
        assert of[key]["ejecutado"].startswith("=SUMPRODUCT(")
        assert (round(values[key]["ejecutado"], 6), values[key]["peso"]) == (expected, weight)


@pytest.mark.skipif(not shutil.which("soffice"), reason="no hay LibreOffice")
def test_libreoffice_computes_weighted_totals_to_the_same(by_parts, tmp_path):
    again, ours = recalculated(by_parts, tmp_path)["Resumen"], opened(by_parts, data_only=True)["Resumen"]
    first = totals_row(ours)
    keys = ("programado", "ejecutado", "cumplimiento")
    computed, written = (
        [[figure(line[key]) for key in keys] for line in lines(page, TOTAL_COLUMNS, first)]
        for page in (again, ours)
    )
    assert computed == written


@pytest.mark.skipif(not shutil.which("soffice"), reason="no hay LibreOffice")
def test_components_without_weights_are_simple_means(house, quarters, tmp_path):
    """Weights inside each component and none of their own: 70 and 34 are 52."""
    plan = components_plan(house, Una=None, Otra=None)
    with on_day(2024, 4, 5):
        for activity, declared in zip(plan.plan.activities.order_by("key"), (100, 0, 40, 20), strict=True):
            reported(house, activity, quarters[0], declared=declared)
        content = drawn(follow_up_sheet(selection(house, quarters[0])))
    page = recalculated(content, tmp_path)["Resumen"]
    of = {line["nombre"]: line for line in lines(page, TOTAL_COLUMNS, totals_row(page))}
    assert [figure(of[name]["ejecutado"]) for name in ("Plan por partes", "Una", "Otra")] == [0.52, 0.7, 0.34]
    assert opened(content)["Resumen"].cell(totals_row(page) + 2, 7).value.startswith("=AVERAGEIFS(")


def test_on_paper_every_sheet_has_its_headings_and_what_the_row_is_about(content):
    book = opened(content)
    for name, wide in (("Seguimiento", 4), ("Evidencias", 1), ("Resumen", 1)):
        page = book[name]
        assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 5)
        assert (page.sheet_properties.pageSetUpPr.fitToPage, page.page_setup.fitToWidth or 1) == (True, wide)
        assert page.page_setup.fitToHeight == 0
    assert (book["Seguimiento"].print_title_rows, book["Seguimiento"].print_title_cols) == ("$1:$1", "$I:$K")


def recalculated(content, folder):
    """The workbook as LibreOffice saves it, with what its formulas gave there."""
    (folder / "libro.xlsx").write_bytes(blind(content))
    own_profile = f"-env:UserInstallation=file://{folder}/perfil"
    convert = ["--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", folder / "otra"]
    program = ["soffice", own_profile, *convert, folder / "libro.xlsx"]
    subprocess.run(program, check=True, capture_output=True, timeout=120)
    return load_workbook(folder / "otra" / "libro.xlsx", data_only=True)


def figure(value):
    return None if value is None else round(value, 6)


def blind(content):
    """Without the values beside the formulas, so that a spreadsheet has to compute them."""
    book, file = load_workbook(BytesIO(content)), BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.skipif(not shutil.which("soffice"), reason="no hay LibreOffice")
def test_libreoffice_computes_the_same(house, told, tracked, offices, quarters, tmp_path):
    """The year, so that the formulas have to tell one period from another."""
    with on_day(2024, 4, 20):
        close(house, told)
    with on_day(2024, 7, 3):
        reported(house, tracked[0], quarters[1], 7)
        reported(house, tracked[2], quarters[1], declared=35, evidence=(link(house),))
        content = drawn(follow_up_sheet(selection(house)))
    again = recalculated(content, tmp_path)["Resumen"]
    ours = opened(content, data_only=True)["Resumen"]
    first = totals_row(ours)
    keys = ("periodo", "ambito", "nombre", "programado", "ejecutado", "cumplimiento")
    written = [tuple(line[key] for key in keys) for line in lines(ours, TOTAL_COLUMNS, first)]
    computed = [tuple(line[key] for key in keys) for line in lines(again, TOTAL_COLUMNS, first)]
    assert [line[:3] for line in computed] == [line[:3] for line in written]
    for one, other in zip(written, computed, strict=True):
        assert [value and round(value, 6) for value in other[3:]] == [
            value and round(value, 6) for value in one[3:]
        ]
    formulas = [cell for row in opened(content)["Resumen"].iter_rows() for cell in row if cell.data_type == "f"]
    assert len(formulas) >= 12


def test_a_text_that_looks_like_a_formula_stays_text(house, told, tracked, quarters):
    with on_day(2024, 4, 5):
        reported(house, tracked[2], told, narrative="=HYPERLINK(1)", difficulties="+1", declared=10)
        page = opened(drawn(follow_up_sheet(selection(house, told))))["Seguimiento"]
    cell = page.cell(4, ROW_TITLES.index("Qué se hizo") + 1)
    assert (cell.value, cell.data_type) == ("=HYPERLINK(1)", "s")


def test_the_evidence_has_a_sheet_with_a_row_for_each_use(content):
    [line] = lines(opened(content)["Evidencias"], EVIDENCE_COLUMNS)
    assert (line["actividad"], line["periodo"], line["clase"]) == ("Aplicar encuestas", "Trimestre I", "Pública")
    assert line["enlace"] == "https://ejemplo.gov.co/informe.pdf"


def test_the_year_has_a_row_for_each_activity_and_another_sheet_cut_by_cut(house, told, quarters):
    with on_day(2024, 7, 3):
        book = opened(drawn(follow_up_sheet(selection(house))))
    assert book.sheetnames == ["Resumen", "Seguimiento", "Por periodo", "Evidencias", "Columnas"]
    periods = [line["periodo"] for line in lines(book["Seguimiento"], ROW_COLUMNS)]
    assert periods == ["2024, hasta el trimestre II"] * 3
    periods = [line["periodo"] for line in lines(book["Por periodo"], ROW_COLUMNS)]
    assert periods == ["Trimestre I de 2024"] * 3 + ["Trimestre II de 2024"] * 3
