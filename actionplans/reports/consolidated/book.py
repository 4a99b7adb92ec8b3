"""The consolidated workbook: a summary, all the activities in one table, and a sheet for each plan."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from actionplans.imports.reading.data_sheet import ACTIVITY, INDICATOR, indicator_label
from actionplans.months import MONTH_NAMES
from planning.words import capitalised

from ..issued.verification import Mark
from ..issued.verification_sheet import write_verification
from ..plan.builders import plan_sheet
from ..plan.built_in_workbook import MONTH_FILL, draw_form
from ..plan.data_sheet import HEADING_FILL, LEAST_HEIGHT, WIDTH
from ..plan.data_tables import ACTIVITY_COLUMNS
from ..plan.sheet import ActivityLine, PlanSheet
from ..plan.tables import plain_text
from ..workbooks.book import Book, RowSheet
from ..workbooks.cells import row_height

SUMMARY, ACTIVITIES = "Resumen", "Actividades"
_COLUMNS = {
    "N.º": 5, "Plan": 60, "Política de MIPG": 36, "Estado": 14, "Versión": 8, "Actividades": 11, "Canceladas": 11,
    "Suma de ponderaciones (%)": 15,
} | {name.capitalize(): 11 for name in MONTH_NAMES}  # fmt: skip
_PLAN_COLUMN = 1
_OF_PLAN = ("Plan", "Política de MIPG", "Estado", "Versión")
_NOTE = "Los números de los meses son las actividades programadas en cada uno; las canceladas no cuentan."
_LONGEST_NAME = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


def write(selection, summaries, target: Path, progress, mark: Mark | None = None) -> None:
    """Plan by plan: none stays in memory when the next one is read."""
    with Book(target, title=selection.title, author=selection.entity.name) as book:
        summary = _Summary(book, selection)
        activities = _Activities(book)
        for number, plan in enumerate(summaries, start=1):
            progress(number - 1, len(summaries), plan.title)
            name = sheet_name(number, plan.title)
            sheet = plan_sheet(plan.version, reader=selection.reader)
            summary.add(number, plan, name)
            activities.add(sheet)
            draw_form(book, sheet, name, in_words=True)
        write_verification(book, mark)
        progress(len(summaries), len(summaries), "Guardando el libro")


def sheet_name(number: int, title: str) -> str:
    """A name that a workbook admits: the number makes it unique, the title is cut where it must be."""
    short = re.sub(r"^plan de acción (de la |del |de )?", "", title, flags=re.IGNORECASE) or title
    clean = " ".join(_FORBIDDEN.sub(" ", short).split())
    return f"{number} {capitalised(clean)}"[:_LONGEST_NAME].strip(" '")


class _Summary:
    """A row for each plan, with a link to its sheet."""

    def __init__(self, book: Book, selection) -> None:
        self.page: RowSheet = book.sheet(SUMMARY, list(_COLUMNS.values()))
        boxed = {"border": 1}
        self.text = book.style(**boxed)
        self.number = book.style(**boxed, align="center")
        self.link = book.style(**boxed, font_color="#1F5FBF", underline=1)
        self.month = book.style(**boxed, align="center", bg_color=MONTH_FILL)
        heading = book.style(**boxed, bold=True, align="center", bg_color=f"#{HEADING_FILL}")
        wide = sum(_COLUMNS.values())
        for text, style in (
            (f"{selection.title} · {selection.entity.name}", book.style(bold=True, font_size=12)),
            *((remark, book.style()) for remark in (*selection.remarks, _NOTE)),
        ):
            self.page.merge(self.page.row, 0, self.page.row, len(_COLUMNS) - 1)
            self.page.write([(text, style)], height=row_height([(text, wide)], least=18))
        self.page.skip()
        self.page.worksheet.freeze_panes(self.page.row + 1, _PLAN_COLUMN + 1)
        self.page.worksheet.repeat_rows(self.page.row)
        self.page.write([(name, heading) for name in _COLUMNS])

    def add(self, number: int, plan, name: str) -> None:
        texts = [(plan.title, _COLUMNS["Plan"]), (plan.policy, _COLUMNS["Política de MIPG"])]
        self.page.link(_PLAN_COLUMN, name, plan.title, self.link)
        self.page.write(
            [
                (number, self.number),
                None,
                (plan.policy, self.text),
                (plan.state, self.text),
                (plan.version.number, self.number),
                (plan.activities, self.number),
                (plan.cancelled, self.number),
                (plan.weight, self.number),
                *((many, self.month if many else self.number) for many in plan.months),
            ],
            height=row_height(texts, least=LEAST_HEIGHT),
        )


class _Activities:
    """The activities of all the plans with all that is known of each one, to be filtered."""

    def __init__(self, book: Book) -> None:
        headings = [*_OF_PLAN, *ACTIVITY.values(), *(indicator_label(name, "periodo") for name in INDICATOR)]
        self.page = book.sheet(ACTIVITIES, [WIDTH] * len(headings), fits=False)
        self.style = book.style(valign="top")
        heading = book.style(bold=True, valign="top", bg_color=f"#{HEADING_FILL}")
        self.page.write([(text, heading) for text in headings])
        self.page.worksheet.freeze_panes(1, 1)
        self.page.worksheet.repeat_rows(0)
        self.widest = len(headings)

    def add(self, sheet: PlanSheet) -> None:
        for activity in sheet.activities:
            values = (
                sheet.title,
                sheet.policy,
                sheet.status,
                sheet.version,
                *(column(activity) for column in ACTIVITY_COLUMNS.values()),
                *(column(activity) for column in _INDICATOR_COLUMNS),
            )
            texts = [(value, WIDTH) for value in values if isinstance(value, str)]
            self.page.write_sparsely(values, self.style, height=row_height(texts, least=LEAST_HEIGHT))
        self.page.worksheet.autofilter(0, 0, max(1, self.page.row - 1), self.widest - 1)


def _of_indicators(name: str) -> Callable[[ActivityLine], Any]:
    """What the indicators of an activity say under a heading: one as it is, several a line each."""

    def value(activity: ActivityLine) -> Any:
        said = [getattr(indicator, name) for indicator in activity.indicators]
        if len(said) < 2:
            return said[0] if said else None
        lines = [plain_text(one) for one in said]
        return "\n".join(lines) if any(lines) else None

    return value


_INDICATOR_COLUMNS = [_of_indicators(name) for name in INDICATOR]
