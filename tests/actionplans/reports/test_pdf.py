"""The PDF says all that the plan says, on legal landscape, tagged, and brings nothing from elsewhere."""

import re
from urllib.parse import unquote

import pytest

from actionplans.domain.contents.content import PlanContent
from actionplans.domain.plan import create_plan
from actionplans.reports.plan import pdf
from actionplans.reports.plan.builders import plan_sheet
from actionplans.reports.plan.month_strips import strip_rules
from tests.factories import activity_contents

from .conftest import run_on
from .printed import unpacked, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pdf_tools")]


def test_it_is_tagged_legal_landscape_with_title_language_and_its_standard(full_plan):
    content = pdf.render(plan_sheet(full_plan))
    told = run_on("pdfinfo", content)
    assert re.search(r"Title: +Plan de percepción ciudadana 2025\n", told)
    assert re.search(r"Tagged: +yes", told)
    assert re.search(r"Page size: +1008 x 612 pts", told)
    assert re.search(rb"/Lang ?\(es-CO\)", unpacked(content))
    assert b"pdfuaid:part" in unpacked(content)
    structure = run_on("pdfinfo", content, "-struct")
    assert {"H1", "Table", "TH", "TD"} <= set(structure.replace(":", "").split())


def test_it_holds_every_text_of_the_plan(full_plan):
    sheet = plan_sheet(full_plan)
    shown = words(run_on("pdftotext", pdf.render(sheet), "-raw"))
    texts = [sheet.title, sheet.objective, sheet.scope, sheet.process, sheet.note, sheet.source]
    texts += [text for pair in (*sheet.objectives, *sheet.sections) for text in pair if text]
    texts += [component.description for component in sheet.components]
    for activity in sheet.activities:
        texts += [
            activity.description,
            activity.detail,
            activity.deliverable,
            activity.note,
            activity.schedule_text,
        ]
        texts += [*activity.tasks, *(person.text for person in activity.responsibles)]
        texts += [value for i in activity.indicators for value in (i.name, i.result, i.unit, i.kind, i.numerator)]
    assert [text for text in texts if text and words(text) not in shown] == []
    assert words("1.250.000,5") in shown
    assert words("28 de noviembre de 2025") in shown
    assert words("Meta del trimestre I: 1 · Meta del trimestre II: 0 · Meta del trimestre IV: 2,5") in shown
    assert words("Reporta el avance: Sec. de Hacienda") in shown
    assert words("Cancelada. =SUMA(A1:A9) no es una fórmula") in shown


def test_the_months_are_read_in_words_beside_their_colour(full_plan):
    shown = run_on("pdftotext", pdf.render(plan_sheet(full_plan)), "-raw")
    assert "febreromarzonoviembre" in words(shown)


def test_the_months_are_one_cell_with_a_drawing_for_each_different_set(full_plan):
    page = pdf.plan_html(plan_sheet(full_plan))
    assert page.count('<td class="strip ') == 3
    assert re.findall(r"\.m(\d+) \{", page) == ["4095", "1030", "2048"]
    assert '<td class="strip m1030" colspan="12">febrero marzo noviembre</td>' in page


def test_the_drawing_fills_the_months_and_draws_the_lines_between_all():
    rule = unquote(strip_rules([(1, 12), (1, 12)]))
    assert rule.count("{") == 1
    assert rule.startswith(".m2049 {")
    assert '<path d="M0 0h1v1h-1zM11 0h1v1h-1z" fill="#92D050"/>' in rule
    assert rule.count("v1h-0.036z") == 11


def test_the_header_of_the_table_and_the_page_number_are_on_every_page(cartago):
    content = PlanContent(title="Plan largo", activities=activity_contents(60))
    version = create_plan(cartago, 2025, content, by=None)
    document = pdf.render(plan_sheet(version))
    pages = run_on("pdftotext", document, "-raw").split("\f")[:-1]
    assert len(pages) >= 3
    for number, page in enumerate(pages, start=1):
        assert f"Página {number} de {len(pages)}" in page
    assert all("SEGUIMIENTO TRIMESTRAL" in page for page in pages[:-1])


def test_markup_in_a_text_is_text(cartago):
    content = PlanContent(title="<b>Plan</b>", activities=activity_contents(1, description="<img src=http://x>"))
    shown = run_on("pdftotext", pdf.render(plan_sheet(create_plan(cartago, 2025, content, by=None))), "-raw")
    assert words("<imgsrc=http://x>") in words(shown)


def test_nothing_is_fetched():
    for address in ("https://example.org/logo.png", "file:///etc/hostname"):
        with pytest.raises(ValueError, match="disallowed protocol"):
            pdf.fetcher().fetch(address)
