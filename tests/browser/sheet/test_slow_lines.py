"""The sheet when answers come late, or not at all."""

from .hands import cell, on_screen, rows, saved, slowly, told


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
