"""Many plans in one file: every text of each one, nothing of others, and a way to each of them."""

import re
from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import load_workbook

from actionplans.domain.contents.content import ActivityContent, PlanContent
from actionplans.domain.plan import publish_document
from actionplans.enums import Origin
from actionplans.models import PlanVersion
from actionplans.months import MonthSet
from actionplans.reports.consolidated.book import sheet_name
from actionplans.reports.consolidated.files import file_name, is_small, write_consolidated
from actionplans.reports.consolidated.selection import NoPlans, Selection
from actionplans.reports.plan.builders import plan_sheet
from tests.factories import make_draft, make_office, make_policy, make_published_plan
from tests.steps import modify

from .conftest import run_on
from .printed import unpacked, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def cartago(house):
    """The entity of `full_plan` is the house."""
    return house.entity


@pytest.fixture
def policy():
    return make_policy()


@pytest.fixture
def plans(house, neighbour, policy):
    """Two published plans and a draft of the house in 2024, one of 2025, and one of its neighbour."""
    other = make_office(house.entity, "Tesorería General")
    made = {
        "archivo": make_published_plan(house.entity, title="Plan de archivo", office=other),
        "policy": make_published_plan(
            house.entity, title="Plan de acción de Participación", office=house.office, policy=policy
        ),
        "draft": make_draft(house.entity, title="Plan en borrador", office=house.office),
        "next": make_published_plan(house.entity, title="Plan del año siguiente", year=2025, office=house.office),
        "neighbour": make_published_plan(neighbour.entity, title="Plan vecino", office=neighbour.office),
    }
    return {**made, "hacienda": other}


@pytest.fixture
def everything(house):
    return Selection(entity=house.entity, year=2024, reader=house.planning)


def titles(selection):
    return [plan.title for plan in selection.summaries()]


def drawn(selection, suffix, tmp_path) -> bytes:
    steps = []
    path = tmp_path / f"planes.{suffix}"
    write_consolidated(selection, suffix, path, lambda *said: steps.append(said))
    count = len(selection.versions())
    assert [(done, total) for done, total, _step in steps] == [(n, count) for n in range(count + 1)]
    assert all(step for _done, _total, step in steps)
    return path.read_bytes()


# --- Which plans ----------------------------------------------------------------------------------


def test_the_plans_of_a_year_go_as_published_those_of_policies_first(plans, everything):
    assert titles(everything) == ["Plan de acción de Participación", "Plan de archivo"]


def test_drafts_go_where_they_are_asked_for(plans, everything, house):
    modify(plans["archivo"], house)
    with_drafts = replace(everything, with_drafts=True)
    assert [(v.title, v.number, v.status) for v in with_drafts.versions()] == [
        ("Plan de acción de Participación", 1, "approved"),
        ("Plan de archivo", 2, "draft"),
        ("Plan en borrador", 1, "draft"),
    ]
    assert [v.number for v in everything.versions()] == [1, 1]


@pytest.mark.parametrize("post", ["committee", "auditor"])
def test_who_reads_drafts_may_take_them_along(plans, everything, house, post):
    assert len(titles(replace(everything, reader=getattr(house, post), with_drafts=True))) == 3


def test_who_may_not_read_drafts_gets_none_whatever_is_asked(plans, everything, house, neighbour):
    for stranger in (neighbour.planning, house.administrator):
        assert titles(replace(everything, reader=stranger, with_drafts=True)) == titles(everything)


def test_the_plans_of_an_office_are_those_it_answers_for_formulates_or_helps_to_formulate(plans, everything):
    hacienda = plans["hacienda"]
    of_office = replace(everything, office=hacienda)
    assert titles(of_office) == ["Plan de archivo"]
    PlanVersion.objects.filter(pk=plans["draft"].pk).update(formulating_office=hacienda)
    with_drafts = replace(of_office, with_drafts=True)
    assert titles(with_drafts) == ["Plan de archivo", "Plan en borrador"]
    plans["draft"].participating_offices.add(plans["hacienda"])
    PlanVersion.objects.filter(pk=plans["draft"].pk).update(formulating_office=None)
    assert titles(with_drafts) == ["Plan de archivo", "Plan en borrador"]
    assert "con las actividades de las demás dependencias" in of_office.remarks[0]


def test_the_plans_of_a_policy(plans, everything, policy):
    assert titles(replace(everything, policy=policy)) == ["Plan de acción de Participación"]


@pytest.mark.parametrize("more", [0, 3])
def test_the_summary_costs_the_same_for_few_plans_and_for_many(
    plans, everything, house, more, django_assert_num_queries
):
    for number in range(more):
        make_published_plan(house.entity, title=f"Plan {number}", office=house.office)
    with django_assert_num_queries(4):
        assert len(everything.summaries()) == 2 + more


def test_the_summary_counts_activities_weights_and_months_without_the_cancelled(house, everything):
    content = PlanContent(
        title="Plan",
        activities=(
            ActivityContent(description="Una", weight=40, months=MonthSet([1, 2])),
            ActivityContent(description="Otra", weight="20.5", months=MonthSet([2])),
            ActivityContent(description="Cancelada", weight=30, months=MonthSet([3]), is_cancelled=True),
        ),
    )
    make_published_plan(house.entity, content=content)
    (plan,) = everything.summaries()
    assert (plan.activities, plan.cancelled, float(plan.weight)) == (2, 1, 60.5)
    assert plan.months == (1, 2, *[0] * 10)
    assert plan.busy_months == (1, 2)


def test_a_selection_without_plans_is_refused(everything, tmp_path):
    with pytest.raises(NoPlans, match="ningún plan"):
        write_consolidated(everything, "xlsx", tmp_path / "nada.xlsx", lambda *said: None)


def test_small_files_are_drawn_at_once(plans, everything):
    summaries = everything.summaries()
    assert is_small(summaries, "xlsx")
    assert is_small(summaries, "pdf")
    assert not is_small(summaries * 10, "pdf")


def test_the_file_is_named_after_what_it_holds(plans, everything, policy):
    name = file_name(replace(everything, office=plans["hacienda"], policy=policy), "pdf")
    about = f"{plans['hacienda'].slug}-participacion-ciudadana-en-la-gestion-pu"
    assert re.fullmatch(rf"cartago-planes-2024-{about}-\d{{4}}-\d\d-\d\d\.pdf", name)


# --- The workbook ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Plan de acción de la Política de Archivo", "7 Política de Archivo"),
        ("Plan de acción", "7 Plan de acción"),
        ("Ingresos/gastos: [2024]*?\\", "7 Ingresos gastos 2024"),
        ("Historia", "7 Historia"),
        ("«A" * 40, "7 " + ("«A" * 15)[:29]),
        ("Veintiocho letras y un espacio", "7 Veintiocho letras y un espaci"),
        ("'Entre comillas'", "7 'Entre comillas"),
    ],
)
def test_sheets_have_names_that_a_workbook_admits(title, name):
    assert sheet_name(7, title) == name
    assert len(name) <= 31


def test_the_workbook_has_a_summary_with_links_and_a_sheet_for_each_plan(plans, everything, tmp_path):
    book = load_workbook(BytesIO(drawn(everything, "xlsx", tmp_path)))
    assert book.sheetnames == ["Resumen", "Actividades", "1 Participación", "2 Plan de archivo", "Verificación"]
    summary = book["Resumen"]
    rows = [[cell.value for cell in row] for row in summary.iter_rows(min_row=6)]
    assert rows[0][:8] == [
        "N.º", "Plan", "Política de MIPG", "Estado", "Versión", "Actividades", "Canceladas",
        "Suma de ponderaciones (%)",
    ]  # fmt: skip
    assert rows[2][:7] == [2, "Plan de archivo", None, "Aprobado", 1, 3, 0]
    assert rows[2][8:] == [1, 1, 1, *[0] * 9]
    assert {cell.hyperlink.location for cell in summary["B"] if cell.hyperlink} == {
        "'1 Participación'!A1", "'2 Plan de archivo'!A1",
    }  # fmt: skip
    assert summary.freeze_panes == "C7"
    form = book["2 Plan de archivo"]
    assert (form["A12"].value, form["B14"].value) == ("N°", "Actividad número 1")


def test_the_workbook_holds_every_text_of_every_plan_and_none_of_others(plans, everything, full_plan, tmp_path):
    own = replace(everything, year=2025)
    publish_document_of(full_plan)
    book = load_workbook(BytesIO(drawn(own, "xlsx", tmp_path)))
    assert len(book.sheetnames) == 5
    shown = " ".join(
        str(c.value) for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None
    )
    for text in texts_of(plan_sheet(full_plan)):
        assert " ".join(text.split()) in " ".join(shown.split())
    assert "Plan del año siguiente" in shown
    assert "CANCELADA: =SUMA(A1:A9) no es una fórmula\nSe acabó el convenio. No hay otro" in shown
    for foreign in ("Plan vecino", "Plan en borrador", "Plan de archivo"):
        assert foreign not in shown
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]


def test_several_indicators_stand_in_the_table_a_line_each(everything, full_plan, tmp_path):
    publish_document_of(full_plan)
    table = load_workbook(BytesIO(drawn(replace(everything, year=2025), "xlsx", tmp_path)))["Actividades"]
    headings = [cell.value for cell in table[1]]
    first = dict(zip(headings, [cell.value for cell in table[2]], strict=True))
    assert (first["Plan"], first["Meta"], first["Meta del periodo III"]) == (
        full_plan.title,
        "4\n80",
        "\n75.125",
    )
    second = dict(zip(headings, [cell.value for cell in table[3]], strict=True))
    assert (second["Meta"], second["Cancelada"]) == (1, "Sí. Se acabó el convenio. No hay otro")
    assert table.auto_filter.ref.startswith("A1:")


def publish_document_of(version):
    PlanVersion.objects.filter(pk=version.pk).update(origin=Origin.DOCUMENT)
    version.refresh_from_db()
    publish_document(version)


def texts_of(sheet) -> list[str]:
    """What a form says, and the table of activities beside it."""
    texts = [sheet.title, sheet.objective, sheet.scope, sheet.process, sheet.subprocess, sheet.formulating_office]
    for activity in sheet.activities:
        texts += [
            activity.description,
            activity.detail,
            activity.deliverable,
            activity.note,
            activity.cancel_reason,
        ]
        texts += [activity.schedule_text, *activity.tasks, *(person.text for person in activity.responsibles)]
        texts += [*activity.objectives, activity.component or ""]
        texts += [value for i in activity.indicators for value in (i.name, i.result, i.unit, i.kind, i.numerator)]
    return [text for text in texts if text]


# --- The PDF --------------------------------------------------------------------------------------


@pytest.mark.usefixtures("pdf_tools")
def test_the_pdf_has_contents_that_lead_to_each_plan(plans, everything, tmp_path):
    content = drawn(replace(everything, with_drafts=True), "pdf", tmp_path)
    told = run_on("pdfinfo", content)
    assert re.search(r"Title: +Planes de acción 2024 · Alcaldía de Cartago\n", told)
    assert re.search(r"Tagged: +yes", told)
    assert re.search(r"Page size: +1008 x 612 pts", told)
    pages = run_on("pdftotext", content, "-raw").split("\f")[:-1]
    first = run_on("pdftotext", content, "-layout", "-l", "1")
    found = re.findall(r'^ *(\d+) \[.*"plan-(\d)"$', run_on("pdfinfo", content, "-dests"), re.MULTILINE)
    assert [number for _page, number in found] == ["1", "2", "3"]
    for page, number in found:
        plan = replace(everything, with_drafts=True).summaries()[int(number) - 1]
        assert words(plan.title) in words(pages[int(page) - 1])
        assert f"Folio {page}" in pages[int(page) - 1]
        assert words(plan.title) in words(first)
    assert re.search(r"Borrador +1 +3 +0 ", first)
    assert "Plan en borrador 2024 · Borrador, versión 1" in pages[-1]
    assert "Folio 1" in pages[0]
    assert f"Este archivo tiene {len(pages)} folios, con este índice" in " ".join(pages[0].split())
    assert "Página 1 de 1 del índice" in " ".join(pages[0].split())
    assert re.search(r"Página 1 de \d+ de este plan", " ".join(pages[1].split()))
    inside = unpacked(content)
    assert inside.count(b"/Subtype /Link") == 4  # one to each plan, one to where the file is verified
    assert b"/Outlines " in inside


@pytest.mark.usefixtures("pdf_tools")
def test_the_pdf_holds_every_text_of_every_plan_and_none_of_others(plans, everything, full_plan, tmp_path):
    publish_document_of(full_plan)
    shown = words(run_on("pdftotext", drawn(replace(everything, year=2025), "pdf", tmp_path), "-raw"))
    assert [text for text in texts_of(plan_sheet(full_plan)) if words(text) not in shown] == []
    assert words("Plan del año siguiente") in shown
    assert words("Cancelada. =SUMA(A1:A9)") in shown
    for foreign in ("Plan vecino", "Plan en borrador", "Plan de archivo"):
        assert words(foreign) not in shown


@pytest.mark.usefixtures("pdf_tools")
def test_contents_longer_than_a_page_still_name_the_right_folios(house, everything, tmp_path):
    for number in range(1, 41):
        make_published_plan(house.entity, title=f"Plan número {number:02}", activities=1)
    content = drawn(everything, "pdf", tmp_path)
    pages = run_on("pdftotext", content, "-raw").split("\f")[:-1]
    last = next(n for n, page in enumerate(pages, start=1) if page.startswith("Plan número 40 2024"))
    assert f"Plannúmero40Aprobado110enero{last}" in words(pages[1])
    assert f"Folio {last}" in pages[last - 1]
