"""The sheet as a person uses it: the keyboard alone, blocks from Excel, two people in one row."""

import re

import pytest
from playwright.sync_api import expect

from actionplans.models import ActionPlan, PlanVersion
from planning.models import AuditEvent
from tests.factories import make_draft, make_office


@pytest.fixture
def draft(house):
    return make_draft(house.entity, office=house.office, activities=3)


@pytest.fixture
def open_sheet(open_page, sign_in, house):
    def open_(version, width=1440, **options):
        page = sign_in(open_page(width, **options), house.planning.email)
        page.goto(f"/gestion/cartago/planes/{version.pk}/hoja/")
        return page

    return open_


def saved(page):
    told(page, "Guardado a las")


def told(page, words):
    expect(page.locator("[data-state]")).to_have_text(re.compile(words))


def cell(page, key, column):
    """The cell of activity `key` under a column's label; months by their three letters."""
    headings = page.locator(".sheet thead th").all_text_contents()
    place = [text.strip() for text in headings].index(column)
    return page.locator(f"#actividad-{key} > *").nth(place)


def paste(page, text):
    page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.setData('text/plain', text);
            document.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true}));
        }""",
        text,
    )


def rows(version):
    return list(version.activities.order_by("position").values_list("activity__key", "description"))


def test_five_activities_with_the_keyboard_alone(house, open_sheet):
    version = make_draft(house.entity, activities=0, title="Plan nuevo")
    page = open_sheet(version)
    for _ in range(200):
        if page.evaluate("document.activeElement.tagName") == "TD":
            break
        page.keyboard.press("Tab")
    for number in range(1, 6):
        page.keyboard.type(f"Actividad {number}")
        page.keyboard.press("Tab")
        page.keyboard.type("Primera tarea")
        page.keyboard.press("Alt+Enter")
        page.keyboard.type("Segunda tarea")
        page.keyboard.press("Tab")
        page.keyboard.press("x")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("2")
        page.keyboard.press("Home")
        page.keyboard.press("ArrowDown")
    saved(page)
    assert [description for _, description in rows(version)] == [f"Actividad {number}" for number in range(1, 6)]
    for row in version.activities.all():
        assert list(row.months) == [1, 4, 5, 6]
        assert [task.text for task in row.tasks.all()] == ["Primera tarea", "Segunda tarea"]
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('[data-sheet]')") is None


def test_a_block_copied_from_excel_fills_cells_and_adds_rows(house, draft, open_sheet):
    page = open_sheet(draft)
    cell(page, 2, "Actividad").click()
    months = "\t".join("x" if month in (3, 4) else "" for month in range(1, 13))
    lines = [
        f'Pegada {number}\t"Tarea a\nTarea ""b"""\t{months}\tInforme\tNúmero de informes\t\t{house.office.name}'
        for number in range(1, 11)
    ]
    paste(page, "\r\n".join(lines) + "\r\n")
    saved(page)
    assert len(rows(draft)) == 11
    assert rows(draft)[1:3] == [(2, "Pegada 1"), (3, "Pegada 2")]
    row = draft.activities.get(activity__key=7)
    assert (row.description, list(row.months), row.deliverable) == ("Pegada 6", [3, 4], "Informe")
    assert [task.text for task in row.tasks.all()] == ["Tarea a", 'Tarea "b"']
    assert row.responsibilities.get().office == house.office
    assert row.indicators.get().name == "Número de informes"
    page.keyboard.press("Control+z")
    expect(page.locator(".sheet tr[data-key]")).to_have_count(3)
    expect(cell(page, 2, "Actividad")).to_have_text("Actividad número 2")
    expect(page.locator("[data-totals]")).to_have_text(re.compile("^3 actividades"))
    assert rows(draft) == [(number, f"Actividad número {number}") for number in (1, 2, 3)]
    page.keyboard.press("Control+y")
    expect(page.locator(".sheet tr[data-key]")).to_have_count(11)
    told(page, "Guardado a las")
    assert [description for _, description in rows(draft)[1:]] == [f"Pegada {number}" for number in range(1, 11)]


def test_months_are_painted_with_the_mouse(draft, open_sheet):
    page = open_sheet(draft)
    cell(page, 1, "Mar").hover()
    page.mouse.down()
    for month in ("Abr", "May", "Jun"):
        cell(page, 1, month).hover()
    page.mouse.up()
    page.get_by_role("button", name="IV trimestre").click()
    saved(page)
    assert list(draft.activities.get(activity__key=1).months) == [1, 3, 4, 5, 6, 10, 11, 12]
    page.get_by_role("button", name="Deshacer").click()
    page.get_by_role("button", name="Deshacer").click()
    saved(page)
    page.wait_for_timeout(800)
    assert list(draft.activities.get(activity__key=1).months) == [1]


def test_rows_are_copied_moved_removed_and_brought_back(draft, open_sheet):
    page = open_sheet(draft)
    cell(page, 1, "Actividad").click()
    page.keyboard.press("Control+d")
    page.wait_for_selector("#actividad-4")
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator(".sheet tbody tr").first).to_have_id("actividad-4")
    saved(page)
    assert [key for key, _ in rows(draft)] == [4, 1, 2, 3]
    cell(page, 2, "Actividad").click()
    page.get_by_role("button", name="Quitar").click()
    page.wait_for_selector("#actividad-2", state="detached")
    saved(page)
    assert [key for key, _ in rows(draft)] == [4, 1, 3]
    page.keyboard.press("Control+z")
    page.wait_for_selector("#actividad-2")
    saved(page)
    assert [key for key, _ in rows(draft)] == [4, 1, 2, 3]


def test_what_cannot_be_read_is_told_at_its_cell_and_nothing_else_is_lost(draft, open_sheet):
    page = open_sheet(draft)
    cell(page, 1, "Meta").click()
    paste(page, "muchos\tinformes\t120")
    told(page, "Falta corregir 2 celdas")
    flawed = cell(page, 1, "Meta")
    assert flawed.get_attribute("aria-invalid") == "true"
    assert "no es una cifra" in flawed.get_attribute("title")
    assert flawed.inner_text() == "muchos"
    flawed.dblclick()
    page.keyboard.press("Control+a")
    page.keyboard.type("1.250,5")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("100")
    page.keyboard.press("Enter")
    saved(page)
    indicator = draft.activities.get(activity__key=1).indicators.get()
    assert (str(indicator.target), indicator.unit) == ("1250.5000", "informes")
    assert "Los pesos suman 100 %" in page.locator("[data-totals]").inner_text()


def test_an_office_is_found_by_typing_part_of_its_name(house, draft, open_sheet):
    make_office(house.entity, "Oficina Asesora Jurídica", slug="juridica")
    page = open_sheet(draft)
    cell(page, 3, "Responsables").dblclick()
    page.keyboard.press("Control+a")
    page.keyboard.type("juridica")
    page.get_by_role("listbox", name="Sugerencias").get_by_role("option").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.type(" (apoya)")
    page.keyboard.press("Enter")
    saved(page)
    item = draft.activities.get(activity__key=3).responsibilities.get()
    assert (item.office.slug, item.role) == ("juridica", "supports")


def test_two_people_in_one_row_lose_nothing_and_see_both_texts(draft, open_sheet):
    one, other = open_sheet(draft), open_sheet(draft)
    for page, words in ((one, "Lo de la primera"), (other, "Lo de la segunda")):
        cell(page, 2, "Producto o entregable").click()
        page.keyboard.type(words)
        page.keyboard.press("Enter")
        if page is one:
            saved(one)
    notice = other.locator(".conflict")
    notice.wait_for()
    assert "Lo que escribió usted: Lo de la segunda" in notice.inner_text()
    assert "Lo que está guardado: Lo de la primera" in notice.inner_text()
    assert re.search(r"la actividad 2 .* \(.+, a las \d\d:\d\d\)", notice.inner_text())
    assert draft.activities.get(activity__key=2).deliverable == "Lo de la primera"
    cell(other, 3, "Producto o entregable").click()
    other.keyboard.type("Otra fila")
    other.keyboard.press("Enter")
    other.wait_for_timeout(900)
    assert draft.activities.get(activity__key=3).deliverable == "Otra fila"
    other.get_by_role("button", name="Guardar lo mío").click()
    saved(other)
    assert draft.activities.get(activity__key=2).deliverable == "Lo de la segunda"
    edits = AuditEvent.objects.filter(event="edit_activity", object_id=str(draft.pk)).order_by("sequence")
    assert edits.last().old["activities"]["2"]["deliverable"] == "Lo de la primera"


def slowly(page, time=700):
    """Every answer comes late, so that what a person does meanwhile is seen."""

    def late(route):
        page.wait_for_timeout(time)
        route.continue_()

    page.route("**/hoja/**", late)


def on_screen(page):
    return page.evaluate(
        """() => [...document.querySelectorAll('.sheet tbody tr[data-key]')].map(row =>
            [Number(row.dataset.key), row.cells[1].textContent])"""
    )


def test_typing_goes_where_the_person_is_while_answers_are_late(draft, open_sheet):
    page = open_sheet(draft)
    slowly(page)
    cell(page, 1, "Actividad").click()
    page.keyboard.press("Control+d")
    page.keyboard.press("ArrowDown")
    page.keyboard.type("Escrito mientras se duplica la otra")
    page.keyboard.press("Enter")
    page.keyboard.press("Alt+ArrowUp")
    page.keyboard.press("Control+Delete")
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    saved(page)
    assert on_screen(page) == [list(row) for row in rows(draft)]
    assert rows(draft) == [
        (1, "Actividad número 1"),
        (4, "Actividad número 1"),
        (2, "Escrito mientras se duplica la otra"),
        (3, "Actividad número 3"),
    ]


def test_a_row_undone_while_it_is_being_saved_leaves_no_ghost(draft, open_sheet):
    page = open_sheet(draft)
    slowly(page)
    page.locator("tr.blank td").first.click()
    page.keyboard.type("Fila nueva")
    page.keyboard.press("Enter")
    page.wait_for_timeout(500)
    page.keyboard.press("Control+z")
    saved(page)
    assert len(rows(draft)) == 3
    page.keyboard.press("Control+y")
    told(page, "Guardado a las")
    saved(page)
    assert on_screen(page) == [list(row) for row in rows(draft)]
    assert rows(draft)[-1][1] == "Fila nueva"


def test_undo_after_leaving_what_another_wrote_does_not_erase_it(draft, open_sheet):
    one, other = open_sheet(draft), open_sheet(draft)
    for page, words in ((one, "De la primera"), (other, "De la segunda")):
        cell(page, 2, "Producto o entregable").click()
        page.keyboard.type(words)
        page.keyboard.press("Enter")
        if page is one:
            saved(one)
    other.get_by_role("button", name="Dejar lo guardado").click()
    expect(cell(other, 2, "Producto o entregable")).to_have_text("De la primera")
    other.keyboard.press("Control+z")
    other.wait_for_timeout(800)
    assert draft.activities.get(activity__key=2).deliverable == "De la primera"


def test_a_row_that_another_removed_is_told_and_may_be_recovered(draft, open_sheet):
    one, other = open_sheet(draft), open_sheet(draft)
    cell(one, 3, "Actividad").click()
    one.keyboard.press("Control+Delete")
    saved(one)
    cell(other, 3, "Producto o entregable").click()
    other.keyboard.type("No se pierde")
    other.keyboard.press("Enter")
    other.get_by_role("alert").filter(has_text="quitó la actividad 3").wait_for()
    other.locator("tr.blank td").first.click()
    other.keyboard.type("Otra fila")
    other.keyboard.press("Enter")
    saved(other)
    other.get_by_role("button", name="Recuperarla con lo mío").click()
    saved(other)
    assert draft.activities.get(activity__key=3).deliverable == "No se pierde"
    assert sorted(key for key, _ in rows(draft)) == [1, 2, 3, 4]


def test_what_is_no_mark_is_refused_and_marks_are_those_of_the_importer(draft, open_sheet):
    page = open_sheet(draft)
    cell(page, 1, "Ene").click()
    page.keyboard.press("Delete")
    paste(page, "N/A\t0%\t–\t50 %\tP\tInforme")
    told(page, "Falta corregir una celda: junio. Escriba X")
    assert list(draft.activities.get(activity__key=1).months) == [4, 5]
    assert cell(page, 1, "Jun").inner_text() == "Informe"


def test_a_bad_cell_stays_until_somebody_mends_it(draft, open_sheet):
    page = open_sheet(draft)
    cell(page, 1, "Peso (%)").click()
    page.keyboard.type("treinta")
    page.keyboard.press("Enter")
    told(page, "Falta corregir una celda")
    cell(page, 1, "Meta").click()
    page.keyboard.type("50 %")
    page.keyboard.press("Enter")
    expect(cell(page, 1, "Meta")).to_have_text("50")
    told(page, "Falta corregir una celda: peso")
    assert cell(page, 1, "Peso (%)").inner_text() == "treinta"


def test_two_people_in_the_plan_s_data(draft, open_sheet):
    one, other = open_sheet(draft), open_sheet(draft)
    for page in (one, other):
        page.get_by_text("Datos del plan: título").click()
    one.get_by_label("Alcance").fill("De la primera")
    expect(one.locator("[data-header-state]")).to_have_text(re.compile("^Guardado"))
    other.get_by_label("Proceso", exact=True).fill("De la segunda")
    expect(other.locator("[data-header-state]")).to_have_text(re.compile("^Guardado"))
    version = PlanVersion.objects.get(pk=draft.pk)
    assert (version.scope, version.process) == ("De la primera", "De la segunda")
    assert other.get_by_label("Alcance").input_value() == "De la primera"
    one.get_by_label("Proceso", exact=True).fill("Otra vez la primera")
    notice = one.get_by_role("alert").filter(has_text="Otra persona guardó estos datos")
    notice.wait_for()
    assert "De la segunda" in notice.inner_text()
    one.get_by_role("button", name="Dejar lo guardado").click()
    expect(one.get_by_label("Proceso", exact=True)).to_have_value("De la segunda")
    assert PlanVersion.objects.get(pk=draft.pk).process == "De la segunda"


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


def test_when_the_line_fails_what_was_typed_waits_and_is_saved(draft, open_sheet):
    page = open_sheet(draft)
    page.route("**/hoja/celdas/", lambda route: route.fulfill(status=503, body="x"))
    cell(page, 1, "Actividad").click()
    page.keyboard.type("Escrita sin conexión")
    page.keyboard.press("Enter")
    told(page, "sigue aquí")
    cell(page, 2, "Actividad").click()
    page.keyboard.press("Control+Delete")
    page.unroute("**/hoja/celdas/")
    saved(page)
    assert [key for key, _ in rows(draft)] == [1, 3]
    assert draft.activities.get(activity__key=1).description == "Escrita sin conexión"


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
