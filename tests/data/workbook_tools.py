"""What the layouts of the corpus of workbooks are made with."""

import datetime
from collections.abc import Callable

from openpyxl import Workbook
from openpyxl.styles import PatternFill

MONTHS = [
    "Enero",
    "Febrero",
    "Marzo",
    "Abril",
    "Mayo",
    "Junio",
    "Julio",
    "Agosto",
    "Septiembre",
    "Octubre",
    "Noviembre",
    "Diciembre",
]
ENE = ["ENE", "FEB", "MAR", "ABR", "MAY", "JUN", "JUL", "AGO", "SEP", "OCT", "NOV", "DIC"]
HACIENDA = "Sec. Hacienda"
GREEN = PatternFill("solid", fgColor="92D050")
BLUE = PatternFill("solid", fgColor="D9E2F3")
GREY = PatternFill("solid", fgColor="F2F2F2")
DATE = datetime.datetime(2025, 1, 2)

LAYOUTS: dict[str, Callable[[], Workbook]] = {}


def layout(make: Callable[[], Workbook]) -> Callable[[], Workbook]:
    LAYOUTS[make.__name__.replace("_", "-") + ".xlsx"] = make
    return make


def book(*rows, title="PLAN DE ACCION 2025", top=1, left=1, **sheets) -> Workbook:
    """A workbook of one sheet with the rows from a corner on."""
    workbook = Workbook()
    workbook.active.title = title
    fill_in(workbook.active, rows, top, left)
    return workbook


def fill_in(sheet, rows, top=1, left=1) -> None:
    for row, values in enumerate(rows, start=top):
        for column, value in enumerate(values, start=left):
            if value is not None:
                cell = sheet.cell(row, column, value)
                if isinstance(value, str):
                    cell.data_type = "s"  # a text that begins with "=" is text


def f17(top=1, left=1) -> Workbook:
    """The form MESG-AS-F17 with its months still blank."""
    letterhead = [
        ["ALCALDÍA DE CARTAGO", None, "FORMATO PLAN DE ACCIÓN", *[None] * 15, "CÓDIGO: MESG-AS-F17"],
        [*[None] * 18, "VERSION: 2"],
        [*[None] * 18, "Fecha Aprobación: 06/03/2024"],
        ["PROCESO: GESTION PLANEACION"],
        ["SUB PROCESO: PLANEACION INSTITUCIONAL"],
        ["OBJETIVO: Promover la participación"],
        ["ALCANCE: Toda la entidad"],
        ["VIGENCIA: 2025"],
        ["FECHA DEL PLAN: 29 de octubre de 2024"],
    ]
    header = ["N°", "ACTIVIDADES", "TAREA (S) QUE AYUDA A IMPLEMENTAR LA ACTIVIDAD", "MES", *[None] * 11]
    header += [
        "PRODUCTOS (BIENES O SERVICIOS) ENTREGABLES",
        "INDICADOR",
        None,
        "RESPONSABLES",
        "SEGUIMIENTO TRIMESTRAL",
    ]
    below = [None, None, None, *range(1, 13), None, "FÓRMULA", "RESULTADO", None, "I", "II", "III", "IV"]
    workbook = book(*letterhead, header, below, title="PLAN DE ACCION", top=top, left=left)
    sheet, row = workbook.active, top + 9
    for columns in ((1,), (2,), (3,), (16,), (19,)):
        merge(sheet, row, left + columns[0] - 1, row + 1, left + columns[0] - 1)
    for first, last in ((4, 15), (17, 18), (20, 23)):
        merge(sheet, row, left + first - 1, row, left + last - 1)
    for line in (row, row + 1):
        for column in range(left, left + 23):
            sheet.cell(line, column).fill = BLUE
    return workbook


def merge(sheet, top, left, bottom, right) -> None:
    sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)


def shade(sheet, row, columns, fill=GREEN) -> None:
    for column in columns:
        sheet.cell(row, column).fill = fill


def by_months(*marks, labels=MONTHS) -> Workbook:
    """Activity, responsible and twelve month columns with the marks of each activity."""
    rows = [[f"Actividad número {n}", "Secretaría de Hacienda", *row] for n, row in enumerate(marks, start=1)]
    return book(["ACTIVIDAD", "RESPONSABLE", *labels], *rows)
