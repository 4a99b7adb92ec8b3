"""A line that fails: what was typed waits in the browser and goes by itself."""

import pytest
from playwright.sync_api import expect

from actionplans.enums import ReportStatus
from actionplans.models import Contribution, Evidence, Report
from tests.report_steps import COUNTED, NO_TARGET, SHARED

from .hands import ACTA, KEPT, choose, choose_public, draft, forgotten, narrative, told


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
