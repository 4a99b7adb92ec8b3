"""The preview of an import as people answer it: on one page, with and without scripts, on a phone too."""

import pytest

from actionplans.models import ImportRun, PlanVersion
from tests.factories import make_office
from tests.messy_workbook import BAD_DATES, ROWS, UNCERTAIN, messy_workbook
from tests.steps import bring

F17 = "fixtures/forms/MESG-AS-F17-participacion-ciudadana-2024.xlsx"


@pytest.fixture
def offices(house):
    make_office(house.entity, "Secretaría de Hacienda", slug="hacienda")
    make_office(house.entity, "Oficina de Talento Humano", slug="talento")


def upload(page, name, content):
    page.goto("/gestion/cartago/importar/")
    page.get_by_label("Archivo del plan").set_input_files({"name": name, "mimeType": "", "buffer": content})
    page.get_by_role("button", name="Leer y mostrar lo leído").click()
    page.wait_for_url("**/importar/*/")


def test_a_messy_workbook_is_answered_without_leaving_the_page(house, offices, open_page, sign_in, violations):
    page, workbook = sign_in(open_page(), house.planning.email), messy_workbook()
    upload(page, "plan-2025.xlsx", workbook)
    address, left = page.url, page.locator("[data-left]")
    assert left.inner_text() == "Quedan 2 preguntas, 3 avisos y 1 columna sin encontrar."
    loads = []
    page.on("framenavigated", lambda frame: loads.append(frame.url))

    answers = {UNCERTAIN[0]: "Secretaría de Hacienda", UNCERTAIN[1]: "Oficina de Talento Humano"}
    for number, (text, office) in enumerate(answers.items()):
        question = page.get_by_label(f"¿Qué dependencia es «{text}»?")
        option = question.locator("option").filter(has_text=office)
        question.select_option(option.get_attribute("value"))
        expected = "Quedan 1 pregunta, 3 avisos" if not number else "Quedan 3 avisos y 1 columna"
        page.locator("[data-left]", has_text=expected).wait_for()
    page.get_by_label("La columna C es").select_option("Producto o entregable")
    page.locator("[data-left]", has_text="Quedan 3 avisos.").wait_for()
    for place, text in BAD_DATES.items():
        page.get_by_label(f"Corregir {place}").fill(text)
        page.get_by_label(f"Corregir {place}").press("Tab")
        page.get_by_label(f"Usted escribió en {place}").wait_for()
    assert left.inner_text() == "No queda nada por responder."
    assert page.locator("#import-status").text_content() == "No queda nada por responder."
    assert (loads, page.url) == ([], address)
    assert violations(page) == []

    page.get_by_role("button", name="Crear el borrador").click()
    page.get_by_role("link", name="Deshacer la importación").wait_for()
    assert violations(page) == []
    plan = PlanVersion.objects.get()
    assert list(plan.activities.values_list("deliverable", flat=True)) == ["Documento", "Informe", "Actas"]

    upload(page, "plan-2025.xlsx", workbook)
    assert page.get_by_text("El archivo dice lo mismo que el borrador").is_visible()
    assert page.get_by_role("button", name="Aplicar al borrador").count() == 0

    page.goto("/gestion/cartago/importar/")
    page.get_by_role("link", name="Deshacer la importación de plan-2025.xlsx").click()
    page.get_by_role("button", name="Sí, deshacer la importación").click()
    assert page.get_by_text("La importación se deshizo.").is_visible()
    assert not PlanVersion.objects.exists()


def test_without_scripts_the_buttons_do_the_same(house, offices, open_page, sign_in):
    page = sign_in(open_page(java_script_enabled=False), house.planning.email)
    upload(page, "plan-2025.xlsx", messy_workbook())
    page.get_by_label(f"¿Qué dependencia es «{UNCERTAIN[1]}»?").select_option("talento")
    page.get_by_label("Corregir F3").fill("28/02/2025")
    page.get_by_label("Corregir F3").press("Enter")
    assert page.locator("[data-left]").inner_text() == "Quedan 1 pregunta, 2 avisos y 1 columna sin encontrar."
    page.get_by_role("button", name="Crear el borrador").click()
    assert page.get_by_text("El plan quedó como borrador con 3 actividades.").is_visible()


def test_what_is_typed_while_an_answer_travels_is_not_lost(house, offices, open_page, sign_in):
    page = sign_in(open_page(), house.planning.email)
    upload(page, "plan-2025.xlsx", messy_workbook())
    page.route("**/importar/*/", lambda route: (page.wait_for_timeout(600), route.continue_()))
    with page.expect_request(lambda request: request.method == "POST"):
        page.get_by_label("Corregir F3").fill("28/02/2025")
        page.get_by_label("Corregir F3").press("Tab")
        page.get_by_label("Corregir E4").focus()
    page.keyboard.type("01/04")
    page.get_by_label("Usted escribió en F3").wait_for()
    field = page.get_by_label("Corregir E4")
    assert field.input_value() == "01/04"
    assert field.evaluate("field => field === document.activeElement")


@pytest.mark.parametrize(("width", "theme"), [(360, "light"), (1280, "light"), (1280, "dark")])
def test_axe_finds_nothing_on_the_pages_of_imports(width, theme, house, offices, open_page, sign_in, violations):
    with open(F17, "rb") as file:
        bring(house, file.read(), name="f17.xlsx")
    done = bring(house, messy_workbook())
    page, found = sign_in(open_page(width, theme), house.planning.email), []
    page.goto(f"/gestion/cartago/importar/{done.pk}/")
    page.get_by_role("button", name="Crear el borrador").click()
    page.get_by_role("link", name="Deshacer la importación").wait_for()
    rows = [[1, "Actualizar y publicar la caracterización", *ROWS[0][2:]], ROWS[1], [9, "Otra", *ROWS[2][2:]]]
    bring(house, messy_workbook(rows))
    first, applied, different = (run.pk for run in ImportRun.objects.order_by("pk"))
    base = "/gestion/cartago/importar/"
    for address in [
        base,
        f"{base}{first}/",
        f"{base}{first}/descartar/",
        f"{base}{applied}/",
        f"{base}{applied}/deshacer/",
        f"{base}{different}/",
    ]:
        assert page.goto(address).status == 200, address
        page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })")
        found += violations(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
    assert found == []
