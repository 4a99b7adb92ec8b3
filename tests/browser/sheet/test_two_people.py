"""Two people in one plan: nothing is lost, and both texts are seen."""

import re

from playwright.sync_api import expect

from actionplans.models import PlanVersion
from planning.models import AuditEvent

from .hands import cell, rows, saved


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
