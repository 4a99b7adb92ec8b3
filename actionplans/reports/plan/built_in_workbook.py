"""MESG-AS-F17 as the portal draws it, row by row like the one in fixtures/forms/."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from actionplans.collector import paused_collector
from actionplans.imports.reading.data_sheet import NO_COMPONENT
from planning.words import long_date, short_date

from ..issued.verification import Mark
from ..issued.verification_sheet import write_verification
from ..words import as_items, listed
from ..workbooks.book import Book, RowSheet
from ..workbooks.cells import printed_number, row_height
from .data_sheet import write_data_sheet
from .data_tables import BUILT_IN_KINDS
from .sheet import QUARTERS, ActivityLine, PlanSheet

SHEET_NAME = "PLAN DE ACCION"
FORM_TITLE = "FORMATO PLAN DE ACCIÓN"
WIDTHS = (5, 32, 36, *[3.6] * 12, 28, 26, 12, 24, *[14] * 4)
LAST = len(WIDTHS)
FIRST_MONTH, IDENTITY, LETTERHEAD = 3, 18, 2
HEADER_TOP = 11
HEADER_FILL, MONTH_FILL, COMPONENT_FILL = "#D9E2F3", "#92D050", "#F2F2F2"
ROW_HEIGHT, HEAD_HEIGHT, LEAST_HEIGHT = 78, 18, 24
_TEXT_WIDTHS = (*WIDTHS[1:3], *WIDTHS[15:])
"""The columns whose texts tell how tall a row is."""


@paused_collector()
def render(sheet: PlanSheet, *, note: str = "", mark: Mark | None = None) -> bytes:
    """The workbook: the form, «Datos» with what the form has no column for, and how it is verified."""
    file = BytesIO()
    with Book(file, title=f"{sheet.title} {sheet.year}", author=sheet.entity) as book:
        draw_form(book, sheet, SHEET_NAME)
        write_data_sheet(book, sheet, BUILT_IN_KINDS, note=note)
        write_verification(book, mark)
    return file.getvalue()


def draw_form(book: Book, sheet: PlanSheet, name: str, *, in_words: bool = False) -> None:
    """The form of one plan, as a sheet of that name.

    A cancelled activity is struck through. Where no other sheet tells so `in_words`, the cell does.
    """
    FormWriter(book, name, in_words=in_words).write(sheet)


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


class FormWriter:
    """Writes the rows of the form in their order."""

    def __init__(self, book: Book, name: str, *, in_words: bool) -> None:
        self.in_words = in_words
        self.page: RowSheet = book.sheet(name, WIDTHS)
        boxed = {"border": 1}
        centred = boxed | {"align": "center"}
        self.text, self.centred = book.style(**boxed), book.style(**centred)
        self.bold = book.style(**centred, bold=True)
        self.header = book.style(**centred, bold=True, bg_color=HEADER_FILL)
        self.component = book.style(**boxed, bold=True, bg_color=COMPONENT_FILL)
        self.month = book.style(**centred, bg_color=MONTH_FILL)
        self.dropped = book.style(**boxed, font_strikeout=True)
        self.signature, self.address = book.style(), book.style(align="center")

    def write(self, sheet: PlanSheet) -> None:
        self._letterhead(sheet)
        for label, value in metadata_lines(sheet):
            self._line(f"{label}: {value}".strip(), self.text)
        self._header()
        self._body(sheet)
        for label, name in sheet.letterhead.signatures:
            self._unframed(f"{label}: {name}", self.signature)
        for line in sheet.letterhead.footer:
            self._unframed(line, self.address)
        self.page.worksheet.repeat_rows(HEADER_TOP, HEADER_TOP + 1)
        self.page.worksheet.set_footer("&RPágina &P de &N")
        self.page.worksheet.freeze_panes(HEADER_TOP + 2, FIRST_MONTH)

    def _letterhead(self, sheet: PlanSheet) -> None:
        head = sheet.letterhead
        title = "\n".join(filter(None, [FORM_TITLE, head.notice]))
        identity = (
            "PAGINA: 1",
            f"CÓDIGO: {head.code}",
            f"VERSION: {head.version}",
            f"Fecha Aprobación: {short_date(head.approval_date)}",
        )
        first = {0: ("\n".join(head.crest), "\n".join(head.lines)), 2: (None, title)}
        for row, text in enumerate(identity):
            crest, middle = first.get(row, (None, None))
            cells: list[tuple[Any, Any]] = [(None, self.bold)] * IDENTITY + [(None, self.text)] * (LAST - IDENTITY)
            cells[0], cells[LETTERHEAD] = (crest, self.bold), (middle, self.bold)
            cells[IDENTITY] = (text, self.text)
            self.page.write(cells, height=HEAD_HEIGHT)
            self.page.merge(row, IDENTITY, row, LAST - 1)
        self.page.merge(0, 0, 3, LETTERHEAD - 1)
        self.page.merge(0, LETTERHEAD, 1, IDENTITY - 1)
        self.page.merge(2, LETTERHEAD, 3, IDENTITY - 1)

    def _header(self) -> None:
        """Two rows: labels over both of them, and groups over theirs."""
        months, quarters = tuple(range(1, 13)), QUARTERS
        upper = {
            0: "N°",
            1: "ACTIVIDADES",
            2: "TAREA (S) QUE AYUDA A IMPLEMENTAR LA ACTIVIDAD",
            3: "MES",
            15: "PRODUCTOS (BIENES O SERVICIOS) ENTREGABLES",
            16: "INDICADOR",
            18: "RESPONSABLES",
            19: "SEGUIMIENTO TRIMESTRAL",
        }
        lower = dict(enumerate(months, start=3)) | {16: "FÓRMULA", 17: "RESULTADO"}
        lower |= dict(enumerate(quarters, start=19))
        for labels in (upper, lower):
            self.page.write((labels.get(column), self.header) for column in range(LAST))
        for column in (0, 1, 2, 15, 18):
            self.page.merge(HEADER_TOP, column, HEADER_TOP + 1, column)
        for first, last in ((3, 14), (16, 17), (19, 22)):
            self.page.merge(HEADER_TOP, first, HEADER_TOP, last)

    def _body(self, sheet: PlanSheet) -> None:
        """The activities, under the name of their component where they have one."""
        component = None
        for activity in sheet.activities:
            if activity.component != component:
                component = activity.component
                self._line(component or NO_COMPONENT, self.component)
            self._activity(activity)

    def _activity(self, activity: ActivityLine) -> None:
        style = self.dropped if activity.is_cancelled else self.text
        texts = list(_texts(activity))
        if activity.is_cancelled and self.in_words:
            texts[0] = "\n".join(filter(None, [f"CANCELADA: {texts[0]}", activity.cancel_reason]))
        months = [(None, style)] * 12
        for month in activity.months:
            months[month - 1] = (None, self.month)
        cells = [(text, style) for text in texts]
        self.page.write(
            [(printed_number(activity.number), self.centred), *cells[:2], *months, *cells[2:]],
            height=row_height(zip(texts, _TEXT_WIDTHS, strict=True), least=ROW_HEIGHT),
        )

    def _line(self, text: str, style) -> None:
        """One text over all columns, in a frame."""
        row = self.page.row
        height = row_height([(text, sum(WIDTHS))], least=LEAST_HEIGHT)
        self.page.write([(text, style), *[(None, style)] * (LAST - 1)], height=height)
        self.page.merge(row, 0, row, LAST - 1)

    def _unframed(self, text: str, style) -> None:
        row = self.page.row
        self.page.write([(text, style)])
        self.page.merge(row, 0, row, LAST - 1)


def _texts(activity: ActivityLine) -> Iterator[str]:
    """What the form says of an activity, in the order of its columns, but for the number and the months."""
    yield activity.description
    yield as_items(activity.tasks)
    yield activity.deliverable
    yield activity.indicator_text
    yield activity.result_text
    yield activity.responsible_text
    yield from activity.followups
