"""MESG-AS-F17 as the portal draws it, cell by cell like the one in fixtures/forms/."""

from __future__ import annotations

from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from actionplans.imports.data_sheet import NO_COMPONENT

from .data_tables import BUILT_IN_KINDS
from .sheet import QUARTERS, ActivityLine, PlanSheet
from .words import as_items, listed, long_date, short_date
from .xlsx_cells import put, put_number_or_text, row_height
from .xlsx_data import add_data_sheet

SHEET_NAME = "PLAN DE ACCION"
FORM_TITLE = "FORMATO PLAN DE ACCIÓN"
WIDTHS = (5, 32, 36, *[3.6] * 12, 28, 26, 12, 24, *[14] * 4)
LAST = len(WIDTHS)
FIRST_MONTH, DELIVERABLE, FORMULA, RESULT, RESPONSIBLES, FIRST_QUARTER = 4, 16, 17, 18, 19, 20
HEADER_TOP = 12
FIRST_ROW = HEADER_TOP + 2
HEADER_FILL = PatternFill("solid", fgColor="D9E2F3")
MONTH_FILL = PatternFill("solid", fgColor="92D050")
COMPONENT_FILL = PatternFill("solid", fgColor="F2F2F2")
THIN = Side(style="thin")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
PLAIN, BOLD = Font(name="Arial", size=9), Font(name="Arial", size=9, bold=True)
CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)
LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
ROW_HEIGHT, HEAD_HEIGHT = 78, 18


def render(sheet: PlanSheet, *, note: str = "") -> bytes:
    """The workbook: the form, and «Datos» with what the form has no column for."""
    book = Workbook()
    worksheet = book.active
    worksheet.title = SHEET_NAME
    for column, width in enumerate(WIDTHS, start=1):
        worksheet.column_dimensions[get_column_letter(column)].width = width
    _letterhead(worksheet, sheet)
    _metadata(worksheet, sheet)
    _header(worksheet)
    _footer(worksheet, sheet, _body(worksheet, sheet))
    _page(worksheet, sheet)
    add_data_sheet(book, sheet, BUILT_IN_KINDS, note=note)
    return saved(book, sheet)


def saved(book: Workbook, sheet: PlanSheet) -> bytes:
    """The workbook as a file that names the plan and its entity, and nobody else."""
    book.properties.title = f"{sheet.title} {sheet.year}"
    book.properties.creator = book.properties.lastModifiedBy = sheet.entity
    book.properties.language = "es-CO"
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _letterhead(worksheet, sheet: PlanSheet) -> None:
    head = sheet.letterhead
    for row in range(1, 5):
        worksheet.row_dimensions[row].height = HEAD_HEIGHT
    _block(worksheet, "A1:B4", "\n".join(head.crest), BOLD, CENTRED)
    _block(worksheet, "C1:R2", "\n".join(head.lines), BOLD, CENTRED)
    _block(worksheet, "C3:R4", FORM_TITLE, BOLD, CENTRED)
    _block(worksheet, "S1:W1", "PAGINA: 1", PLAIN, LEFT)
    _block(worksheet, "S2:W2", f"CÓDIGO: {head.code}", PLAIN, LEFT)
    _block(worksheet, "S3:W3", f"VERSION: {head.version}", PLAIN, LEFT)
    _block(worksheet, "S4:W4", f"Fecha Aprobación: {short_date(head.approval_date)}", PLAIN, LEFT)


def metadata_lines(sheet: PlanSheet) -> tuple[tuple[str, str], ...]:
    """The seven rows over the table: label and value."""
    return (
        ("PROCESO", sheet.process),
        ("SUB PROCESO", sheet.subprocess),
        ("OBJETIVO", sheet.objective),
        ("ALCANCE", sheet.scope),
        ("DEPENDENCIA RESPONSABLE DE LA FORMULACIÓN DEL PLAN", sheet.formulating_office),
        ("FECHA DEL PLAN", long_date(sheet.plan_date)),
        ("DEPENDENCIAS PARTICIPANTES EN LA FORMULACIÓN DEL PLAN", listed(sheet.participants)),
    )


def _metadata(worksheet, sheet: PlanSheet) -> None:
    for row, (label, value) in enumerate(metadata_lines(sheet), start=5):
        text = f"{label}: {value}".strip()
        _block(worksheet, f"A{row}:W{row}", text, PLAIN, LEFT)
        worksheet.row_dimensions[row].height = row_height([(text, sum(WIDTHS))], least=24)


def _header(worksheet) -> None:
    top, bottom = HEADER_TOP, HEADER_TOP + 1
    upright = {
        "A": "N°",
        "B": "ACTIVIDADES",
        "C": "TAREA (S) QUE AYUDA A IMPLEMENTAR LA ACTIVIDAD",
        "P": "PRODUCTOS (BIENES O SERVICIOS) ENTREGABLES",
        "S": "RESPONSABLES",
    }
    for letter, label in upright.items():
        _block(worksheet, f"{letter}{top}:{letter}{bottom}", label, BOLD, CENTRED, HEADER_FILL)
    groups = {
        "D12:O12": ("MES", FIRST_MONTH, range(1, 13)),
        "Q12:R12": ("INDICADOR", FORMULA, ("FÓRMULA", "RESULTADO")),
        "T12:W12": ("SEGUIMIENTO TRIMESTRAL", FIRST_QUARTER, QUARTERS),
    }
    for place, (label, first, below) in groups.items():
        _block(worksheet, place, label, BOLD, CENTRED, HEADER_FILL)
        for column, text in enumerate(below, start=first):
            _style(worksheet.cell(bottom, column, text), BOLD, CENTRED, HEADER_FILL)


def _body(worksheet, sheet: PlanSheet) -> int:
    """The activities, under the name of their component where they have one; the row after the last."""
    row, component = FIRST_ROW, None
    examples = _examples(worksheet)
    for activity in sheet.activities:
        if activity.component != component:
            component = activity.component
            _component(worksheet, row, component)
            row += 1
        _activity(worksheet, row, activity, examples)
        row += 1
    return row


def _component(worksheet, row: int, name: str | None) -> None:
    _block(worksheet, f"A{row}:W{row}", name or NO_COMPONENT, BOLD, LEFT, COMPONENT_FILL)
    worksheet.row_dimensions[row].height = row_height([(name or "", sum(WIDTHS))], least=24)


def _examples(worksheet) -> dict[str, object]:
    """One style of each kind, shared by all the cells of that kind."""
    cell = worksheet.cell(FIRST_ROW, 1)
    styles = {}
    for name, alignment, fill in (("text", LEFT, None), ("number", CENTRED, None), ("month", CENTRED, MONTH_FILL)):
        _style(cell, PLAIN, alignment, fill)
        styles[name] = cell._style
        worksheet._cells.pop((FIRST_ROW, 1))
        cell = worksheet.cell(FIRST_ROW, 1)
    return styles


def _activity(worksheet, row: int, activity: ActivityLine, styles) -> None:
    scheduled = {FIRST_MONTH + month - 1 for month in activity.months}
    for column in range(1, LAST + 1):
        kind = "month" if column in scheduled else "number" if column == 1 else "text"
        worksheet.cell(row, column)._style = styles[kind]
    put_number_or_text(worksheet.cell(row, 1), activity.number)
    texts = {
        2: activity.description,
        3: as_items(activity.tasks),
        DELIVERABLE: activity.deliverable,
        FORMULA: activity.indicator_text,
        RESULT: activity.result_text,
        RESPONSIBLES: activity.responsible_text,
        **dict(enumerate(activity.followups, start=FIRST_QUARTER)),
    }
    for column, text in texts.items():
        put(worksheet.cell(row, column), text)
    widths = [(text, WIDTHS[column - 1]) for column, text in texts.items()]
    worksheet.row_dimensions[row].height = row_height(widths, least=ROW_HEIGHT)


def _footer(worksheet, sheet: PlanSheet, row: int) -> None:
    """Signatures where the entity has them, then the lines of its address."""
    for label, name in sheet.letterhead.signatures:
        _line(worksheet, row, f"{label}: {name}", LEFT)
        row += 1
    for line in sheet.letterhead.footer:
        _line(worksheet, row, line, CENTRED)
        row += 1


def _line(worksheet, row: int, text: str, alignment: Alignment) -> None:
    worksheet.merge_cells(f"A{row}:W{row}")
    cell = worksheet.cell(row, 1)
    cell.font, cell.alignment = PLAIN, alignment
    put(cell, text)


def _page(worksheet, sheet: PlanSheet) -> None:
    worksheet.page_setup.orientation = "landscape"
    worksheet.page_setup.paperSize = worksheet.PAPERSIZE_LEGAL
    worksheet.page_setup.fitToWidth, worksheet.page_setup.fitToHeight = 1, 0
    worksheet.sheet_properties.pageSetUpPr.fitToPage = True
    worksheet.print_title_rows = f"{HEADER_TOP}:{HEADER_TOP + 1}"
    worksheet.oddFooter.right.text = "Página &P de &N"
    worksheet.freeze_panes = f"{get_column_letter(FIRST_MONTH)}{FIRST_ROW}"


def _block(worksheet, place: str, text: str, font, alignment, fill=None) -> None:
    """A merged range with its border on every cell, and its text in the corner."""
    for line in worksheet[place]:
        for cell in line:
            _style(cell, font, alignment, fill)
    put(worksheet[place][0][0], text)
    if ":" in place and len(set(place.split(":"))) > 1:
        worksheet.merge_cells(place)


def _style(cell, font, alignment, fill=None) -> None:
    cell.font, cell.alignment, cell.border = font, alignment, BOX
    if fill:
        cell.fill = fill
