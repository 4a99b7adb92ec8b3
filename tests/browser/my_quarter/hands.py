"""What a person does with the form of a report, and what the browser and the database keep of it."""

import re

from playwright.sync_api import expect

from actionplans.models import ReportDraft

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
