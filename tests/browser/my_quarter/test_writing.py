"""«Mi trimestre» on a real browser: text that saves itself, photos, and no script at all."""

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import expect

from actionplans.models import Evidence, Report, ReportDraft
from tests.following import report
from tests.report_steps import COUNTED, NO_TARGET, RATIO

from .hands import ACTA, KEPT, choose, choose_public, draft, narrative, told


def photo(side=3000):
    """A picture that does not compress away, as a telephone takes it."""
    noise = Image.effect_noise((side, side * 3 // 4), 90).convert("RGB")
    out = io.BytesIO()
    noise.save(out, "JPEG", quality=90)
    return {"name": "taller.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def test_what_is_typed_saves_itself_and_says_where_it_leads(desk, open_report):
    report(desk.house, desk.activities[COUNTED], desk.quarters[1], 38)
    page = open_report()
    page.get_by_label("Funcionarios capacitados").fill("22")
    expect(page.locator("[data-leads]")).to_have_text("Con esto llega a 38 + 22 = 60 de 60 funcionarios")
    narrative(page).fill("Dos talleres")
    told(page, "Borrador guardado a las")
    assert draft().answers == {"value_1": "22", "narrative": "Dos talleres"}
    assert page.evaluate(KEPT) == []


def test_the_quotient_is_shown_while_it_is_typed(open_report):
    page = open_report(RATIO)
    page.get_by_label("Respondidas a tiempo").fill("1.900")
    page.get_by_label("Recibidas").fill("2000")
    expect(page.locator("[data-leads]")).to_have_text("1.900 ÷ 2.000 × 100 = 95 %; la meta es 98 %")


def test_photos_are_made_small_before_they_are_sent(open_report):
    page = open_report()
    big = photo()
    choose(page, big)
    expect(page.locator("[data-chosen]")).to_contain_text("Las fotos se redujeron")
    choose_public(page)
    page.get_by_role("button", name="Adjuntar").click()
    expect(page.locator("[data-attached]")).to_contain_text("taller.jpg", timeout=15_000)
    told(page, "Borrador guardado a las")
    piece = Evidence.objects.get()
    assert piece.size < len(big["buffer"]) / 2
    with piece.file.open() as stored:
        assert max(Image.open(stored).size) == 1600


def test_pressing_send_three_times_makes_one_version(desk, open_report):
    page = open_report(NO_TARGET)
    narrative(page).fill("Dos veedurías")
    told(page, "Borrador guardado")
    page.evaluate("""() => {
        const button = document.querySelector("[name=do][value=send]");
        for (let time = 0; time < 3; time += 1) button.click();
    }""")
    expect(page.get_by_text("La actividad 4 quedó enviada a planeación.")).to_be_visible()
    assert Report.objects.get().revisions.count() == 1


def test_the_last_text_is_copied_only_when_asked(desk, open_report):
    report(desk.house, desk.activities[COUNTED], desk.quarters[1], 38, narrative="Tres talleres.")
    page = open_report()
    expect(narrative(page)).to_have_value("")
    page.get_by_role("link", name="Copiar el texto").click()
    expect(narrative(page)).to_have_value("Tres talleres.")
    told(page, "Borrador guardado a las")


def test_several_forms_on_the_page_of_the_quarter_save_themselves(desk, open_report):
    page = open_report()
    page.goto(f"/seguimiento/cartago/?periodo={desk.quarter.pk}")
    for number, words in ((COUNTED, "Dos talleres"), (NO_TARGET, "Dos veedurías")):
        item = page.locator(f"#actividad-{desk.activities[number].pk}")
        item.locator("summary").first.click()
        item.get_by_label("¿Qué se hizo?").fill(words)
        expect(item.locator("[data-told]")).to_have_text(re.compile("Borrador guardado a las"), timeout=15_000)
    texts = {row.answers["narrative"] for row in ReportDraft.objects.all()}
    assert texts == {"Dos talleres", "Dos veedurías"}


def test_without_script_a_report_is_sent_with_its_evidence(desk, open_report):
    page = open_report(java_script_enabled=False)
    page.get_by_label("Funcionarios capacitados").fill("22")
    narrative(page).fill("Dos talleres")
    choose(page, ACTA)
    choose_public(page)
    page.get_by_role("button", name="Enviar esta actividad").click()
    expect(page.get_by_text("La actividad 1 quedó enviada a planeación.")).to_be_visible()
    sent = Report.objects.get().current
    assert sent.evidence.get().name == "acta.pdf"
    assert sent.measurements.get().value == 22


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_pages_are_accessible_and_fit(desk, open_report, violations, width, theme):
    report(desk.house, desk.activities[COUNTED], desk.quarters[1], 38, narrative="Tres talleres. " * 60)
    page = open_report(width=width, theme=theme)
    found = []
    for address in (
        desk.address(COUNTED),
        desk.address(RATIO),
        f"/seguimiento/cartago/?periodo={desk.quarter.pk}",
    ):
        page.goto(address)
        for summary in page.locator("main summary").all():
            if summary.is_visible():
                summary.click()
        found += violations(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.goto(desk.address(COUNTED))
    page.locator("[name=do][value=send]").click()
    expect(page.locator("[data-errors]")).to_be_focused()
    found += violations(page)
    assert found == []
