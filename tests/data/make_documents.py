"""Writes the Word documents in tests/data/word: plans in tables, as entities type them.

Run `python tests/data/make_documents.py` after changing one; a test compares the stored files with it.
"""

import datetime
from pathlib import Path

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

DATA = Path(__file__).parent
FOLDER = DATA / "word"
COUNCIL = DATA / "documents" / "concejo-plan.txt"
WRITTEN = datetime.datetime(2024, 1, 31)


def council_plan():
    """The Concejo's plan of service to citizens: its text, and its matrix as the table that it is."""
    document = new()
    text, _, matrix = COUNCIL.read_text(encoding="utf-8").partition("\tComponentes\n")
    table, _, after = ("\tComponentes\n" + matrix).partition("\n\n\n")
    for line in filter(str.strip, text.splitlines()):
        paragraph(document, line)
    cells = [cell.strip() for cell in f"\n{table}".split("\n\t")[1:]]
    fill(document.add_table(0, 5), [cells[at : at + 5] for at in range(0, len(cells), 5)])
    for line in filter(str.strip, after.splitlines()):
        paragraph(document, line)
    return document


def form_over_two_pages():
    """MESG-AS-F17 in Word: letterhead in the page header, months shaded, the table cut in two by the page."""
    document = new()
    header = document.sections[0].header
    fill(header.add_table(0, 2, 5_000_000), [["FORMATO PLAN DE ACCIÓN", "CÓDIGO: MESG-AS-F17\nVERSION: 2"]])
    fill(
        document.add_table(0, 2),
        [["OBJETIVO:", "Promover la participación"], ["DEPENDENCIA RESPONSABLE:", "Secretaría de Hacienda"]],
    )
    paragraph(document, "VIGENCIA: 2025")
    first = heading(document.add_table(0, 17))
    months = [""] * 12
    fill(
        first, [["1", "Elaborar el diagnóstico", "Aplicar la encuesta", *months, "Informe", "Secretaría General"]]
    )
    fill(first, [["", "", "Analizar los datos", *months, "", ""]])
    for column in (0, 1, 15, 16):
        first.cell(2, column).merge(first.cell(3, column))
    shade(first, 2, (4, 5))
    paragraph(document, "")
    second = heading(document.add_table(0, 17))
    fill(second, [["2", "Publicar el informe", "Redactarlo", *months, "Boletín", "Talento Humano"]])
    shade(second, 2, (14,))
    return document


def heading(table):
    fill(table, [["N°", "ACTIVIDADES", "TAREAS", "MES", *[""] * 11, "PRODUCTOS", "RESPONSABLES"]])
    fill(table, [["", "", "", *map(str, range(1, 13)), "", ""]])
    table.cell(0, 3).merge(table.cell(0, 14))
    for column in (0, 1, 2, 15, 16):
        table.cell(0, column).merge(table.cell(1, column))
    return table


def a_table_for_each_component():
    """A heading line and a table for each component; a table of another kind before them."""
    document = new()
    fill(document.add_table(0, 3), [["Versión", "Fecha", "Cambio"], ["1", "01/01/2025", "Creación"]])
    paragraph(document, "PLAN DE ACCIÓN 2025")
    for number, (component, month) in enumerate((("Riesgos", "Marzo"), ("Trámites", "pronto")), start=1):
        paragraph(document, f"COMPONENTE {number}: {component}")
        rows = [
            ["Actividad", "Responsable", "Plazo"],
            [f"Revisar lo de {component.lower()}", "Secretaría General", month],
        ]
        fill(document.add_table(0, 3), rows)
    return document


def no_plan():
    document = new()
    fill(document.add_table(0, 2), [["Versión", "Fecha"], ["1", "01/01/2025"]])
    return document


def new():
    document = Document()
    document.core_properties.created = document.core_properties.modified = WRITTEN
    return document


def paragraph(container, text: str):
    """A paragraph; one that begins with a bullet becomes an item of a list, as Word makes it."""
    text = text.strip()
    if text.startswith("· "):
        return container.add_paragraph(text[2:], style="List Bullet")
    return container.add_paragraph(text)


def fill(table, rows) -> None:
    for values in rows:
        for cell, value in zip(table.add_row().cells, values, strict=True):
            first, *others = value.split("\n")
            cell.paragraphs[0].text = first.removeprefix("· ").strip()
            if first.startswith("· "):
                cell.paragraphs[0].style = table.part.document.styles["List Bullet"]
            for line in filter(str.strip, others):
                paragraph(cell, line)


def shade(table, row: int, columns) -> None:
    for column in columns:
        shading = OxmlElement("w:shd")
        shading.set(qn("w:val"), "clear")
        shading.set(qn("w:fill"), "92D050")
        table.cell(row, column)._tc.get_or_add_tcPr().append(shading)


DOCUMENTS = {
    "council-plan.docx": council_plan,
    "form-over-two-pages.docx": form_over_two_pages,
    "a-table-for-each-component.docx": a_table_for_each_component,
    "no-plan.docx": no_plan,
}


def write(folder: Path) -> None:
    for name, make in DOCUMENTS.items():
        make().save(folder / name)


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    write(FOLDER)
