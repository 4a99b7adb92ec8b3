"""Plans in tables of Word are read like those in workbooks, and hostile documents are refused."""

import importlib.util
import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actionplans.imports import read_plan
from actionplans.imports.opening import archive
from actionplans.imports.opening.file_kind import is_document
from actionplans.imports.opening.word import open_document
from actionplans.imports.reading.corrections import Corrections
from actionplans.imports.reading.offices import OfficeName
from actionplans.imports.reading.questions import office_questions

from . import hostile

ROOT = Path(__file__).parents[3]
DATA = ROOT / "tests/data"
OFFICES = (OfficeName("hacienda", "Secretaría de Hacienda"), OfficeName("general", "Secretaría General"))
MAIN = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def read(name, **options):
    return read_plan(DATA / "word" / f"{name}.docx", **{"offices": OFFICES, **options})


def with_main_part(xml):
    """A document with another text."""
    buffer, source = io.BytesIO(), DATA / "word" / "no-plan.docx"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(buffer, "w", 8) as new:
        for part in old.namelist():
            if part != "word/document.xml":
                new.writestr(part, old.read(part))
        new.writestr("word/document.xml", xml)
    return buffer.getvalue()


def with_body(body, before=""):
    return with_main_part(f'<?xml version="1.0"?>{before}<w:document {MAIN}><w:body>{body}</w:body></w:document>')


def table(*rows):
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def cell(text, properties=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


def sheets(body):
    return open_document(with_body(body))


def test_every_stored_document_equals_what_the_script_generates(tmp_path):
    spec = importlib.util.spec_from_file_location("make_documents", DATA / "make_documents.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    script.write(tmp_path)
    stored = {path.name: content(path) for path in (DATA / "word").iterdir()}
    assert stored == {path.name: content(path) for path in tmp_path.iterdir()}


def content(path):
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist() if name.startswith("word/")}


def test_the_council_s_document_gives_the_plan_that_its_transcription_has():
    reading = read("council-plan")
    known = json.loads((ROOT / "fixtures/documents/concejo-plan.json").read_text(encoding="utf-8"))
    expected = [
        (component["name"], one["description"], tuple(one["months"]), one["schedule_text"])
        for component in known["components"]
        for one in component["activities"]
    ]
    assert [(a.component, a.description, a.months, a.schedule_text) for a in reading.activities] == expected
    assert {person.office for a in reading.activities for person in a.responsibles} == {"general"}
    assert (reading.year, reading.plan.title) == (2024, "PLAN ESTRATEGICO DEL SERVICIO AL CIUDADANO")
    assert reading.plan.objective == known["objective"]
    assert reading.problems == ()
    assert reading.activities[0].indicator == "Informe de diagnóstico\nEncuestas realizadas"
    assert reading.activities[0].shares_row


def test_a_form_that_goes_on_over_the_page_is_one_plan():
    reading = read("form-over-two-pages")
    assert reading.form.as_dict() == {"code": "MESG-AS-F17", "version": "2", "approval_date": None}
    assert (reading.year, reading.plan.objective) == (2025, "Promover la participación")
    assert reading.plan.formulating_office.office == "hacienda"
    assert [(a.printed_number, a.description, a.tasks, a.months, a.deliverable) for a in reading.activities] == [
        ("1", "Elaborar el diagnóstico", ("Aplicar la encuesta", "Analizar los datos"), (2, 3), "Informe"),
        ("2", "Publicar el informe", ("Redactarlo",), (12,), "Boletín"),
    ]
    assert (reading.sheet, reading.layout) == ("Tabla 2", None)


def test_places_are_told_by_table_row_and_column_and_keep_their_numbers():
    reading = read("form-over-two-pages")
    assert [(problem.cell, problem.at) for problem in reading.problems] == [
        ("tabla 3, fila 3, columna 17", (13, 17)),
    ]
    assert reading.activities[1].cell == "tabla 3, fila 3, columna 2"
    assert office_questions(reading)[0].cells == ("tabla 3, fila 3, columna 17",)


def test_a_document_is_corrected_like_a_workbook():
    corrections = Corrections(cells={(13, 17): "Secretaría General", (13, 15): ""}, columns={16: "indicator"})
    reading = read("form-over-two-pages", corrections=corrections)
    assert reading.problems == ()
    second = reading.activities[1]
    assert (second.responsibles[0].office, second.months, second.indicator) == ("general", (), "Boletín")


def test_a_table_for_each_component_is_one_plan():
    reading = read("a-table-for-each-component")
    assert [(a.component, a.description) for a in reading.activities] == [
        ("COMPONENTE 1: Riesgos", "Revisar lo de riesgos"),
        ("COMPONENTE 2: Trámites", "Revisar lo de trámites"),
    ]
    assert [problem.cell for problem in reading.problems] == [
        "texto antes de la tabla",
        "tabla 3, fila 2, columna 3",
    ]


def test_a_document_without_a_plan_or_without_tables_is_refused():
    assert "no parece un plan de acción" in read("no-plan", year=2025).problems[0].message
    [problem] = read_plan(io.BytesIO(with_body("<w:p/>")), year=2025).problems
    assert "no tiene tablas" in problem.message


def test_spans_shades_and_continued_cells_are_those_of_the_table():
    [sheet] = sheets(
        table(
            cell("Ancha", '<w:gridSpan w:val="2"/><w:shd w:val="clear" w:fill="92d050"/>') + cell("C"),
            cell("Alta", '<w:vMerge w:val="restart"/>') + cell("B", '<w:shd w:fill="auto"/>'),
            "<w:trPr/>" + cell("oculta", "<w:vMerge/>") + cell("B2", '<w:shd w:fill="FFFFFF"/>'),
            '<w:trPr><w:gridBefore w:val="2"/></w:trPr>' + cell("C4"),
        )
    )
    assert {at: (one.value, one.fill) for at, one in sheet.cells.items()} == {
        (1, 1): ("Ancha", "92D050"), (1, 3): ("C", None), (2, 1): ("Alta", None), (2, 2): ("B", None),
        (3, 2): ("B2", None), (4, 3): ("C4", None),
    }  # fmt: skip
    assert sheet.merges == [(1, 1, 1, 2), (2, 1, 3, 1)]


def test_a_continued_cell_without_one_above_is_a_cell():
    [sheet] = sheets(table(cell("A", "<w:vMerge/>"), cell("B", "<w:vMerge/>")))
    assert (sheet.own(1, 1).value, sheet.merges) == ("A", [(1, 1, 2, 1)])


def test_text_is_read_as_it_shows():
    run = "<w:r><w:t>uno</w:t><w:br/><w:t>dos</w:t><w:tab/><w:t>tres</w:t><w:noBreakHyphen/></w:r>"
    tracked = "<w:ins><w:r><w:t>más</w:t></w:r></w:ins><w:del><w:r><w:delText>menos</w:delText></w:r></w:del>"
    field = "<w:r><w:instrText>PAGE</w:instrText></w:r>"
    control = f"<w:sdt><w:sdtContent>{cell('en un control')}</w:sdtContent></w:sdt>"
    [sheet] = sheets(table(f"<w:tc><w:p>{run}{tracked}{field}</w:p></w:tc>{control}"))
    assert [sheet.own(1, column).value for column in (1, 2)] == ["uno\ndos tres-más", "en un control"]


def test_a_text_box_is_read_once():
    box = "<w:txbxContent><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:txbxContent>"
    compatible = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    both = (
        f"<mc:AlternateContent {compatible}><mc:Choice>{box.format('VIGENCIA: 2025')}</mc:Choice>"
        f"<mc:Fallback>{box.format('VIGENCIA: 2025')}</mc:Fallback></mc:AlternateContent>"
    )
    line = f"<w:p><w:r><w:t>OBJETIVO: Servir</w:t></w:r><w:r>{both}</w:r></w:p>"
    [sheet] = sheets(line + table(cell("A") + cell("B")))
    assert [text for _, _, text in sheet.texts(1, 9)] == ["OBJETIVO: Servir", "VIGENCIA: 2025", "A", "B"]


def test_items_of_a_list_are_told_apart_and_a_single_one_is_plain():
    item = "<w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>"
    several = f"<w:tc>{item.format('Uno')}{item.format('Dos')}</w:tc>"
    [sheet] = sheets(table(f"{several}<w:tc>{item.format('Solo')}</w:tc>"))
    assert [sheet.own(1, column).value for column in (1, 2)] == ["· Uno\n· Dos", "Solo"]


def test_a_table_cut_by_the_page_goes_on_and_another_one_does_not():
    heading = "".join(map(cell, ("Actividad", "Responsable", "Plazo")))
    row = "".join(map(cell, ("Una", "Otra", "Mayo")))
    cut = sheets(table(heading, row) + table(row))
    assert [(sheet.name, sheet.last_row) for sheet in cut] == [("Tabla 1", 3)]
    text = f"<w:p><w:r><w:t>{'Un párrafo largo. ' * 12}</w:t></w:r></w:p>"
    apart = sheets(table(heading, row) + text + table(heading, row))
    assert [sheet.name for sheet in apart] == ["Tabla 1", "Tabla 2"]


PROPERTIES = st.sampled_from(
    ["", '<w:gridSpan w:val="3"/>', "<w:vMerge/>", '<w:vMerge w:val="restart"/>', '<w:shd w:fill="92D050"/>',
     '<w:gridSpan w:val="x"/>', "<w:shd/>"]
)  # fmt: skip
TEXTS = st.sampled_from(
    ["", "Actividad", "Responsable", "Plazo", "Mayo", "x", "1", "Elaborar el mapa", "ENE", "FEB"]
)
ROWS = st.lists(st.lists(st.tuples(TEXTS, PROPERTIES), max_size=5), max_size=5)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(ROWS, TEXTS), max_size=6), st.dictionaries(st.integers(1, 8), st.just("activity")))
def test_no_table_is_too_strange_to_be_read(blocks, columns):
    body = "".join(
        f"<w:p><w:r><w:t>{block}</w:t></w:r></w:p>"
        if isinstance(block, str)
        else table(*["".join(cell(*one) for one in row) for row in block])
        for block in blocks
    )
    reading = read_plan(io.BytesIO(with_body(body)), year=2025, corrections=Corrections(columns=columns))
    assert reading.activities or not reading.ok
    assert all("dañado" not in problem.message for problem in reading.problems)
    assert all(problem.at is None or not re.search(r"[{}]", problem.cell) for problem in reading.problems)


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(10))
HOSTILE = {
    "entities": (lambda: with_body(table(cell("&l9;")), f"<!DOCTYPE w [{LAUGHS}]>"), "DTD o entidades"),
    "external entity": (
        lambda: with_body(table(cell("&x;")), '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
        "DTD o entidades",
    ),
    "bomb": (lambda: with_body(" " * (30 * 1024 * 1024)), "tamaño excesivo"),
    "too many elements": (lambda: with_body("<w:p/>" * 700_000), "tamaño excesivo"),
    "deep": (lambda: with_body("<w:tbl>" * 5_000 + "</w:tbl>" * 5_000), "dañado"),
    "wide span": (lambda: with_body(table(cell("A", '<w:gridSpan w:val="9999999"/>'))), "demasiadas columnas"),
    "many spans": (lambda: with_body(table(cell("A", '<w:gridSpan w:val="399"/>') * 9)), "demasiadas columnas"),
    "far row": (lambda: with_body(table(*[""] * 20_001)), "demasiadas filas"),
    "malformed": (lambda: with_body("<w:tbl>"), "dañado"),
    "no body": (lambda: with_main_part(f"<w:document {MAIN}/>"), "dañado"),
    "no text": (lambda: with_main_part(""), "dañado"),
    "no relations": (
        lambda: hostile.archive(**{"[Content_Types].xml": b"<a/>", "word__document.xml": b"<a/>"}),
        "da",
    ),
    "truncated": (lambda: (DATA / "word" / "council-plan.docx").read_bytes()[:-900], "dañado"),
    "old": (lambda: hostile.ole("WordDocument"), ".doc"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_documents_are_refused(kind):
    make, words = HOSTILE[kind]
    [problem] = read_plan(io.BytesIO(make()), year=2025).problems
    assert (problem.severity, words in problem.message) == ("error", True), problem.message
    assert problem.message.endswith(".")


def test_a_document_is_checked_before_it_is_parsed(monkeypatch):
    parsed = []
    monkeypatch.setattr("actionplans.imports.opening.word.parse_xml", parsed.append)
    monkeypatch.setattr(archive, "MAX_TOTAL_BYTES", 10_000)
    assert "tamaño excesivo" in read("council-plan").problems[0].message
    assert parsed == []


def test_a_document_is_known_by_what_it_holds():
    assert is_document((DATA / "word" / "no-plan.docx").read_bytes())
    assert not is_document(hostile.plain_book())
    assert not is_document(b"PK\x03\x04 not a zip")


def test_a_document_of_many_rows_is_read_in_time():
    heading = "".join(map(cell, ("Actividad", "Responsable", "Plazo")))
    rows = ["".join(map(cell, (f"Actividad {n}", "Secretaría General", "Mayo"))) for n in range(3_000)]
    reading = read_plan(io.BytesIO(with_body(table(heading, *rows))), year=2025, offices=OFFICES)
    assert len(reading.activities) == 3_000
