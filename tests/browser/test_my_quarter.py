"""«Mi trimestre» on a real browser: a line that fails, photos, two people, and no script at all."""

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import expect

from actionplans.domain.following.reporting.drafts import save_draft
from actionplans.domain.following.reporting.sending import contribute
from actionplans.enums import ReportStatus
from actionplans.models import Contribution, Evidence, Report, ReportDraft
from tests.factories import make_user
from tests.following import promised, report
from tests.report_steps import COUNTED, NO_TARGET, RATIO, SHARED, make_desk

ACTA = {"name": "acta.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n% prueba\n%%EOF\n"}
KEPT = """async () => {
    const database = await new Promise((resolve) => {
        const request = indexedDB.open("mi-trimestre");
        request.onsuccess = () => resolve(request.result);
    });
    if (!database.objectStoreNames.contains("reportes")) return [];
    return new Promise((resolve) => {
        const request = database.transaction("reportes").objectStore("reportes").getAll();
        request.onsuccess = () => { database.close(); resolve(request.result.map((record) => record.key)); };
    });
}"""


@pytest.fixture
def desk(house):
    return make_desk(house)


@pytest.fixture
def open_report(open_page, sign_in, desk):
    def open_(number=COUNTED, width=1280, user=None, **options):
        page = sign_in(open_page(width, **options), (user or desk.house.leader).email)
        page.goto(desk.address(number))
        return page

    return open_


def told(page, words):
    expect(page.locator("[data-told]").first).to_have_text(re.compile(words), timeout=15_000)


def narrative(page):
    return page.get_by_label("¿Qué se hizo?").first


def forgotten(page):
    """The browser keeps nothing, at once or in a moment."""
    for _ in range(50):
        if not (kept := page.evaluate(KEPT)):
            return
        page.wait_for_timeout(100)
    raise AssertionError(kept)


def choose(page, *files):
    page.get_by_text("Agregar fotos").click()
    page.get_by_label("Archivos").set_input_files(list(files))


def choose_public(page):
    page.get_by_role("radio", name="Pública:").check()


def draft():
    return ReportDraft.objects.get()


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


def test_the_network_is_cut_in_mid_form_and_nothing_is_lost(desk, open_report):
    page = open_report()
    narrative(page).fill("Antes del corte")
    told(page, "Borrador guardado a las")
    page.context.set_offline(True)
    narrative(page).fill("Antes del corte y después")
    page.get_by_label("Agosto").check()
    choose(page, ACTA)
    choose_public(page)
    told(page, r"Sin conexión: guardado en este equipo a las \d\d:\d\d")
    assert draft().answers == {"narrative": "Antes del corte"}
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        page.reload()
    page.wait_for_url("chrome-error://**")
    page.goto("about:blank")  # the browser's own error page would load again by itself, at the same time
    page.context.set_offline(False)
    page.goto(desk.address(COUNTED))
    expect(narrative(page)).to_have_value("Antes del corte y después")
    expect(page.get_by_label("Agosto")).to_be_checked()
    expect(page.locator("[data-chosen]")).to_contain_text("acta.pdf")
    told(page, "Borrador guardado a las")
    assert draft().answers["narrative"] == "Antes del corte y después"
    page.get_by_role("button", name="Adjuntar").click()
    expect(page.locator("[data-attached]")).to_contain_text("acta.pdf")
    told(page, "Borrador guardado a las")
    assert draft().evidence.get().sha256
    expect(page.locator("[data-chosen]")).to_be_hidden()
    forgotten(page)


def test_the_line_comes_back_and_the_text_goes_by_itself(open_report):
    page = open_report()
    page.context.set_offline(True)
    narrative(page).fill("Escrito sin línea")
    told(page, "Sin conexión: guardado en este equipo")
    page.context.set_offline(False)
    told(page, "Borrador guardado a las")
    assert draft().answers == {"narrative": "Escrito sin línea"}


def test_a_file_asked_for_without_line_is_attached_when_it_is_back(open_report):
    page = open_report()
    choose(page, ACTA)
    choose_public(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="Adjuntar").click()
    told(page, "los archivos quedan en este equipo")
    page.context.set_offline(False)
    expect(page.locator("[data-attached]")).to_contain_text("acta.pdf", timeout=15_000)
    told(page, "Borrador guardado a las")
    assert Evidence.objects.count() == 1


def test_sending_without_line_keeps_everything_and_goes_later(desk, open_report):
    page = open_report(NO_TARGET)
    narrative(page).fill("Dos veedurías")
    told(page, "Borrador guardado")
    page.context.set_offline(True)
    narrative(page).fill("Tres veedurías")
    page.get_by_role("button", name="Enviar esta actividad").click()
    told(page, "Sin conexión: guardado en este equipo")
    assert Report.objects.get().status == ReportStatus.PENDING
    page.context.set_offline(False)
    told(page, "Borrador guardado a las")
    page.get_by_role("button", name="Enviar esta actividad").click()
    expect(page.get_by_text("La actividad 4 quedó enviada a planeación.")).to_be_visible()
    assert Report.objects.get().current.narrative == "Tres veedurías"
    assert page.evaluate(KEPT) == []


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


def test_two_people_choose_which_text_stays(desk, open_report):
    other = make_user("colega@cartago.example", desk.house.entity, "leader", offices=[desk.house.office])
    page = open_report()
    promise = promised(desk.activities[COUNTED], desk.quarter)
    save_draft(promise, desk.quarter, {"narrative": "Lo del colega"}, by=other, revision=None)
    narrative(page).fill("Lo mío")
    box = page.locator(".report-conflict")
    expect(box).to_contain_text("Lo del colega", timeout=15_000)
    expect(narrative(page)).to_have_value("Lo mío")
    box.get_by_role("button", name="Guardar lo mío").click()
    told(page, "Borrador guardado a las")
    assert draft().answers == {"narrative": "Lo mío"}


def test_the_other_s_text_can_be_taken(desk, open_report):
    other = make_user("colega@cartago.example", desk.house.entity, "leader", offices=[desk.house.office])
    page = open_report()
    promise = promised(desk.activities[COUNTED], desk.quarter)
    theirs = {"narrative": "Lo del colega", "months": ["8"]}
    save_draft(promise, desk.quarter, theirs, by=other, revision=None)
    narrative(page).fill("Lo mío")
    page.get_by_role("button", name="Dejar lo guardado").click(timeout=15_000)
    expect(narrative(page)).to_have_value("Lo del colega")
    expect(page.get_by_label("Agosto")).to_be_checked()
    told(page, "Borrador guardado|guardado")
    assert draft().answers == theirs


def leave_unsent(page, words="Secreto"):
    """Text that stays in the browser alone."""
    page.route("**/borrador/", lambda route: route.abort())
    narrative(page).fill(words)
    told(page, "guardado en este equipo")
    assert len(page.evaluate(KEPT)) == 1


def sign_out_of_the_page(page):
    page.locator("details.account summary").click()
    page.get_by_role("button", name="Cerrar sesión").click()


def test_signing_out_names_what_is_unsent_and_then_erases_it(desk, open_report, violations):
    page = open_report()
    leave_unsent(page)
    sign_out_of_the_page(page)
    page.wait_for_url("**/cuenta/salir/")
    box = page.locator("[data-unsent]")
    expect(box).to_contain_text("Capacitar funcionarios: texto")
    expect(box.get_by_role("link", name="Enviar antes de salir")).to_have_attribute("href", desk.address(COUNTED))
    assert violations(page) == []
    page.locator("main").get_by_role("button", name="Cerrar sesión").click()
    page.wait_for_url(lambda address: "/cuenta/salir/" not in address)
    page.goto("/cuenta/ingresar/")
    forgotten(page)


def test_signing_out_with_everything_sent_asks_nothing(desk, open_report):
    page = open_report()
    narrative(page).fill("Guardado")
    sign_out_of_the_page(page)
    page.wait_for_url(lambda address: "seguimiento" not in address and "salir" not in address)
    assert draft().answers == {"narrative": "Guardado"}


def test_another_account_on_the_same_computer_finds_nothing(desk, open_report, sign_in):
    other = make_user("colega@cartago.example", desk.house.entity, "leader", offices=[desk.house.office])
    page = open_report()
    leave_unsent(page)
    page.context.clear_cookies()  # the session ended by itself
    sign_in(page, other.email)
    page.goto(desk.address(COUNTED))
    expect(narrative(page)).to_have_value("")
    expect(page.get_by_text("Secreto")).to_have_count(0)
    page.goto("/cuenta/salir/")
    expect(page.locator("[data-unsent]")).to_be_hidden()
    page.locator("main").get_by_role("button", name="Cerrar sesión").click()
    page.wait_for_url(lambda address: "/cuenta/salir/" not in address)
    page.unroute("**/borrador/")
    sign_in(page, desk.house.leader.email)
    page.goto(desk.address(COUNTED))
    expect(narrative(page)).to_have_value("Secreto")
    told(page, "Borrador guardado a las")
    assert draft().answers == {"narrative": "Secreto"}


def test_a_session_that_ended_is_said_with_the_way_back(desk, open_report):
    page = open_report()
    page.context.clear_cookies()
    narrative(page).fill("Escrito después")
    told(page, "Su sesión terminó. Lo que escribió está guardado en este equipo")
    way_back = page.locator("[data-told]").get_by_role("link", name="Ingresar de nuevo")
    expect(way_back).to_have_attribute("href", re.compile("^/cuenta/ingresar/[?]next=%2Fseguimiento"))


def test_a_stale_page_does_not_pass_over_what_a_colleague_sent(desk, open_report):
    other = make_user("colega@cartago.example", desk.house.entity, "leader", offices=[desk.house.office])
    page = open_report()
    report(desk.house, desk.activities[COUNTED], desk.quarter, 22, by=other, narrative="Lo del colega")
    narrative(page).fill("Lo mío")
    box = page.locator(".report-conflict")
    expect(box).to_contain_text("lo envió mientras usted lo escribía", timeout=15_000)
    expect(box).to_contain_text("Lo del colega")
    expect(narrative(page)).to_have_value("Lo mío")
    assert not ReportDraft.objects.exists()
    assert Report.objects.get().current.narrative == "Lo del colega"
    box.get_by_role("button", name="Guardar lo mío").click()
    told(page, "Borrador guardado a las")
    assert draft().answers["narrative"] == "Lo mío"


def test_what_two_people_write_in_other_fields_goes_together(desk, open_report):
    other = make_user("colega@cartago.example", desk.house.entity, "leader", offices=[desk.house.office])
    page = open_report()
    save_draft(
        promised(desk.activities[COUNTED], desk.quarter),
        desk.quarter,
        {"difficulties": "Llovió"},
        by=other,
        revision=None,
    )
    narrative(page).fill("Dos talleres")
    told(page, "quedaron juntos")
    expect(page.get_by_label("Dificultades")).to_have_value("Llovió")
    assert draft().answers == {"narrative": "Dos talleres", "difficulties": "Llovió"}


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


def test_a_contribution_outlives_the_line(desk, open_report, violations):
    page = open_report(SHARED)
    text = page.get_by_label("¿Qué aportó su dependencia?")
    text.fill("Prestamos el auditorio")
    told(page, "Aporte guardado a las")
    assert Contribution.objects.get().text == "Prestamos el auditorio"
    page.context.set_offline(True)
    text.fill("Prestamos el auditorio y el sonido")
    choose(page, ACTA)
    choose_public(page)
    told(page, "Sin conexión: guardado en este equipo")
    page.goto("about:blank")
    page.context.set_offline(False)
    page.goto(desk.address(SHARED))
    expect(text).to_have_value("Prestamos el auditorio y el sonido")
    expect(page.locator("[data-chosen]")).to_contain_text("acta.pdf")
    page.get_by_role("button", name="Guardar el aporte").last.click()
    expect(page.locator("[data-attached]")).to_contain_text("acta.pdf", timeout=15_000)
    told(page, "Aporte guardado a las")
    row = Contribution.objects.get()
    assert (row.text, row.evidence.get().name) == ("Prestamos el auditorio y el sonido", "acta.pdf")
    forgotten(page)
    assert violations(page) == []


def test_a_contribution_written_in_two_places_asks_which_stays(desk, open_report):
    other = make_user("colega@cartago.example", desk.house.entity, "leader", offices=[desk.house.office])
    page = open_report(SHARED)
    promise = promised(desk.activities[SHARED], desk.quarter)
    contribute(promise, desk.quarter, desk.house.office, by=other, text="Lo del colega")
    text = page.get_by_label("¿Qué aportó su dependencia?")
    text.fill("Lo mío")
    box = page.locator(".report-conflict")
    expect(box).to_contain_text("Lo del colega", timeout=15_000)
    expect(text).to_have_value("Lo mío")
    box.get_by_role("button", name="Guardar lo mío").click()
    told(page, "Aporte guardado a las")
    assert Contribution.objects.get().text == "Lo mío"


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
