"""Writes the corpus of workbooks in tests/data/workbooks: one small file per layout found in real entities.

Run `python tests/data/make_workbooks.py` after changing a layout; a test compares the stored files with it.
"""

import datetime
import sys
import zipfile
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.colors import Color

sys.path.insert(0, str(Path(__file__).parent))

import colour_layouts  # noqa: F401
import entity_layouts  # noqa: F401
from workbook_tools import (
    BLUE,
    DATE,
    GREY,
    LAYOUTS,
    book,
    by_months,
    f17,
    fill_in,
    layout,
    merge,
    shade,
)

FOLDER = Path(__file__).parent / "workbooks"


@layout
def f17_moved_down_and_right() -> Workbook:
    workbook = f17(top=5, left=4)
    rows = [[1, "Elaborar el diagnóstico", "Aplicar la encuesta"], [2, "Publicar el informe", "Redactarlo"]]
    fill_in(workbook.active, rows, top=16, left=4)
    shade(workbook.active, 16, (8, 9))
    shade(workbook.active, 17, (18,))
    fill_in(workbook.active, [["www.cartago.gov.co"], ["Calle 8 No 6 - 52"]], top=18, left=4)
    return workbook


@layout
def f17_header_at_row_35() -> Workbook:
    workbook = f17(top=26)
    fill_in(workbook.active, [[1, "Elaborar el diagnóstico", "Aplicar la encuesta"]], top=37)
    shade(workbook.active, 37, (6,))
    return workbook


@layout
def f17_follow_up_and_signatures() -> Workbook:
    workbook = f17()
    row = [
        1,
        "Elaborar el diagnóstico",
        "Aplicar la encuesta",
        *[None] * 12,
        "Informe",
        "Número",
        "1 de 1",
        "Sec. Hacienda",
    ]
    fill_in(workbook.active, [[*row, "Se aplicó", 0.5], ["TOTAL"], ["Elaboró:", "Ana", "Aprobó:", "Luis"]], top=12)
    workbook.active["U12"].number_format = "0%"
    fill_in(workbook.active, [[2, "Esto no es una actividad", "sino una nota"]], top=16)
    shade(workbook.active, 12, (4, 5))
    return workbook


@layout
def tasks_under_merged_activities() -> Workbook:
    workbook = f17()
    rows = [
        [1, "Elaborar el diagnóstico", "Aplicar la encuesta", "x"],
        [None, None, "Analizar los datos", None, "x"],
        [2, "Publicar el informe", "Redactarlo", None, None, "x"],
        [None, None, "Divulgarlo", None, None, None, "x"],
    ]
    fill_in(workbook.active, rows, top=12)
    merge(workbook.active, 12, 1, 13, 1)
    merge(workbook.active, 12, 2, 13, 2)
    return workbook


@layout
def three_header_rows() -> Workbook:
    workbook = book(
        ["FORMULACIÓN", None, "CRONOGRAMA", None, None, None, "SEGUIMIENTO", None],
        ["Actividad", "Responsable", "Enero", None, "Febrero", None, "Trimestre I", None],
        [None, None, "P", "E", "P", "E", "% de avance", "Observaciones"],
        ["Elaborar el diagnóstico", "Secretaría de Hacienda", "x", "x", "x", None, "50%", "Va bien"],
        top=4,
    )
    for area in ("A4:B4", "C4:F4", "G4:H4", "A5:A6", "B5:B6", "C5:D5", "E5:F5", "G5:H5"):
        workbook.active.merge_cells(area)
    return workbook


@layout
def months_by_text() -> Workbook:
    return by_months(
        ["x", "X", " x "], [None, "✓", "✔"], ["Sí", "no", "0", "-"], [1, 0, "1", 25], ["25%", 0.25, "P", "E"]
    )


@layout
def months_by_percent() -> Workbook:
    workbook = by_months([0.25, 0, 0.75], labels=["ene", "feb", "mar", "abr", "may", "jun"])
    for cell in workbook.active[2][2:5]:
        cell.number_format = "0%"
    return workbook


@layout
def months_by_theme_colour() -> Workbook:
    workbook = by_months([], [])
    accent = PatternFill("solid", fgColor=Color(theme=9, tint=0.3999755851924192))
    shade(workbook.active, 2, (3, 4), accent)
    shade(workbook.active, 2, (5,), PatternFill("solid", fgColor=Color(theme=0)))
    shade(workbook.active, 3, (6,), PatternFill("solid", fgColor=Color(indexed=13)))
    shade(workbook.active, 3, (7,), PatternFill("solid", fgColor="FFFFFFFF"))
    return workbook


@layout
def months_by_initials() -> Workbook:
    return by_months(["x", None, "x"], labels=list("EFMAMJJASOND"))


@layout
def months_by_wide_label() -> Workbook:
    workbook = by_months([None, None, None, "x"], labels=["MES"])
    workbook.active.merge_cells("C1:N1")
    return workbook


@layout
def quarters_by_names() -> Workbook:
    return by_months(["x", None, 25], labels=["ENERO - MARZO", "ABRIL - JUNIO", "JULIO - SEPT.", "OCT. - DIC."])


@layout
def quarters_planned_and_executed() -> Workbook:
    labels = [f"T{n} {what} 2026" for n in range(1, 5) for what in ("PLANEADO", "EJECUTADO")]
    return book(
        ["META DE PRODUCTO", "INDICADOR", *labels, "ACTIVIDADES", "RESPONSABLE", "L.B", "UNIDAD DE MEDIDA"],
        [
            "Vías",
            "Km",
            2,
            1,
            0,
            0,
            "ND",
            None,
            3,
            None,
            "Pavimentar vías",
            "Sec. Hacienda",
            "1.500,5",
            "Kilómetro",
        ],
        title="Hoja1",
    )


@layout
def quarters_in_roman() -> Workbook:
    workbook = book(
        ["ACTIVIDAD", "RESPONSABLE", "TRIMESTRE", None, None, None],
        [None, None, "I", "II", "III", "IV"],
        ["Elaborar el diagnóstico", "Secretaría de Hacienda", None, "x", None, "x"],
    )
    workbook.active.merge_cells("C1:F1")
    return workbook


@layout
def months_planned_and_executed() -> Workbook:
    labels = ["ACTIVIDADES", "RESPONSABLE", "ene", None, "feb", None]
    workbook = book(labels, [None, None, *"PEPE"], ["Elaborar el diagnóstico", "Sec. Hacienda", 1, None, 1, 1])
    workbook.active.merge_cells("C1:D1")
    workbook.active.merge_cells("E1:F1")
    return workbook


@layout
def dates() -> Workbook:
    workbook = book(
        ["ACTIVIDAD", "FECHA INICIO", "FECHA FINAL", "RESPONSABLE"],
        ["Con fechas de Excel", datetime.date(2025, 2, 3), datetime.date(2025, 4, 30), "Sec. Hacienda"],
        ["Con fechas de texto", "3/01/25", "15 de febrero de 2025", "Sec. Hacienda"],
        ["De otro año", "01/11/2024", "28/02/2025", "Sec. Hacienda"],
        ["Al revés", "01/11/2025", "28/02/2025", "Sec. Hacienda"],
        ["Mal escrita", "pronto", None, "Sec. Hacienda"],
    )
    for row in workbook.active["B2:C2"]:
        for cell in row:
            cell.number_format = "dd/mm/yyyy"
    return workbook


@layout
def words() -> Workbook:
    terms = ["Primer trimestre", "Durante todo el año", "22 al 28 de abril de 2025", "Trimestral", "A demanda",
             "31 de enero de 2024", "febrero, mayo y agosto"]  # fmt: skip
    rows = [[f"Actividad número {n}", "Secretaría de Hacienda", term] for n, term in enumerate(terms, start=1)]
    return book(["Actividades", "Responsable", "Plazo"], *rows)


@layout
def council_matrix() -> Workbook:
    return book(
        ["CONCEJO MUNICIPAL"],
        ["PLAN ESTRATEGICO DEL SERVICIO AL CIUDADANO, VIGENCIA 2024"],
        ["Componentes", "Actividades Específicas", "Responsable", "Indicadores de Desempeño", "Plazo"],
        ["Diagnóstico", "· Realizar un diagnóstico.\n· Aplicar encuestas.\n· Evaluar los procesos.",
         "Secretaría General", "Informe\nEncuestas realizadas", "Primer trimestre"],
        ["Modernización", "· Implementar plataformas.", "Secretaría General", "Uso <br> Visitas",
        "Segundo semestre"],
        ["Medición", "Realizar encuestas<br>Analizar resultados", "Secretaría General", "KPI",
        "Durante todo el año"],
        title="6. MATRIZ",
    )  # fmt: skip


@layout
def component_rows() -> Workbook:
    workbook = book(
        ["N°", "ACTIVIDAD", "META", "RESPONSABLE", "PLAZO"],
        ["COMPONENTE 1: GESTIÓN DEL RIESGO"],
        [1, "Actualizar el mapa", 1, "Sec. Hacienda", "Marzo"],
        ["COMPONENTE 2: TRÁMITES"],
        ["N°", "ACTIVIDAD", "META", "RESPONSABLE", "PLAZO"],
        [2, "Racionalizar un trámite", "80%", "Sec. Hacienda", "Abril"],
        ["TOTAL COMPONENTE 2", None, 2],
        [3, "Publicar el informe", "tres o cuatro", "Sec. Hacienda", "Mayo"],
    )
    workbook.active.merge_cells("A2:E2")
    return workbook


@layout
def merged_components() -> Workbook:
    workbook = book(
        ["OBJETIVO", "COMPONENTE", "ACTIVIDAD", "RESPONSABLE", "ENE"],
        [
            "Servir",
            "Trámites",
            "Racionalizar un trámite",
            "Secretaría de Hacienda y Oficina de Control Interno",
            "x",
        ],
        [None, None, "Publicar el inventario", "Sec. Hacienda"],
        [None, "Datos", "Abrir los datos"],
        [None, None, "Sin componente propio"],
    )
    workbook.active.merge_cells("A2:A5")
    workbook.active.merge_cells("B2:B3")
    workbook.active.merge_cells("D3:D4")
    return workbook


@layout
def zebra_rows() -> Workbook:
    workbook = by_months([], [], [])
    shade(workbook.active, 2, range(1, 15), GREY)
    shade(workbook.active, 4, range(1, 15), GREY)
    shade(workbook.active, 2, (3,))
    shade(workbook.active, 3, (4,))
    return workbook


@layout
def header_colour_is_no_mark() -> Workbook:
    workbook = by_months([])
    shade(workbook.active, 1, range(1, 15), BLUE)
    shade(workbook.active, 2, range(3, 15), BLUE)
    shade(workbook.active, 2, (6,))
    return workbook


@layout
def hidden_and_several_sheets() -> Workbook:
    workbook = by_months(["x"])
    workbook.active.title = "Oculta"
    workbook.active.sheet_state = "hidden"
    fill_in(workbook.create_sheet("Instrucciones"), [["Lea las actividades antes de llenar"]])
    fill_in(
        workbook.create_sheet("2025 A"), [["ACTIVIDAD", "RESPONSABLE", "PLAZO"], ["Una", "Sec. Hacienda", "Mayo"]]
    )
    fill_in(
        workbook.create_sheet("2025 B"),
        [["ACTIVIDAD", "RESPONSABLE", "PLAZO"], ["Otra", "Sec. Hacienda", "Junio"]],
    )
    return workbook


@layout
def only_hidden_sheet() -> Workbook:
    workbook = by_months(["x"])
    workbook.active.sheet_state = "hidden"
    fill_in(workbook.create_sheet("Portada"), [["ALCALDÍA"]])
    return workbook


@layout
def text_that_looks_like_formulas() -> Workbook:
    return book(
        ["ACTIVIDAD", "PRODUCTO", "RESPONSABLE", "PRESUPUESTO", "ENE"],
        ["=SUMA(1;2)", "+57 602 211", "@oficina", "$ 1.707.857.234", "x"],
        ["-1 es menos uno", "=HYPERLINK(1)", "-Sec", "2,5 millones", "x"],
    )


@layout
def formulas() -> Workbook:
    workbook = by_months(["x"])
    workbook.active["B2"] = "=CONCAT(A2)"
    return workbook


@layout
def weights_as_fractions() -> Workbook:
    return book(
        ["ACTIVIDAD", "RESPONSABLE", "PONDERACIÓN", "PRESUPUESTO", "ENE"],
        ["Primera", "Sec. Hacienda", 0.6, "1.500,50", "x"],
        ["Segunda", "Sec. Hacienda", "0,4", "no se sabe", "x"],
        ["Tercera", "Sec. Hacienda", None, "N/A", "x"],
    )


@layout
def weights_as_percentages() -> Workbook:
    workbook = book(
        ["ACTIVIDAD", "RESPONSABLE", "PESO (%)", "APROPIACIÓN DEFINITIVA", "ENE"],
        ["Primera", "Sec. Hacienda", 0.6, 1500000, "x"],
        ["Segunda", "Sec. Hacienda", "30 %", "$1.000", "x"],
        ["Tercera", "Sec. Hacienda", 10, "#DIV/0!", "x"],
    )
    workbook.active["C2"].number_format = "0%"
    return workbook


@layout
def metadata_beside() -> Workbook:
    workbook = book(
        ["ALCALDÍA", None, "CODIGO", "RE-SM-01"],
        ["PLAN DE ACCIÓN", None, "VERSIÓN", 5],
        [None, None, "FECHA DE APROBACION", datetime.date(2023, 1, 31)],
        ["PROCESO", "Gestión", "VIGENCIA", 2025],
        ["POLÍTICA", "Gobierno Digital"],
        ["OBJETIVO GENERAL:", None, "Mejorar los servicios"],
        ["Dependencia responsable", "Oficina de Control Interno"],
        ["Actividades", "Tareas", "Responsable", "Cronograma"],
        ["Publicar datos", "1. Inventariar\n2. Limpiar\n   los datos\n3. Publicar", "OCI", "Mensual"],
        title="Hoja1",
    )
    return workbook


@layout
def no_description() -> Workbook:
    return book(
        ["N°", "ACTIVIDAD", "PRODUCTO", "RESPONSABLE", "ENE"],
        [1, "Elaborar el diagnóstico", "Informe", "Sec. Hacienda", "x"],
        [2, None, "Informe sin actividad", "Sec. Hacienda", "x"],
        [3, "Publicar", None, None, "quizás"],
        [4],
        [5, None, 0],
    )


@layout
def no_plan() -> Workbook:
    return book(["Nombre", "Teléfono"], ["Ana", "123"], title="Directorio")


@layout
def follow_up_pairs() -> Workbook:
    workbook = book(
        ["ACTIVIDAD", "RESPONSABLE", "SEGUIMIENTO I TRIMESTRE", None, "SEGUIMIENTO II TRIMESTRE", None, "PLAZO"],
        [None, None, "% Avance", "Descripción", "% Avance", "Descripción"],
        ["Publicar el informe", "Sec. Hacienda", 0.5, "Va bien", "100%", "Listo", "Diciembre"],
    )
    workbook.active.merge_cells("C1:D1")
    workbook.active.merge_cells("E1:F1")
    return workbook


@layout
def consolidated_with_parents() -> Workbook:
    return book(
        ["CONTRALORÍA"],
        ["PLAN DE ACCIÓN 2022 CONSOLIDADO"],
        ["OBJETIVO ESTRATÉGICO", "ESTRATEGIA", "PRODUCTO", "No.", "CÓDIGO Y DESCRIPCIÓN", "PESO", "INDICADOR",
         "ENERO - MARZO", "ABRIL - JUNIO", "JULIO - SEPT.", "OCT. - DIC.", "FECHA INICIO", "FECHA FINAL",
         "EJECUTOR"],
        ["Vigilar", "Auditar", "Informe", 1, "A1 Auditar un municipio", "20%", "(Real / Programado)",
         "25%", None, "0%", "75%", "3/01/22", "30/12/22", "Sec. Hacienda"],
        title="Hoja1",
    )  # fmt: skip


@layout
def macros() -> Workbook:
    return by_months(["x"])


def write(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in LAYOUTS.items():
        workbook = make()
        workbook.properties.created = workbook.properties.modified = DATE
        for sheet in workbook:
            sheet["A1"].font = Font(bold=True)
        path = folder / name
        workbook.save(path)
        _settle(path)
    _with_macros(folder / "macros.xlsx")


def _settle(path: Path) -> None:
    """Write the archive again with one date, so that the same layout gives the same file."""
    with zipfile.ZipFile(path) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            if name == "docProps/core.xml":
                continue
            archive.writestr(zipfile.ZipInfo(name, DATE.timetuple()[:6]), content, zipfile.ZIP_DEFLATED)


def _with_macros(path: Path) -> None:
    """The same workbook as Excel saves it with macros: another content type and a part of code."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    types = parts["[Content_Types].xml"]
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    parts["[Content_Types].xml"] = types.replace(kind, b"application/vnd.ms-excel.sheet.macroEnabled.main+xml")
    parts["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0 Sub Auto_Open()"
    with zipfile.ZipFile(path.with_suffix(".xlsm"), "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, DATE.timetuple()[:6]), content, zipfile.ZIP_DEFLATED)
    path.unlink()


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
