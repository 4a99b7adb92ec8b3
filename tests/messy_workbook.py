"""A workbook as they come: two names that are no office's for certain, three dates that are none, and a
column that nobody would recognise by its heading."""

from io import BytesIO

from openpyxl import Workbook

DELIVERABLE = "LO QUE QUEDA"
HEADINGS = [
    "N°",
    "ACTIVIDADES",
    DELIVERABLE,
    "RESPONSABLE",
    "FECHA INICIO",
    "FECHA FIN",
    "PONDERACIÓN",
    "INDICADOR",
]
ROWS = [
    [
        1, "Actualizar la caracterización de la ciudadanía", "Documento", "Secretaría de Hacienda",
        "15/01/2025", "31/02/2025", 40, "Documentos",
    ],
    [
        2, "Publicar el informe de PQRSD", "Informe", "Secretaria de Hasienda",
        "pronto", "30/06/2025", 35, "Informes",
    ],
    [
        3, "Capacitar a los servidores", "Actas", "Grupo de Bienestar",
        "1/7/2025", "fin de mes", 25, "Jornadas",
    ],
]  # fmt: skip
UNCERTAIN = ["Secretaria de Hasienda", "Grupo de Bienestar"]
BAD_DATES = {"F3": "28/02/2025", "E4": "01/04/2025", "F5": "31/07/2025"}


def messy_workbook(rows=ROWS, headings=HEADINGS, title="PLAN DE ACCIÓN DE SERVICIO AL CIUDADANO 2025") -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = "Plan 2025"
    sheet.append([title])
    sheet.append(headings)
    for row in rows:
        sheet.append(row)
    return saved(book)


def saved(book) -> bytes:
    file = BytesIO()
    book.save(file)
    return file.getvalue()
