"""The sheet's dialogs, its pages without script, and its accessibility."""

import re

import pytest
from playwright.sync_api import expect

from actionplans.models import ActionPlan, PlanVersion

from .hands import cell, rows


def test_all_the_data_of_an_activity_in_a_dialog(draft, open_sheet):
    page = open_sheet(draft)
    page.get_by_role("link", name="Actividad 1: todos sus datos").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Explicación").fill("Se hace cada año")
    dialog.get_by_label("Peso (%)").fill("mil")
    dialog.get_by_role("button", name="Guardar la actividad").click()
    dialog.get_by_role("alert").wait_for()
    assert "no es una cifra" in dialog.get_by_role("alert").inner_text()
    dialog.get_by_label("Peso (%)").fill("40")
    dialog.get_by_label("Indicador", exact=True).fill("Informes publicados")
    dialog.get_by_label("Tipo de indicador").select_option("Conteo")
    dialog.get_by_role("button", name="Guardar la actividad").click()
    dialog.wait_for(state="hidden")
    row = draft.activities.get(activity__key=1)
    assert (row.detail, str(row.weight), row.indicators.get().kind) == ("Se hace cada año", "40.00", "count")
    assert cell(page, 1, "Indicador").inner_text() == "Informes publicados"


def test_the_plan_s_data_save_themselves(draft, open_sheet):
    page = open_sheet(draft)
    page.get_by_text("Datos del plan: título").click()
    page.get_by_label("Alcance").fill("Todo el municipio")
    expect(page.locator("[data-header-state]")).to_have_text(re.compile("^Guardado"))
    assert PlanVersion.objects.get(pk=draft.pk).scope == "Todo el municipio"


def test_without_javascript_every_row_has_its_page(house, draft, open_sheet):
    page = open_sheet(draft, java_script_enabled=False)
    page.get_by_role("link", name="Agregar una actividad").click()
    page.get_by_label("Actividad (obligatorio)", exact=True).fill("Sin guion")
    page.get_by_label("Marzo").check()
    page.get_by_label("Dependencia o comité").first.select_option(house.office.name)
    page.get_by_role("button", name="Guardar la actividad").click()
    assert rows(draft)[-1] == (4, "Sin guion")
    page.get_by_role("link", name="Actividad 4: todos sus datos").click()
    page.get_by_role("button", name="Subir").click()
    assert [key for key, _ in rows(draft)] == [1, 2, 4, 3]
    page.get_by_role("link", name="Actividad 4: todos sus datos").click()
    page.get_by_role("button", name="Quitar del borrador").click()
    page.get_by_text("Actividades quitadas de este borrador").click()
    page.get_by_role("button", name="Recuperar la actividad 4").click()
    assert [key for key, _ in rows(draft)] == [1, 2, 4, 3]
    page.get_by_text("Datos del plan: título").click()
    page.get_by_label("Objetivo", exact=True).fill("Servir mejor")
    page.get_by_role("button", name="Guardar los datos del plan").click()
    assert PlanVersion.objects.get(pk=draft.pk).objective == "Servir mejor"


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_on_the_sheet(width, theme, draft, open_sheet, violations):
    page = open_sheet(draft, width, theme=theme)
    found = violations(page)
    cell(page, 1, "Actividad").click()
    page.keyboard.press("Enter")
    found += violations(page)
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    found += violations(page)
    page.keyboard.press("Escape")
    page.goto(f"/gestion/cartago/planes/{draft.pk}/hoja/actividades/1/")
    found += violations(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert found == []
    assert ActionPlan.objects.count() == 1
