"""The follow-up as a workbook: totals that compute themselves, a row for each activity, evidence, columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO, Any

from ..issued.verification import Mark
from ..issued.verification_sheet import write_verification
from ..plan.data_sheet import HEADING_FILL
from ..workbooks.book import Book, RowSheet
from ..workbooks.cells import row_height
from .columns import (
    DATE,
    EVIDENCE_COLUMNS,
    NUMBER,
    PERCENT,
    ROW_COLUMNS,
    TOTAL_COLUMNS,
    WHOLE,
    Column,
    EvidenceUse,
    share,
)
from .formulas import Formulas
from .sheet import FollowUpRow, FollowUpSheet, PeriodPart, TotalLine

SUMMARY, ROWS, BY_PERIOD, EVIDENCE, COLUMNS = "Resumen", "Seguimiento", "Por periodo", "Evidencias", "Columnas"
FORMATS = {PERCENT: "0.00%", WHOLE: "0", NUMBER: "#,##0.##"}
LEAST_HEIGHT, TALLEST = 15, 150
PAGES_WIDE = {ROW_COLUMNS: 4, EVIDENCE_COLUMNS: 1}
"""Sheets of paper beside each other, so that what is printed can be read."""
REPEATED = ("numero", "actividad")
"""The first and the last of the columns that every sheet of paper begins with."""
LIVE = (
    "Los totales en azul los vuelve a calcular el libro con las filas de las actividades: promedio simple o, "
    "donde la regla lo dice, ponderado con la columna Ponderación o Peso. Los demás son de cierres que ya no "
    "cuentan o de actividades que no están en este archivo, y van con su regla."
)


def write(sheet: FollowUpSheet, target: Path | IO[bytes], mark: Mark | None = None) -> None:
    with Book(target, title=f"{sheet.title} · {sheet.entity}", author=sheet.entity) as book:
        parts = [row for part in sheet.parts for row in part.rows]
        several = sheet.is_of_several_periods
        _Summary(book, sheet, BY_PERIOD if several else ROWS, len(parts)).write()
        _table(book, ROWS, ROW_COLUMNS, sheet.rows)
        if several:
            _table(book, BY_PERIOD, ROW_COLUMNS, parts)
        _table(book, EVIDENCE, EVIDENCE_COLUMNS, _uses(sheet.rows))
        _columns(book, several)
        write_verification(book, mark)


def _uses(rows: Iterable[FollowUpRow]) -> list[EvidenceUse]:
    return [EvidenceUse(row, line) for row in rows for line in row.evidence]


def _table(book: Book, name: str, columns: Sequence[Column], lines: Sequence[Any]) -> None:
    """The lines under their headings, to be filtered; dates and numbers as what they are."""
    page = book.sheet(name, [column.width for column in columns], fits=False)
    _lay_out(page.worksheet, columns)
    heading = book.style(bold=True, border=1, bg_color=f"#{HEADING_FILL}")
    page.write([(column.title, heading) for column in columns], height=30)
    styles = [_style(book, column.kind) for column in columns]
    for line in lines:
        values = [column.value(line) for column in columns]
        texts = [(v, c.width) for v, c in zip(values, columns, strict=True) if isinstance(v, str)]
        height = min(TALLEST, row_height(texts, least=LEAST_HEIGHT))
        page.write(zip(values, styles, strict=True), height=height)
    page.worksheet.freeze_panes(1, 0)
    page.worksheet.autofilter(0, 0, max(1, page.row - 1), len(columns) - 1)


def _lay_out(worksheet, columns: Sequence[Column]) -> None:
    """For paper: headings on every sheet, and on those beside the first one what each row is about."""
    wide = PAGES_WIDE[columns]
    worksheet.fit_to_pages(wide, 0)
    worksheet.set_margins(left=0.3, right=0.3, top=0.4, bottom=0.6)
    worksheet.set_footer("&L&A&RPágina &P de &N")
    worksheet.repeat_rows(0)
    if wide > 1:
        keys = [column.key for column in columns]
        worksheet.repeat_columns(*map(keys.index, REPEATED))


def _style(book: Book, kind: str, **look):
    look = {"border": 1, "valign": "top"} | look
    if kind in FORMATS:
        return book.style(**look, num_format=FORMATS[kind], align="right")
    return book.style(**look, align="center") if kind == DATE else book.style(**look)


def _columns(book: Book, several: bool) -> None:
    """What every column of the other sheets says, by its key."""
    page = book.sheet(COLUMNS, [16, 24, 34, 14, 80])
    heading, plain = book.style(bold=True, bg_color=f"#{HEADING_FILL}"), book.style(valign="top")
    page.write([(words, heading) for words in ("Hoja", "Clave", "Título", "Es", "Qué dice")])
    for name, columns in (
        (SUMMARY, TOTAL_COLUMNS),
        (f"{ROWS} y {BY_PERIOD}" if several else ROWS, ROW_COLUMNS),
        (EVIDENCE, EVIDENCE_COLUMNS),
    ):
        for column in columns:
            texts = (name, column.key, column.title, column.kind, column.says)
            page.write([(text, plain) for text in texts])
    page.worksheet.freeze_panes(1, 0)


class _Summary:
    """The first sheet: what the file holds, how far it is proved, and the totals."""

    def __init__(self, book: Book, sheet: FollowUpSheet, source: str, lines: int) -> None:
        self.book, self.sheet = book, sheet
        self.page: RowSheet = book.sheet(SUMMARY, [column.width for column in TOTAL_COLUMNS])
        self.places = {column.key: place for place, column in enumerate(TOTAL_COLUMNS)}
        self.totals = [line for part in sheet.parts for line in _totals(part)]
        self.formulas = Formulas(self.totals, source, lines)

    def write(self) -> None:
        self._line(f"{self.sheet.title} · {self.sheet.entity}", bold=True, font_size=12)
        if self.sheet.letterhead.notice:
            self._line(self.sheet.letterhead.notice, bold=True)
        self._line(f"{self.sheet.chosen} Hecho el {self.sheet.made_at:%d/%m/%Y} a las {self.sheet.made_at:%H:%M}.")
        for part in self.sheet.parts:
            light = f" Semáforo: {part.light_name}." if part.light_name else ""
            self._line(f"{part.period}. Corte: {part.cut_on:%d/%m/%Y}. {part.state}.{light}", bold=True)
            for label, words in [*part.closing, *(fact for past in part.earlier for fact in past.facts)]:
                self._line(f"{label}: {words}")
        self._line(LIVE)
        self.page.skip()
        heading = self.book.style(bold=True, border=1, bg_color=f"#{HEADING_FILL}")
        self.page.worksheet.freeze_panes(self.page.row + 1, 0)
        self.page.worksheet.repeat_rows(self.page.row)
        self.page.write([(column.title, heading) for column in TOTAL_COLUMNS], height=30)
        self.formulas.first = self.page.row
        for line in self.totals:
            self._total(line)

    def _line(self, text: str, **look) -> None:
        wide = sum(column.width for column in TOTAL_COLUMNS)
        self.page.merge(self.page.row, 0, self.page.row, len(TOTAL_COLUMNS) - 1)
        self.page.write([(text, self.book.style(**look))], height=row_height([(text, wide)], least=18))

    def _total(self, line: TotalLine) -> None:
        row = self.page.row
        formulas = self.formulas.of(line, row)
        cells = [
            None if column.key in formulas else (column.value(line), _style(self.book, column.kind))
            for column in TOTAL_COLUMNS
        ]
        for key, formula in formulas.items():
            style = _style(self.book, PERCENT, font_color="#1F5FBF").plain
            value = self._cached(line, key)
            self.page.worksheet.write_formula(row, self.places[key], formula, style, value)
        texts = [(line.rule, 52), (line.name, 36), (line.left_out, 22)]
        self.page.write(cells, height=row_height(texts, least=LEAST_HEIGHT))

    def _cached(self, line: TotalLine, key: str) -> float | str:
        """What the formula gives, for whoever reads the file without a spreadsheet."""
        points = {"programado": line.programmed, "ejecutado": line.executed, "cumplimiento": line.to_date}[key]
        return "" if points is None else share(points)


def _totals(part: PeriodPart) -> list[TotalLine]:
    """Those that count, then those of the closings before."""
    return [*part.totals, *(line for past in part.earlier for line in past.totals)]
