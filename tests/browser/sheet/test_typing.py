"""The sheet as a person uses it: the keyboard alone, blocks from Excel, months with the mouse."""

import re

from playwright.sync_api import expect

from tests.factories import make_draft, make_office

from .hands import cell, paste, rows, saved, told


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
