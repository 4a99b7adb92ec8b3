"""A plan from nothing to its second version, as people make it: the keyboard, a block from Excel, an act."""

import pytest
from playwright.sync_api import expect

from actionplans.models import ActionPlan
from tests.browser.sheet.hands import cell, paste, told

NAME_OF_FOCUS = """() => {
    const element = document.activeElement;
    return (element.labels?.[0] ?? element).textContent.trim();
}"""


@pytest.fixture
def planning(house, open_page, sign_in):
    return sign_in(open_page(1440), house.planning.email)


def tab_to(page, name):
    """Press Tab until what has the focus is called so."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(NAME_OF_FOCUS).startswith(name):
            return
    raise AssertionError(f"the keyboard does not reach «{name}» on {page.url}")


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def create_with_the_keyboard(page):
    page.goto("/gestion/cartago/")
    tab_to(page, "Crear un plan")
    press(page, "Enter")
    page.wait_for_url("**/nuevo/")
    tab_to(page, "En blanco")
    press(page, "Enter")
    page.wait_for_url("**/en-blanco/")
    tab_to(page, "Vigencia")
    press(page, "Control+a")
    page.keyboard.type("2025")
    tab_to(page, "Clase de plan")
    page.keyboard.type("Otro")
    tab_to(page, "Título")
    page.keyboard.type("Plan de transparencia")
    tab_to(page, "Objetivo")
    page.keyboard.type("Que la ciudadanía sepa qué se hace")
    tab_to(page, "Crear el plan")
    press(page, "Enter")
    page.wait_for_url("**/hoja/")


def five_activities_with_the_keyboard(page):
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "TD":
            break
    for number in range(1, 6):
        page.keyboard.type(f"Escribir el informe {number}")
        press(page, "Tab", "Tab", "x", "ArrowRight", "2", "Home", "ArrowDown")
    told(page, "Guardado a las")


def ten_rows_from_excel(page, office):
    months = "\t".join("x" if month in (9, 10) else "" for month in range(1, 13))
    rows = [f"Publicar el dato {n}\tReunirlo\t{months}\tDato abierto\tDatos\t\t{office}" for n in range(1, 11)]
    paste(page, "\r\n".join(rows) + "\r\n")
    expect(page.locator(".sheet tr[data-key]")).to_have_count(15)
    told(page, "Guardado a las")


def send_to_review(page):
    page.get_by_role("link", name="Enviar a revisión").click()
    page.get_by_role("button", name="Enviar a revisión").click()


def approve_with_an_act(page, pk, name, day):
    page.goto(f"/gestion/cartago/planes/{pk}/aprobar/")
    page.get_by_label("Número o nombre del acto").fill(name)
    page.get_by_label("Fecha del acto").fill(day)
    page.get_by_role("button", name="Aprobar").click()


def test_from_nothing_to_a_second_version(house, planning, open_page, sign_in):
    page = planning
    create_with_the_keyboard(page)
    five_activities_with_the_keyboard(page)
    ten_rows_from_excel(page, house.office.name)
    cell(page, 6, "Dic").click()
    told(page, "Guardado a las")
    send_to_review(page)
    version = ActionPlan.objects.get().versions.get()

    committee = sign_in(open_page(), house.committee.email)
    approve_with_an_act(committee, version.pk, "Acta n.º 1", "2025-01-30")

    citizen = open_page()
    citizen.goto("/cartago/planes/2025/plan-de-transparencia/")
    assert citizen.get_by_text("Acta n.º 1").first.is_visible()
    assert citizen.get_by_text("Publicar el dato 10").first.is_visible()
    assert "Se aprobó y publicó (versión 1)" in citizen.locator("main").inner_text()

    page.goto(f"/gestion/cartago/planes/{version.pk}/modificar/")
    page.get_by_label("Motivo").fill("Cambió el presupuesto")
    page.get_by_label("Cuenta desde").select_option("abril de 2025")
    page.get_by_role("button", name="Abrir la modificación").click()
    page.get_by_role("link", name="Editar el plan").click()
    cell(page, 2, "Producto o entregable").click()
    page.keyboard.type("Informe impreso")
    press(page, "Enter")
    cell(page, 7, "Peso (%)").click()
    page.keyboard.type("100")
    press(page, "Enter")
    cell(page, 15, "Nov").click()
    told(page, "Guardado a las")
    send_to_review(page)
    approve_with_an_act(committee, ActionPlan.objects.get().versions.get(number=2).pk, "Acta n.º 2", "2025-04-02")

    citizen.goto("/cartago/planes/2025/plan-de-transparencia/comparar/1/2/")
    assert citizen.get_by_text("La versión 2 cambia 3 actividades.").is_visible()
    assert citizen.locator("tbody th").all_inner_texts() == ["Entregable", "Ponderación", "Meses programados"]
    changed = citizen.locator("tbody tr").all_inner_texts()
    assert "Informe impreso" in changed[0]
    assert "100 %" in changed[1]
    assert "noviembre" in changed[2]
